"""When the next supply is due: from what was collected, what is taken a day, and open days.

What a reader would not guess: a cycle is named by the collection it follows, so that a corrected
quantity moves its day but never makes a second reminder of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zlib import crc32

from askdoc.care.open_days import OpenDays
from askdoc.care.prescriptions import Dispensing, Prescription, Resident
from askdoc.wording import AskdocError

AT_ISSUE = "issue"
Ended = Literal["stopped", "died", "in_hospital", "admitted_since"]


class BadRefillRules(AskdocError):
    """A lead that reaches past the day from which collecting is allowed."""

    code = "refills.bad_rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefillRules:
    """Days before the medicine runs out: when we remind, and the earliest that one may collect.

    Medicines of one person that fall due within `together_days` go into one reminder. A closure of
    `long_closure_days` or more is spread over the open days before it.
    """

    lead_days: int = 5
    earliest_days: int = 10
    together_days: int = 5
    long_closure_days: int = 3

    def __post_init__(self) -> None:
        if not 0 <= self.lead_days <= self.earliest_days:
            raise BadRefillRules(lead=self.lead_days, earliest=self.earliest_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRefill:
    """The next supply of one prescription.

    `runs_out` is the first day without medicine; `day` when to remind, an open day. `moved` says
    why it is not simply the lead before: `closed`, `long_closure`, or `after_closure` when nothing
    is open early enough. `calendar_known` is False when only weekends were counted.
    """

    prescription: Prescription
    cycle: str
    runs_out: date
    earliest: date
    day: date
    moved: str | None
    calendar_known: bool


@dataclass(frozen=True, slots=True)
class Stock:
    """What a person should have at home, and the collection it ends with.

    `begins`: the first day on which that collection is taken from; `runs_out`: the first without.
    """

    begins: date
    runs_out: date
    cycle: str
    since: date


def supplies_of(prescription: Prescription, dispensings: Iterable[Dispensing]) -> list[Stock]:
    """What was at home after each collection of this prescription, oldest first.

    Collected early, a supply begins when the one before ends; late, on the day it was collected.
    """
    dose = prescription.dose_per_day
    mine = {one.id: one for one in dispensings if one.prescription == prescription.id}
    collected = [(one.day, one.id, one.quantity) for one in mine.values()]
    if prescription.collected_at_issue:
        collected.append((prescription.issued_on, AT_ISSUE, prescription.quantity))
    found: list[Stock] = []
    # The supply of the issue comes first on its day, whatever the ids of the others.
    for day, id, quantity in sorted(
        collected, key=lambda one: (one[0], one[1] != AT_ISSUE, one[1])
    ):
        begins = max(day, found[-1].runs_out) if found else day
        found.append(Stock(begins, begins + timedelta(days=int(quantity // dose)), id, day))
    return found


def stock_of(prescription: Prescription, dispensings: Iterable[Dispensing]) -> Stock | None:
    """What is at home after all collections of this prescription; None before the first."""
    return next(reversed(supplies_of(prescription, dispensings)), None)


def end_of(prescription: Prescription, resident: Resident, since: date, day: date) -> Ended | None:
    """Why a refill is not asked for on a day: the prescription or the person's stay at home ended.

    A stay in hospital after the last collection ends the plan: what is taken now is decided there,
    and a new prescription or collection begins it again.
    """
    if resident.died_on is not None and resident.died_on <= day:
        return "died"
    if prescription.stopped_on is not None and prescription.stopped_on <= day:
        return "stopped"
    if any(stay.covers(day) for stay in resident.stays):
        return "in_hospital"
    if any(since <= stay.since <= day for stay in resident.stays):
        return "admitted_since"
    return None


def next_refill(
    prescription: Prescription, stock: Stock, open_days: OpenDays, rules: RefillRules
) -> NextRefill:
    """When to remind of the next supply: never before `earliest`, never on a closed day."""
    earliest = max(
        stock.runs_out - timedelta(days=rules.earliest_days), stock.since + timedelta(days=1)
    )
    target = max(stock.runs_out - timedelta(days=rules.lead_days), earliest)
    day, moved = _open_day(prescription.resident, earliest, target, open_days, rules)
    looked_at = (earliest, target, day, stock.runs_out)
    return NextRefill(
        prescription=prescription,
        cycle=stock.cycle,
        runs_out=stock.runs_out,
        earliest=earliest,
        day=day,
        moved=moved,
        calendar_known=all(open_days.is_known(one) for one in looked_at),
    )


def _open_day(
    resident: str, earliest: date, target: date, open_days: OpenDays, rules: RefillRules
) -> tuple[date, str | None]:
    if open_days.is_open(target):
        return target, None
    last, following = open_days.last_open(target), open_days.next_open(target)
    if last < earliest:
        return following, "after_closure"
    closed = (following - last).days - 1
    if closed < rules.long_closure_days:
        return last, "closed"
    # The same person lands on the same day at every run, and everybody together on all of them.
    before = open_days.open_between(earliest, last)
    return before[crc32(resident.encode()) % len(before)], "long_closure"


def due_together(refills: Sequence[NextRefill], day: date, rules: RefillRules) -> list[NextRefill]:
    """The refills of one person that one reminder on `day` tells of; none when none is due.

    What falls due within `together_days` comes along, if it may be collected already.
    """
    if not any(one.day <= day for one in refills):
        return []
    soon = day + timedelta(days=rules.together_days)
    chosen = [one for one in refills if one.day <= day or (one.day <= soon and one.earliest <= day)]
    return sorted(chosen, key=lambda one: (one.runs_out, one.prescription.id))


def days_left(stock: Stock, day: date) -> int:
    """Whole days, with today, for which there should be medicine at home; 0 when there is none."""
    return max(0, (stock.runs_out - day).days)
