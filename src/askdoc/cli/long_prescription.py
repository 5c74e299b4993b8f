"""`askdoc clinic long-prescription` and `askdoc clinic deliver`: the gate, and the eight steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import get_args

from askdoc.bootstrap import House
from askdoc.care.delivery import FlowRules, Step, Taken, flow_rules
from askdoc.care.long_prescription import Asked, decide_long_prescription
from askdoc.cli.tables import lines, table
from askdoc.cli.words import BadOption, print_json
from askdoc.policy import Policy
from askdoc.storage.deliveries import steps_of, take_step, write_delivery
from askdoc.wording import Lang, phrase

_YES_NO = {"yes": True, "no": False}
_ABOUT_THE_DOCTOR = ("first", "advised", "extended", "contracted")
_WORDS = ("tier", "title")


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, in which role."""

    person: str
    role: str


def show_gate(
    house: House, days: int, facts: Iterable[str], place: tuple[str, date], lang: Lang, json: bool
) -> None:
    """Whether so many days may be prescribed at once. Raises BadOption."""
    region, day = place
    found = decide_long_prescription(_asked(days, facts), Policy(house.book, day, region))
    if json:
        print_json(
            {
                "outcome": found.outcome,
                "longest_days": found.longest_days,
                "reasons": [one.sentence(lang) for one in found.reasons],
                "missing": found.missing,
                "confidence": found.confidence,
                "sources": sorted({one.source for one in found.values}),
            }
        )
        return
    lines([phrase(f"long_prescription.outcome.{found.outcome}", lang, days=days)])
    lines(one.sentence(lang) for one in found.reasons)
    for name in found.missing:
        said = phrase(f"long_prescription.fact.{name}", lang)
        lines([phrase("long_prescription.missing", lang, name=name, said=said)])
    if found.confidence == "unverified":
        lines([phrase("long_prescription.unverified", lang)])


def _asked(days: int, facts: Iterable[str]) -> Asked:
    told: dict[str, bool] = {}
    words: dict[str, str] = {}
    kinds: frozenset[str] | None = None
    for fact in facts:
        name, _, said = fact.partition("=")
        if name == "medicine_kinds":
            kinds = frozenset(one for one in said.split(",") if one and one != "none")
        elif name in _WORDS:
            words[name] = said
        elif said in _YES_NO:
            told[name] = _YES_NO[said]
        else:
            raise BadOption(option="fact", said=fact, allowed="name=yes, name=no")
    return Asked(
        supply_days=days,
        facts={name: said for name, said in told.items() if name not in _ABOUT_THE_DOCTOR},
        medicine_kinds=kinds,
        first=told.get("first"),
        tier=words.get("tier"),
        title=words.get("title"),
        advised=told.get("advised"),
        extended=told.get("extended", False),
        contracted=told.get("contracted"),
    )


def begin_delivery(house: House, prescription: str, region: str, by: By, lang: Lang) -> None:
    """Write a delivery down, and say under which id."""
    now = datetime.now(UTC)
    rules = _rules(house, region, now)
    id = write_delivery(house.database, prescription, by.person, by.role, now, rules)
    lines([phrase("delivery.begun", lang, id=id)])


def step_delivery(
    house: House, id: str, region: str, step: tuple[str, str], by: By, lang: Lang
) -> None:
    """Take one step, and show all of them. `step` is its name and what is told with it."""
    name = next((one for one in get_args(Step) if one == step[0]), None)
    if name is None:
        raise BadOption(option="step", said=step[0], allowed=", ".join(get_args(Step)))
    now = datetime.now(UTC)
    new = Taken(step=name, by=by.person, role=by.role, at=now, detail=step[1])
    database = house.database
    take_step(database, id, new, _rules(house, region, now))
    show_delivery(house, id, lang)


def show_delivery(house: House, id: str, lang: Lang) -> None:
    """Who did what when."""
    zone = house.reminder_rules.zone
    rows = [
        (
            phrase(f"delivery.step.{one.step}", lang),
            one.by,
            f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
            one.detail,
        )
        for one in steps_of(house.database, id)
    ]
    heads = [phrase(f"delivery.head.{one}", lang) for one in ("step", "by", "at", "detail")]
    table(phrase("delivery.title", lang, id=id), heads, rows)


def _rules(house: House, region: str, now: datetime) -> FlowRules:
    return flow_rules(Policy(house.whole_book, now.date(), region))
