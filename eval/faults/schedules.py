"""Lives of one person with medicines, day by day, against what reminders must never do.

`python eval/faults/schedules.py [COUNT]`: 10,000 generated schedules by default.

A schedule has up to three medicines, collected early, late or not at all, prescriptions that are
changed, stays in hospital, records that come days late or twice, days on which no worker ran, and a
clock that jumps. What must hold: each (prescription, collection) is reminded of at most once, never
before it may be collected, never for what has ended, and each that stayed due was reminded of on
the first day on which a worker ran, or came too late for that.
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from askdoc.care.open_days import OpenDays
from askdoc.care.prescriptions import Away, Dispensing, Prescription, Resident
from askdoc.care.refills import NextRefill, RefillRules
from askdoc.care.reminders import Cycle, cycle_of, refills_of, to_remind

_DAYS = 150
_DAY = timedelta(days=1)
_STARTS = (
    date(2019, 12, 1),
    date(2024, 1, 20),
    date(2025, 8, 25),
    date(2026, 9, 1),
    date(2026, 11, 25),
    date(2028, 2, 1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What happens to one person. A record is known from the day in `known_from` on."""

    prescriptions: tuple[Prescription, ...]
    dispensings: tuple[Dispensing, ...]
    known_from: dict[str, date]
    resident: Resident
    open_days: OpenDays
    worker_days: tuple[date, ...]


@dataclass(slots=True)
class Told:
    """What was reminded of, and every rule that was broken."""

    reminders: list[tuple[date, list[NextRefill]]] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)


def life(chance: Random) -> Life:
    """A generated life."""
    begins = chance.choice(_STARTS) + _DAY * chance.randrange(60)
    medicines = [_medicine(f"rx{one}", begins, chance) for one in range(chance.randrange(1, 4))]
    collected: list[Dispensing] = []
    known: dict[str, date] = {}
    for one in medicines:
        for found in _collections(one, chance):
            collected.append(found)
            known[found.id] = found.day + _DAY * chance.choice([0, 0, 0, 1, 3, 9])
            if chance.random() < 0.1:
                collected.append(found)
    stays = ()
    if chance.random() < 0.2:
        since = begins + _DAY * chance.randrange(_DAYS)
        stays = (Away(since, since + _DAY * chance.randrange(1, 20)),)
    died = begins + _DAY * chance.randrange(_DAYS) if chance.random() < 0.05 else None
    return Life(
        prescriptions=tuple(medicines),
        dispensings=tuple(collected),
        known_from=known,
        resident=Resident(id=f"p{chance.randrange(1000)}", died_on=died, stays=stays),
        open_days=OpenDays(open_at_weekends=chance.random() < 0.3),
        worker_days=_worker_days(begins, chance),
    )


def _medicine(id: str, begins: date, chance: Random) -> Prescription:
    issued = begins + _DAY * chance.randrange(20)
    made = Prescription(
        id=id,
        resident="p",
        clinic="c",
        medicine="m",
        issued_on=issued,
        dose_per_day=chance.choice([Decimal("0.5"), Decimal(1), Decimal("1.5"), Decimal(2)]),
        quantity=Decimal(chance.choice([7, 14, 28, 30, 56, 84])),
        collected_at_issue=chance.random() < 0.8,
    )
    if chance.random() < 0.2:
        return replace(made, stopped_on=issued + _DAY * chance.randrange(_DAYS))
    return made


def _collections(one: Prescription, chance: Random) -> list[Dispensing]:
    found = []
    day = one.issued_on
    for number in range(chance.randrange(5)):
        day += _DAY * max(1, one.supply_days + chance.randrange(-8, 15))
        found.append(Dispensing(f"{one.id}-{number}", one.id, day, one.quantity))
    return found


def _worker_days(begins: date, chance: Random) -> tuple[date, ...]:
    """The days on which a worker looked, in the order in which its clock said so."""
    days = [begins + _DAY * one for one in range(_DAYS) if chance.random() < 0.9]
    if chance.random() < 0.3:
        at = chance.randrange(len(days))
        # A clock set wrong for a day, back or ahead, and right again.
        days.insert(at, days[at] + _DAY * chance.choice([-40, -1, 1]))
    return tuple(days)


def lived(one: Life, rules: RefillRules) -> Told:
    """Go through the days as a worker does, and note what was broken."""
    told, known = Told(), set[Cycle]()
    for day in one.worker_days:
        heard = [each for each in one.dispensings if one.known_from[each.id] <= day]
        refills = refills_of(one.resident, one.prescriptions, heard, one.open_days, rules, day)
        chosen = to_remind(refills, known, rules, day)
        if chosen:
            told.reminders.append((day, chosen))
        _check(one, day, refills, chosen, known, told)
        known |= {cycle_of(each) for each in chosen}
    return told


def _check(
    one: Life,
    day: date,
    refills: list[NextRefill],
    chosen: list[NextRefill],
    known: set[Cycle],
    told: Told,
) -> None:
    cycles = [cycle_of(each) for each in chosen]
    told.broken["twice"] += len(cycles) - len(set(cycles) - known)
    for each in chosen:
        told.broken["early"] += day < each.earliest
        stopped, died = each.prescription.stopped_on, one.resident.died_on
        told.broken["after_stop"] += stopped is not None and stopped <= day
        told.broken["after_death"] += died is not None and died <= day
        told.broken["in_hospital"] += any(stay.covers(day) for stay in one.resident.stays)
        told.broken["closed"] += not one.open_days.is_open(each.day)
    due = {cycle_of(each) for each in refills if each.day <= day}
    told.broken["skipped"] += len(due - known - set(cycles))


def main() -> int:
    """Live through many, and print what was broken; 0 when nothing was."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    began, broken, reminders = time.monotonic(), Counter[str](), 0
    for seed in range(count):
        told = lived(life(Random(seed)), RefillRules())
        broken += told.broken
        reminders += len(told.reminders)
    took = time.monotonic() - began
    print(
        f"{count} schedules, {reminders} reminders, {took:.0f} s; broken: {dict(broken) or 'none'}"
    )
    return 1 if broken or not reminders else 0


if __name__ == "__main__":
    sys.exit(main())
