"""What a bare number in a chat chooses from: the newest letter with choices that went there.

The outbox itself is the memory: a reminder that was pushed and an answer of the conversation count
alike, and the one whose sending began last is the one that the person has before them.
"""

from sqlalchemy import Connection, Text, cast, select

from askdoc.channels.letters import Route
from askdoc.reception.chat import Shown
from askdoc.storage.outbox_tables import letters

_L = letters.c
# Whoever answers had it before them, also when we do not know yet, or were never told.
_MAY_BE_THERE = ("sending", "sent", "delivered", "read", "in_doubt")


def shown_in(kept: Connection, route: Route) -> Shown | None:
    """The choices that stand newest in a chat; None when it was never shown any."""
    asked = (
        select(_L.choices, _L.begun_at)
        .where(_L.channel == route.channel, _L.chat == route.chat)
        .where(_L.state.in_(_MAY_BE_THERE), _L.begun_at.is_not(None))
        .where(cast(_L.choices, Text) != "[]")
        .order_by(_L.begun_at.desc(), _L.number.desc())
        .limit(1)
    )
    row = kept.execute(asked).one_or_none()
    return None if row is None else Shown(tuple(id for id, _ in row.choices), row.begun_at)
