"""What a conversation remembers between two turns: small, bounded, plain JSON.

Facts about a person stay for the whole conversation, each under the person it was said of; what
belongs to one visit stays with its question. What a reader would not guess: medicines are kept by
the name that was said and looked up again, so that a state never outlives the catalogue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from askdoc.assistant.answer import Choice, Subject
from askdoc.assistant.proposal import (
    Deed,
    Waiting,
    deed_record,
    read_deed,
    read_waiting,
    waiting_record,
)
from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading
from askdoc.medicines import CatalogueOnDay, Mention, resolve
from askdoc.wording import Lang

# What is said of a person and holds for every question about them.
PERSON_FACTS = (
    *("region", "unrecorded", "scheme", "status", "grade", "age", "sex", "retired_year"),
    *("contracted", "group"),
)
MOST_OPEN = 3
MOST_DEEDS = 3
_LISTS = (
    *("diagnoses", "figures", "going_to", "vague_days", "unread", "persons", "denied"),
    *("purposes", "primary", "against", "doubted", "lacking", "scope_said"),
)
_PLAIN = ("text", "lang", "subject", "region", "place", "unrecorded", "asks")
_LATER = ("rest_class_a",)


@dataclass(frozen=True, slots=True)
class Opened:
    """A question under way. `asked` counts the questions back, `wants` is the fact of the last.

    `narrows` is what the answer said would narrow its range: a bare number may tell it.
    """

    frame: str
    reading: Reading
    asked: int = 0
    wants: str | None = None
    choices: tuple[Choice, ...] = ()
    narrows: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The last answer, for "say it again", "simpler", "says who" and "how did you get that"."""

    lines: tuple[str, ...]
    brief: tuple[str, ...]
    sources: tuple[str, ...]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The state after a turn; `stack` holds the newest question last.

    `set_aside` is a question that an emergency interrupted. `waiting` is a change that the person
    was asked to confirm; `deeds` are the newest that were carried out, `deed_turn` when the last
    one was told. `bills` are the newest bills that a sum was made of, the last one last. `named`
    are the words that named somebody last: two friends are two people. `among` are things that were
    named together, behind the word for what they are: 第二个 points at one of them.
    """

    people: Mapping[Subject, Mapping[str, Fact]] = field(default_factory=dict)
    stack: tuple[Opened, ...] = ()
    subject: Subject | None = None
    told: Told | None = None
    set_aside: str | None = None
    turn: int = 0
    lang: Lang | None = None
    waiting: Waiting | None = None
    deeds: tuple[Deed, ...] = ()
    deed_turn: int | None = None
    bills: tuple[Reading, ...] = ()
    named: Mapping[Subject, Sequence[str]] = field(default_factory=dict)
    among: tuple[str, ...] = ()

    @property
    def latest(self) -> Opened | None:
        """The question that is under way."""
        return self.stack[-1] if self.stack else None

    def opened(self, one: Opened) -> "Dialogue":
        """With a question on top; one of the same frame and person makes way for it."""
        others = [
            old
            for old in self.stack
            if (old.frame, old.reading.subject) != (one.frame, one.reading.subject)
        ]
        return replace(self, stack=(*others, one)[-MOST_OPEN:])


def with_deed(state: Dialogue, deed: Deed) -> Dialogue:
    """The state with a deed that this turn tells."""
    others = tuple(one for one in state.deeds if one.key != deed.key)
    return replace(state, deeds=(*others, deed)[-MOST_DEEDS:], deed_turn=state.turn)


def dialogue_record(state: Dialogue) -> dict[str, Any]:
    """The state as JSON holds it."""
    return {
        "people": {
            who: [_fact_record(one) for one in facts.values()]
            for who, facts in state.people.items()
        },
        "stack": [
            {
                "frame": one.frame,
                "reading": _reading_record(one.reading),
                "asked": one.asked,
                "wants": one.wants,
                "choices": [{"label": way.label, "sets": dict(way.sets)} for way in one.choices],
                "narrows": one.narrows,
            }
            for one in state.stack
        ],
        "subject": state.subject,
        "told": None
        if state.told is None
        else {
            "lines": list(state.told.lines),
            "brief": list(state.told.brief),
            "sources": list(state.told.sources),
            "steps": list(state.told.steps),
        },
        "set_aside": state.set_aside,
        "turn": state.turn,
        "lang": state.lang,
        "waiting": waiting_record(state.waiting),
        "deeds": [deed_record(one) for one in state.deeds],
        "deed_turn": state.deed_turn,
        "bills": [_reading_record(one) for one in state.bills],
        "among": list(state.among),
        "named": {who: list(words) for who, words in state.named.items()},
    }


def read_dialogue(record: Mapping[str, Any] | None, on: CatalogueOnDay) -> Dialogue:
    """The state from its record; a fresh one from None."""
    if record is None:
        return Dialogue()
    told = record["told"]
    return Dialogue(
        people={
            who: {one["name"]: Fact(**one) for one in facts}
            for who, facts in record["people"].items()
        },
        stack=tuple(
            Opened(
                one["frame"],
                _reading(one["reading"], on),
                one["asked"],
                one["wants"],
                tuple(Choice(way["label"], way["sets"]) for way in one["choices"]),
                one.get("narrows"),
            )
            for one in record["stack"]
        ),
        subject=record["subject"],
        told=None
        if told is None
        else Told(*(tuple(told.get(name, ())) for name in Told.__slots__)),
        set_aside=record["set_aside"],
        turn=record["turn"],
        lang=record["lang"],
        # A state that was kept before there were deeds has none.
        waiting=read_waiting(record.get("waiting")),
        deeds=tuple(read_deed(one) for one in record.get("deeds", ())),
        deed_turn=record.get("deed_turn"),
        bills=tuple(_reading(one, on) for one in record.get("bills", ())),
        among=tuple(record.get("among", ())),
        named={who: tuple(words) for who, words in record.get("named", {}).items()},
    )


def _fact_record(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in Fact.__slots__}


def _reading_record(reading: Reading) -> dict[str, Any]:
    share = reading.first_pay_share
    return {
        **{name: getattr(reading, name) for name in (*_PLAIN, *_LATER)},
        **{name: list(getattr(reading, name)) for name in _LISTS},
        "facts": [_fact_record(one) for one in reading.facts.values()],
        "conflicts": {name: list(values) for name, values in reading.conflicts.items()},
        "amounts": [
            {
                "role": one.role,
                "amount": str(one.amount),
                "words": one.words,
                "approximate": one.approximate,
                "first_pay": None if one.first_pay is None else str(one.first_pay),
            }
            for one in reading.amounts
        ],
        "first_pay_share": None if share is None else str(share),
        "mentions": [mention.text for mention in reading.mentions],
    }


def _amount(record: Mapping[str, Any]) -> AmountSaid:
    # An amount that was kept before one could have a share of its own has no `first_pay`.
    own = record.get("first_pay")
    return AmountSaid(
        record["role"],
        Decimal(record["amount"]),
        record["words"],
        record["approximate"],
        None if own is None else Decimal(own),
    )


def _reading(record: Mapping[str, Any], on: CatalogueOnDay) -> Reading:
    share = record["first_pay_share"]
    plain: dict[str, Any] = {name: record[name] for name in (*_PLAIN, *_LATER)}
    lists: dict[str, Any] = {name: tuple(record[name]) for name in _LISTS}
    return Reading(
        **plain,
        **lists,
        facts={one["name"]: Fact(**one) for one in record["facts"]},
        conflicts={name: tuple(values) for name, values in record["conflicts"].items()},
        amounts=tuple(_amount(one) for one in record["amounts"]),
        first_pay_share=None if share is None else Decimal(share),
        mentions=tuple(Mention((0, 0), name, resolve(name, on)) for name in record["mentions"]),
    )
