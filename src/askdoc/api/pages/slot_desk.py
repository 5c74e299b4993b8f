"""`/slot-desk`: for staff: requests to carry to the city's platform, and a day of the schedule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from askdoc.api.acting import BookingId
from askdoc.api.calls import AtSlots, Call
from askdoc.api.pages.forms import (
    NOTHING,
    Field,
    Filled,
    FormKey,
    Typed,
    carried,
    new_key,
    read_form,
    sent,
)
from askdoc.api.pages.rendering import render
from askdoc.api.routes.schedule import (
    OfDay,
    answered,
    list_asked,
    list_coming,
    list_sessions,
    published,
    visited,
    withdrawn,
)
from askdoc.api.schedule_shapes import AnswerIn, ArrangedIn, SessionIn, WithdrawIn
from askdoc.storage.schedule import kept_by
from askdoc.wording import Lang, phrase

router = APIRouter(prefix="/slot-desk", include_in_schema=False)
Place = Annotated[str, Query(max_length=64)]
_MANY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which side of the desk is shown, and of the schedule which day and hospital."""

    tab: str
    day: date
    hospital: str = ""

    def address(self) -> str:
        """Where it is shown."""
        return f"/slot-desk/{self.tab}?{urlencode({'day': self.day, 'hospital': self.hospital})}"


@router.get("")
def show_requests(request: Request, call: AtSlots, cursor: str | None = None) -> Response:
    """Requests that wait for somebody."""
    return _page(request, call, View(tab="requests", day=call.today), cursor=cursor)


@router.get("/day")
def show_day(
    request: Request,
    call: AtSlots,
    day: date | None = None,
    hospital: Place = "",
    cursor: str | None = None,
) -> Response:
    """The sessions of a day and who comes."""
    view = View(tab="day", day=day or call.today, hospital=hospital)
    return _page(request, call, view, cursor=cursor)


@router.get("/requests")
def show_requests_again(request: Request, call: AtSlots) -> Response:
    """As the first page."""
    return show_requests(request, call)


def _page(
    request: Request,
    call: Call,
    view: View,
    filled: Filled = NOTHING,
    cursor: str | None = None,
) -> Response:
    with call.front.house.database.reading() as kept:
        hospitals = kept_by(kept, call.caller.clinic)
    where, of_day = view.hospital or None, view.tab == "day"
    nothing: dict[str, Any] = {"items": [], "next": None}
    asked = nothing if of_day else list_asked(call, _MANY, cursor)
    return render(
        request,
        "slot_desk.html",
        call,
        view=view,
        filled=filled,
        hospitals=hospitals,
        asked=asked,
        left=[] if of_day else _left(filled, asked["items"], call.lang),
        sessions=list_sessions(call, OfDay(view.day, where, _MANY)) if of_day else nothing,
        coming=list_coming(call, OfDay(view.day, where, _MANY, cursor)) if of_day else nothing,
        now=call.now.isoformat(),
        key=new_key,
    )


def _left(filled: Filled, shown: list[dict[str, Any]], lang: Lang) -> list[tuple[str, str]]:
    """What was typed into a form whose request is not shown any more, by the labels it had."""
    kind, _, id = filled.form.partition("-")
    if not id or any(one["id"] == id for one in shown):
        return []
    said = {name: str(one) for name, one in filled.said.items()}
    if kind == "got":
        fields = _slot_of(said).items()
        typed = [(phrase(f"pages.slot_desk.field.{name}", lang), one) for name, one in fields]
    else:
        outcome = phrase(f"pages.slot_desk.{said['outcome']}", lang)
        typed = [
            (phrase("pages.slot_desk.outcome", lang), outcome),
            (phrase("pages.slot_desk.note", lang), said["note"]),
        ]
    return [(label, one) for label, one in typed if one]


class Result(Typed):
    """What the platform gave: the slot that was arranged, or a note why there is none."""

    outcome: Literal["arranged", "refused", "unclear"]
    note: Field = ""
    hospital: Field = ""
    department: Field = ""
    doctor: Field = ""
    day: Field = ""
    begins: Field = ""
    ends: Field = ""
    number: Field = ""


@router.post("/requests/{id}")
def answer(
    request: Request, id: BookingId, call: AtSlots, result: Annotated[Result, Form()]
) -> Response:
    """Enter what the platform gave."""
    said = result.said()
    view, is_arranged = View(tab="requests", day=call.today), result.outcome == "arranged"

    def work() -> str:
        given = read_form(ArrangedIn, _slot_of(said), "ends") if is_arranged else None
        told = {"outcome": result.outcome, "arranged": given, "note": result.note or None}
        change = sent(request, call, result.key, **said)
        answered(change, id, read_form(AnswerIn, told, "note"))
        return "/slot-desk"

    filled = Filled(f"got-{id}" if is_arranged else f"nothing-{id}", said)
    return carried(work, lambda filled: _page(request, call, view, filled), call, filled)


def _slot_of(said: Mapping[str, str]) -> dict[str, str]:
    return {name: one for name, one in said.items() if name in ArrangedIn.model_fields}


class NewSession(Typed):
    """A session to publish; the doctor's name serves as their number, unless they have one."""

    day: Field = ""
    hospital: Field = ""
    department: Field = ""
    doctor: Field = ""
    begins: Field = ""
    ends: Field = ""
    persons: Field = "1"


@router.post("/sessions")
def publish(request: Request, call: AtSlots, session: Annotated[NewSession, Form()]) -> Response:
    """Publish a session."""
    view = View(tab="day", day=_day(session.day, call), hospital=session.hospital)
    doctor = session.doctor.strip()
    told = session.said() | {"doctor": doctor, "doctor_name": doctor}

    def work() -> str:
        published(sent(request, call, session.key, **told), read_form(SessionIn, told, "ends"))
        return view.address()

    filled = Filled("publish", told)
    return carried(work, lambda filled: _page(request, call, view, filled), call, filled)


def _day(said: str, call: Call) -> date:
    """The day that a form says; today where it says none."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return call.today


@router.post("/withdrawals")
def withdraw(
    request: Request,
    call: AtSlots,
    key: FormKey,
    day: Annotated[date, Form()],
    hospital: Field = "",
    doctor: Field = "",
) -> Response:
    """The hospital cancels a doctor's day."""
    view = View(tab="day", day=day, hospital=hospital)

    def work() -> str:
        told = {"hospital": hospital, "doctor": doctor, "day": day}
        withdrawn(sent(request, call, key, **told), read_form(WithdrawIn, told))
        return view.address()

    return carried(work, lambda filled: _page(request, call, view, filled), call)


@router.post("/visits/{id}")
def note(
    request: Request,
    id: BookingId,
    call: AtSlots,
    key: FormKey,
    day: Annotated[date, Form()],
    came: Annotated[Literal["yes", "no"], Form()],
) -> Response:
    """Note that somebody came, or did not."""
    view = View(tab="day", day=day)

    def work() -> str:
        visited(sent(request, call, key, came=came), id, came == "yes")
        return f"{view.address()}#b-{id}"

    return carried(work, lambda filled: _page(request, call, view, filled), call)
