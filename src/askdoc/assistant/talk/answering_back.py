"""A message as the answer to a question back, or as the correction of what was said before."""

import re
from dataclasses import replace

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Opened
from askdoc.assistant.planning.choosing import BILL_PARTS
from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading
from askdoc.assistant.talk.acts import bare_number

# An amount this many times as high is hardly corrected to a number.
_FAR, _OLDEST = 4, 120
_NUMBERED = {"amount": "{}元", "age": "{}岁", "retired_year": "{}年退休"}
# The year alone, as one answers when asked for it: 大概2006年吧, 在2006年退的, "in 2006".
_YEAR_ALONE = re.compile(
    r"(?:嗯|哦|她|他|我|妈|爸|应该|大概|大约|好像|可能|是|在|就|around|about|in|it was|[,， ])*"
    r"(?P<year>(?:19|20)\d\d)(?:年)?(?:那年|左右|前后|退的?|办的|的|吧|了|啊|呀|。| )*"
)


# What would narrow a sum, as the words that a bare answer leaves out; and which answers tell what
# is used or left, whatever was wanted.
_NARROWED = {"deductible_used": "起付线", "account_current": "个人账户"}
_NARROWED_EN = {"deductible_used": "the deductible is", "account_current": "my account has"}
_NUMBERS = {"deductible_used": "起付线用了{}", "account_current": "个人账户还有{}"}
_OF_DEDUCTIBLE = ("deductible_used", "deductible_left", "deductible_full")
# How a state is supposed or put right, beside the state itself.
_AROUND_STATE = re.compile(
    r"要是|如果|假如|若是|的话|才(?:对|是)|先啱|呢|不对|错了|是(?=用|扣|花掉)|其实|那(?=用|一)"
    r"|\b(?:(?:what )?if|it's|it is|it was|actually|sorry)\b"
)
_USED_EN = "deductible used {}"
_NUMBER = r"\d[\d,.]*(?:元|块钱?| ?yuan)?"
_STATE_ALONE = re.compile(
    r"(?:嗯|哦|噢|那|它|我|她|他|应该|今年|已经?|早就?|都|全|就|还|里面?|,|，| )*"
    rf"(?:(?:用|扣|花)(?:了|掉)*(?P<used>{_NUMBER})|[剩还]?(?:有|剩)(?:下)?(?P<left>{_NUMBER})"
    r"|(?:用|扣|交|付|花)?[满完光]了|一[分点](?:都|也)?没[用动有扣]?|没用过?|没动过?"
    r"|没(?:有)?钱了?|空了?|没(?:有)?了)(?:了|的|吧|呢|啊|呀)*"
    rf"|(?P<of_it>{_NUMBER})(?: of it)?(?: used)?(?: so far)?"
    r"|(?:all )?used(?: up)?|empty|nothing(?: used)?|untouched|not used",
)


def tells(reading: Reading, wanted: str) -> bool:
    """Whether what a question back asked for was said."""
    if wanted == "amount":
        return bool(reading.amounts)
    names = ("scheme", "status") if wanted == "insured" else (wanted,)
    given = wanted == "region" and bool(reading.region)
    return given or any(name in reading.facts for name in names)


def answering_back(
    now: Reading, base: Opened, latest: Opened, corrected: bool, context: Context
) -> Reading:
    """A bare number, a yes, a corrected amount or age: read as what it answers or replaces."""
    of_deductible = _of_deductible(now, base, context)
    if of_deductible is not None:
        return of_deductible
    if (corrected or now.not_it) and _corrects_age(now, base.reading):
        said = Fact("age", int(now.amounts[0].amount), "said", now.subject, now.amounts[0].words)
        return replace(now, amounts=(), facts={**now.facts, "age": said})
    if len(now.amounts) == 1 and (corrected or now.not_it):
        one = now.amounts[0]
        role = _replaced(now, base, context) or one.role or "total"
        return replace(now, amounts=(AmountSaid(role, one.amount, one.words, one.approximate),))
    if latest.wants is None:
        return _narrowing(now, latest, context) or now
    number = _number_alone(now.text, latest.wants)
    if number is not None and latest.wants in _NUMBERED:
        read = context.read(_NUMBERED[latest.wants].format(number))
        return replace(read, subject=now.subject, lang=now.lang)
    reply = context.lexicon.reply(latest.wants, now.text)
    if reply is None or latest.wants in now.facts:
        return now
    fact = Fact(latest.wants, reply, "asked", now.subject, now.text)
    return replace(now, facts={**now.facts, latest.wants: fact}, denied=())


def _number_alone(text: str, wanted: str) -> str | None:
    """The number that a message is, and for a year also with the words around one."""
    year = _YEAR_ALONE.fullmatch(text.strip().lower()) if wanted == "retired_year" else None
    return year["year"] if year else bare_number(text)


def _narrowing(now: Reading, latest: Opened, context: Context) -> Reading | None:
    """A bare number or state as what the last answer said would narrow its sum; None for others."""
    text = now.text.strip(" ，。！,.!").lower()
    said = _STATE_ALONE.fullmatch(text)
    if latest.narrows not in _NARROWED or said is None or now.facts or now.mentions:
        return None
    read = context.read(_told_whole(text, said, latest.narrows, now.lang == "en"))
    return replace(read, subject=now.subject, lang=now.lang)


def _of_deductible(now: Reading, base: Opened, context: Context) -> Reading | None:
    """What is said to be used or untouched, as the deductible that was told before: 用了300才对,
    要是一分没用呢. None for others; 花了300 may be the bill.
    """
    had = any(one.role in _OF_DEDUCTIBLE for one in base.reading.amounts)
    text = _AROUND_STATE.sub("", now.text.lower()).strip(" ，。！,.!?？")
    said = _STATE_ALONE.fullmatch(text)
    if (
        not had
        or said is None
        or "花" in text
        or said["left"]
        or said["of_it"]
        or now.facts
        or now.mentions
    ):
        return None
    read = context.read(_told_whole(text, said, "deductible_used", now.lang == "en"))
    if not any(one.role in _OF_DEDUCTIBLE for one in read.amounts):
        return None
    return replace(read, subject=now.subject, lang=now.lang, text=now.text)


def _told_whole(text: str, said: re.Match[str], narrows: str, is_english: bool) -> str:
    """A bare answer with what it speaks of; what is said to be used is the deductible's."""
    if bare_number(text):
        return _NUMBERS[narrows].format(text)
    used = said["used"] or said["of_it"]
    if used:
        return (_USED_EN if is_english else _NUMBERS["deductible_used"]).format(used)
    return f"{_NARROWED_EN[narrows]} {text}" if is_english else f"{_NARROWED[narrows]}{text}"


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
