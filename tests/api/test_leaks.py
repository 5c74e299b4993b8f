"""Every role at every route with somebody else's objects: nothing is told, nothing is changed.

The routes come from the description of the interface, so that a new one is tried without a line
here; what may answer is written down by action, and a control shows that the owner gets through.
"""

from typing import Any

import pytest

from askdoc.identity.roles import MAY, ROLES

from .conftest import BILL, Web
from .schedules import DEPARTMENT, held, hospital, slots, with_record

SECRET_WORDS = "糖尿病秘密"
BODIES: dict[str, Any] = {
    "turns": {"text": "你好"},
    "verdict": {"verdict": "wrong"},
    "replies": {"text": "您好"},
    "close": {"outcome": "answered", "text": "好"},
    "bookings": {"slot": 1},
    "move": {"slot": 1},
    "visit": {"came": True},
    "answer": {"outcome": "refused", "note": "没有号"},
    "slot-requests": {"words": "下周 心内科"},
    "withdrawals": {"hospital": "h1", "doctor": "d1", "day": "2026-12-02"},
}
# What only some may call at all; everything else is for anyone who is signed in.
ONLY = {
    "/v1/tasks": "work_tasks",
    "/v1/corrections": "work_tasks",
    "/v1/questions": "work_tasks",
    "/v1/clinic/changes/{id}/decision": "decide_changes",
    "/v1/clinic": "see_clinic",
    "/v1/people": "keep_people",
    "/v1/keys": "keep_people",
    "/v1/audit": "keep_people",
    "/v1/me/family": "grant_family",
    "/v1/conversations": "talk",
    "/v1/schedule": "keep_slots",
    "/v1/slots": "book_slots",
    "/v1/bookings": "book_slots",
    "/v1/waiting": "book_slots",
    "/v1/slot-requests": "book_slots",
    "/v1/patients": "book_slots",
}
STAFF_LISTS = (
    "/v1/tasks",
    "/v1/corrections",
    "/v1/questions/unanswered",
    "/v1/schedule/requests",
)
# What stands in an address beside the id of an object.
NAMED = {"turn": 1, "slot": 1, "name": "due", "number": 1}
OPEN = {"/v1/tokens", "/healthz", "/readyz", "/metrics"}


def routes(web: Web) -> list[tuple[str, str]]:
    described = web.client.get("/v1/openapi.json").json()
    return [(way.upper(), path) for path, ways in described["paths"].items() for way in ways]


def body_of(path: str) -> Any:
    return BODIES.get(path.rsplit("/", 1)[-1], {})


@pytest.fixture
def strange(web: Web) -> dict[str, str]:
    """The objects of somebody whom nobody of the callers has to do with."""
    owner = web.add("resident", "秘密姓名")
    id = web.talk(owner)
    web.say(id, f"{BILL}{SECRET_WORDS}", owner)
    path = f"/v1/conversations/{id}/turns/1/verdict"
    task = web.ask("POST", path, owner, json={"verdict": "wrong"}).json()["task"]
    return {"owner": owner, "conversation": id, "task": task}


def test_a_stranger_s_conversation_is_not_there_for_any_role(
    web: Web, strange: dict[str, str]
) -> None:
    tried = 0
    for way, path in routes(web):
        if "/conversations/{id}" not in path:
            continue
        where = path.format(id=strange["conversation"], turn=1)
        for role in ROLES:
            if role == "clinic_staff" and way == "GET":
                continue
            told = web.ask(way, where, role, json=body_of(path) if way != "GET" else None)
            wanted = 404 if role in MAY["talk"] else 403
            assert told.status_code == wanted, (way, path, role, told.text)
            assert SECRET_WORDS not in told.text
            tried += 1
    assert tried >= 20
    control = web.ask("GET", f"/v1/conversations/{strange['conversation']}", strange["owner"])
    assert SECRET_WORDS in control.text


@pytest.fixture
def booked(web: Web) -> dict[str, str]:
    """What a stranger has of slots; each caller who may book has a record of their own."""
    owner = web.add("resident", "秘密姓名")
    for one in (owner, web.people["resident"], web.people["family_member"]):
        record = with_record(web, one)
        if one == owner:
            found = {"owner": owner, "record": record}
    place = hospital(web)
    found["booking"] = held(web, place, owner).json()["id"]
    asked = {"words": f"下周 {SECRET_WORDS}"}
    found["slot-request"] = web.ask("POST", "/v1/slot-requests", owner, json=asked).json()["id"]
    wish = {"department": DEPARTMENT, "hospital": place}
    found["waiting"] = web.ask("POST", "/v1/waiting", owner, json=wish).json()["id"]
    found["slot"] = str(slots(web, place)[0]["slot"]["id"])
    return found


def test_a_stranger_s_booking_wish_and_request_are_not_there_for_any_role(
    web: Web, booked: dict[str, str]
) -> None:
    whole = web.ask("GET", f"/v1/bookings/{booked['booking']}", booked["owner"]).json()
    tried = 0
    for way, path in routes(web):
        kind = next(
            (one for one in ("booking", "waiting", "slot-request") if f"/v1/{one}" in path), None
        )
        if kind is None or "{id}" not in path:
            continue
        for role in ROLES:
            sent = body_of(path) if way != "GET" else None
            told = web.ask(way, path.format(id=booked[kind]), role, json=sent)
            wanted = 404 if role in MAY["book_slots"] else 403
            assert told.status_code == wanted, (way, path, role, told.text)
            tried += 1
    assert tried >= 6 * len(ROLES)
    assert web.ask("GET", f"/v1/bookings/{booked['booking']}", booked["owner"]).json() == whole


def test_nobody_books_looks_or_waits_in_a_stranger_s_name(web: Web, booked: dict[str, str]) -> None:
    tried = 0
    bodies = {"bookings": {"slot": int(booked["slot"])}, "waiting": {"department": DEPARTMENT}}
    for way, path in routes(web):
        named = web.client.get("/v1/openapi.json").json()["paths"][path][way.lower()]
        if "resident" not in [one["name"] for one in named.get("parameters", ())]:
            continue
        last = path.rsplit("/", 1)[-1]
        sent = bodies.get(last, body_of(path)) if way != "GET" else None
        who = {"resident": booked["record"], "department": DEPARTMENT}
        for role in ROLES:
            where = path.format(slot=booked["slot"])
            told = web.ask(way, where, role, params=who, json=sent)
            wanted = 404 if role in MAY["book_slots"] else 403
            assert told.status_code == wanted, (way, path, role, told.text)
            assert SECRET_WORDS not in told.text
            tried += 1
    assert tried >= 8 * len(ROLES)


def test_staff_read_a_conversation_only_while_they_were_asked_to(
    web: Web, strange: dict[str, str]
) -> None:
    asked = web.ask("GET", f"/v1/conversations/{strange['conversation']}", "clinic_staff")
    assert SECRET_WORDS in asked.text
    id = web.talk(strange["owner"])
    web.say(id, SECRET_WORDS, strange["owner"])
    assert web.ask("GET", f"/v1/conversations/{id}", "clinic_staff").status_code == 404


def test_only_the_roles_of_an_action_get_through(web: Web, strange: dict[str, str]) -> None:
    for way, path in routes(web):
        action = next((ONLY[one] for one in ONLY if path.startswith(one)), None)
        if action is None:
            continue
        where = path.format(id=strange["task"] if "tasks" in path else "0" * 32, **NAMED)
        for role in ROLES:
            if role in MAY[action]:  # type: ignore[index]
                continue
            told = web.ask(way, where, role, json=body_of(path) if way != "GET" else None)
            assert told.status_code in (403, 422), (way, path, role, told.text)
            assert SECRET_WORDS not in told.text
            assert "秘密姓名" not in told.text
    assert SECRET_WORDS in web.ask("GET", f"/v1/tasks/{strange['task']}", "clinic_staff").text


def test_no_list_holds_what_is_somebody_else_s(web: Web, strange: dict[str, str]) -> None:
    for way, path in routes(web):
        if way != "GET" or "{" in path or path in OPEN:
            continue
        for role in ROLES:
            if role == "clinic_staff" and path in STAFF_LISTS:
                continue
            told = web.ask(way, path, role)
            assert SECRET_WORDS not in told.text, (path, role)
            assert strange["conversation"] not in told.text or role == "administrator"


def test_nobody_gets_in_without_saying_who(web: Web) -> None:
    for way, path in routes(web):
        if path in OPEN:
            continue
        where = path.format(id="0" * 32, parameter="x", **NAMED)
        told = web.ask(way, where, None, json=body_of(path) if way != "GET" else None)
        assert told.status_code == 401, (way, path, told.text)
        assert told.headers["WWW-Authenticate"] == "Bearer"
        assert told.json()["code"] == "identity.not_signed_in"


def test_a_cookie_counts_for_a_change_only_from_our_own_pages(web: Web) -> None:
    cookie = {"Cookie": f"askdoc={web.token(web.people['resident'])}", "Idempotency-Key": "c1"}
    foreign = cookie | {"Sec-Fetch-Site": "cross-site"}
    assert web.client.post("/v1/conversations", headers=foreign).status_code == 401
    assert web.client.get("/v1/me", headers=foreign).status_code == 200
    ours = cookie | {"Sec-Fetch-Site": "same-origin"}
    assert web.client.post("/v1/conversations", headers=ours).status_code == 201


def test_a_key_opens_until_it_is_ended_and_a_person_until_they_are_erased(web: Web) -> None:
    person = web.add("doctor")
    made = web.ask("POST", f"/v1/people/{person}/keys", "administrator").json()
    with_key = {"X-API-Key": made["key"]}
    assert web.client.get("/v1/me", headers=with_key).json()["id"] == person
    token = web.client.post("/v1/tokens", json={"key": made["key"]}).json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert web.client.get("/v1/me", headers=bearer).status_code == 200
    assert web.ask("DELETE", f"/v1/keys/{made['id']}", "administrator").status_code == 200
    assert web.client.get("/v1/me", headers=with_key).status_code == 401
    assert web.client.post("/v1/tokens", json={"key": made["key"]}).status_code == 401
    assert web.ask("DELETE", f"/v1/people/{person}", "administrator").status_code == 200
    assert web.client.get("/v1/me", headers=bearer).status_code == 401


def test_each_reading_and_change_of_health_data_is_written_down(web: Web) -> None:
    id = web.talk()
    web.say(id, BILL)
    web.ask("GET", f"/v1/conversations/{id}")
    path = f"/v1/conversations/{id}/turns/1/verdict"
    task = web.ask("POST", path, json={"verdict": "unclear"}).json()["task"]
    web.ask("GET", f"/v1/tasks/{task}", "clinic_staff")
    found = web.ask("GET", f"/v1/audit?object={id}", "administrator").json()["items"]
    noted = [(one["action"], one["person"]) for one in found]
    resident, staff = web.people["resident"], web.people["clinic_staff"]
    assert noted == [
        ("conversation.read", staff),
        ("conversation.talk", resident),
        ("conversation.read", resident),
        ("conversation.talk", resident),
        ("conversation.open", resident),
    ]
    assert BILL not in web.ask("GET", "/v1/audit", "administrator").text


def test_who_calls_too_often_is_told_when_to_come_back(web: Web) -> None:
    person = web.add("resident")
    web.front.wall = lambda: 0.0
    told = [web.ask("GET", "/healthz", person).status_code for _ in range(200)]
    assert set(told) == {200}
    last = None
    for _ in range(130):
        last = web.ask("GET", "/v1/policy/regions", person)
    assert last is not None
    assert (last.status_code, last.json()["code"]) == (429, "identity.too_often")
    assert int(last.headers["Retry-After"]) >= 1
