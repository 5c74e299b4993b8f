"""One inbox: whose tasks somebody sees, what they may change, and where a reply goes."""

from itertools import count
from typing import Any

import pytest

from askdoc.care.feed import Contract, Feed, ResidentRow
from askdoc.identity.roles import Role
from askdoc.storage import task_rows
from askdoc.storage.feeds import keep_feed
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.record_links import Record, link
from askdoc.storage.task_rows import NewTask

from .conftest import BILL, NOW, Web

_NUMBERS = count(1)
_AT_WORK: tuple[tuple[str, Role], ...] = (
    ("staff", "clinic_staff"),
    ("doctor", "doctor"),
    ("colleague", "doctor"),
)


class Place:
    """A clinic: its staff, the family doctor and a colleague, a resident with account and chat."""

    def __init__(self, web: Web) -> None:
        self.web, number = web, next(_NUMBERS)
        self.id, self.patient = f"clinic-{number}", f"patient-{number}"
        told = ResidentRow(id=self.patient, channel="memory", chat=f"chat-{number}")
        signed = Contract(
            resident=self.patient, since=NOW.date(), until=None, doctor=f"doctor-{number}"
        )
        database = web.front.house.database
        keep_feed(database, self.id, Feed(residents=[told], contracts=[signed]), NOW)
        self.resident = web.add("resident", f"秘密姓名{number}")
        self.people = {name: web.add(role) for name, role in _AT_WORK}
        with database.writing() as kept:
            link(kept, self.resident, Record(resident=self.patient))
            for name, person in self.people.items():
                link(kept, person, Record(clinic=self.id, staff=f"{name}-{number}"))

    def opened(self, **told: Any) -> str:
        """A task of the clinic's resident that no conversation led to."""
        new = NewTask(**({"kind": "renew", "resident": self.patient, "about": "l1"} | told))
        with self.web.front.house.database.writing() as kept:
            id = task_rows.open_task(kept, new, NOW)
        assert id is not None
        return id

    def reported(self) -> tuple[str, str]:
        """A conversation of the resident and the task of its answer that was reported."""
        talk = self.web.talk(self.resident)
        self.web.say(talk, BILL, self.resident)
        path = f"/v1/conversations/{talk}/turns/1/verdict"
        told = self.web.ask("POST", path, self.resident, json={"verdict": "wrong"}).json()
        return talk, told["task"]

    def seen(self, who: str) -> set[str]:
        found = self.web.ask("GET", "/v1/tasks?count=100", self.people[who]).json()["items"]
        return {one["id"] for one in found if one["clinic"] is not None}


@pytest.fixture
def here(web: Web) -> Place:
    return Place(web)


@pytest.fixture
def elsewhere(web: Web) -> Place:
    return Place(web)


def test_whoever_works_at_a_clinic_sees_and_changes_nothing_of_another(
    web: Web, here: Place, elsewhere: Place
) -> None:
    talk, report = elsewhere.reported()
    asked = {"words": "下周 心内科"}
    slot = web.ask("POST", "/v1/slot-requests", elsewhere.resident, json=asked).json()["id"]
    every = [report, elsewhere.opened(), elsewhere.opened(recipient="doctor", about="l2")]
    changes: list[tuple[str, str, dict[str, Any] | None]] = [
        ("GET", "", None),
        ("POST", "/take", None),
        ("POST", "/replies", {"text": "您好"}),
        ("POST", "/close", {"outcome": "answered", "text": "好"}),
    ]
    for who, person in here.people.items():
        assert here.seen(who) == set()
        for way, path, body in [
            *((way, f"/v1/tasks/{id}{end}", body) for id in every for way, end, body in changes),
            ("GET", f"/v1/conversations/{talk}", None),
        ]:
            told = web.ask(way, path, person, json=body)
            assert told.status_code == 404, (who, way, path, told.text)
        lists = ["/v1/tasks?count=100", "/v1/corrections", "/v1/schedule/requests"]
        for path in lists[: 3 if who == "staff" else 1]:
            told = web.ask("GET", path, person)
            assert told.status_code == 200
            assert elsewhere.patient not in told.text
            assert "秘密姓名" not in told.text
    refusal = {"outcome": "refused", "note": "没有号"}
    path = f"/v1/schedule/requests/{slot}/answer"
    assert web.ask("POST", path, here.people["staff"], json=refusal).status_code == 404
    assert len(elsewhere.seen("staff")) == 4
    assert web.ask("POST", path, elsewhere.people["staff"], json=refusal).status_code == 201
    shown = web.ask("GET", f"/v1/conversations/{talk}", elsewhere.people["staff"])
    assert shown.status_code == 200
    done = web.ask("GET", "/v1/tasks?state=closed&count=100", elsewhere.people["staff"]).json()
    assert ("slot_request", "refused") in [(one["kind"], one["outcome"]) for one in done["items"]]


def test_a_doctor_sees_what_is_to_them_or_to_whoever_is_there(here: Place) -> None:
    mine = here.opened(recipient="doctor", kind="trouble", barrier="out_of_stock")
    here.opened(about="l2")
    unsigned = NewTask(kind="renew", resident="patient-unsigned", about="l3", recipient="doctor")
    keep_feed(
        here.web.front.house.database,
        here.id,
        Feed(residents=[ResidentRow(id="patient-unsigned")]),
        NOW,
    )
    with here.web.front.house.database.writing() as kept:
        anybody_s = task_rows.open_task(kept, unsigned, NOW)
    assert here.seen("doctor") == {mine, anybody_s}
    assert here.seen("colleague") == {anybody_s}
    assert len(here.seen("staff")) == 3
    (told,) = [
        one
        for one in here.web.ask("GET", "/v1/tasks", here.people["doctor"]).json()["items"]
        if one["id"] == mine
    ]
    assert (told["barrier"], told["summary"]) == ("out_of_stock", "找哪里有货")


def test_what_belongs_to_no_clinic_is_anybody_s_of_the_staff(web: Web, here: Place) -> None:
    visitor = web.add("resident")
    talk = web.talk(visitor)
    web.say(talk, BILL, visitor)
    path = f"/v1/conversations/{talk}/turns/1/verdict"
    task = web.ask("POST", path, visitor, json={"verdict": "person"}).json()["task"]
    assert web.ask("GET", f"/v1/tasks/{task}", here.people["staff"]).status_code == 200
    assert web.ask("GET", f"/v1/tasks/{task}", here.people["doctor"]).status_code == 404


def test_a_refill_is_taken_answered_in_the_linked_chat_and_closed(web: Web, here: Place) -> None:
    task, doctor = here.opened(recipient="doctor"), here.people["doctor"]
    reply, close = f"/v1/tasks/{task}/replies", f"/v1/tasks/{task}/close"
    assert web.ask("POST", close, doctor, json={"outcome": "refilled"}).status_code == 409
    assert web.ask("POST", f"/v1/tasks/{task}/take", doctor).status_code == 201
    assert web.ask("POST", reply, doctor, json={"text": "明天来取"}).status_code == 201
    (letter,) = [
        one.letter
        for one in SqlOutbox(web.front.house.database).listed(["due"], "desk")
        if one.letter.subject == task
    ]
    assert (letter.text, letter.routes[0].channel, letter.unasked) == ("明天来取", "memory", False)
    opened = web.ask("GET", f"/v1/tasks/{task}", doctor).json()
    assert opened["resident"].startswith("秘密姓名")
    assert [one["text"] for one in opened["messages"]] == ["明天来取"]
    wrong = web.ask("POST", close, doctor, json={"outcome": "approved_answer", "text": "好"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "refills.bad_outcome")
    assert web.ask("POST", close, doctor, json={"outcome": "refilled"}).status_code == 201
    assert web.ask("GET", f"/v1/tasks/{task}", doctor).json()["outcome"] == "refilled"


def test_who_can_be_written_to_nowhere_is_called(web: Web, here: Place) -> None:
    silent = ResidentRow(id=f"{here.patient}-silent")
    keep_feed(web.front.house.database, here.id, Feed(residents=[silent]), NOW)
    task, staff = here.opened(resident=silent.id), here.people["staff"]
    web.ask("POST", f"/v1/tasks/{task}/take", staff)
    told = web.ask("POST", f"/v1/tasks/{task}/replies", staff, json={"text": "您好"})
    assert (told.status_code, told.json()["code"]) == (409, "desk.no_way")


def test_a_report_needs_words_and_a_slot_is_answered_where_it_was_asked(
    web: Web, here: Place
) -> None:
    _, report = here.reported()
    staff = here.people["staff"]
    web.ask("POST", "/v1/slot-requests", here.resident, json={"words": "下周 心内科"})
    items = web.ask("GET", "/v1/tasks?count=100", staff).json()["items"]
    (slot,) = [
        one["id"] for one in items if one["kind"] == "slot_request" and one["clinic"] == here.id
    ]
    for task, code in ((report, "desk.needs_words"), (slot, "desk.answered_elsewhere")):
        web.ask("POST", f"/v1/tasks/{task}/take", staff)
        told = web.ask("POST", f"/v1/tasks/{task}/close", staff, json={"outcome": "answered"})
        assert told.json()["code"] == code
