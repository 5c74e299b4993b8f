"""`/v1/schedule`: for staff: sessions, who comes on a day, requests to enter, what falls out.

A schedule is kept by the staff of one clinic: of a hospital that is not theirs nothing is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse

from askdoc.api.acting import BookingId, office_in, resident_name, resident_names
from askdoc.api.calls import AtSlots, Call, Change, ToSchedule
from askdoc.api.once import Done, carry_out, replied
from askdoc.api.paging import Count, CursorText, Row, page, read_cursor
from askdoc.api.schedule_shapes import (
    AnswerIn,
    AskedList,
    ComingList,
    Noted,
    Published,
    SessionIn,
    Sessions,
    VisitIn,
    WithdrawIn,
    Withdrawn,
    minute,
)
from askdoc.api.shapes import Words, problems
from askdoc.api.slot_shapes import RequestTold, booking_told, request_told
from askdoc.care.referrals.days_said import clock_words
from askdoc.care.referrals.errors import UnknownBooking, UnknownHospital
from askdoc.care.referrals.requests import Arranged
from askdoc.care.referrals.slots import Session
from askdoc.storage.booking_ends import note_visit
from askdoc.storage.database import Kept
from askdoc.storage.schedule import Doctor, kept_by, publish, withdraw
from askdoc.storage.slot_lists import SessionSeen, booking_place, bookings_on, sessions_on
from askdoc.storage.slot_requests import (
    check_theirs,
    enter_refusal,
    enter_result,
    enter_unclear,
    requests_for,
)

router = APIRouter(prefix="/v1/schedule", tags=["schedule"])
# The rows of a day at some hospitals, after a number, so many at most.
Find = Callable[[Kept, date, list[str], int, int], list[Row]]
Place = Annotated[Words | None, Query(max_length=64)]


@dataclass(frozen=True, slots=True)
class OfDay:
    """Which part of a day's list is asked for, perhaps of one hospital."""

    day: date
    hospital: Place = None
    count: Count = 50
    cursor: CursorText = None

    def rows(self, kept: Kept, call: Call, find: Find[Row]) -> list[Row]:
        """A page and one row more, of the hospitals whose schedule the caller's clinic keeps.

        Raises BadCursor.
        """
        own = kept_by(kept, call.caller.clinic)
        places = [one for one in own if self.hospital in (None, one)]
        return find(kept, self.day, places, read_cursor(self.cursor) or 0, self.count + 1)


PartOfDay = Annotated[OfDay, Depends()]


@router.get("/sessions", response_model=Sessions, responses=problems(400))
def list_sessions(call: AtSlots, part: PartOfDay) -> dict[str, Any]:
    """The sessions of a day."""
    with call.front.house.database.reading() as kept:
        rows = part.rows(kept, call, sessions_on)
    return page(rows, part.count, lambda one: one.number, _session_told)


def _session_told(one: SessionSeen) -> dict[str, Any]:
    return {
        "hospital": one.hospital,
        "hospital_name": one.hospital_name,
        "department": one.department,
        "doctor": one.doctor,
        "doctor_name": one.doctor_name,
        "day": one.day,
        "begins": clock_words(one.begins),
        "ends": clock_words(one.ends),
        "slots": one.slots,
        "taken": one.taken,
        "withdrawn": one.withdrawn,
    }


@router.post(
    "/sessions", status_code=201, response_model=Published, responses=problems(400, 404, 409)
)
def publish_session(told: SessionIn, change: ToSchedule) -> JSONResponse:
    """Publish a session by the terms of today; the same again changes nothing, unless the
    hospital has cancelled it: then it comes back."""
    return replied(published(change, told))


def published(change: Change, told: SessionIn) -> Done:
    """Publish a session. Raises UnknownHospital."""
    call = change.call
    session = Session(
        hospital=told.hospital,
        department=told.department,
        doctor=told.doctor,
        day=told.day,
        begins=minute(told.begins),
        ends=minute(told.ends),
        persons=told.persons,
    )

    def work(kept: Kept) -> dict[str, int]:
        _check_kept(kept, call, told.hospital)
        office = office_in(call, kept)
        doctor = Doctor(told.hospital, told.doctor, told.doctor_name)
        return {"slots": publish(office, [doctor], [session], call.now, anew=True)}

    return carry_out(change, 201, work)


def _check_kept(kept: Kept, call: Call, hospital: str) -> None:
    """Raises UnknownHospital for one whose schedule others keep, as for one that never was."""
    known = kept_by(kept, call.caller.clinic)
    if hospital not in known:
        raise UnknownHospital(said=hospital, known="、".join(known.values()))


@router.post(
    "/withdrawals", status_code=201, response_model=Withdrawn, responses=problems(400, 409)
)
def withdraw_session(told: WithdrawIn, change: ToSchedule) -> JSONResponse:
    """The hospital cancels a doctor's day: everybody is told once, with other slots."""
    return replied(withdrawn(change, told))


def withdrawn(change: Change, told: WithdrawIn) -> Done:
    """Take a doctor's day back. Raises UnknownHospital."""
    call = change.call

    def work(kept: Kept) -> dict[str, int]:
        _check_kept(kept, call, told.hospital)
        people = withdraw(office_in(call, kept), told.hospital, told.doctor, told.day, call.now)
        call.note(kept, "session.withdraw", f"{told.hospital} {told.doctor}"[:64])
        return {"told": people}

    return carry_out(change, 201, work)


@router.get("/bookings", response_model=ComingList, responses=problems(400))
def list_coming(call: AtSlots, part: PartOfDay) -> dict[str, Any]:
    """Who comes on a day, who came, who stayed away."""
    with call.front.house.database.writing() as kept:
        rows = part.rows(kept, call, bookings_on)
        call.note_each(kept, "booking.list", [one.id for one in rows[: part.count]])
        names = resident_names(kept, call, [one.person for one in rows[: part.count]])
    return page(
        rows,
        part.count,
        lambda one: one.slot.id,
        lambda one: booking_told(one, call.lang) | {"name": names.get(one.person, one.person)},
    )


@router.post(
    "/bookings/{id}/visit",
    status_code=201,
    response_model=Noted,
    responses=problems(404, 409),
)
def visit(id: BookingId, told: VisitIn, change: ToSchedule) -> JSONResponse:
    """Note that somebody came, or did not, once the time has come."""
    return replied(visited(change, id, told.came))


def visited(change: Change, booking: str, came: bool) -> Done:
    """Note a visit. Raises UnknownBooking, NotBooked."""
    call = change.call

    def work(kept: Kept) -> dict[str, str]:
        if booking_place(kept, booking) not in kept_by(kept, call.caller.clinic):
            raise UnknownBooking
        note_visit(office_in(call, kept), booking, came, call.now)
        call.note(kept, "booking.visit", booking)
        return {"id": booking}

    return carry_out(change, 201, work)


@router.get("/requests", response_model=AskedList, responses=problems(400))
def list_asked(call: AtSlots, count: Count = 50, cursor: CursorText = None) -> dict[str, Any]:
    """The oldest requests for slots of the city's platform; what is answered leaves the list."""
    with call.front.house.database.writing() as kept:
        rows = requests_for(kept, call.caller, read_cursor(cursor) or 0, count + 1)
        call.note_each(kept, "slot_request.list", [one.id for _, one in rows[:count]])
        return page(rows, count, lambda row: row[0], lambda row: _asked_told(kept, call, row[1]))


def _asked_told(kept: Kept, call: Call, one: Any) -> dict[str, Any]:
    return request_told(one, call.lang) | {"name": resident_name(kept, call, one.person)}


@router.post(
    "/requests/{id}/answer",
    status_code=201,
    response_model=RequestTold,
    responses=problems(404, 409),
)
def answer_request(id: BookingId, told: AnswerIn, change: ToSchedule) -> JSONResponse:
    """Enter what the platform gave: only then the person hears that it is booked."""
    return replied(answered(change, id, told))


def answered(change: Change, request: str, told: AnswerIn) -> Done:
    """Enter the result of a request. Raises UnknownRequest."""
    call = change.call

    def work(kept: Kept) -> dict[str, Any]:
        check_theirs(kept, call.caller, request)
        office, given = office_in(call, kept), told.arranged
        if told.outcome == "arranged" and given is not None:
            times = {"begins": minute(given.begins), "ends": minute(given.ends)}
            arranged = Arranged(**(given.model_dump() | times))
            done = enter_result(office, request, arranged, call.now)
        else:
            enter = enter_refusal if told.outcome == "refused" else enter_unclear
            done = enter(office, request, told.note or "", call.now)
        call.note(kept, "slot_request.answer", request)
        return request_told(done, call.lang)

    return carry_out(change, 201, work)
