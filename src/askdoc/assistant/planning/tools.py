"""The tools that a model may call: plain functions, the same for the planner and any other model.

A call carries the facts that it wants to be used; each must be what the reader read, the profile
holds or an answer gave. A fact that nobody said is refused, whoever made the call.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from types import MappingProxyType
from typing import Any

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers.away_rates import with_home_rates
from askdoc.assistant.answers.bills_told import answer_bills_told
from askdoc.assistant.answers.composing import together
from askdoc.assistant.answers.cost import answer_cost
from askdoc.assistant.answers.home_and_away import answer_home_and_away
from askdoc.assistant.answers.known import Known
from askdoc.assistant.answers.medicine import answer_medicine, ask_which
from askdoc.assistant.answers.not_covered import answer_not_covered
from askdoc.assistant.answers.other_forms import asks_other_forms, with_other_forms
from askdoc.assistant.answers.places import answer_places
from askdoc.assistant.answers.policy import answer_policy
from askdoc.assistant.answers.same_ingredient import (
    answer_generic,
    answer_same,
    apart,
    asks_generic,
    two_in_one,
    without_and,
)
from askdoc.assistant.answers.sides import answer_sides
from askdoc.assistant.answers.two_ways import answer_two_ways
from askdoc.assistant.answers.value import answer_value
from askdoc.assistant.context import Context
from askdoc.assistant.errands.errand import Errand
from askdoc.assistant.errands.errands import ERRANDS
from askdoc.assistant.reading.asked_medicines import (
    TAKEN_FIRST,
    asked_mentions,
    once_each,
    was_never_taken,
    was_taken,
)
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.unknown_name import misspelt_name, name_asked_for, other_names
from askdoc.library.document import IN_FORCE_KINDS
from askdoc.medicines import Resolution, resolve
from askdoc.medicines.other_form import in_other_form
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
    sides = answer_sides(asked.reading, asked.context, asked.lang)
    return sides or answer_cost(asked.reading, asked.known, asked.context, asked.lang)


def compare_places(asked: Asked) -> Answer:
    """The same bill for two insured, two ways, at home and away, or at every tier."""
    sides = answer_sides(asked.reading, asked.context, asked.lang)
    if sides is not None:
        return sides
    either = answer_two_ways(asked.reading, asked.known, asked.context, asked.lang)
    if either is not None:
        return either
    if "place" in asked.known and "tier" in asked.known:
        found = answer_home_and_away(asked.reading, asked.known, asked.context, asked.lang)
        if found is not None:
            return found
    return answer_places(asked.reading, asked.known, asked.context, asked.lang)


def rule_value(asked: Asked) -> Answer:
    """The deductible, share or ceiling of a place, for a kind of person and visit."""
    sides = answer_sides(asked.reading, asked.context, asked.lang)
    return sides or answer_value(asked.reading, asked.known, asked.context, asked.lang)


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
    if len(names) == 1 and names[0].medicines and asks_other_forms(asked.reading.text):
        found = with_other_forms(found, names[0].medicines, asked.context, asked.lang)
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
    on = asked.context.on_day
    names = apart([without_and(one, on) for one in _named(asked, narrow=False)])
    general = None if names else _in_general(asked)
    if general is not None:
        return general
    if len(names) == 1 and asks_other_forms(asked.reading.text):
        return look_up_medicine(asked)
    if len(names) == 1:
        names = two_in_one(names[0], on) or names
    if len(names) == 1 and names[0].kind == "one":
        other = in_other_form(names[0].medicines[0], asked.reading.text, on)
        names += [] if other is None else [other]
    if len(names) == 1 and names[0].kind != "none" and asks_generic(asked.reading.text):
        return answer_generic(names[0], asked.context, asked.lang)
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
    return answer_bills_told(asked.reading, asked.known, asked.before, asked.context, asked.lang)


def find_policy(asked: Asked) -> Answer:
    """The rule in force for this place, scheme and day, from the library, with its source."""
    case = (asked.reading, asked.known, asked.context, asked.lang)
    return with_home_rates(answer_policy(*case, IN_FORCE_KINDS), *case)


def find_procedure(asked: Asked) -> Answer:
    """Who, how, with what papers, where and how long: a procedure from the library."""
    return answer_policy(asked.reading, asked.known, asked.context, asked.lang, IN_FORCE_KINDS)


def _as_tool(errand: Callable[[Errand], Answer]) -> Callable[[Asked], Answer]:
    @wraps(errand)
    def run(asked: Asked) -> Answer:
        return errand(Errand(asked.reading, asked.known, asked.context, asked.lang))

    return run


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
            *map(_as_tool, ERRANDS.values()),
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
    if mentions and all(was_never_taken(text, one, mentions) for one in mentions):
        another = next(iter(other_names(text, asked.context.surroundings(), mentions)), None)
        if another is not None:
            return [resolve(another, on)]
        if TAKEN_FIRST.search(text):
            return []
    if mentions and narrow:
        return once_each(text, mentions, asked.reading.mentions)
    if mentions:
        return list({one.resolution.query: one.resolution for one in mentions}.values())
    name = name_asked_for(asked.reading.text, asked.context.surroundings())
    return [] if name is None else [resolve(name, on)]


def _with_ask(asked: Asked, ask: str) -> Asked:
    reading = replace(asked.reading, asks={**asked.reading.asks, ask: 1})
    return replace(asked, reading=reading)
