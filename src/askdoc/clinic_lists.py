"""The lists of a clinic as rows: one making for the command line, CSV, the pages and `/v1`.

Rows hold values (a day, a count, a word of ours such as `out_of_stock`); only `shown` turns them
into what people read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import Row

from askdoc.assistant.talk.transcript import in_utc
from askdoc.bootstrap import House
from askdoc.care.loop import BARRIERS, action_for
from askdoc.care.rules import calls_per_day, whole
from askdoc.storage.call_channel import calls_put, calls_put_off
from askdoc.storage.calls import Calling, call_list
from askdoc.storage.clinic_reports import (
    ContractLine,
    Line,
    Overview,
    clinic_row,
    contracts_lapsing,
    outcomes,
    overview,
    signed_not_served,
)
from askdoc.storage.cohorts import Arm, cohort
from askdoc.storage.database import Database
from askdoc.storage.refill_answers import open_tasks
from askdoc.storage.reminders import ClinicRecords, read_records
from askdoc.wording import AskdocError, Lang, phrase

# Days that the lists of contracts, outcomes and cohorts look back or ahead.
LOOKING = {"lapsing": 60, "not_served": 90, "outcomes": 30, "cohort": 90}
Cell = str | int | date | Decimal | None
Cells = tuple[Cell, ...]
# Columns whose words are ours, by the phrases that say them.
_WORDS = ("why", "outcome", "arm", "action")


class UnknownList(AskdocError):
    """A clinic has no list of that name. Fields `said`, `known`."""

    code = "refills.unknown_list"


@dataclass(frozen=True)
class Clinic:
    """A clinic that is looked at: of which house, when. Each part of it is read once."""

    house: House
    database: Database
    named: str
    now: datetime

    @cached_property
    def row(self) -> Row[Any]:
        """What is kept of it. Raises UnknownClinic."""
        return clinic_row(self.database, self.named)

    @property
    def id(self) -> str:
        """Its id. Raises UnknownClinic, so that no list of a clinic that is not there is empty."""
        return str(self.row.id)

    @property
    def day(self) -> date:
        """The day it is at the clinic."""
        return self.now.astimezone(self.house.reminder_rules.zone).date()

    @cached_property
    def records(self) -> ClinicRecords:
        """What its records say. Raises UnknownClinic."""
        return read_records(self.database, self.row, self.house.own_days)

    @cached_property
    def overview(self) -> Overview:
        """The clinic today. Raises UnknownClinic."""
        return overview(self.database, self.records, self.house.reminder_rules, self.now)

    @cached_property
    def arms(self) -> dict[str, Arm]:
        """Those who are reminded and those who are not, lately. Raises UnknownClinic."""
        first = self.day - timedelta(days=LOOKING["cohort"])
        return cohort(self.database, self.records, first, self.day)

    @property
    def calling(self) -> Calling:
        """After how many silent days somebody calls."""
        return Calling(self.house.reminder_rules, whole(self.house.defaults, "call_back_days"))

    @property
    def calls_today(self) -> tuple[int, int]:
        """How many calls the channel put on the list today, and how many wait for a place."""
        with self.database.reading() as kept:
            return calls_put(kept, self.id, in_utc(self.now)), calls_put_off(kept, self.id)

    @cached_property
    def medicine_names(self) -> dict[str, str]:
        """What medicines are called, by their ids."""
        return {one.id: one.name for one in self.house.catalogue.on(self.day).medicines}

    def medicine(self, id: str) -> str:
        """What a medicine is called; an id that is in no list any more stays one."""
        return self.medicine_names.get(id, id)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its columns and its rows. Where `resident` is a column, a row is about that one."""

    name: str
    heads: tuple[str, ...]
    rows: list[Cells]

    def residents(self) -> list[str]:
        """Each resident whose data is in it, once."""
        if "resident" not in self.heads:
            return []
        at = self.heads.index("resident")
        return list(dict.fromkeys(str(row[at]) for row in self.rows))

    def part(self, first: int, count: int) -> "Listed":
        """So many of its rows from one on."""
        return Listed(self.name, self.heads, self.rows[first : first + count])


def list_of(clinic: Clinic, name: str) -> Listed:
    """A list by its name. Raises UnknownList and UnknownClinic."""
    made = LISTS.get(name)
    if made is None:
        raise UnknownList(said=name, known=", ".join(LISTS))
    heads, rows = made(clinic)
    return Listed(name, heads, rows)


def title(listed: Listed, lang: Lang) -> str:
    """What a list is called, with how long it is."""
    return phrase(f"refills.list.{listed.name}", lang, count=len(listed.rows))


def head_words(listed: Listed, lang: Lang) -> list[str]:
    """What its columns are called."""
    return [phrase(f"refills.head.{one}", lang) for one in listed.heads]


def shown(head: str, cell: Cell, lang: Lang) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return phrase(f"refills.reachable.{'yes' if cell else 'no'}", lang)
    if isinstance(cell, Decimal):
        return f"{(cell * 100).quantize(Decimal('0.1'))}%"
    if head == "wish":
        return phrase(f"refills.{'barrier' if cell in BARRIERS else 'answer'}.{cell}", lang)
    if head in _WORDS:
        return phrase(f"refills.{head}.{cell}", lang)
    return str(cell)


def shown_rows(listed: Listed, lang: Lang) -> list[list[str]]:
    """All rows as people read them."""
    return [
        [shown(head, cell, lang) for head, cell in zip(listed.heads, row, strict=True)]
        for row in listed.rows
    ]


def told_rows(listed: Listed) -> list[dict[str, str | int | None]]:
    """All rows as programs read them: days and shares as text."""
    return [
        {
            head: str(cell) if isinstance(cell, (date, Decimal)) else cell
            for head, cell in zip(listed.heads, row, strict=True)
        }
        for row in listed.rows
    ]


def csv_rows(listed: Listed, lang: Lang) -> list[list[str]]:
    """Heads and rows for a spreadsheet, in which no cell can be taken for a formula."""
    found = [head_words(listed, lang), *shown_rows(listed, lang)]
    return [[f"'{one}" if one[:1] in ("=", "+", "-", "@") else one for one in row] for row in found]


def notes(clinic: Clinic, lang: Lang) -> list[str]:
    """What whoever reads the lists should know of them: old records, bad ones, unknown holidays."""
    found, told = clinic.overview, []
    if found.records_old:
        told.append(phrase("refills.stale_feed", lang, clinic=clinic.id))
    if found.unreadable:
        told.append(phrase("refills.report.unreadable", lang, who=", ".join(found.unreadable)))
    put, put_off = clinic.calls_today
    if put_off:
        most = calls_per_day(clinic.house.defaults)
        told.append(phrase("refills.report.calls", lang, put=put, most=most, waiting=put_off))
    if not all(one.calendar_known for one in (*found.due, *found.overdue)):
        told.append(phrase("refills.report.calendar", lang))
    return told


Made = tuple[tuple[str, ...], list[Cells]]


def _refills(clinic: Clinic, lines: tuple[Line, ...]) -> Made:
    rows: list[Cells] = [
        (one.resident, clinic.medicine(one.medicine), one.doctor, one.runs_out, one.reachable)
        for one in lines
    ]
    return ("resident", "medicine", "doctor", "runs_out", "reachable"), rows


def _due(clinic: Clinic) -> Made:
    return _refills(clinic, clinic.overview.due)


def _overdue(clinic: Clinic) -> Made:
    return _refills(clinic, clinic.overview.overdue)


def _unreachable(clinic: Clinic) -> Made:
    rows: list[Cells] = [
        (one.resident, clinic.medicine(one.medicine), one.doctor, one.runs_out, one.why)
        for one in clinic.overview.unreachable
    ]
    return ("resident", "medicine", "doctor", "runs_out", "why"), rows


def _forecast(clinic: Clinic) -> Made:
    return ("week", "medicine", "doctor", "refills"), [
        (week, clinic.medicine(medicine), doctor, count)
        for (week, medicine, doctor), count in sorted(clinic.overview.forecast.items())
    ]


def _tasks(clinic: Clinic) -> Made:
    zone = clinic.house.reminder_rules.zone
    return ("number", "resident", "wish", "action", "since", "due_on"), [
        (
            one.number,
            one.resident,
            one.barrier or one.kind,
            action_for(one.barrier, one.kind),
            one.opened_at.astimezone(zone).date(),
            one.due_on,
        )
        for one in open_tasks(clinic.database, clinic.id)
    ]


def _calls(clinic: Clinic) -> Made:
    with clinic.database.reading() as kept:
        found = call_list(kept, clinic.id, clinic.calling, clinic.now)
    rows: list[Cells] = [(one.resident, one.why, one.since, one.number, one.words) for one in found]
    return ("resident", "why", "since", "phone", "words"), rows


def _contracts(found: list[ContractLine]) -> Made:
    rows: list[Cells] = [(one.resident, one.doctor, one.until, one.served_on) for one in found]
    return ("resident", "doctor", "until", "served_on"), rows


def _lapsing(clinic: Clinic) -> Made:
    within = LOOKING["lapsing"]
    return _contracts(contracts_lapsing(clinic.database, clinic.id, clinic.day, within))


def _not_served(clinic: Clinic) -> Made:
    days = LOOKING["not_served"]
    return _contracts(signed_not_served(clinic.database, clinic.id, clinic.day, days))


def _outcomes(clinic: Clinic) -> Made:
    since = clinic.now - timedelta(days=LOOKING["outcomes"])
    found = outcomes(clinic.database, clinic.id, since)
    return ("outcome", "tasks"), [(one, count) for one, count in sorted(found.items())]


def _cohort(clinic: Clinic) -> Made:
    heads = ("arm", "cycles", "sent", "answered", "on_time", "share_on_time", "share_covered")
    rows: list[Cells] = []
    for name, one in clinic.arms.items():
        counts = (one.cycles, one.sent, one.answered, one.on_time)
        rows.append((name, *counts, one.share_on_time, one.days.share))
    return heads, rows


LISTS: dict[str, Callable[[Clinic], Made]] = {
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
