"""When a message may be sent unasked: quiet hours, and the hours a person asked for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from askdoc.channels.letters import Window

_HOUR = timedelta(hours=1)


def next_opening(now: datetime, quiet: Window, wanted: Window | None, zone: ZoneInfo) -> datetime:
    """`now` when sending is allowed, else the start of the next hour in which it is, in UTC.

    Quiet hours win: a wish that lies wholly inside them counts as none.
    """
    awake = frozenset(range(24)) - quiet.hours
    allowed = (awake & wanted.hours if wanted else awake) or awake
    local = now.astimezone(zone)
    if not allowed or local.hour in allowed:
        return now.astimezone(UTC)
    # Whole hours are counted in UTC, so that a night with a clock change has all of its hours.
    at = local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    while at.astimezone(zone).hour not in allowed:
        at += _HOUR
    return at
