"""Rules of sending and reminding, made of askdoc's own defaults (`knowledge/defaults.yaml`)."""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from askdoc.care.refills import RefillRules
from askdoc.care.reminders import ReminderRules
from askdoc.channels.letters import Window
from askdoc.channels.sending import SendingRules
from askdoc.policy.units import Content
from askdoc.wording import AskdocError


class BadDefault(AskdocError):
    """A default of ours is missing, or of another kind than it should be. Field `name`."""

    code = "settings.bad_default"


def sending_rules(defaults: Mapping[str, Content]) -> SendingRules:
    """How letters are sent. Raises BadDefault and EmptyRules."""
    return SendingRules(
        zone=_zone(defaults),
        quiet=Window(whole(defaults, "quiet_from_hour"), whole(defaults, "quiet_until_hour")),
        lease=timedelta(minutes=whole(defaults, "send_lease_minutes")),
        per_minute=whole(defaults, "send_per_minute"),
        not_for_outage=frozenset(_words(defaults, "send_not_for_outage")),
    )


def reminder_rules(defaults: Mapping[str, Content]) -> ReminderRules:
    """When refills are reminded of. Raises BadDefault and BadRefillRules."""
    return ReminderRules(
        refill=RefillRules(
            lead_days=whole(defaults, "refill_lead_days"),
            earliest_days=whole(defaults, "refill_earliest_days"),
            together_days=whole(defaults, "refill_together_days"),
            long_closure_days=whole(defaults, "refill_long_closure_days"),
        ),
        zone=_zone(defaults),
        late_days=whole(defaults, "refill_late_days"),
        control_share=whole(defaults, "refill_control_percent"),
    )


def calls_per_day(defaults: Mapping[str, Content]) -> int:
    """How many calls a day the channel of calls puts on a clinic's list. Raises BadDefault."""
    return whole(defaults, "calls_per_day")


def follow_up_time(defaults: Mapping[str, Content]) -> timedelta:
    """Within how long a clinic sees to whoever came home from hospital. Raises BadDefault."""
    return timedelta(days=whole(defaults, "discharge_follow_up_days"))


def _words(defaults: Mapping[str, Content], name: str) -> tuple[str, ...]:
    found = defaults.get(name)
    if not isinstance(found, tuple):
        raise BadDefault(name=name)
    return tuple(str(one) for one in found)


def whole(defaults: Mapping[str, Content], name: str) -> int:
    found = defaults.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise BadDefault(name=name)
    return found


def _zone(defaults: Mapping[str, Content]) -> ZoneInfo:
    try:
        return ZoneInfo(str(defaults.get("time_zone")))
    except (ZoneInfoNotFoundError, ValueError) as failed:
        raise BadDefault(name="time_zone") from failed
