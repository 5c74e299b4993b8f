"""A change happens once for each key, however often it is sent.

What is answered is kept in the same transaction as the change. A turn of a conversation has
transactions of its own, so its key is claimed before and its answer kept after; a process that
dies between the two lets the key be used again after two minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import JSONResponse

from askdoc.api.calls import Change
from askdoc.storage import persons
from askdoc.storage.database import Kept
from askdoc.storage.requests import Replied, claim, keep_reply, let_go
from askdoc.wording import AskdocError


def once(change: Change, status: int, work: Callable[[Kept], Any]) -> JSONResponse:
    """Do the change, or answer as before. `work` gives the body; its errors undo everything."""
    call = change.call
    with call.front.house.database.writing() as kept:
        call.front.sweep(kept)
        key = persons.key_of(kept, call.person, call.wrapping)
        before = claim(kept, change.asked, call.now, key)
        if before is not None:
            return replied(before, again=True)
        reply = Replied(status, work(kept))
        keep_reply(kept, change.asked, reply, key)
    return replied(reply)


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn whose key is claimed; `before` is what was answered when it was taken before."""

    change: Change
    before: Replied | None
    sealing: bytes = field(repr=False)


def begin(change: Change, check: Callable[[Kept], Any]) -> Begun:
    """Claim the key of a turn.

    `check` runs in the same transaction, and its errors leave the key free.
    """
    call = change.call
    with call.front.house.database.writing() as kept:
        check(kept)
        call.front.sweep(kept)
        key = persons.key_of(kept, call.person, call.wrapping)
        return Begun(change, claim(kept, change.asked, call.now, key), key)


def finish(begun: Begun, status: int, work: Callable[[], Any]) -> Replied:
    """Take the turn and keep its answer; an error of `work` sets the key free."""
    change = begun.change
    database = change.call.front.house.database
    try:
        reply = Replied(status, work())
    except AskdocError:
        with database.writing() as kept:
            let_go(kept, change.asked)
        raise
    with database.writing() as kept:
        keep_reply(kept, change.asked, reply, begun.sealing)
    return reply


def replied(reply: Replied, again: bool = False) -> JSONResponse:
    """An answer as a response; one that was given before says so."""
    headers = {"Idempotency-Replayed": "true"} if again else None
    return JSONResponse(reply.body, reply.status, headers)
