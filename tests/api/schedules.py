"""A hospital with a schedule, and people whose records are known, for the tests of slots."""

from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from askdoc.care.feed import Contract
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.china_days import today_of
from askdoc.storage.care_tables import clinics, residents
from askdoc.storage.record_links import Record, link
from askdoc.storage.schedule import Doctor, add_hospital, let_keep, publish
from askdoc.storage.standing import sign

from .conftest import NOW, Web

_NUMBERS = count(1)
DEPARTMENT = "心内科"


def with_record(web: Web, person: str) -> str:
    """Give a person a record of their own at a clinic; its id."""
    id = f"r{next(_NUMBERS)}"
    row = {"id": id, "clinic": "c1", "lang": "zh", "routes": []}
    with web.front.house.database.writing() as kept:
        if kept.scalar(select(clinics.c.id).where(clinics.c.id == "c1")) is None:
            kept.execute(insert(clinics), {"id": "c1", "open_at_weekends": False, "own_days": {}})
        kept.execute(insert(residents), row)
        link(kept, person, Record(resident=id))
    return id


def hospital(web: Web, days: int = 7, persons: int = 1, clinic: str = "c1", **told: Any) -> str:
    """A hospital with one session of two half hours, so many days from now; its id.

    The staff of `clinic` keep its schedule; the tests' own are at `c1`.
    """
    id = f"h{next(_NUMBERS)}"
    office = web.front.house.booking_office
    usual = {"region": "cn/shanghai", "tier": "tertiary"} | told
    add_hospital(office, Hospital(id, f"示例{id}院", **usual))
    session = Session(
        hospital=id,
        department=DEPARTMENT,
        doctor="d1",
        day=today_of(NOW) + timedelta(days=days),
        begins=540,
        ends=600,
        persons=persons,
    )
    publish(office, [Doctor(id, "d1", "王医生")], [session], NOW)
    with office.database.writing() as kept:
        link(kept, web.people["clinic_staff"], Record(clinic="c1"))
        let_keep(kept, id, clinic)
    return id


def contract(web: Web, resident: str, hospital: str) -> None:
    told = Contract(
        resident=resident,
        since=today_of(NOW),
        until=None,
        doctor="g1",
        district_hospital=hospital,
        municipal_hospital="",
        served_on=None,
    )
    sign(web.front.house.booking_office, told)


def slots(web: Web, hospital: str, who: str = "resident", **told: Any) -> list[dict[str, Any]]:
    asked = {"department": DEPARTMENT, "hospital": hospital} | told
    found = web.ask("GET", "/v1/slots", who, params=asked)
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


def held(web: Web, hospital: str, who: str = "resident", **told: Any) -> Any:
    """Hold the first free slot of a hospital."""
    slot = slots(web, hospital, who, **told)[0]["slot"]["id"]
    return web.ask("POST", "/v1/bookings", who, json={"slot": slot}, params=told)
