"""Staff keep the schedules of their own clinic's hospitals; of all others there is nothing."""

from datetime import timedelta
from typing import Any

import pytest

from askdoc.china_days import today_of
from askdoc.storage.record_links import Record, link

from .conftest import NOW, Web
from .schedules import held, hospital, with_record
from .test_leaks import routes

NAME = "秘密姓名"
DAY = str(today_of(NOW) + timedelta(days=7))


@pytest.fixture
def place(web: Web) -> str:
    """A hospital of the tests' own staff, where somebody has booked."""
    owner = web.add("resident", NAME)
    with_record(web, owner)
    place = hospital(web)
    held(web, place, owner)
    return place


def colleague(web: Web, clinic: str | None) -> str:
    """Staff of another clinic, or of none that is known."""
    person = web.add("clinic_staff")
    if clinic is not None:
        with web.front.house.database.writing() as kept:
            link(kept, person, Record(clinic=clinic))
    return person


def body(path: str, place: str) -> Any:
    session = {"hospital": place, "department": "眼科", "doctor": "d9", "doctor_name": "赵"}
    return {
        "sessions": session | {"day": DAY, "begins": "9:00", "ends": "10:00"},
        "withdrawals": {"hospital": place, "doctor": "d1", "day": DAY},
        "visit": {"came": True},
        "answer": {"outcome": "refused", "note": "没有号"},
    }[path.rsplit("/", 1)[-1]]


@pytest.mark.parametrize("clinic", [None, "c-other"])
def test_of_another_clinic_s_hospital_nothing_is_told_and_nothing_changes(
    web: Web, place: str, clinic: str | None
) -> None:
    stranger, day = colleague(web, clinic), {"day": DAY}
    before = web.ask("GET", "/v1/schedule/bookings", "clinic_staff", params=day).json()
    booking = next(one["id"] for one in before["items"] if one["slot"]["hospital"] == place)
    tried = 0
    for way, path in routes(web):
        if not path.startswith("/v1/schedule"):
            continue
        where, sent = path.format(id=booking), None if way == "GET" else body(path, place)
        for named in ({}, {"hospital": place}):
            told = web.ask(way, where, stranger, params=day | named, json=sent)
            assert place not in told.text.replace(f"“{place}”", ""), (way, path)
            assert NAME not in told.text
            if way == "GET":
                assert told.json()["items"] == [], (way, path)
            else:
                assert told.status_code in (400, 404), (way, path, told.text)
            tried += 1
    assert tried >= 14
    after = web.ask("GET", "/v1/schedule/bookings", "clinic_staff", params=day).json()
    assert after == before
    assert NAME in str(after)


def test_what_is_another_s_answers_like_what_never_was(web: Web, place: str) -> None:
    stranger = colleague(web, "c-other")
    for path in ("sessions", "withdrawals"):
        told = [
            web.ask("POST", f"/v1/schedule/{path}", stranger, json=body(path, one)).json()
            for one in (place, "h-never")
        ]
        assert [one["code"] for one in told] == ["referrals.unknown_hospital"] * 2
        told[0]["detail"] = told[0]["detail"].replace(place, "h-never")
        assert told[0]["detail"] == told[1]["detail"]


def test_the_page_offers_only_one_s_own_hospitals(web: Web, place: str) -> None:
    mine = hospital(web, clinic="c-page")
    for who, seen, unseen in (
        (colleague(web, "c-page"), mine, place),
        ("clinic_staff", place, mine),
    ):
        told = web.ask("GET", f"/slot-desk/day?day={DAY}", who)
        assert seen in told.text
        assert unseen not in told.text


def test_requests_come_page_by_page_and_an_answer_meanwhile_skips_nobody(web: Web) -> None:
    hospital(web)
    made: list[str] = []
    for _ in range(5):
        person = web.add("resident")
        with_record(web, person)
        told = web.ask("POST", "/v1/slot-requests", person, json={"words": "下周 心内科"})
        made.append(told.json()["id"])
    path, seen = "/v1/schedule/requests", []
    known = {one["id"] for one in waiting(web)} - set(made)
    cursor = None
    while True:
        asked = {"count": 2} | ({"cursor": cursor} if cursor else {})
        part = web.ask("GET", path, "clinic_staff", params=asked).json()
        new = [one["id"] for one in part["items"] if one["id"] not in known]
        seen += new
        if not part["next"]:
            break
        assert len(part["items"]) == 2
        for id in new:
            # What was answered leaves the list, and those behind it move up.
            refused = {"outcome": "refused", "note": "没有号"}
            web.ask("POST", f"{path}/{id}/answer", "clinic_staff", json=refused)
        cursor = part["next"]
    assert seen == made
    bad = web.ask("GET", path, "clinic_staff", params={"cursor": "x"})
    assert bad.json()["code"] == "api.bad_cursor"


def waiting(web: Web) -> list[dict[str, Any]]:
    told = web.ask("GET", "/v1/schedule/requests", "clinic_staff", params={"count": 100}).json()
    items: list[dict[str, Any]] = told["items"]
    return items
