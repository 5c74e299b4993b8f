"""Slots over HTTP: found, held, booked once, moved, given back, for oneself and for family."""

from typing import Any

import pytest

from askdoc.storage.record_links import Record, link

from .conftest import SHANGHAI, Web
from .schedules import contract, held, hospital, slots, with_record

HANGZHOU = {"region": "cn/zhejiang/hangzhou", "scheme": "resident", "status": "senior", "age": 70}


@pytest.fixture
def mine(web: Web) -> str:
    """The record of the resident who calls."""
    return with_record(web, web.people["resident"])


def test_from_a_free_slot_to_a_booking_and_back(web: Web, mine: str) -> None:
    place = hospital(web)
    free = slots(web, place)
    assert [one["slot"]["when"] for one in free] == [
        "12月2日（周三）上午9:00-9:30",
        "12月2日（周三）上午9:30-10:00",
    ]
    assert free[0]["why"] == ["11月18日（周三）起对所有人开放"]
    kept = held(web, place)
    assert kept.status_code == 201
    assert (kept.json()["state_shown"], kept.json()["resident"]) == ("已保留，待确认", mine)
    id = kept.json()["id"]
    assert [one["slot"]["begins"] for one in slots(web, place)] == ["09:30"]
    booked = web.ask("POST", f"/v1/bookings/{id}/confirm").json()
    assert (booked["id"], booked["state"]) == (id, "booked")
    again = web.ask("POST", f"/v1/bookings/{id}/confirm").json()
    assert again["id"] == id
    other = slots(web, place)[0]["slot"]["id"]
    moved = web.ask("POST", f"/v1/bookings/{id}/move", json={"slot": other}).json()
    assert (moved["replaces"], moved["slot"]["begins"]) == (id, "09:30")
    assert web.ask("GET", f"/v1/bookings/{id}").json()["state"] == "moved"
    listed = web.ask("GET", "/v1/bookings").json()["items"]
    assert [one["id"] for one in listed] == [moved["id"]]
    assert web.ask("DELETE", f"/v1/bookings/{moved['id']}").json()["state"] == "cancelled"
    assert len(slots(web, place)) == 2


def test_the_same_key_holds_once_and_another_slot_with_it_is_a_conflict(
    web: Web, mine: str
) -> None:
    first, second = (one["slot"]["id"] for one in slots(web, hospital(web)))
    key = {"Idempotency-Key": "hold-1"}
    told = [
        web.ask("POST", "/v1/bookings", json={"slot": one}, headers=key)
        for one in (first, first, second)
    ]
    assert [one.status_code for one in told] == [201, 201, 409]
    assert told[0].json() == told[1].json()
    assert told[1].headers["Idempotency-Replayed"] == "true"
    assert told[2].json()["code"] == "requests.other_body"


def test_the_second_of_two_hears_it_in_their_language(web: Web, mine: str) -> None:
    other = web.add("resident")
    with_record(web, other)
    slot = slots(web, hospital(web))[0]["slot"]["id"]
    assert web.ask("POST", "/v1/bookings", json={"slot": slot}).status_code == 201
    for lang, word in (("zh", "别人"), ("en", "Somebody else")):
        lost = web.ask(
            "POST", "/v1/bookings", other, json={"slot": slot}, headers={"Accept-Language": lang}
        )
        assert (lost.status_code, lost.json()["code"]) == (409, "referrals.slot_taken")
        assert word in lost.json()["detail"]


def test_a_hold_that_ended_is_free_again_and_cannot_be_confirmed(web: Web, mine: str) -> None:
    place = hospital(web)
    id = held(web, place).json()["id"]
    web.clock.pass_by(minutes=16)
    over = web.ask("POST", f"/v1/bookings/{id}/confirm")
    assert (over.status_code, over.json()["code"]) == (409, "referrals.hold_over")
    assert len(slots(web, place)) == 2
    assert web.ask("GET", f"/v1/bookings/{id}").json()["state"] == "lapsed"


def test_what_a_lapsed_hold_frees_is_offered_to_who_waits_and_to_nobody_else(
    web: Web, mine: str
) -> None:
    waits = web.add("resident")
    with_record(web, waits)
    place = hospital(web)
    ids = [held(web, place).json()["id"] for _ in range(2)]
    wish = {"department": "心内科", "hospital": place}
    made = web.ask("POST", "/v1/waiting", waits, json=wish).json()
    assert made["because"] == "按先后顺序"
    assert [one["id"] for one in web.ask("GET", "/v1/waiting", waits).json()["items"]] == [
        made["id"]
    ]
    web.clock.pass_by(minutes=16)
    assert slots(web, place) != []
    offers = web.ask("GET", "/v1/bookings", waits).json()["items"]
    assert [(one["is_offer"], one["state"]) for one in offers] == [(True, "held")]
    taken = {offers[0]["slot"]["id"]}
    again = web.ask("POST", "/v1/bookings", json={"slot": taken.pop()})
    assert again.json()["code"] == "referrals.slot_taken"
    assert web.ask("POST", f"/v1/bookings/{offers[0]['id']}/confirm", waits).status_code == 201
    assert web.ask("GET", "/v1/waiting", waits).json()["items"] == []
    assert {web.ask("GET", f"/v1/bookings/{id}").json()["state"] for id in ids} == {"lapsed"}


def test_leaving_the_waiting_list(web: Web, mine: str) -> None:
    wish = {"department": "心内科", "hospital": hospital(web)}
    id = web.ask("POST", "/v1/waiting", json=wish).json()["id"]
    assert web.ask("DELETE", f"/v1/waiting/{id}").json() == {"id": id}
    assert web.ask("DELETE", f"/v1/waiting/{id}").status_code == 404


def test_a_contract_opens_a_slot_early_and_says_why(web: Web, mine: str) -> None:
    place = hospital(web, days=18)
    assert slots(web, place) == []
    contract(web, mine, place)
    (early,) = slots(web, place)
    assert (early["door"], early["why"][0][:6]) == ("priority", "签约家庭医生")
    told = web.ask("GET", "/v1/slots", params={"department": "心内科", "hospital": place}).json()
    assert "2017" in told["note"]


def test_a_daughter_books_for_her_mother_once_she_was_let_in(web: Web, mine: str) -> None:
    daughter, place = web.people["family_member"], hospital(web)
    for params in ({}, {"resident": mine}):
        asked = params | {"department": "心内科"}
        refused = web.ask("GET", "/v1/slots", daughter, params=asked)
        assert refused.status_code == (404 if params else 409)
    let = {"relation": "parent"}
    web.ask("PUT", f"/v1/me/family/{daughter}", json=let)
    (known,) = web.ask("GET", "/v1/patients", daughter).json()["items"]
    assert known == {"resident": mine, "relation": "parent", "name": "示例resident"}
    id = held(web, place, daughter, resident=mine).json()["id"]
    assert web.ask("POST", f"/v1/bookings/{id}/confirm", daughter).status_code == 201
    assert [one["id"] for one in web.ask("GET", "/v1/bookings").json()["items"]] == [id]
    found = web.ask("GET", f"/v1/audit?object={id}", "administrator").json()["items"]
    assert [one["action"] for one in found] == ["booking.read", "booking.confirm", "booking.hold"]
    assert {one["person"] for one in found[1:]} == {daughter}
    web.ask("DELETE", f"/v1/me/family/{daughter}")
    assert web.ask("GET", f"/v1/bookings/{id}", daughter).status_code == 404
    assert web.ask("DELETE", f"/v1/bookings/{id}", daughter).status_code == 404


def test_a_slot_of_the_platform_is_applied_for_until_staff_entered_it(web: Web, mine: str) -> None:
    with web.front.house.database.writing() as kept:
        link(kept, web.people["clinic_staff"], Record(clinic="c1"))
    asked = web.ask("POST", "/v1/slot-requests", json={"words": "下周 市一医院 心内科"}).json()
    assert asked["state_shown"] == "已申请，还没有约上"
    (waits,) = [
        one
        for one in web.ask("GET", "/v1/schedule/requests", "clinic_staff").json()["items"]
        if one["id"] == asked["id"]
    ]
    assert (waits["words"], waits["name"]) == ("下周 市一医院 心内科", "示例resident")
    path = f"/v1/schedule/requests/{asked['id']}/answer"
    unclear = {"outcome": "unclear", "note": "平台没有回应"}
    assert web.ask("POST", path, "clinic_staff", json=unclear).status_code == 201
    assert "已预约" not in web.ask("GET", "/v1/slot-requests").text
    given = {
        "hospital": "市一医院",
        "department": "心内科",
        "doctor": "张医生",
        "day": "2026-12-02",
        "begins": "9:00",
        "ends": "9:30",
        "number": "P1",
    }
    assert web.ask("POST", path, "clinic_staff", json={"outcome": "arranged"}).status_code == 422
    told = web.ask("POST", path, "clinic_staff", json={"outcome": "arranged", "arranged": given})
    assert told.json()["state_shown"] == "已预约"
    (seen,) = web.ask("GET", "/v1/slot-requests").json()["items"]
    assert seen["arranged"]["when"] == "12月2日（周三）上午9:00-9:30"
    assert web.ask("POST", path, "clinic_staff", json=unclear).status_code == 404
    assert web.ask("DELETE", f"/v1/slot-requests/{asked['id']}").status_code == 404


def test_staff_see_a_day_note_who_came_and_cancel_it(web: Web, mine: str) -> None:
    place, elsewhere = hospital(web), hospital(web)
    ids = [held(web, place).json()["id"] for _ in range(2)]
    for id in ids:
        web.ask("POST", f"/v1/bookings/{id}/confirm")
    day = {"day": "2026-12-02", "hospital": place}
    (session,) = web.ask("GET", "/v1/schedule/sessions", "clinic_staff", params=day).json()["items"]
    assert (session["slots"], session["taken"], session["withdrawn"]) == (2, 2, False)
    path = "/v1/schedule/bookings"
    first = web.ask("GET", path, "clinic_staff", params=day | {"count": 1}).json()
    rest = web.ask("GET", path, "clinic_staff", params=day | {"cursor": first["next"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == ids
    assert first["items"][0]["name"] == "示例resident"
    early = web.ask("POST", f"{path}/{ids[0]}/visit", "clinic_staff", json={"came": False})
    assert early.status_code == 409
    whose = {"hospital": place, "doctor": "d1", "day": "2026-12-02"}
    gone = web.ask("POST", "/v1/schedule/withdrawals", "clinic_staff", json=whose)
    assert gone.json() == {"told": 2}
    assert {web.ask("GET", f"/v1/bookings/{id}").json()["state"] for id in ids} == {"withdrawn"}
    other = held(web, elsewhere).json()["id"]
    web.ask("POST", f"/v1/bookings/{other}/confirm")
    web.clock.pass_by(days=7)
    noted = web.ask("POST", f"{path}/{other}/visit", "clinic_staff", json={"came": False})
    assert noted.status_code == 201
    assert web.ask("GET", f"/v1/bookings/{other}").json()["state"] == "missed"


def test_staff_publish_a_session_once_and_once_more_when_it_was_cancelled(web: Web) -> None:
    told = {
        "hospital": hospital(web),
        "department": "眼科",
        "doctor": "d9",
        "doctor_name": "李医生",
        "day": "2026-12-03",
        "begins": "9:00",
        "ends": "10:30",
    }
    path = "/v1/schedule/sessions"
    made = [web.ask("POST", path, "clinic_staff", json=told).json() for _ in range(2)]
    assert made == [{"slots": 3}, {"slots": 0}]
    whose = {name: told[name] for name in ("hospital", "doctor", "day")}
    web.ask("POST", "/v1/schedule/withdrawals", "clinic_staff", json=whose)
    made = [web.ask("POST", path, "clinic_staff", json=told).json() for _ in range(2)]
    assert made == [{"slots": 3}, {"slots": 0}]
    wrong = told | {"hospital": "nowhere"}
    assert web.ask("POST", path, "clinic_staff", json=wrong).status_code == 400
    backwards = told | {"ends": "8:00"}
    assert web.ask("POST", path, "clinic_staff", json=backwards).status_code == 422


def fee(web: Web, place: str, who: str, **told: Any) -> dict[str, Any]:
    slot = slots(web, place, who)[0]["slot"]["id"]
    found: dict[str, Any] = web.ask("GET", f"/v1/slots/{slot}/fee", who, params=told).json()
    return found


def test_the_fee_with_and_without_a_referral_as_the_engine_computes_it(web: Web) -> None:
    person = web.add("resident", **HANGZHOU)
    with_record(web, person)
    place = hospital(web, region="cn/zhejiang/hangzhou")
    told = fee(web, place, person, amount="500")
    assert [(one["referral"], one["person_pays"]) for one in told["ways"]] == [
        ("none", "420.00"),
        ("referred", "300.00"),
    ]
    assert told["told"] == "按下面的例子和假定算，有转诊单少付 120.00元。"
    assert {one["confidence"] for one in told["ways"]} == {"unverified"}
    assert told["sources"]
    case = {
        "person": HANGZHOU,
        "visit": {"day": "2026-12-02", "setting": "outpatient", "tier": "tertiary"},
        "items": [{"class": "A", "amount": "500"}],
    }
    for way, one in zip(("none", "referred"), told["ways"], strict=True):
        visit = case["visit"] | {"referral": way}  # type: ignore[operator]
        same = web.ask("POST", "/v1/cost", person, json=case | {"visit": visit}).json()
        assert same["figures"]["person_pays"] == one["person_pays"]


def test_no_difference_that_is_recorded_is_not_told_as_none(web: Web, mine: str) -> None:
    assert SHANGHAI["region"] == "cn/shanghai"
    told = fee(web, hospital(web), "resident")
    assert told["amount"] == "500.00"
    assert "不等于一定没有" in told["told"]
    stranger = web.add("resident")
    with_record(web, stranger)
    unknown = fee(web, hospital(web), stranger)
    assert (unknown["ways"], unknown["missing"]) == ([], ["region"])


def test_an_unknown_department_and_day_are_said_plainly(web: Web, mine: str) -> None:
    hospital(web)
    for words, code in (("骨科", "unknown_hospital"), ("心内科 13月40日", "unclear_day")):
        told = web.ask("GET", "/v1/slots", params={"words": words})
        assert (told.status_code, told.json()["code"]) == (400, f"referrals.{code}")


def test_a_resident_erases_themselves_and_their_record_keeps_its_booking(web: Web) -> None:
    person = web.add("resident", "走的人")
    with_record(web, person)
    place = hospital(web)
    id = held(web, place, person).json()["id"]
    web.ask("POST", f"/v1/bookings/{id}/confirm", person)
    assert web.ask("DELETE", "/v1/me", "clinic_staff").status_code == 403
    assert web.ask("DELETE", "/v1/me", person).json() == {"id": person}
    assert web.ask("GET", "/v1/me", person).status_code == 401
    day = {"day": "2026-12-02", "hospital": place}
    (left,) = web.ask("GET", "/v1/schedule/bookings", "clinic_staff", params=day).json()["items"]
    assert (left["id"], left["state"]) == (id, "booked")
    assert "走的人" not in left["name"]


def test_an_administrator_lists_keys_by_their_ids_alone(web: Web) -> None:
    person = web.add("doctor")
    made = web.ask("POST", f"/v1/people/{person}/keys", "administrator").json()
    web.ask("DELETE", f"/v1/keys/{made['id']}", "administrator")
    listed = web.ask("GET", f"/v1/people/{person}/keys", "administrator")
    assert [(one["id"], one["ended"]) for one in listed.json()["items"]] == [(made["id"], True)]
    assert made["key"] not in listed.text
    assert web.ask("GET", f"/v1/people/{'0' * 32}/keys", "administrator").status_code == 404
    assert web.ask("GET", f"/v1/people/{person}/keys", "clinic_staff").status_code == 403


@pytest.mark.parametrize("path", ["/v1/waiting", "/v1/slot-requests"])
def test_one_s_own_lists_come_page_by_page(web: Web, path: str) -> None:
    person = web.add("resident")
    with_record(web, person)
    place, made = hospital(web), []
    bodies = {
        "/v1/waiting": {"department": "心内科", "hospital": place},
        "/v1/slot-requests": {"words": "下周 心内科"},
    }
    for _ in range(3):
        told = web.ask("POST", path, person, json=bodies[path])
        assert told.status_code == 201, told.text
        made.append(told.json()["id"])
    found, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        asked = {"count": 2} | ({"cursor": cursor} if cursor else {})
        part = web.ask("GET", path, person, params=asked).json()
        found += [one["id"] for one in part["items"]]
        cursor, pages = part["next"], pages + 1
    assert (sorted(found), pages) == (sorted(made), 2)
    bad = web.ask("GET", path, person, params={"cursor": "x"})
    assert bad.json()["code"] == "api.bad_cursor"
