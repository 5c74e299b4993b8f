"""Shanghai's scale as the sources report it: is the share, the lead and the fall-back exact?

35 hospitals, 7,700 doctors, 10,000 slots a day, 21 days ahead, in a made-up schedule. Checked slot
by slot against the terms, worked out here by counting and by dates alone. Then finding is timed
beside a bare indexed query for the same rows, each three times of which the quickest counts: what
another program took of the processor is not what finding costs. Memory is that of this process.

Run: python eval/bench/slots_at_scale.py [DAYS [SLOTS_A_DAY]]
"""

import json
import random
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

from sqlalchemy import select, text

from askdoc.bootstrap import House
from askdoc.care.feed import Contract
from askdoc.care.referrals.bookings import Found, Wanted
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.settings import read_settings
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import confirm, hold_slot
from askdoc.storage.schedule import Doctor, add_hospital, publish
from askdoc.storage.slot_search import find_slots
from askdoc.storage.slot_tables import slots
from askdoc.storage.standing import sign

HOSPITALS, DOCTORS = 35, 7_700
NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)
TODAY = date(2026, 11, 25)
DEPARTMENTS = ("心内科", "内分泌科", "呼吸科", "消化科", "神经内科", "骨科", "眼科", "肾内科",
               "风湿科", "肿瘤科", "儿科", "妇科", "皮肤科", "泌尿科", "耳鼻喉科", "普外科",
               "血液科", "老年科", "中医科", "康复科")  # fmt: skip
Answer = TypeVar("Answer")
ASKED, TIMES = 600, 3
BOUND = 5
_HALF_DAY = 6


@dataclass(slots=True)
class Report:
    """Every count of wrong slots and grants must be nought."""

    slots: int
    wrong_shares: int
    wrong_days: int
    wrong_grants: int
    unexplained: int
    grants: int
    find_p50_ms: float
    bare_p50_ms: float
    find_p95_ms: float
    bare_p95_ms: float
    memory_mb: int

    @property
    def is_exact(self) -> bool:
        """Whether everything was as the policy says."""
        return not (self.wrong_shares or self.wrong_days or self.wrong_grants or self.unexplained)


def fill(office: Office, days: int, a_day: int) -> None:
    """The schedule: doctors take turns, each a half day of six half hours."""
    people = []
    for number in range(HOSPITALS):
        id = f"h{number:02d}"
        add_hospital(office, Hospital(id, f"第{number + 1}医院", "cn/shanghai", "tertiary"))
    for number in range(DOCTORS):
        people.append(Doctor(f"h{number % HOSPITALS:02d}", f"d{number}", f"医生{number}"))
    publish(office, people, [], NOW)
    turn = 0
    for ahead in range(1, days + 1):
        sessions = []
        for _ in range(a_day // _HALF_DAY):
            one = people[turn % DOCTORS]
            begins = 480 if turn // DOCTORS % 2 == 0 else 810
            sessions.append(
                Session(
                    hospital=one.hospital,
                    department=DEPARTMENTS[int(one.id[1:]) // HOSPITALS % len(DEPARTMENTS)],
                    doctor=one.id,
                    day=TODAY + timedelta(days=ahead),
                    begins=begins,
                    ends=begins + _HALF_DAY * 30,
                )
            )
            turn += 1
        publish(office, [], sessions, NOW)


def check_slots(office: Office) -> tuple[int, int, int]:
    """How many slots there are, and how many days break the share or the leads."""
    kept: Counter[tuple[str, date]] = Counter()
    whole: Counter[tuple[str, date]] = Counter()
    wrong_days = 0
    with office.database.reading() as connection:
        for row in connection.execute(select(slots)):
            whole[row.hospital, row.day] += 1
            kept[row.hospital, row.day] += row.pool == "priority"
            early = 21 if row.pool == "priority" else 14
            expected = (row.day - timedelta(days=early), row.day - timedelta(days=14))
            wrong_days += (row.entitled_from, row.public_from) != expected
    wrong = sum(kept[one] != count // 2 for one, count in whole.items())
    return sum(whole.values()), wrong, wrong_days


def check_grants(found: list[Found], own: str | None) -> tuple[int, int]:
    """How many of the slots were not this person's to see, and how many have no reason."""
    wrong = 0
    for one in found:
        ahead = (one.slot.day - TODAY).days
        early = one.slot.pool == "priority" and one.slot.hospital.id == own and ahead <= 21
        wrong += not (ahead <= 14 or early)
        wrong += one.grant.door != ("public" if ahead <= 14 else "priority")
    return wrong, sum(not one.grant.reasons for one in found)


def measure(folder: Path, days: int, a_day: int) -> Report:
    """Fill a database in the folder, check it and time it."""
    office = House(read_settings({"ASKDOC_DATA": str(folder), "HOME": str(folder)})).booking_office
    fill(office, days, a_day)
    counted, wrong_shares, wrong_days = check_slots(office)
    chance = random.Random(3)
    for number in range(500):
        held = hold_slot(office, f"b{number}", _open_slot(office, chance), NOW)
        confirm(office, held.person, held.id, f"k{number}", NOW)
    chosen = {"doctor": "d", "district_hospital": "h07"}
    sign(office, Contract(resident="signed", since=TODAY, until=None, **chosen))
    found_ms, bare_ms, wrong, unexplained, grants = [], [], 0, 0, 0
    for number in range(ASKED):
        person = "signed" if number % 2 else "anybody"
        wanted = _wanted(chance, days)
        took, found = _quickest(partial(find_slots, office, person, wanted, NOW))
        found_ms.append(took)
        bare_ms.append(_quickest(partial(_bare, office, wanted))[0])
        amiss, silent = check_grants(found, "h07" if person == "signed" else None)
        wrong, unexplained, grants = wrong + amiss, unexplained + silent, grants + len(found)
    office.database.close()
    return Report(
        slots=counted,
        wrong_shares=wrong_shares,
        wrong_days=wrong_days,
        wrong_grants=wrong,
        unexplained=unexplained,
        grants=grants,
        find_p50_ms=round(median(found_ms), 2),
        bare_p50_ms=round(median(bare_ms), 2),
        find_p95_ms=round(quantiles(found_ms, n=20)[-1], 2),
        bare_p95_ms=round(quantiles(bare_ms, n=20)[-1], 2),
        memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def _wanted(chance: random.Random, days: int) -> Wanted:
    first = TODAY + timedelta(days=chance.randrange(1, days))
    hospitals = ("h07",) if chance.random() < 0.5 else ()
    return Wanted(departments=(chance.choice(DEPARTMENTS),), first=first,
                  last=first + timedelta(days=6), hospitals=hospitals)  # fmt: skip


def _open_slot(office: Office, chance: random.Random) -> int:
    wanted = Wanted(
        departments=(chance.choice(DEPARTMENTS),), first=TODAY, last=TODAY + timedelta(days=13)
    )
    return find_slots(office, "booker", wanted, NOW, 1)[0].slot.id


_BARE = text(
    "SELECT * FROM slots WHERE department = :department AND day BETWEEN :first AND :last "
    "ORDER BY day, begins, id LIMIT 20"
)
_BARE_AT = text(
    "SELECT * FROM slots WHERE department = :department AND hospital = :hospital "
    "AND day BETWEEN :first AND :last ORDER BY day, begins, id LIMIT 20"
)


def _quickest(ask: Callable[[], Answer]) -> tuple[float, Answer]:
    """Milliseconds of the quickest of a few, and what it found."""
    took = []
    for _ in range(TIMES):
        begun = perf_counter()
        found = ask()
        took.append((perf_counter() - begun) * 1000)
    return min(took), found


def _bare(office: Office, wanted: Wanted) -> None:
    """The indexed query alone: no bookings, no standing, no grants."""
    told = {
        "department": wanted.departments[0],
        "first": str(wanted.first),
        "last": str(wanted.last),
    }
    if wanted.hospitals:
        told["hospital"] = wanted.hospitals[0]
    with office.database.reading() as connection:
        connection.execute(_BARE_AT if wanted.hospitals else _BARE, told).all()


def main() -> None:
    """Print one JSON object; 1 when anything is not as the policy says, or finding is too slow."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    a_day = int(sys.argv[2]) if len(sys.argv) > 2 else 10_002
    with tempfile.TemporaryDirectory() as folder:
        report = measure(Path(folder), days, a_day)
    times = round(report.find_p95_ms / report.bare_p95_ms, 1)
    print(json.dumps(asdict(report) | {"times_bare": times, "is_exact": report.is_exact}))
    sys.exit(0 if report.is_exact and times <= BOUND else 1)


if __name__ == "__main__":
    main()
