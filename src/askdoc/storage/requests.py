"""Changes that were asked for once and may be asked for again, and who touched what.

A key of a request belongs to its person. What was answered is kept sealed for a day under that
person's key, so that a second asking gets the same answer and a stolen database does not.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from askdoc.assistant.talk.transcript import whole_text
from askdoc.identity.sealing import seal, unseal
from askdoc.storage.desk_tables import audit, requests
from askdoc.storage.prepared import Prepared
from askdoc.wording import AskdocError

KEPT = timedelta(days=1)
# A process that died in the middle holds its key no longer than this.
_RUNNING = timedelta(minutes=2)
_LONGEST = 64
_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class OtherBody(AskdocError):
    """The key was used for another change."""

    code = "requests.other_body"


class StillRunning(AskdocError):
    """The same change is being made right now."""

    code = "requests.still_running"


class AnsweredMeanwhile(Exception):
    """The same change was made since it was looked for; what it was answered is kept."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that is asked for: whose, its key, and a digest of all that it says."""

    person: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Replied:
    """What was answered; `text` is its body as it is sent and kept."""

    status: int
    text: bytes = field(repr=False)

    @property
    def body(self) -> Any:
        return json.loads(self.text)


def reply_of(status: int, body: Any) -> Replied:
    """A body as an answer. Raises TypeError or ValueError for what JSON cannot say."""
    return Replied(status, _WRITER.encode(body).encode())


_ONE = (requests.c.person == bindparam("of")) & (requests.c.key == bindparam("named"))
# A kept request as `reply_in` reads it, beside other columns of the same names.
REPLY = (requests.c.digest, requests.c.status, requests.c.sealed.label("reply"), requests.c.at)
_FIND: Select[Any] = select(*REPLY).where(_ONE)
_DONE = update(requests).where(_ONE).values(status=bindparam("result"), sealed=bindparam("content"))
_FRESH = {
    "sqlite": sqlite.insert(requests).on_conflict_do_nothing().returning(requests.c.key),
    "postgresql": postgresql.insert(requests).on_conflict_do_nothing().returning(requests.c.key),
}
# A key whose time is over is used anew.
_IS_OVER = (requests.c.at <= bindparam("kept_since")) | (
    requests.c.status.is_(None) & (requests.c.at <= bindparam("running_since"))
)
_NOTED = Prepared(insert(audit), ("at", "person", "action", "object", "request"))


def _answered(fresh: Any) -> Any:
    values = {name: fresh.excluded[name] for name in ("digest", "status", "sealed", "at")}
    anew = fresh.on_conflict_do_update(
        index_elements=[requests.c.person, requests.c.key], set_=values, where=_IS_OVER
    )
    return anew.returning(requests.c.key)


_ANSWERED = {
    "sqlite": Prepared(_answered(sqlite.insert(requests))),
    "postgresql": Prepared(_answered(postgresql.insert(requests))),
}


def claim(kept: Connection, asked: Asked, now: datetime, key: bytes) -> Replied | None:
    """None when the change is to be made now; what was answered when it was made before.

    Raises OtherBody and StillRunning.
    """
    row = {"person": asked.person, "key": asked.key, "digest": asked.digest, "at": now}
    if kept.execute(_FRESH[kept.dialect.name], row).first() is not None:
        return None
    named = {"of": asked.person, "named": asked.key}
    found = kept.execute(_FIND, named).one()
    before = reply_in(found, asked, now, key)
    if before is not None:
        return before
    kept.execute(
        update(requests).where(_ONE).values(digest=asked.digest, status=None, sealed=None, at=now),
        named,
    )
    return None


def reply_in(row: Any, asked: Asked, now: datetime, key: bytes) -> Replied | None:
    """What was answered, by the columns `REPLY`; None when the key may be used anew.

    Raises OtherBody and StillRunning.
    """
    if row.at + KEPT <= now:
        return None
    if row.digest != asked.digest:
        raise OtherBody
    if row.status is not None:
        return Replied(row.status, unseal(key, row.reply, _about(asked)))
    if row.at + _RUNNING > now:
        raise StillRunning
    return None


def keep_reply(kept: Connection, asked: Asked, reply: Replied, key: bytes) -> None:
    """Keep what was answered, sealed, under a key that is claimed."""
    named = {"of": asked.person, "named": asked.key}
    content = _sealed(asked, reply, key)
    kept.execute(_DONE, {**named, "result": reply.status, "content": content})


def keep_answered(
    kept: Connection, asked: Asked, reply: Replied, now: datetime, key: bytes
) -> None:
    """Keep what was answered, sealed, under a key that nobody claimed.

    Raises AnsweredMeanwhile; the caller then undoes what was done.
    """
    row = {
        "person": asked.person,
        "key": asked.key,
        "digest": asked.digest,
        "status": reply.status,
        "sealed": _sealed(asked, reply, key),
        "at": now,
        "kept_since": now - KEPT,
        "running_since": now - _RUNNING,
    }
    if _ANSWERED[kept.dialect.name].first(kept, row) is None:
        raise AnsweredMeanwhile


def let_go(kept: Connection, asked: Asked) -> None:
    """Forget a change that was refused: the same key may be used again."""
    kept.execute(delete(requests).where(_ONE), {"of": asked.person, "named": asked.key})


def drop_replies(kept: Connection, person: str, but: str) -> None:
    """Forget what a person was answered, all but the request of that key."""
    theirs = (requests.c.person == person) & (requests.c.key != but)
    kept.execute(delete(requests).where(theirs))


def drop_old(kept: Connection, now: datetime) -> int:
    """Forget what is older than a day; how many."""
    return kept.execute(delete(requests).where(requests.c.at < now - KEPT)).rowcount


@dataclass(frozen=True, slots=True)
class Touched:
    """Who did what to which object, by which request."""

    at: datetime
    person: str
    action: str
    object: str
    request: str


def note(kept: Connection, touched: Iterable[Touched]) -> None:
    """Write them into the audit."""
    rows = [
        {
            "at": one.at,
            "person": one.person,
            "action": one.action,
            # A clinic's own ids may be longer than ours; the audit names them by their beginning.
            "object": whole_text(one.object)[:_LONGEST],
            "request": one.request,
        }
        for one in touched
    ]
    _NOTED.run(kept, *rows)


def list_audit(
    kept: Connection, before: int | None, count: int, object: str | None
) -> list[tuple[int, Touched]]:
    """Entries, newest first; those of one object when it is named."""
    asked = select(audit).order_by(audit.c.number.desc()).limit(count)
    if before is not None:
        asked = asked.where(audit.c.number < before)
    if object is not None:
        asked = asked.where(audit.c.object == object)
    return [
        (row.number, Touched(row.at, row.person, row.action, row.object, row.request))
        for row in kept.execute(asked)
    ]


def _sealed(asked: Asked, reply: Replied, key: bytes) -> bytes:
    return seal(key, reply.text, _about(asked))


def _about(asked: Asked) -> str:
    return f"requests.sealed {asked.person} {asked.key}"
