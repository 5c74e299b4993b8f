"""Sample hospitals with four weeks of sessions, and who may book there.

Two of the people to be want the same doctor: they are there to race for one half hour.
"""

from datetime import date, datetime, timedelta

from askdoc.bootstrap import House
from askdoc.care.feed import Contract
from askdoc.care.referrals.bookings import Wanted
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.china_days import today_of
from askdoc.sample.clinic import CLINIC, resident
from askdoc.storage import persons
from askdoc.storage.record_links import Record, link
from askdoc.storage.schedule import Doctor, add_hospital, let_keep, publish
from askdoc.storage.slot_requests import apply
from askdoc.storage.standing import sign

_DAYS = 28
_TOLD_BY_REFERRAL = "resident.outpatient.deductible_cut"
_MORNING, _AFTERNOON = (9 * 60, 11 * 60), (14 * 60, 15 * 60 + 30)
# Hospital, department, doctor's number and name, weekday, hours, persons in each half hour.
_SESSIONS = (
    ("municipal", "心内科", "d1", "赵明（示例医生）", 2, _MORNING, 1),
    ("municipal", "心内科", "d2", "孙丽（示例医生）", 4, _AFTERNOON, 2),
    ("municipal", "眼科", "d3", "钱进（示例医生）", 1, _MORNING, 2),
    ("district", "心内科", "d4", "吴芳（示例医生）", 0, _MORNING, 2),
    ("district", "内分泌科", "d5", "郑强（示例医生）", 3, _MORNING, 2),
    ("elsewhere", "心内科", "d6", "冯敏（示例医生）", 3, _AFTERNOON, 2),
)


def fill_slots(house: House, people: dict[str, str], now: datetime) -> None:
    """Publish the schedule; link the people to be (by name) to records and to one another."""
    office, today = house.booking_office, today_of(now)
    for hospital in _hospitals(house):
        add_hospital(office, hospital)
    with house.database.writing() as kept:
        for hospital in _hospitals(house):
            let_keep(kept, hospital.id, CLINIC)
        link(kept, people["neighbour"], Record(resident=resident(1)))
        persons.let_in(kept, people["resident"], people["family_member"], now, "parent")
    sign(office, _contract(today))
    doctors = {(row[0], row[2]): row[3] for row in _SESSIONS}
    publish(
        office,
        [Doctor(hospital, id, name) for (hospital, id), name in doctors.items()],
        _sessions(today),
        now,
    )
    asked = Wanted(
        departments=("示例市第三医院 皮肤科 下周",), first=today, last=today + timedelta(days=7)
    )
    apply(office, resident(1), asked, now)


def city_with_referrals(house: House) -> str:
    """A city whose rules say what a referral changes for residents."""
    book = house.book
    cities = [path for path, one in book.regions.items() if one.level == "city"]
    return next(one for one in cities if _TOLD_BY_REFERRAL in book.pages(one).entries)


def _hospitals(house: House) -> list[Hospital]:
    cities = [path for path, one in house.book.regions.items() if one.level == "city"]
    here, there = next(one for one in cities if one.count("/") == 1), city_with_referrals(house)
    return [
        Hospital("municipal", "示例市第一医院", here, "tertiary"),
        Hospital("district", "示例区中心医院", here, "secondary"),
        Hospital("elsewhere", "示例外地医院", there, "tertiary"),
    ]


def _contract(today: date) -> Contract:
    return Contract(
        resident=resident(0),
        since=today - timedelta(days=200),
        until=None,
        doctor=CLINIC,
        district_hospital="district",
        municipal_hospital="municipal",
    )


def _sessions(today: date) -> list[Session]:
    found = []
    for ahead in range(1, _DAYS):
        day = today + timedelta(days=ahead)
        found += [
            Session(
                hospital=hospital,
                department=department,
                doctor=doctor,
                day=day,
                begins=begins,
                ends=ends,
                persons=count,
            )
            for hospital, department, doctor, _, weekday, (begins, ends), count in _SESSIONS
            if day.weekday() == weekday
        ]
    return found
