"""`/v1/clinic`: staff see their clinic and no other, and whose data they read is written down."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, update

from askdoc.care.discharge import Discharge
from askdoc.care.feed import Feed, ResidentRow
from askdoc.care.prescriptions import Prescription
from askdoc.care.rule_changes import Change
from askdoc.channels.delivering import Sender
from askdoc.storage.desk_tables import persons as rows
from askdoc.storage.discharges import keep_discharge
from askdoc.storage.feeds import keep_feed
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.persons import erase_person
from askdoc.storage.record_links import Record, link
from askdoc.storage.refill_answers import answer_reminder, tokens_at
from askdoc.storage.reminders import plan_reminders
from askdoc.storage.rule_changes import propose
from askdoc.testing import MemoryChannel

from .conftest import NOW, Web

CALLED = {"resident": "here-1", "outcome": "refilled"}


@pytest.fixture
def clinic(web: Web) -> str:
    """A clinic of its own for each test: three residents reminded four days ago, none answered."""
    house, id = web.front.house, f"c-{web.people['doctor'][:8]}"
    then = NOW - timedelta(days=4)
    issued = then.date() - timedelta(days=23)
    feed = Feed(
        residents=[
            ResidentRow(id=f"{id}-{one}", channel="memory", chat=f"{id}-{one}", agreed_on=issued)
            for one in (1, 2, 3)
        ],
        prescriptions=[
            Prescription(
                id=f"{id}-rx{one}",
                resident=f"{id}-{one}",
                clinic=id,
                medicine="amlodipine-tablet",
                issued_on=issued,
                dose_per_day=Decimal(1),
                quantity=Decimal(28),
                doctor="李",
            )
            for one in (1, 2, 3)
        ],
    )
    keep_feed(house.database, id, feed, then)
    plan_reminders(house.database, house.reminder_rules, {}, then)
    channel = MemoryChannel(now=then)
    sender = Sender(SqlOutbox(house.database), [channel], house.sending_rules, lambda: then)
    sender.send_due()
    with house.database.writing() as kept:
        for role in ("doctor", "clinic_staff"):
            link(kept, web.people[role], Record(clinic=id))  # type: ignore[index]
    return id


def test_a_list_comes_in_pages_and_each_resident_told_is_written_down(
    web: Web, clinic: str
) -> None:
    first = web.ask("GET", "/v1/clinic/lists/calls?count=2", "clinic_staff").json()
    assert [one["resident"] for one in first["items"]] == [f"{clinic}-1", f"{clinic}-2"]
    assert first["items"][0] | {"since": ""} == {
        "resident": f"{clinic}-1",
        "why": "silent",
        "since": "",
        "phone": "",
        "words": "",
    }
    path = f"/v1/clinic/lists/calls?count=2&cursor={first['next']}"
    rest = web.ask("GET", path, "clinic_staff").json()
    assert [one["resident"] for one in rest["items"]] == [f"{clinic}-3"]
    assert (rest["next"], rest["total"]) == (None, 3)
    found = web.ask("GET", f"/v1/audit?object={clinic}-3", "administrator").json()["items"]
    noted = [(one["action"], one["person"]) for one in found]
    assert noted == [("clinic.calls", web.people["clinic_staff"])]


def test_staff_see_what_residents_are_called_and_that_is_written_down(
    web: Web, clinic: str
) -> None:
    who, other = f"{clinic}-2", web.add("doctor")
    named, unnamed = web.add("resident", "赵春梅"), web.add("resident")
    with web.front.house.database.writing() as kept:
        link(kept, named, Record(resident=who))
        link(kept, unnamed, Record(resident=f"{clinic}-3"))
        link(kept, other, Record(clinic=f"other-{clinic}"))
    for role in ("doctor", "clinic_staff"):
        told = web.ask("GET", "/v1/clinic/lists/due", role).json()
        assert told["names"] == {who: "赵春梅"}
        page = web.ask("GET", "/clinic/lists/due", role).text
        assert page.count("赵春梅") == 1
        assert f"{clinic}-1" in page
    found = web.ask("GET", f"/v1/audit?object={who}", "administrator").json()["items"]
    assert [one["action"] for one in found] == ["clinic.due"] * 4
    assert {one["person"] for one in found} == {
        web.people["doctor"],
        web.people["clinic_staff"],
    }
    # What is taken home or printed leaves the building.
    for path in ("/clinic/lists/due.csv", "/clinic/report"):
        told = web.ask("GET", path, "doctor")
        assert (told.status_code, "赵春梅" in told.text) == (200, False), path
        assert who in told.text
    for stranger in (other, "resident", "family_member", "administrator"):
        for path in ("/v1/clinic/lists/due", "/clinic/lists/due"):
            assert "赵春梅" not in web.ask("GET", path, stranger).text, (stranger, path)


def test_a_name_that_was_erased_or_does_not_open_leaves_the_list_as_it_is(
    web: Web, clinic: str
) -> None:
    first, second = web.add("resident", "孙丽萍"), web.add("resident", "吴志强")
    with web.front.house.database.writing() as kept:
        link(kept, first, Record(resident=f"{clinic}-1"))
        link(kept, second, Record(resident=f"{clinic}-2"))
        erase_person(kept, first)
        damaged = update(rows).where(rows.c.id == second).values(sealed=b"nothing that opens")
        kept.execute(damaged)
    told = web.ask("GET", "/v1/clinic/lists/due", "doctor").json()
    assert (told["total"], told["names"]) == (3, {})


def test_every_list_is_told_and_the_overview_counts_them(web: Web, clinic: str) -> None:
    told = web.ask("GET", "/v1/clinic", "doctor").json()
    assert told["clinic"] == clinic
    for name, count in told["counts"].items():
        assert web.ask("GET", f"/v1/clinic/lists/{name}", "doctor").json()["total"] == count, name
    assert (told["counts"]["due"], told["counts"]["calls"]) == (3, 3)
    assert web.ask("GET", "/v1/clinic/lists/nothing", "doctor").status_code == 422
    wrong = web.ask("GET", "/v1/clinic/lists/due?cursor=x", "doctor")
    assert wrong.json()["code"] == "api.bad_cursor"


@pytest.mark.parametrize("path", ["/clinic", "/v1/clinic", "/clinic/report"])
def test_nothing_is_asked_of_the_database_twice(web: Web, clinic: str, path: str) -> None:
    asked: list[tuple[str, str]] = []

    def note(one: object, cursor: object, statement: str, told: object, *rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, str(told)))

    engine = web.front.house.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert web.ask("GET", path, "doctor").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) > 10
    assert [one for one, count in Counter(asked).items() if count > 1] == []


def test_a_call_is_ended_once_and_the_same_key_answers_the_same(web: Web, clinic: str) -> None:
    made = CALLED | {"resident": f"{clinic}-1"}
    key = {"Idempotency-Key": f"call-{clinic}"}
    first = web.ask("POST", "/v1/clinic/calls", "clinic_staff", json=made, headers=key)
    again = web.ask("POST", "/v1/clinic/calls", "clinic_staff", json=made, headers=key)
    assert (first.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    late = web.ask("POST", "/v1/clinic/calls", "doctor", json=made)
    assert (late.status_code, late.json()["code"]) == (409, "refills.no_call")
    assert web.ask("GET", "/v1/clinic/lists/calls", "doctor").json()["total"] == 2
    outcomes = web.ask("GET", "/v1/clinic/lists/outcomes", "doctor").json()["items"]
    assert outcomes == [{"outcome": "refilled", "tasks": 1}]


def test_a_barrier_is_a_task_that_only_its_clinic_ends(web: Web, clinic: str) -> None:
    database = web.front.house.database
    answer_reminder(database, tokens_at(database, clinic)[0], "trouble", NOW, "out_of_stock")
    (task,) = web.ask("GET", "/v1/clinic/lists/tasks", "doctor").json()["items"]
    assert (task["wish"], task["action"]) == ("out_of_stock", "stock_elsewhere")
    stranger = web.add("doctor")
    with database.writing() as kept:
        link(kept, stranger, Record(clinic=f"other-{clinic}"))
    path, done = f"/v1/clinic/tasks/{task['number']}/close", {"outcome": "delivered"}
    refused = web.ask("POST", path, stranger, json=done)
    assert (refused.status_code, refused.json()["code"]) == (409, "refills.no_open_task")
    assert web.ask("POST", path, "doctor", json=done).status_code == 201
    assert web.ask("GET", "/v1/clinic/lists/tasks", "doctor").json()["items"] == []


def test_who_finds_it_dear_is_told_with_what_the_list_has_cheaper(web: Web, clinic: str) -> None:
    database = web.front.house.database
    held = {
        "felodipine-sustained-release-tablet": None,
        "nifedipine-controlled-release-tablet": NOW,
    }
    rows = [
        Prescription(
            id=f"{clinic}-{medicine}",
            resident=f"{clinic}-1",
            clinic=clinic,
            medicine=medicine,
            issued_on=NOW.date() - timedelta(days=20),
            stopped_on=ended and ended.date(),
            dose_per_day=Decimal(1),
            quantity=Decimal(28),
        )
        for medicine, ended in held.items()
    ]
    keep_feed(database, clinic, Feed(prescriptions=rows), NOW)
    said: dict[str, list[str]] = {}
    for token, barrier in zip(tokens_at(database, clinic), ("cost", "no_time"), strict=False):
        answer_reminder(database, token, "trouble", NOW, barrier)  # type: ignore[arg-type]
    for one in web.ask("GET", "/v1/tasks", "doctor").json()["items"]:
        opened = web.ask("GET", f"/v1/tasks/{one['id']}", "doctor").json()
        said[one["barrier"]] = opened["to_discuss"]
        page = web.ask("GET", f"/desk/{one['id']}", "doctor").text
        assert all(line in page for line in opened["to_discuss"])
    assert said["no_time"] == []
    # Of what was stopped, and of what has nothing cheaper, nothing is said.
    (line,) = said["cost"]
    assert line.startswith("非洛地平缓释片：目录内单价更低的有")
    assert "氨氯地平片（甲类" in line
    assert "由医生决定" in line


def test_who_came_home_is_to_be_seen_by_a_day_and_is_late_after_it(web: Web, clinic: str) -> None:
    home = Discharge(f"{clinic}-1", NOW.date())
    keep_discharge(web.front.house.database, home, timedelta(days=7), NOW)

    def told() -> tuple[str, bool]:
        items = web.ask("GET", "/v1/tasks", "clinic_staff").json()["items"]
        # What other tests left belongs to no clinic.
        (one,) = (one for one in items if one["clinic"] == clinic)
        return one["due"], one["late"]

    assert told() == ("2026-12-02T17:00:00+08:00", False)
    web.clock.pass_by(days=7, hours=8)
    assert told() == ("2026-12-02T17:00:00+08:00", True)
    (listed,) = web.ask("GET", "/v1/clinic/lists/tasks", "doctor").json()["items"]
    assert (listed["action"], listed["due_on"]) == ("follow_up", "2026-12-02")


def test_nobody_sees_another_clinic_and_who_is_at_none_sees_nothing(web: Web, clinic: str) -> None:
    stranger, nobody = web.add("doctor"), web.add("clinic_staff")
    with web.front.house.database.writing() as kept:
        link(kept, stranger, Record(clinic=f"other-{clinic}"))
    for name in ("due", "calls", "tasks", "lapsing", "cohort"):
        told = web.ask("GET", f"/v1/clinic/lists/{name}", stranger)
        assert clinic not in told.text.replace(f"other-{clinic}", ""), name
    refused = web.ask(
        "POST", "/v1/clinic/calls", stranger, json=CALLED | {"resident": f"{clinic}-1"}
    )
    assert refused.status_code == 409
    for path in ("/v1/clinic", "/v1/clinic/lists/due"):
        told = web.ask("GET", path, nobody)
        assert (told.status_code, told.json()["code"]) == (404, "identity.not_at_clinic")


def test_a_doctor_of_the_clinic_decides_on_a_change_once(web: Web, clinic: str) -> None:
    database, id = web.front.house.database, f"a-{clinic}"
    told = {"medicine": "", "about": "类别", "old": "乙类", "new": "甲类", "source": "文件"}
    propose(database, Change(id=id, clinic=clinic, day=date(2027, 1, 1), **told))
    assert web.ask("GET", "/v1/clinic/changes", "clinic_staff").json()["items"][0]["id"] == id
    opened = web.ask("GET", f"/v1/clinic/changes/{id}", "doctor").json()
    assert [one["resident"] for one in opened["touched"]] == [
        f"{clinic}-{one}" for one in (1, 2, 3)
    ]
    assert opened["touched"][0]["medicines"] == ["氨氯地平片"]
    assert all(one["certain"] for one in opened["touched"])
    named = web.add("resident", "钱国兰")
    with database.writing() as kept:
        link(kept, named, Record(resident=f"{clinic}-3"))
    assert "钱国兰" in web.ask("GET", f"/clinic/changes/{id}", "doctor").text
    stranger = web.add("doctor")
    with database.writing() as kept:
        link(kept, stranger, Record(clinic=f"other-{clinic}"))
    path, yes = f"/v1/clinic/changes/{id}/decision", {"approve": True}
    assert web.ask("GET", f"/v1/clinic/changes/{id}", stranger).status_code == 404
    assert web.ask("POST", path, stranger, json=yes).status_code == 404
    assert web.ask("POST", path, "clinic_staff", json=yes).status_code == 403
    done = web.ask("POST", path, "doctor", json=yes)
    assert (done.status_code, done.json()["letters"]) == (201, 3)
    again = web.ask("POST", path, "doctor", json={"approve": False})
    assert (again.status_code, again.json()["code"]) == (409, "rule_changes.not_proposed")


def test_a_change_for_some_is_not_shown_for_others_and_what_is_not_known_is_said(
    web: Web, clinic: str
) -> None:
    database, id = web.front.house.database, f"s-{clinic}"
    told = {"medicine": "", "about": "比例", "old": "80%", "new": "85%", "source": "文件"}
    whom = ({"scheme": "employee", "status": "retired"},)
    propose(database, Change(id=id, clinic=clinic, day=date(2027, 1, 1), whom=whom, **told))
    insured = {1: ("employee", "retired"), 2: ("employee", "active"), 3: ("employee", "")}
    rows = [
        ResidentRow(id=f"{clinic}-{one}", channel="memory", chat=f"{clinic}-{one}",
                    scheme=scheme, status=status)
        for one, (scheme, status) in insured.items()
    ]  # fmt: skip
    keep_feed(database, clinic, Feed(residents=rows), NOW)
    opened = web.ask("GET", f"/v1/clinic/changes/{id}", "doctor").json()
    assert [(one["resident"], one["certain"]) for one in opened["touched"]] == [
        (f"{clinic}-1", True),
        (f"{clinic}-3", False),
    ]
    page = web.ask("GET", f"/clinic/changes/{id}", "doctor").text
    assert "其中 1 位的险种、参保状态或年龄没有记录" in page
    assert f"{clinic}-2" not in page
    path = f"/v1/clinic/changes/{id}/decision"
    assert web.ask("POST", path, "doctor", json={"approve": True}).json()["letters"] == 2


def test_the_demonstration_is_nowhere_but_in_the_demonstration(web: Web, clinic: str) -> None:
    for way, path in (("GET", "/demo/sender"), ("GET", "/demo/count"), ("POST", "/demo/sender")):
        told = web.ask(
            way, path, "clinic_staff", data={"action": "kill"} if way == "POST" else None
        )
        assert told.status_code == 404, path
