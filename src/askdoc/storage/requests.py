"""Changes that were asked for once and may be asked for again, and who touched what.

A key of a request belongs to its person. What was answered is kept sealed for a day under that
person's key, so that a second asking gets the same answer and a stolen database does not.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.dialects.sqlite import insert as insert_or_not_in_sqlite

from askdoc.identity.sealing import seal, unseal
from askdoc.storage.desk_tables import audit, requests
from askdoc.wording import AskdocError

KEPT = timedelta(days=1)
# A process that died in the middle holds its key no longer than this.
_RUNNING = timedelta(minutes=2)


class OtherBody(AskdocError):
    """The key was used for another change."""

    code = "requests.other_body"


class StillRunning(AskdocError):
    """The same change is being made right now."""

    code = "requests.still_running"


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that is asked for: whose, its key, and a digest of all that it says."""

    person: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Replied:
    """What was answered."""

    status: int
    body: Any = field(repr=False)


_ONE = (requests.c.person == bindparam("of")) & (requests.c.key == bindparam("named"))
_FIND = select(requests.c.digest, requests.c.status, requests.c.sealed, requests.c.at).where(_ONE)
_DONE = update(requests).where(_ONE).values(status=bindparam("result"), sealed=bindparam("content"))
_FRESH = {
    "sqlite": insert_or_not_in_sqlite(requests).on_conflict_do_nothing().returning(requests.c.key),
    "postgresql": insert_or_not(requests).on_conflict_do_nothing().returning(requests.c.key),
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
    if found.at + KEPT > now:
        if found.digest != asked.digest:
            raise OtherBody
        if found.status is not None:
            plain = unseal(key, found.sealed, _about(asked))
            return Replied(found.status, json.loads(plain))
        if found.at + _RUNNING > now:
            raise StillRunning
    kept.execute(
        update(requests).where(_ONE).values(digest=asked.digest, status=None, sealed=None, at=now),
        named,
    )
    return None


def keep_reply(kept: Connection, asked: Asked, reply: Replied, key: bytes) -> None:
    """Keep what was answered, sealed."""
    content = seal(key, json.dumps(reply.body, ensure_ascii=False).encode(), _about(asked))
    named = {"of": asked.person, "named": asked.key}
    kept.execute(_DONE, {**named, "result": reply.status, "content": content})


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


def note(kept: Connection, touched: Touched) -> None:
    """Write it into the audit."""
    kept.execute(
        insert(audit),
        {
            "at": touched.at,
            "person": touched.person,
            "action": touched.action,
            "object": touched.object,
            "request": touched.request,
        },
    )


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


def _about(asked: Asked) -> str:
    return f"requests.sealed {asked.person} {asked.key}"
