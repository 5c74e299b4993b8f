"""A message as the answer to a question back, or as the correction of what was said before."""

from dataclasses import replace

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Opened
from askdoc.assistant.planning.choosing import BILL_PARTS
from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading
from askdoc.assistant.talk.acts import bare_number

# An amount this many times as high is hardly corrected to a number.
_FAR, _OLDEST = 4, 120
_NUMBERED = {"amount": "{}元", "age": "{}岁", "retired_year": "{}年退休"}


def answering_back(
    now: Reading, base: Opened, latest: Opened, corrected: bool, context: Context
) -> Reading:
    """A bare number, a yes, a corrected amount or age: read as what it answers or replaces."""
    if (corrected or now.not_it) and _corrects_age(now, base.reading):
        said = Fact("age", int(now.amounts[0].amount), "said", now.subject, now.amounts[0].words)
        return replace(now, amounts=(), facts={**now.facts, "age": said})
    if len(now.amounts) == 1 and (corrected or now.not_it):
        one = now.amounts[0]
        role = _replaced(now, base, context) or one.role or "total"
        return replace(now, amounts=(AmountSaid(role, one.amount, one.words, one.approximate),))
    if latest.wants is None:
        return now
    number = bare_number(now.text)
    if number is not None and latest.wants in _NUMBERED:
        read = context.read(_NUMBERED[latest.wants].format(number))
        return replace(read, subject=now.subject, lang=now.lang)
    reply = context.lexicon.reply(latest.wants, now.text)
    if reply is None or latest.wants in now.facts:
        return now
    fact = Fact(latest.wants, reply, "asked", now.subject, now.text)
    return replace(now, facts={**now.facts, latest.wants: fact}, denied=())


def _corrects_age(now: Reading, before: Reading) -> bool:
    """Whether the one number of a correction is an age: it takes the place of the age that was
    said, or it can be one and is far from every amount of the bill.
    """
    age = before.facts.get("age")
    if age is None or len(now.amounts) != 1 or now.amounts[0].role not in (None, "total"):
        return False
    said = now.amounts[0]
    if str(age.value) in now.text.replace(said.words, "", 1):
        return True
    far = all(one.amount > _FAR * said.amount for one in before.amounts if one.amount)
    return far and said.words.isdigit() and said.amount <= _OLDEST and not now.facts


def _replaced(now: Reading, base: Opened, context: Context) -> str | None:
    """The part whose amount is corrected: the one that had the denied amount, or that is named."""
    for one in base.reading.amounts:
        if one.amount in now.not_it:
            return one.role
    named = [hit.meaning for hit in context.lexicon.before.find(now.text.lower())]
    return next((role for role in named if role in BILL_PARTS and role != "total"), None)
