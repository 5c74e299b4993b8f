"""The tools that a model may call: plain functions, the same for the planner and any other model.

A call carries the facts that it wants to be used; each must be what the reader read, the profile
holds or an answer gave. A fact that nobody said is refused, whoever made the call.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import Any

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers.bill_changed import answer_bill_changed
from askdoc.assistant.answers.composing import together
from askdoc.assistant.answers.cost import answer_cost
from askdoc.assistant.answers.home_and_away import answer_home_and_away
from askdoc.assistant.answers.known import Known, known_facts
from askdoc.assistant.answers.medicine import answer_medicine, ask_which
from askdoc.assistant.answers.not_covered import answer_not_covered
from askdoc.assistant.answers.places import answer_places
from askdoc.assistant.answers.policy import answer_policy
from askdoc.assistant.answers.same_ingredient import answer_same
from askdoc.assistant.answers.value import answer_value
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import PERSON_FACTS
from askdoc.assistant.reading.asked_medicines import asked_mentions, was_taken
from askdoc.assistant.reading.bill_cuts import bill_cuts
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.numbers_said import numbers_in
from askdoc.assistant.reading.two_bills import alike, supposed
from askdoc.assistant.reading.unknown_name import misspelt_name, name_asked_for
from askdoc.library.document import IN_FORCE_KINDS
from askdoc.medicines import Resolution, resolve
from askdoc.wording import AskdocError, Lang, phrase

# Words that make an unknown name a medicine's.
_MEDICINE_SIGN = re.compile(
    r"药|针|片|胶囊|注射|颗粒|口服液|滴|膏|贴|medicine|drug|tablet|pill|inject", re.I
)
# Words that point at one medicine without its name.
_POINTS = re.compile(
    r"(?:这|那|该|此|本|我的|他的|她的|吃的|用的|开的|配的|打的|买的)(?:一?[个种支款只盒])?(?:药|针|胶囊|药片)"
    r"|这个(?!月|医院)|那个|它"
    r"|\b(?:it|this|that|the (?:medicine|drug|pill|injection)|my (?:medicine|drug|pills?))\b"
)
# Medicines that one answer tells; further ones are named.
MOST_MEDICINES = 3
# Ways of cutting a message into two bills that are tried.
_MOST_CUTS = 8
_BOTH = 2


class UnboundArgument(AskdocError):
    """A tool was called with a fact that nobody said, or with another value than was said."""

    code = "assistant.unbound_argument"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tool works from: the reading, what is known, and the bill before this one."""

    reading: Reading
    known: Known
    context: Context
    lang: Lang
    before: Reading | None = None


def cost_of_bill(asked: Asked) -> Answer:
    """What a bill costs whom, step by step, from its amounts and the person's facts."""
    return answer_cost(asked.reading, asked.known, asked.context, asked.lang)


def compare_places(asked: Asked) -> Answer:
    """The same bill at every tier; without an amount, the deductible and share of each."""
    if "place" in asked.known and "tier" in asked.known:
        found = answer_home_and_away(asked.reading, asked.known, asked.context, asked.lang)
        if found is not None:
            return found
    return answer_places(asked.reading, asked.known, asked.context, asked.lang)


def rule_value(asked: Asked) -> Answer:
    """The deductible, share or ceiling of a place, for a kind of person and visit."""
    return answer_value(asked.reading, asked.known, asked.context, asked.lang)


def look_up_medicine(asked: Asked) -> Answer:
    """Class, payment scope and alternatives of the medicines named, for this person's case."""
    names = _named(asked)
    general = None if names else _in_general(asked)
    if general is not None:
        return general
    if not names:
        return Answer(
            "ask",
            (phrase("assistant.ask.medicine", asked.lang),),
            missing=("medicine",),
            lang=asked.lang,
        )
    ruled = _by_a_rule(names, asked)
    if ruled is not None:
        return ruled
    told = [
        ask_which(one, asked.lang)
        or answer_medicine(one, asked.reading, asked.known, asked.context, asked.lang)
        for one in names[:MOST_MEDICINES]
    ]
    more = [
        phrase("assistant.medicine.one_at_a_time", asked.lang, name=one.query)
        for one in names[MOST_MEDICINES:]
    ]
    found = together(told, asked.lang)
    return replace(found, lines=(*found.lines, *more))


def _in_general(asked: Asked) -> Answer | None:
    """A document's answer where no medicine is spoken of: 甲类和乙类有什么不同."""
    if "cost" in asked.reading.asks or _POINTS.search(asked.reading.text.lower()):
        return None
    found = find_policy(asked)
    return found if found.kind == "answer" else None


def _by_a_rule(names: list[Resolution], asked: Asked) -> Answer | None:
    """A document's answer where the only name is no medicine's: 家庭病床, 门诊手术."""
    name = names[0]
    if len(names) > 1 or name.kind != "none" or asked.reading.mentions or name.candidates:
        return None
    if _MEDICINE_SIGN.search(asked.reading.text):
        return None
    found = find_policy(asked)
    return found if found.kind == "answer" and name.query in found.text else None


def find_alternatives(asked: Asked) -> Answer:
    """In-catalogue alternatives of a medicine, each with class and unit cost, for the doctor."""
    return look_up_medicine(_with_ask(asked, "alternatives"))


def explain_not_covered(asked: Asked) -> Answer:
    """Why a medicine is not paid, what that costs, and which layers may help."""
    names = _named(asked)
    if not names:
        return look_up_medicine(asked)
    which = ask_which(names[-1], asked.lang)
    if which is not None:
        return which
    return answer_not_covered(names[-1], asked.reading, asked.known, asked.context, asked.lang)


def compare_ingredients(asked: Asked) -> Answer:
    """Whether two medicines hold the same ingredient."""
    names = _named(asked, narrow=False)
    general = None if names else _in_general(asked)
    if general is not None:
        return general
    if len(names) < 2:
        return Answer(
            "ask",
            (phrase("assistant.medicine.needs_two", asked.lang),),
            missing=("medicine",),
            lang=asked.lang,
        )
    return answer_same(names[0], names[1], asked.context, asked.lang)


def explain_bill(asked: Asked) -> Answer:
    """Why a bill differs from the one before it, each fact's part to the fen."""
    told = [_changed(asked, cut) for cut in islice(bill_cuts(asked.reading.text), _MOST_CUTS)]
    if not told:
        return answer_bill_changed(
            asked.reading, asked.known, asked.before, asked.context, asked.lang
        )
    said = numbers_in(asked.reading.text)
    answers = [one for one in told if one.kind == "answer"]
    best = max(answers or told, key=lambda one: _agrees(one, said))
    if _agrees(best, said) < _BOTH:
        for before, now in supposed(asked.reading, said):
            found = _differs(asked, *(_about(asked, one) for one in alike(before, now)))
            if _agrees(found, said) == _BOTH:
                return found
    return best


def _agrees(found: Answer, said: frozenset[Decimal]) -> int:
    """How many of the two sums are what the person says to have paid."""
    sums = {one for name in ("before", "after") if (one := found.figures.get(name)) is not None}
    return sum(Decimal(one) in said for one in sums)


def _changed(asked: Asked, cut: tuple[str, str]) -> Answer:
    """Why the later of two bills in a message differs, as the message is cut."""
    return _differs(asked, *alike(*(_about(asked, asked.context.read(one)) for one in cut)))


def _differs(asked: Asked, before: Reading, now: Reading) -> Answer:
    known = known_facts(now, asked.context)
    return answer_bill_changed(now, known, before, asked.context, asked.lang)


def _about(asked: Asked, bill: Reading) -> Reading:
    """One of two bills with the person that the whole message is about."""
    of_person = {name: fact for name, fact in asked.known.items() if name in PERSON_FACTS}
    facts = {**{n: f for n, f in of_person.items() if n != "region"}, **bill.facts}
    region = bill.region or (str(of_person["region"].value) if "region" in of_person else None)
    return replace(bill, subject=asked.reading.subject, facts=facts, region=region)


def find_policy(asked: Asked) -> Answer:
    """The rule in force for this place, scheme and day, from the library, with its source."""
    return answer_policy(asked.reading, asked.known, asked.context, asked.lang, IN_FORCE_KINDS)


def find_procedure(asked: Asked) -> Answer:
    """Who, how, with what papers, where and how long: a procedure from the library."""
    return answer_policy(asked.reading, asked.known, asked.context, asked.lang, IN_FORCE_KINDS)


TOOLS: Mapping[str, Callable[[Asked], Answer]] = MappingProxyType(
    {
        tool.__name__: tool
        for tool in (
            cost_of_bill,
            compare_places,
            rule_value,
            look_up_medicine,
            find_alternatives,
            explain_not_covered,
            compare_ingredients,
            explain_bill,
            find_policy,
            find_procedure,
        )
    }
)


def arguments(uses: tuple[str, ...], asked: Asked) -> dict[str, Any]:
    """The arguments of a call: the facts that a frame uses, amounts by part, medicines."""
    found: dict[str, Any] = {name: asked.known[name].value for name in uses if name in asked.known}
    amounts = [{"role": one.role, "amount": str(one.amount)} for one in asked.reading.amounts]
    medicines = [mention.text for mention in asked.reading.mentions]
    return {
        **found,
        **({"amounts": amounts} if amounts else {}),
        **({"medicines": medicines} if medicines else {}),
    }


def bound(call: Mapping[str, Any], asked: Asked) -> Asked:
    """What the tool may use: exactly the arguments of the call. Raises UnboundArgument."""
    facts: dict[str, Any] = dict(call)
    amounts = [(one["role"], str(one["amount"])) for one in facts.pop("amounts", [])]
    medicines = facts.pop("medicines", [])
    for name, value in facts.items():
        if name not in asked.known or str(asked.known[name].value) != str(value):
            raise UnboundArgument(name=name, said=value)
    said = [(one.role, str(one.amount)) for one in asked.reading.amounts]
    for role, amount in amounts:
        if (role, amount) not in said:
            raise UnboundArgument(name=role or "amount", said=amount)
    names = [mention.text for mention in asked.reading.mentions]
    for name in medicines:
        if name not in names:
            raise UnboundArgument(name="medicine", said=name)
    reading = replace(
        asked.reading,
        amounts=tuple(
            one for one in asked.reading.amounts if (one.role, str(one.amount)) in amounts
        ),
        mentions=tuple(one for one in asked.reading.mentions if one.text in medicines),
    )
    known = {name: fact for name, fact in asked.known.items() if name in facts}
    return replace(asked, reading=reading, known=known)


def run_tool(name: str, call: Mapping[str, Any], asked: Asked) -> Answer:
    """The result of a call. Raises UnboundArgument, and KeyError for a tool that does not exist."""
    return TOOLS[name](bound(call, asked))


def _named(asked: Asked, narrow: bool = True) -> list[Resolution]:
    """The medicines of a question, each once: chosen, mentioned, or asked for by a new name."""
    on = asked.context.on_day
    if "medicine" in asked.known:
        return [resolve(str(asked.known["medicine"].value), on)]
    mentions = asked.reading.mentions
    if narrow:
        mentions = asked_mentions(asked.reading.text, mentions)
    text = asked.reading.text
    if mentions and all(was_taken(text, one) for one in mentions):
        wanted = misspelt_name(text, asked.context.surroundings())
        mentions = mentions if wanted is None else ()
    by_query = {one.resolution.query: one.resolution for one in mentions}
    if by_query:
        return list(by_query.values())
    name = name_asked_for(asked.reading.text, asked.context.surroundings())
    return [] if name is None else [resolve(name, on)]


def _with_ask(asked: Asked, ask: str) -> Asked:
    reading = replace(asked.reading, asks={**asked.reading.asks, ask: 1})
    return replace(asked, reading=reading)
