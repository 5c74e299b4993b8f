"""What a referral changes in the fee of a visit: the same bill with and without one.

The bill is an example that the reader may change; all of it counts as class A, and nothing is said
that the cost engine did not compute. What its values do not tell apart is told as no difference
that is recorded, not as no difference.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from askdoc.api.acting import Patient
from askdoc.api.calls import Call
from askdoc.api.shapes import CONFIDENCE, Source
from askdoc.assistant.answers import telling
from askdoc.assistant.as_plain import plain
from askdoc.assistant.sum_records import cited_of
from askdoc.benefits import Case
from askdoc.benefits.case import Item, Person, Visit
from askdoc.benefits.compare import BothWays, Place, both_ways
from askdoc.care.referrals.slots import Hospital
from askdoc.profile import read_facts
from askdoc.storage import persons
from askdoc.storage.database import Kept
from askdoc.wording import AskdocError, phrase

_NAMES = ("region", "scheme", "status", "grade", "age", "sex", "retired_year", "contracted")


class WayTold(BaseModel):
    """One way to make the visit: what it comes to, and between what and what it may lie."""

    way: str
    tier: str
    referral: str
    outcome: str
    paid_for: str
    person_pays: str
    between: list[str] | None
    assumptions: list[str]
    confidence: CONFIDENCE


class FeeTold(BaseModel):
    """The same bill without and with a referral; `told` says what differs in one sentence."""

    amount: str
    told: str
    ways: list[WayTold]
    missing: list[str]
    sources: list[Source]


def facts_of(kept: Kept, call: Call, patient: Patient) -> dict[str, Any]:
    """What the patient told of their insurance."""
    words = persons.person_of(kept, patient.account, call.wrapping).words
    said = {name: str(one).lower() for name, one in words.get("facts", {}).items()}
    try:
        return read_facts(said, call.front.house.book)
    except AskdocError:
        # A place that is no longer in the book says nothing any more.
        return {}


def example_amount(call: Call) -> Decimal:
    """The bill that is shown until the reader names one."""
    return Decimal(str(call.front.house.defaults["example_visit_yuan"]))


def fee_told(
    call: Call, facts: dict[str, Any], hospital: Hospital, visit: tuple[date, Decimal]
) -> dict[str, Any]:
    """The fee at a hospital with and without referral; `visit` is its day and its bill."""
    day, amount = visit
    told = {"amount": f"{amount:.2f}", "ways": [], "missing": [], "sources": []}
    if "region" not in facts:
        return told | {"told": phrase("referrals.fee.no_region", call.lang), "missing": ["region"]}
    book, lang = call.front.house.book, call.lang
    both = both_ways(_case(facts, hospital, day, amount), book, hospital.tier)
    ways = (both.plain, both.referred)
    sources = {one.id: one for way in ways for one in cited_of(way.result, book, lang)}
    return told | {
        "told": _told(call, both),
        "ways": [_way(call, one) for one in ways],
        "missing": [telling.missing(one, lang, book) for one in both.missing],
        "sources": plain(tuple(sources.values())),
    }


def _case(facts: dict[str, Any], hospital: Hospital, day: date, amount: Decimal) -> Case:
    person = Person(**{name: facts[name] for name in _NAMES if name in facts})
    away = hospital.region != person.region
    visit = Visit(
        day=day,
        setting="outpatient",
        tier=hospital.tier,
        place=hospital.region if away else None,
    )
    return Case(person, visit, (Item("A", amount),))


def _told(call: Call, both: BothWays) -> str:
    if not both.differ:
        return phrase("referrals.fee.same", call.lang)
    less = both.saved
    key = "less" if less > 0 else "more" if less < 0 else "otherwise"
    return phrase(f"referrals.fee.{key}", call.lang, amount=telling.yuan(abs(less), call.lang))


def _way(call: Call, way: Place) -> dict[str, Any]:
    lang, found = call.lang, way.result
    between = found.range.person_pays if found.range else None
    return {
        "way": phrase(f"referrals.fee.way.{way.referral}", lang),
        "tier": telling.fact("tier", way.tier, lang),
        "referral": way.referral,
        "outcome": found.outcome,
        "paid_for": f"{found.figures.paid_for:.2f}",
        "person_pays": f"{found.figures.person_pays:.2f}",
        "between": [f"{one:.2f}" for one in between] if between else None,
        "assumptions": [telling.assumption(one, lang) for one in found.assumptions],
        "confidence": found.confidence,
    }
