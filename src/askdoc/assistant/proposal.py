"""A change that is proposed, and what becomes of it: nothing is done until the person says so.

A tool returns a proposal in its answer and has changed nothing. The conversation reads it back with
two buttons; the person's next act decides. What a reader would not guess: the key is made of the
conversation, the moment and all details, so that a changed proposal can't ride on an old yes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from askdoc.assistant.answer import Answer, Kind
from askdoc.wording import AskdocError, Lang, phrase

CONFIRM, DECLINE = "confirm", "decline"
_KEY_LETTERS = 32


class NoDoer(AskdocError):
    """Nothing here can carry out such a proposal. Field `doer`."""

    code = "assistant.no_doer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would be done.

    `doer` names who carries it out; `details` are plain JSON and all that they work from; `done` is
    the phrase that tells the receipt, with its fields; `kind` is that of the answer which tells it;
    `until` ends it sooner than usual. The answer that holds a proposal reads it back in full.
    `at_once`: the choice that led here was the person's word already. `declined` names who undoes
    what was prepared for it, when the person says no.
    """

    doer: str
    details: Mapping[str, Any]
    done: str
    kind: Kind = "answer"
    until: datetime | None = None
    at_once: bool = False
    declined: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for the person's yes, under its idempotency key."""

    proposal: Proposal
    key: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A proposal that the person confirmed, for its doer."""

    conversation: str
    waiting: Waiting
    at: datetime

    @property
    def details(self) -> Mapping[str, Any]:
        """What the doer works from."""
        return self.waiting.proposal.details


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a doer gives back: a number to name it by, and the fields of the phrase `done`.

    `then` is what the person is asked to confirm next: the booking of a slot that is held now.
    """

    number: str
    fields: Mapping[str, str] = field(default_factory=dict)
    then: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """A change that was carried out, with its receipt: the only ground to say so."""

    key: str
    done: str
    kind: Kind
    receipt: Receipt


def new_key(conversation: str, proposal: Proposal, at: datetime) -> str:
    """The key of a proposal that is made now in a conversation."""
    whole = json.dumps([conversation, at.isoformat(), proposal_record(proposal)], sort_keys=True)
    return sha256(whole.encode("utf-8", "replace")).hexdigest()[:_KEY_LETTERS]


def deed_of(order: Order, receipt: Receipt) -> Deed:
    """The deed that an order came to."""
    proposal = order.waiting.proposal
    return Deed(order.waiting.key, proposal.done, proposal.kind, receipt)


def deed_lines(deed: Deed, lang: Lang) -> tuple[str, ...]:
    """The receipt as a person reads it, the same each time."""
    told = phrase(deed.done, lang, number=deed.receipt.number, **deed.receipt.fields)
    return tuple(told.splitlines())


def deed_answer(deed: Deed, lang: Lang) -> Answer:
    """The answer that shows a receipt."""
    lines = deed_lines(deed, lang)
    return Answer(deed.kind, lines, brief=lines, lang=lang)


def proposal_record(proposal: Proposal) -> dict[str, Any]:
    """A proposal as JSON holds it."""
    plain = {one.name: getattr(proposal, one.name) for one in fields(proposal)}
    until = proposal.until
    return {**plain, "details": dict(proposal.details), "until": until and until.isoformat()}


def read_proposal(record: Mapping[str, Any]) -> Proposal:
    """A proposal from its record."""
    until = record["until"]
    return Proposal(**{**record, "until": until and datetime.fromisoformat(until)})


def waiting_record(waiting: Waiting | None) -> dict[str, Any] | None:
    """What waits, as JSON holds it."""
    if waiting is None:
        return None
    return {
        "proposal": proposal_record(waiting.proposal),
        "key": waiting.key,
        "until": waiting.until.isoformat(),
    }


def read_waiting(record: Mapping[str, Any] | None) -> Waiting | None:
    """What waits, from its record."""
    if record is None:
        return None
    proposal = read_proposal(record["proposal"])
    return Waiting(proposal, record["key"], datetime.fromisoformat(record["until"]))


def deed_record(deed: Deed) -> dict[str, Any]:
    """A deed as JSON holds it."""
    then = deed.receipt.then
    receipt = {
        "number": deed.receipt.number,
        "fields": dict(deed.receipt.fields),
        "then": then and proposal_record(then),
    }
    return {"key": deed.key, "done": deed.done, "kind": deed.kind, "receipt": receipt}


def read_deed(record: Mapping[str, Any]) -> Deed:
    """A deed from its record."""
    told = record["receipt"]
    # A deed that was kept before one could lead to another has no `then`.
    then = told.get("then")
    receipt = Receipt(told["number"], told["fields"], then and read_proposal(then))
    return Deed(record["key"], record["done"], record["kind"], receipt)
