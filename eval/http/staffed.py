"""A clinic with staff, residents, work to do and a hospital: what requests are sent to and by whom.

Each is new, so that what an earlier route took away (a person, a conversation) is there again.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from starlette.testclient import TestClient

from askdoc.api.front import Front
from askdoc.care.feed import Feed, ResidentRow
from askdoc.care.prescriptions import Prescription
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.care.rule_changes import Change
from askdoc.china_days import today_of
from askdoc.identity.roles import ROLES, Role
from askdoc.identity.tokens import Holder, issue_token
from askdoc.storage import persons
from askdoc.storage.bookings import confirm, hold_slot
from askdoc.storage.desk_tables import tasks
from askdoc.storage.feeds import keep_feed
from askdoc.storage.record_links import Record, link
from askdoc.storage.rule_changes import propose
from askdoc.storage.schedule import Doctor, add_hospital, let_keep, publish
from askdoc.storage.slot_tables import slots
from askdoc.storage.task_rows import NewTask, open_task

DEPARTMENT, MEDICINE = "心内科", "amlodipine-tablet"
# The parts of a bill; that of two bills of one person only the year differs is for who made it up.
CASE = {
    "person": {"region": "cn/shanghai", "scheme": "employee", "status": "active"},
    "visit": {"day": "2026-11-23", "setting": "outpatient", "tier": "primary"},
    "items": [{"class": "A", "amount": "300.00"}, {"class": "off_catalogue", "amount": "20.00"}],
}


@dataclass(frozen=True, slots=True)
class Staffed:
    """A token of each role, parameters of paths by what stands in the path, and known fields."""

    tokens: Mapping[Role, str]
    objects: Mapping[str, Mapping[str, Any]]
    said: Mapping[str, Any]


def staffed(front: Front, client: TestClient) -> Staffed:
    """A new clinic."""
    name, now = f"fuzz-{secrets.token_hex(4)}", front.clock()
    ids, spare = _people(front, now)
    _records(front, name, ids, now)
    day = _schedule(front, name, now)
    house = front.house
    tokens = {role: issue_token(Holder(id), now, house.secret.signing) for role, id in ids.items()}
    asking, staff = _Asking(client, tokens["resident"]), _Asking(client, tokens["clinic_staff"])
    free = asking.slots(name)
    made = asking.bookings(name, free[0])
    booked = asking.booked(free[3])
    came = _booked_before(front, name, now)
    asking.let_in(ids["family_member"])
    talk = asking.talk()
    with house.database.writing() as kept:
        key = persons.add_key(kept, spare, now)
        handed_over = kept.scalar(select(tasks.c.id).where(tasks.c.conversation == talk))
        asked = select(tasks).where(tasks.c.clinic == name, tasks.c.kind == "trouble")
        trouble = kept.execute(asked).one()
    staff.take(handed_over)
    objects: dict[str, dict[str, Any]] = {
        "/conversations/": {"id": talk, "turn": 1},
        "/medicines/": {"id": MEDICINE},
        "/documents/": {"id": next(iter(house.searchable.kept.index.documents))},
        "/values/": {"parameter": next(iter(house.book.parameters))},
        "/v1/tasks/": {"id": trouble.id},
        "/v1/tasks/{id}/replies": {"id": handed_over},
        "/v1/tasks/{id}/close": {"id": handed_over},
        "/clinic/tasks/": {"number": trouble.number},
        "/changes/": {"id": f"{name}-change"},
        "/slots/": {"slot": free[1]},
        "/people/": {"id": spare},
        "/family/": {"id": ids["family_member"]},
        "/keys/": {"id": key.id},
        **made,
        "/move": {"id": booked},
        "/visit": {"id": came},
    }
    said = {
        "hospital": name, "resident": f"{name}-1", "clinic": name, "doctor": "d", "day": str(day),
        "slot": free[2], "key": key.shown, "region": "cn/shanghai", "department": DEPARTMENT,
        **CASE,
    }  # fmt: skip
    return Staffed(tokens, objects, said)


def _people(front: Front, now: datetime) -> tuple[dict[Role, str], str]:
    """One of each role, and one more for whoever takes people away."""
    told: list[tuple[Role, dict[str, Any]]] = [
        (role, {"name": "示例", "phone": "", "facts": {}}) for role in (*ROLES, "doctor")
    ]
    with front.house.database.writing() as kept:
        ids = persons.add_persons(kept, told, now, front.house.secret.wrapping)
    return dict(zip(ROLES, ids, strict=False)), ids[-1]


def _records(front: Front, name: str, ids: Mapping[Role, str], now: datetime) -> None:
    """Residents with prescriptions, a call to make, a barrier, a changed rule; who they are."""
    house, today = front.house, today_of(now)
    residents = [
        ResidentRow(id=f"{name}-{one}", channel="call", chat="021-55550001", agreed_on=today)
        for one in range(1, 4)
    ]
    prescriptions = [
        Prescription(
            id=f"{one.id}-rx", resident=one.id, clinic=name, medicine=MEDICINE,
            issued_on=today - timedelta(days=25), dose_per_day=Decimal(1), quantity=Decimal(28),
        )
        for one in residents
    ]  # fmt: skip
    keep_feed(house.database, name, Feed(residents=residents, prescriptions=prescriptions), now)
    with house.database.writing() as kept:
        link(kept, ids["resident"], Record(resident=residents[0].id))
        for role in ("doctor", "clinic_staff"):
            link(kept, ids[role], Record(clinic=name))
        for new in (
            NewTask(kind="call", resident=residents[0].id, about="c", summary="该取药了"),
            NewTask(kind="trouble", resident=residents[1].id, about="b", barrier="cost"),
        ):
            open_task(kept, new, now)
    told = {"about": "示例", "old": "80%", "new": "75%", "source": "示例", "medicine": MEDICINE}
    change = Change(id=f"{name}-change", clinic=name, day=today, **told)
    propose(house.database, change)


def _schedule(front: Front, name: str, now: datetime) -> Any:
    office, day = front.house.booking_office, today_of(now) + timedelta(days=3)
    add_hospital(office, Hospital(name, "示例院", "cn/shanghai", "tertiary"))
    session = Session(
        hospital=name, department=DEPARTMENT, doctor="d", day=day, begins=540, ends=720, persons=9
    )
    publish(office, [Doctor(name, "d", "示例医生")], [session], now)
    with office.database.writing() as kept:
        let_keep(kept, name, name)
    return day


def _booked_before(front: Front, name: str, now: datetime) -> str:
    """A booking whose time has come: made five days ago for the day before yesterday."""
    office, then = front.house.booking_office, now - timedelta(days=5)
    day = today_of(then) + timedelta(days=3)
    session = Session(
        hospital=name, department=DEPARTMENT, doctor="d", day=day, begins=540, ends=570, persons=1
    )
    publish(office, [Doctor(name, "d", "示例医生")], [session], then)
    asked = select(slots.c.id).where(slots.c.hospital == name, slots.c.day == day)
    with office.database.reading() as kept:
        slot: int = kept.scalars(asked).one()
    held = hold_slot(office, f"{name}-1", slot, then)
    return confirm(office, f"{name}-1", held.id, f"hold-{held.id}", then).id


class _Asking:
    """What a resident does over HTTP before anybody tries it."""

    def __init__(self, client: TestClient, token: str) -> None:
        self._client, self._made = client, 0
        self._headers = {"Authorization": f"Bearer {token}"}

    def slots(self, hospital: str) -> list[int]:
        asked = {"department": DEPARTMENT, "hospital": hospital}
        found = self._client.get("/v1/slots", headers=self._headers, params=asked)
        return [one["slot"]["id"] for one in found.json()["items"]]

    def bookings(self, hospital: str, slot: int) -> dict[str, dict[str, Any]]:
        """A hold, a wish and a request, by what stands in their paths."""
        held = self._posted("/v1/bookings", {"slot": slot})["id"]
        wish = {"department": DEPARTMENT, "hospital": hospital}
        waits = self._posted("/v1/waiting", wish)["id"]
        asked = self._posted("/v1/slot-requests", {"words": f"下周 {DEPARTMENT}"})["id"]
        return {
            "/bookings/": {"id": held},
            "/waiting/": {"id": waits},
            "/slot-requests/": {"id": asked},
            "/schedule/requests/": {"id": asked},
        }

    def booked(self, slot: int) -> str:
        """A booking that was confirmed."""
        id: str = self._posted("/v1/bookings", {"slot": slot})["id"]
        self._posted(f"/v1/bookings/{id}/confirm", None)
        return id

    def let_in(self, person: str) -> None:
        """Let somebody of the family see."""
        self._sent("PUT", f"/v1/me/family/{person}", None)

    def take(self, task: Any) -> None:
        """Take a task, as staff."""
        self._posted(f"/v1/tasks/{task}/take", None)

    def talk(self) -> str:
        """A conversation that was handed over."""
        id: str = self._posted("/v1/conversations", None)["id"]
        for text in ("阿托伐他汀能报吗", "找人", "确认"):
            self._posted(f"/v1/conversations/{id}/turns", {"text": text})
        return id

    def _posted(self, path: str, body: Any) -> Any:
        return self._sent("POST", path, body)

    def _sent(self, method: str, path: str, body: Any) -> Any:
        self._made += 1
        headers = self._headers | {"Idempotency-Key": f"fuzz-{self._made}"}
        told = self._client.request(method, path, headers=headers, json=body)
        return told.raise_for_status().json()
