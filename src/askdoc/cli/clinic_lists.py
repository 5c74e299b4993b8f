"""The lists of a clinic as rows: one making for the table, the CSV and the JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from askdoc.bootstrap import House
from askdoc.care.loop import action_for
from askdoc.policy.units import Content
from askdoc.storage.clinic_reports import (
    Arm,
    ContractLine,
    Line,
    Overview,
    cohort,
    contracts_lapsing,
    outcomes,
    overview,
    signed_not_served,
)
from askdoc.storage.database import Database
from askdoc.storage.refill_answers import call_list, open_tasks
from askdoc.wording import Lang, phrase

# Days that the lists of contracts, outcomes and cohorts look back or ahead.
LOOKING = {"lapsing": 60, "not_served": 90, "outcomes": 30, "cohort": 90}


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that is asked for: of which clinic, when, in which language."""

    house: House
    database: Database
    clinic: str
    now: datetime
    lang: Lang

    @property
    def overview(self) -> Overview:
        """The clinic today."""
        house = self.house
        return overview(self.database, self.clinic, house.reminder_rules, house.own_days, self.now)

    @property
    def call_back_days(self) -> int:
        """After how many silent days somebody calls."""
        days: Content = self.house.defaults["call_back_days"]
        return days if isinstance(days, int) else 0


Rows = tuple[tuple[str, ...], list[tuple[str, ...]]]
_REFILL = ("resident", "medicine", "doctor", "runs_out", "reachable")
_CONTRACT = ("resident", "doctor", "until", "served_on")


def _refills(asked: Asked, lines: tuple[Line, ...]) -> Rows:
    names = _names(asked)
    return _REFILL, [
        (
            one.resident,
            names.get(one.medicine, one.medicine),
            one.doctor,
            one.runs_out.isoformat(),
            phrase(f"refills.reachable.{'yes' if one.reachable else 'no'}", asked.lang),
        )
        for one in lines
    ]


def _due(asked: Asked) -> Rows:
    return _refills(asked, asked.overview.due)


def _overdue(asked: Asked) -> Rows:
    return _refills(asked, asked.overview.overdue)


def _unreachable(asked: Asked) -> Rows:
    return _refills(asked, asked.overview.unreachable)


def _names(asked: Asked) -> dict[str, str]:
    """What the medicines are called, by their ids; an id that is in no list any more stays one."""
    day = asked.now.astimezone(asked.house.reminder_rules.zone).date()
    return {one.id: one.name for one in asked.house.catalogue.on(day).medicines}


def _forecast(asked: Asked) -> Rows:
    names = _names(asked)
    return ("week", "medicine", "doctor", "refills"), [
        (week.isoformat(), names.get(medicine, medicine), doctor, str(count))
        for (week, medicine, doctor), count in sorted(asked.overview.forecast.items())
    ]


def _tasks(asked: Asked) -> Rows:
    return ("number", "resident", "wish", "action", "since"), [
        (
            str(one.number),
            one.resident,
            phrase(f"refills.barrier.{one.barrier}", asked.lang)
            if one.barrier
            else phrase(f"refills.answer.{one.kind}", asked.lang),
            phrase(f"refills.action.{action_for(one.barrier)}", asked.lang),
            one.opened_at.astimezone(asked.house.reminder_rules.zone).date().isoformat(),
        )
        for one in open_tasks(asked.database, asked.clinic)
    ]


def _calls(asked: Asked) -> Rows:
    found = call_list(
        asked.database, asked.clinic, asked.house.reminder_rules, asked.call_back_days, asked.now
    )
    return ("resident", "why", "since"), [
        (one.resident, phrase(f"refills.why.{one.why}", asked.lang), one.since.isoformat())
        for one in found
    ]


def _contracts(found: list[ContractLine]) -> Rows:
    return _CONTRACT, [
        (
            one.resident,
            one.doctor,
            one.until.isoformat() if one.until else "",
            one.served_on.isoformat() if one.served_on else "",
        )
        for one in found
    ]


def _lapsing(asked: Asked) -> Rows:
    day = asked.now.astimezone(asked.house.reminder_rules.zone).date()
    return _contracts(contracts_lapsing(asked.database, asked.clinic, day, LOOKING["lapsing"]))


def _not_served(asked: Asked) -> Rows:
    day = asked.now.astimezone(asked.house.reminder_rules.zone).date()
    return _contracts(signed_not_served(asked.database, asked.clinic, day, LOOKING["not_served"]))


def _outcomes(asked: Asked) -> Rows:
    since = asked.now - timedelta(days=LOOKING["outcomes"])
    found = outcomes(asked.database, asked.clinic, since)
    return ("outcome", "tasks"), [
        (phrase(f"refills.outcome.{one}", asked.lang), str(count))
        for one, count in sorted(found.items())
    ]


def _cohort(asked: Asked) -> Rows:
    last = asked.now.astimezone(asked.house.reminder_rules.zone).date()
    found = cohort(asked.database, asked.clinic, last - timedelta(days=LOOKING["cohort"]), last)
    return ("arm", "cycles", "sent", "answered", "on_time", "share_on_time"), [
        (phrase(f"refills.arm.{name}", asked.lang), *_arm(arm)) for name, arm in found.items()
    ]


def _arm(arm: Arm) -> tuple[str, ...]:
    share = arm.share_on_time
    said = "" if share is None else f"{(share * 100).quantize(Decimal('0.1'))}%"
    return str(arm.cycles), str(arm.sent), str(arm.answered), str(arm.on_time), said


LISTS: dict[str, Callable[[Asked], Rows]] = {
    "due": _due,
    "overdue": _overdue,
    "unreachable": _unreachable,
    "calls": _calls,
    "tasks": _tasks,
    "forecast": _forecast,
    "lapsing": _lapsing,
    "not_served": _not_served,
    "outcomes": _outcomes,
    "cohort": _cohort,
}


def asked_of(house: House, database: Database, clinic: str, lang: Lang) -> Asked:
    """What is asked now."""
    return Asked(house, database, clinic, datetime.now(UTC), lang)
