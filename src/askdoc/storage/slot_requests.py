"""Requests that staff carry to a city's platform, and what they bring back."""

import secrets
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from askdoc.care.referrals.bookings import Wanted
from askdoc.care.referrals.errors import UnknownRequest
from askdoc.care.referrals.requests import OPEN, Arranged, Request, Standing
from askdoc.identity.roles import Caller
from askdoc.storage.booking_office import Office, lock_person
from askdoc.storage.desk_tables import tasks
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_tables import requests
from askdoc.storage.task_rows import NewTask, close_about, open_task, worked_by


def apply(office: Office, person: str, wanted: Wanted, now: datetime) -> Request:
    """Put a request down for staff."""
    id = secrets.token_hex(8)
    row = {
        "id": id,
        "person": person,
        "wanted": _plain(wanted),
        "state": "applied",
        "made_at": now,
        "changed_at": now,
    }
    with office.database.writing() as connection:
        lock_person(connection, person)
        connection.execute(insert(requests), row)
        days = f"{wanted.first} – {wanted.last}"
        summary = " ".join((*wanted.departments, days))
        new = NewTask(kind="slot_request", resident=person, about=id, summary=summary)
        open_task(connection, new, now)
        tell(connection, person, "applied", id, now)
        return request_in(connection, id)


def open_requests(office: Office) -> list[Request]:
    """What staff have to do, oldest first."""
    return _listed(office, requests.c.state.in_(OPEN))


def requests_for(
    connection: Connection, caller: Caller, after: int, most: int
) -> list[tuple[int, Request]]:
    """What a caller has to do, oldest first, by the numbers of their tasks, which never change."""
    asked = (
        select(requests, tasks.c.number)
        .join(tasks, tasks.c.about == requests.c.id)
        .where(tasks.c.kind == "slot_request", worked_by(caller))
        .where(requests.c.state.in_(OPEN), tasks.c.number > after)
        .order_by(tasks.c.number)
        .limit(most)
    )
    return [(row.number, _from(row)) for row in connection.execute(asked)]


def check_theirs(connection: Connection, caller: Caller, request: str) -> None:
    """Raises UnknownRequest for what is not the caller's to answer."""
    asked = select(requests.c.id).where(requests.c.id == request, _theirs(caller))
    if connection.scalar(asked) is None:
        raise UnknownRequest


def _theirs(caller: Caller) -> ColumnElement[bool]:
    inbox = select(tasks.c.about).where(tasks.c.kind == "slot_request", worked_by(caller))
    return requests.c.id.in_(inbox)


def requests_of(office: Office, person: str) -> list[Request]:
    """What a person has asked for, oldest first."""
    return _listed(office, requests.c.person == person)


def enter_result(office: Office, request: str, arranged: Arranged, now: datetime) -> Request:
    """Staff enter what the platform gave; the person hears 已预约 now. Raises UnknownRequest."""
    return _answer(office, request, "arranged", {"arranged": _plain(arranged)}, now)


def enter_refusal(office: Office, request: str, note: str, now: datetime) -> Request:
    """Staff enter that the platform has nothing, and why. Raises UnknownRequest."""
    return _answer(office, request, "refused", {"note": note}, now)


def enter_unclear(office: Office, request: str, note: str, now: datetime) -> Request:
    """Staff could not see what became of it: it stays theirs to find out. Raises UnknownRequest."""
    return _answer(office, request, "unclear", {"note": note}, now)


def take_back(office: Office, person: str, request: str, now: datetime) -> Request:
    """The person no longer wants it. Raises UnknownRequest."""
    with office.database.reading() as connection:
        if request_in(connection, request).person != person:
            raise UnknownRequest
    return _answer(office, request, "taken_back", {}, now)


def _answer(
    office: Office, request: str, state: Standing, result: dict[str, Any], now: datetime
) -> Request:
    changed = (
        update(requests)
        .where(requests.c.id == request, requests.c.state.in_(OPEN))
        .values(state=state, result=result, changed_at=now)
    )
    with office.database.writing() as connection:
        if connection.execute(changed).rowcount == 0:
            raise UnknownRequest
        answered = request_in(connection, request)
        if state not in OPEN:
            close_about(connection, "slot_request", request, state, now)
        if state in ("arranged", "refused"):
            tell(connection, answered.person, state, request, now)
        return answered


def _listed(office: Office, which: Any) -> list[Request]:
    asked = select(requests).where(which).order_by(requests.c.made_at, requests.c.id)
    with office.database.reading() as connection:
        return [_from(row) for row in connection.execute(asked)]


def request_in(connection: Connection, id: str) -> Request:
    """One request, inside a transaction. Raises UnknownRequest."""
    row = connection.execute(select(requests).where(requests.c.id == id)).one_or_none()
    if row is None:
        raise UnknownRequest
    return _from(row)


def _from(row: Row[Any]) -> Request:
    result = row.result or {}
    wanted, arranged = dict(row.wanted), result.get("arranged")
    for name in ("first", "last"):
        wanted[name] = date.fromisoformat(wanted[name])
    for name in ("departments", "hospitals"):
        wanted[name] = tuple(wanted[name])
    if arranged is not None:
        arranged = Arranged(**(arranged | {"day": date.fromisoformat(arranged["day"])}))
    return Request(
        id=row.id,
        person=row.person,
        wanted=Wanted(**wanted),
        state=row.state,
        made_at=row.made_at,
        arranged=arranged,
        note=result.get("note", ""),
    )


def _plain(value: Wanted | Arranged) -> dict[str, Any]:
    told = asdict(value)
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in told.items()}
