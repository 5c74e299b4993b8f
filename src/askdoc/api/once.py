"""A change happens once for each key, however often it is sent.

What is answered is kept in the same transaction as the change (of a turn see `turns`). Where a
conversation is forgotten the file is cleaned outside of any, so the key is claimed before and the
answer kept after; a process that dies between the two lets the key be used again after two minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import JSONResponse

from askdoc.api.calls import Change
from askdoc.storage import persons
from askdoc.storage.database import Kept
from askdoc.storage.requests import Replied, claim, keep_reply, let_go, reply_of
from askdoc.wording import AskdocError


def once(change: Change, status: int, work: Callable[[Kept], Any]) -> JSONResponse:
    """Do the change, or answer as before. `work` gives the body; its errors undo everything."""
    return replied(carry_out(change, status, work))


@dataclass(frozen=True, slots=True)
class Done:
    """What a change was answered with; `again`: it had been made before."""

    reply: Replied
    again: bool = False


def carry_out(change: Change, status: int, work: Callable[[Kept], Any]) -> Done:
    """As `once`, for whoever draws a page of what became of it."""
    call = change.call
    with call.front.house.database.writing() as kept:
        call.front.sweep(kept)
        key = persons.key_of(kept, call.person, call.wrapping)
        before = claim(kept, change.asked, call.now, key)
        if before is not None:
            return Done(before, again=True)
        reply = reply_of(status, work(kept))
        keep_reply(kept, change.asked, reply, key)
    return Done(reply)


@dataclass(frozen=True, slots=True)
class Begun:
    """A change whose key is claimed; `before` is what was answered when it was made before."""

    change: Change
    before: Replied | None
    sealing: bytes = field(repr=False)


def begin(change: Change) -> Begun:
    """Claim the key of a change that has transactions of its own."""
    call = change.call
    with call.front.house.database.writing() as kept:
        call.front.sweep(kept)
        key = persons.key_of(kept, call.person, call.wrapping)
        return Begun(change, claim(kept, change.asked, call.now, key), key)


def finish(begun: Begun, status: int, work: Callable[[], Any]) -> Replied:
    """Make the change and keep its answer; an error of `work` sets the key free."""
    change = begun.change
    database = change.call.front.house.database
    try:
        reply = reply_of(status, work())
    except AskdocError:
        with database.writing() as kept:
            let_go(kept, change.asked)
        raise
    with database.writing() as kept:
        keep_reply(kept, change.asked, reply, begun.sealing)
    return reply


class _AsKept(JSONResponse):
    """JSON that is written already."""

    def render(self, content: bytes) -> bytes:
        return content


def replied(done: Done) -> JSONResponse:
    """An answer as a response; one that was given before says so."""
    headers = {"Idempotency-Replayed": "true"} if done.again else None
    return _AsKept(done.reply.text, done.reply.status, headers)
