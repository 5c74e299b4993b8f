"""`/appointments`: a resident's slots: found, held, confirmed, moved, given back, waited for.

Whoever comes second for a slot hears it on the page, above the times that are still free.
"""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response

from askdoc.api import booking_changes as changes
from askdoc.api.acting import BookingId, NoRecord, office_in, patient_of
from askdoc.api.calls import Booking, Call
from askdoc.api.pages.forms import NOTHING, Field, Filled, FormKey, carried, new_key, returned, sent
from askdoc.api.pages.rendering import render
from askdoc.api.routes.slots import (
    find_told,
    list_mine,
    list_requests,
    list_waiting,
    patients_told,
    read,
)
from askdoc.api.slot_fee import example_amount, facts_of, fee_told
from askdoc.api.slot_finding import Wish
from askdoc.api.their_lists import OfTheirs
from askdoc.care.referrals.slots import Hospital
from askdoc.storage.schedule import all_hospitals, departments
from askdoc.wording import AskdocError

router = APIRouter(prefix="/appointments", include_in_schema=False)
Text = Annotated[str, Query(max_length=200)]
Bill = Annotated[str, Query(pattern=r"^(\d{1,6}(\.\d{1,2})?)?$")]
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the page shows: for whom, what is looked for, and which booking is to be moved."""

    resident: Text = ""
    words: Text = ""
    department: Text = ""
    hospital: Text = ""
    moves: Text = ""
    amount: Bill = ""

    @property
    def wish(self) -> Wish:
        return Wish(words=self.words, department=self.department, hospital=self.hospital)

    def address(self, **other: str) -> str:
        """Where it is shown, with something else in it."""
        told = {name: getattr(self, name) for name in self.__slots__} | other
        return f"/appointments?{urlencode({name: one for name, one in told.items() if one})}"


def _sent_view(
    resident: Field, words: Field = "", department: Field = "", hospital: Field = ""
) -> View:
    """What was looked for on the page that a form was sent from."""
    return View(resident=resident, words=words, department=department, hospital=hospital)


SentView = Annotated[View, Depends(_sent_view)]


@router.get("")
def show(request: Request, call: Booking, view: Annotated[View, Depends()]) -> Response:
    """What is booked, what is waited for, and looking for more."""
    return _page(request, call, view)


def _page(request: Request, call: Call, view: View, filled: Filled = NOTHING) -> Response:
    with call.front.house.database.reading() as kept:
        people = patients_told(kept, call)
        office = office_in(call, kept)
        places: dict[str, Any] = {
            "departments": departments(office),
            "hospitals": all_hospitals(office),
        }
    if not people:
        sentence = NoRecord().sentence(call.lang)
        return render(request, "appointments_none.html", call, sentence=sentence)
    who = view.resident or people[0]["resident"]
    found: dict[str, Any] = {"items": [], "note": None, "next": None}
    if view.words or view.department:
        try:
            found = find_told(call, view.wish, who, _SHOWN)
        except AskdocError as failed:
            filled = filled if filled.why else returned(filled, failed, call)
    theirs = OfTheirs(who)
    return render(
        request,
        "appointments.html",
        call,
        view=view,
        who=who,
        people=people,
        found=found,
        asked=bool(view.words or view.department),
        filled=filled,
        bookings=list_mine(call, theirs)["items"],
        waiting=list_waiting(call, theirs)["items"],
        requests=list_requests(call, theirs)["items"],
        moved=_moved(call, view.moves),
        fee=_fee(call, view, who, found["items"]),
        key=new_key,
        **places,
    )


def _moved(call: Call, moves: str) -> dict[str, Any] | None:
    """The booking that is to be moved; what is not the caller's is not there."""
    return read(moves, call) if moves else None


def _fee(call: Call, view: View, who: str, items: list[dict[str, Any]]) -> dict[str, Any] | None:
    """With and without referral, for the first time that is shown."""
    if not items:
        return None
    slot = items[0]["slot"]
    with call.front.house.database.reading() as kept:
        facts = facts_of(kept, call, patient_of(kept, call, who))
    hospital = Hospital(slot["hospital"], slot["hospital_name"], slot["region"], slot["tier"])
    amount = Decimal(view.amount) if view.amount else example_amount(call)
    told = fee_told(call, facts, hospital, (date.fromisoformat(slot["day"]), amount))
    return told | {"hospital": slot["hospital_name"]}


@router.post("/hold")
def hold(
    request: Request,
    call: Booking,
    key: FormKey,
    slot: Annotated[int, Form(ge=1, le=2**31 - 1)],
    view: SentView,
) -> Response:
    """Hold a slot; who comes too late sees what else is free."""

    def work() -> str:
        change = sent(request, call, key, slot=slot, resident=view.resident)
        held = changes.hold(change, view.resident, slot).reply.body
        return f"{View(resident=view.resident).address()}#b-{held['id']}"

    return carried(work, lambda filled: _page(request, call, view, filled), call)


@router.post("/{id}/{deed}")
def change(
    request: Request,
    id: BookingId,
    deed: Literal["confirm", "move", "cancel", "leave", "take-back"],
    call: Booking,
    key: FormKey,
    resident: Field,
    slot: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """Confirm, move or give back what one has; leave the list; take a request back."""
    view = View(resident=resident, moves=id if deed == "move" else "")

    def work() -> str:
        told = sent(request, call, key, slot=slot)
        done = changes.move(told, id, slot) if deed == "move" else _DEEDS[deed](told, id)
        return f"{View(resident=resident).address()}#b-{done.reply.body['id']}"

    return carried(work, lambda filled: _page(request, call, view, filled), call)


_DEEDS = {
    "confirm": changes.confirm_held,
    "cancel": changes.give_back,
    "leave": changes.stop_waiting,
    "take-back": changes.take_request_back,
}


@router.post("/wait")
def wait(request: Request, call: Booking, key: FormKey, view: SentView) -> Response:
    """Join the waiting list for what was looked for."""

    def work() -> str:
        changes.wait(sent(request, call, key, **asdict(view.wish)), view.resident, view.wish)
        return f"{View(resident=view.resident).address()}#waiting"

    return carried(work, lambda filled: _page(request, call, view, filled), call)


@router.post("/ask")
def ask(
    request: Request, call: Booking, key: FormKey, resident: Field, words: Field = ""
) -> Response:
    """Ask staff to book on the city's platform."""
    view = View(resident=resident)

    def work() -> str:
        changes.ask_staff(sent(request, call, key, words=words), resident, words)
        return f"{view.address()}#requests"

    filled = Filled("ask", {"words": words})
    return carried(work, lambda filled: _page(request, call, view, filled), call, filled)
