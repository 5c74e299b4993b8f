"""Reminders that failed for lack of a consent, and go out after all when one comes in time.

What a reader would not guess: a consent only marks them. Whether the medicine was collected
meanwhile is known to planning alone, so planning opens them again, or leaves them.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, update

from askdoc.care.reminders import TOPIC, Reached
from askdoc.channels import sending
from askdoc.channels.port import BLOCKED
from askdoc.channels.sending import CONSENT_CAME, NO_CONSENT
from askdoc.desk.tasks import REFILLS
from askdoc.storage.desk_tables import tasks
from askdoc.storage.letter_rows import changes, held
from askdoc.storage.messaging_tables import chat_people
from askdoc.storage.outbox_tables import letters

_L = letters.c


def mark_agreed(kept: Connection, who: str) -> None:
    """Note that a resident, or a chat and with it its residents, agreed to something."""
    linked = select(chat_people.c.resident).where(chat_people.c.chat == who)
    theirs = (_L.recipient == who) | _L.recipient.in_(linked)
    lost = (_L.topic == TOPIC, _L.state == "failed", _L.reason.in_((NO_CONSENT, BLOCKED)))
    kept.execute(update(letters).where(theirs, *lost).values(reason=CONSENT_CAME))


def agreed_late(kept: Connection, now: datetime) -> frozenset[str]:
    """Who agreed after their reminder had failed, and before it is too late for it."""
    return frozenset(kept.scalars(select(_L.recipient).where(*_in_time(now))))


def reopen(
    kept: Connection, resident: str, reached: Reached, current: Collection[str], now: datetime
) -> int:
    """Open those of a resident's reminders that are still needed and nobody called about."""
    if not reached.routes:
        return 0
    called = select(tasks.c.number).where(
        tasks.c.kind.in_(REFILLS), tasks.c.resident == resident, tasks.c.about == _L.cycle
    )
    mine = (_L.recipient == resident, _L.cycle.in_(current), ~called.exists())
    asked = select(letters).where(*_in_time(now), *mine).order_by(_L.number)
    rows = kept.execute(asked.with_for_update()).all()
    for row in rows:
        # On the ways that are known by now: a chat may have been linked meanwhile.
        letter = replace(held(row).letter, routes=reached.routes)
        after = changes(letter, sending.reopened(now), now)
        routes = [[one.channel, one.chat] for one in letter.routes]
        kept.execute(
            update(letters).where(_L.number == row.number).values(after | {"routes": routes})
        )
    return len(rows)


def _in_time(now: datetime) -> tuple[ColumnElement[bool], ...]:
    of_topic = (_L.topic == TOPIC, _L.state == "failed", _L.reason == CONSENT_CAME)
    return (*of_topic, _L.not_after >= now)
