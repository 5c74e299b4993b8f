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
        quiet=Window(_whole(defaults, "quiet_from_hour"), _whole(defaults, "quiet_until_hour")),
        lease=timedelta(minutes=_whole(defaults, "send_lease_minutes")),
        per_minute=_whole(defaults, "send_per_minute"),
    )


def reminder_rules(defaults: Mapping[str, Content]) -> ReminderRules:
    """When refills are reminded of. Raises BadDefault and BadRefillRules."""
    return ReminderRules(
        refill=RefillRules(
            lead_days=_whole(defaults, "refill_lead_days"),
            earliest_days=_whole(defaults, "refill_earliest_days"),
            together_days=_whole(defaults, "refill_together_days"),
            long_closure_days=_whole(defaults, "refill_long_closure_days"),
        ),
        zone=_zone(defaults),
        late_days=_whole(defaults, "refill_late_days"),
        control_share=_whole(defaults, "refill_control_percent"),
    )


def _whole(defaults: Mapping[str, Content], name: str) -> int:
    found = defaults.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise BadDefault(name=name)
    return found


def _zone(defaults: Mapping[str, Content]) -> ZoneInfo:
    try:
        return ZoneInfo(str(defaults.get("time_zone")))
    except (ZoneInfoNotFoundError, ValueError) as failed:
        raise BadDefault(name="time_zone") from failed
