"""`/v1/slots`, `/v1/bookings`, `/v1/waiting`, `/v1/slot-requests`: from a free slot to a visit."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from askdoc.api import booking_changes as changes
from askdoc.api.acting import (
    BookingId,
    ForWhom,
    check_theirs,
    name_of,
    office_in,
    patient_of,
    patients,
)
from askdoc.api.calls import Booking, Call, ToBook
from askdoc.api.once import replied
from askdoc.api.paging import Count, CursorText, page, part_of
from askdoc.api.shapes import In, Said, Words, problems
from askdoc.api.slot_fee import FeeTold, example_amount, facts_of, fee_told
from askdoc.api.slot_finding import Wish, end_what_is_over, free, priority_note
from askdoc.api.slot_shapes import (
    BookingTold,
    FreeTold,
    RequestTold,
    WaitingTold,
    booking_told,
    request_told,
    waiting_told,
)
from askdoc.api.their_lists import PartOfTheirs, read_theirs
from askdoc.care.referrals.errors import UnknownBooking
from askdoc.storage.booking_lookup import booking_of, mine
from askdoc.storage.slot_lists import booking_owner, slot_in
from askdoc.storage.slot_requests import requests_of
from askdoc.storage.waiting_list import waiting

router = APIRouter(prefix="/v1", tags=["slots"])
Name = Annotated[Words, Query(max_length=100)]
Tier = Annotated[Literal["primary", "secondary", "tertiary"] | None, Query()]
SlotNumber = Annotated[int, Field(ge=1, le=2**31 - 1, examples=[17])]


class PatientTold(BaseModel):
    """Somebody for whom the caller may book."""

    resident: str
    relation: Literal["self", "parent", "spouse", "child", "other"]
    name: str


class Patients(BaseModel):
    """Everybody for whom the caller may book, themselves first."""

    items: list[PatientTold]


class Free(BaseModel):
    """A page of free half hours; `note` says how sure the rules of opening early are."""

    items: list[FreeTold]
    next: str | None
    note: str | None


class Bookings(BaseModel):
    """What somebody holds and has booked, earliest first."""

    items: list[BookingTold]
    next: str | None


class WaitingList(BaseModel):
    """What somebody waits for, oldest first."""

    items: list[WaitingTold]
    next: str | None


class Requests(BaseModel):
    """What somebody asked the staff to book, oldest first."""

    items: list[RequestTold]
    next: str | None


class SlotIn(In):
    """Which slot."""

    slot: SlotNumber
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"slot": 17}]})


class WishIn(In):
    """What to wait for, in words or by name."""

    words: Annotated[Words, Field(max_length=200)] = ""
    department: Annotated[Words, Field(max_length=100)] = ""
    hospital: Annotated[Words, Field(max_length=100)] = ""
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"words": "下周上午", "department": "心内科"}]},
    )


class AskIn(In):
    """What staff should look for on the city's platform."""

    words: Said
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"words": "下周 市一医院 心内科"}]}
    )


class Gone(BaseModel):
    """What was ended."""

    id: str


@router.get("/patients", response_model=Patients, responses=problems())
def list_patients(call: Booking) -> dict[str, Any]:
    """For whom the caller may book."""
    with call.front.house.database.reading() as kept:
        return {"items": patients_told(kept, call)}


def patients_told(kept: Any, call: Call) -> list[dict[str, str]]:
    """For whom the caller may book, by name."""
    return [
        {
            "resident": one.resident,
            "relation": one.relation,
            "name": name_of(kept, call, one.account),
        }
        for one in patients(kept, call)
    ]


@router.get("/slots", response_model=Free, responses=problems(400, 404, 409))
def find(
    call: Booking,
    words: Annotated[Words, Query(max_length=200, examples=["下周上午 心内科"])] = "",
    department: Name = "",
    hospital: Name = "",
    tier: Tier = None,
    resident: ForWhom = None,
    count: Count = 20,
    cursor: CursorText = None,
) -> dict[str, Any]:
    """Free half hours for a need, a place and a day in words, each with why it may be given."""
    wish = Wish(words=words, department=department, hospital=hospital, tier=tier or "")
    return find_told(call, wish, resident, count, cursor)


def find_told(
    call: Call, wish: Wish, resident: str | None, count: int, cursor: str | None = None
) -> dict[str, Any]:
    """As `find`."""
    end_what_is_over(call)
    with call.front.house.database.writing() as kept:
        rows = part_of(free(kept, call, wish, resident), count, cursor)
    told = page(rows, count, lambda row: row[0], lambda row: row[1])
    return told | {"note": priority_note(told["items"], call)}


@router.get("/slots/{slot}/fee", response_model=FeeTold, responses=problems(404, 409))
def compare_fee(
    slot: Annotated[int, Path(ge=1, le=2**31 - 1)],
    call: Booking,
    amount: Annotated[str | None, Query(pattern=r"^\d{1,6}(\.\d{1,2})?$")] = None,
    resident: ForWhom = None,
) -> dict[str, Any]:
    """What a referral changes in the fee of this visit, by an example bill or one of `amount`."""
    with call.front.house.database.writing() as kept:
        patient = patient_of(kept, call, resident)
        found = slot_in(kept, slot)
        facts = facts_of(kept, call, patient)
        call.note(kept, "slots.fee", patient.resident)
    bill = Decimal(amount) if amount else example_amount(call)
    return fee_told(call, facts, found.hospital, (found.day, bill))


@router.post(
    "/bookings", status_code=201, response_model=BookingTold, responses=problems(400, 404, 409)
)
def hold(told: SlotIn, change: ToBook, resident: ForWhom = None) -> JSONResponse:
    """Hold a slot for a while; it is booked only when confirmed."""
    return replied(changes.hold(change, resident, told.slot))


@router.get("/bookings", response_model=Bookings, responses=problems(400, 404, 409))
def list_mine(call: Booking, part: PartOfTheirs) -> dict[str, Any]:
    """What somebody holds and has booked that is not past."""
    rows = read_theirs(call, part, "booking.read", lambda office, of: mine(office, of, call.now))
    return page(rows, part.count, lambda row: row[0], lambda row: booking_told(row[1], call.lang))


@router.get("/bookings/{id}", response_model=BookingTold, responses=problems(404))
def read(id: BookingId, call: Booking) -> dict[str, Any]:
    """One booking as it stands, also when it is over."""
    with call.front.house.database.writing() as kept:
        owner = check_theirs(kept, call, booking_owner(kept, id), UnknownBooking())
        found = booking_of(office_in(call, kept), owner, id)
        call.note(kept, "booking.read", id)
    return booking_told(found, call.lang)


@router.post(
    "/bookings/{id}/confirm",
    status_code=201,
    response_model=BookingTold,
    responses=problems(404, 409),
)
def confirm(id: BookingId, change: ToBook) -> JSONResponse:
    """Confirm a hold; twice is once."""
    return replied(changes.confirm_held(change, id))


@router.post(
    "/bookings/{id}/move",
    status_code=201,
    response_model=BookingTold,
    responses=problems(400, 404, 409),
)
def move(id: BookingId, told: SlotIn, change: ToBook) -> JSONResponse:
    """Move a booking to another slot: both change, or neither."""
    return replied(changes.move(change, id, told.slot))


@router.delete("/bookings/{id}", response_model=BookingTold, responses=problems(404, 409))
def cancel(id: BookingId, change: ToBook) -> JSONResponse:
    """Give a hold or booking back."""
    return replied(changes.give_back(change, id))


@router.post(
    "/waiting", status_code=201, response_model=WaitingTold, responses=problems(400, 404, 409)
)
def wait(told: WishIn, change: ToBook, resident: ForWhom = None) -> JSONResponse:
    """Wait for a slot: what becomes free is held for the first who waits, and they are told."""
    wish = Wish(words=told.words, department=told.department, hospital=told.hospital)
    return replied(changes.wait(change, resident, wish))


@router.get("/waiting", response_model=WaitingList, responses=problems(400, 404, 409))
def list_waiting(call: Booking, part: PartOfTheirs) -> dict[str, Any]:
    """What somebody waits for."""
    rows = read_theirs(call, part, "waiting.read", waiting)
    return page(rows, part.count, lambda row: row[0], lambda row: waiting_told(row[1], call.lang))


@router.delete("/waiting/{id}", response_model=Gone, responses=problems(404, 409))
def stop_waiting(id: BookingId, change: ToBook) -> JSONResponse:
    """Leave the waiting list."""
    return replied(changes.stop_waiting(change, id))


@router.post(
    "/slot-requests", status_code=201, response_model=RequestTold, responses=problems(400, 404, 409)
)
def ask_staff(told: AskIn, change: ToBook, resident: ForWhom = None) -> JSONResponse:
    """Ask staff to book on the city's platform: applied for until they entered its result."""
    return replied(changes.ask_staff(change, resident, told.words))


@router.get("/slot-requests", response_model=Requests, responses=problems(400, 404, 409))
def list_requests(call: Booking, part: PartOfTheirs) -> dict[str, Any]:
    """What somebody asked the staff to book, and what came of it."""
    rows = read_theirs(call, part, "slot_request.read", requests_of)
    return page(rows, part.count, lambda row: row[0], lambda row: request_told(row[1], call.lang))


@router.delete("/slot-requests/{id}", response_model=RequestTold, responses=problems(404, 409))
def take_back(id: BookingId, change: ToBook) -> JSONResponse:
    """Take a request back."""
    return replied(changes.take_request_back(change, id))
