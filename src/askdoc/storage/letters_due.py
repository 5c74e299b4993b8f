"""Which letter is taken up next: answers in their order, what nobody asked for by its budget."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from askdoc.channels.sending import Reach, SendingRules
from askdoc.storage.outbox_tables import letters

_MINUTE = timedelta(minutes=1)
_L = letters.c


def next_answer(reach: Reach, left_alone: Collection[str], now: datetime) -> Select[Any]:
    """The number of an answer that is due and has no earlier piece before it."""
    return _next(False, reach, left_alone, now).where(~_has_piece_before())


def next_unasked(reach: Reach, left_alone: Collection[str], now: datetime) -> Select[Any]:
    """The number of a letter that is due and that nobody asked for."""
    return _next(True, reach, left_alone, now)


def full_channels(connection: Connection, rules: SendingRules, now: datetime) -> set[str]:
    """Channels that spent this minute's budget. Several workers may overspend it by one each."""
    spent = (
        select(_L.channel)
        .where(_L.begun_at > now - _MINUTE, _L.unasked.is_(True))
        .group_by(_L.channel)
        .having(func.count() >= rules.per_minute)
    )
    return set(connection.scalars(spent))


def _next(unasked: bool, reach: Reach, left_alone: Collection[str], now: datetime) -> Select[Any]:
    ours = set(reach.unasked_within) - set(left_alone)
    # What is too late is everybody's to list, also on a channel that no worker has any more.
    mine: ColumnElement[bool] = or_(_L.channel.in_(ours), _L.not_after < now)
    return (
        select(_L.number)
        .where(_L.unasked.is_(unasked), _L.next_at <= now, mine)
        .order_by(_L.next_at, _L.number)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _has_piece_before() -> ColumnElement[bool]:
    """Whether an earlier piece of the same answer has not gone yet.

    One that may have come holds the others no longer: its repeat is marked as one.
    """
    earlier = letters.alias().c
    same = (getattr(earlier, name) == _L[name] for name in ("topic", "subject", "channel", "chat"))
    unsent = (earlier.number < _L.number, earlier.next_at.is_not(None), earlier.doubts == 0)
    return exists().where(*same, *unsent)
