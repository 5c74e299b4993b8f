"""Carries out what people confirmed about slots, in the transaction of the turn that confirmed it.

A slot that was chosen is held here, and its receipt asks for the booking: so hold, turn and
question are kept together or not at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from askdoc.assistant.errands.slots import TOLD
from askdoc.assistant.proposal import Order, Proposal, Receipt
from askdoc.care.referrals.bookings import Booking, Wanted
from askdoc.care.referrals.days_said import day_words
from askdoc.care.referrals.spoken import reason_words, slot_fields
from askdoc.china_days import CHINA
from askdoc.storage.booking_ends import cancel
from askdoc.storage.booking_lookup import mine
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import confirm, hold_slot, reschedule
from askdoc.storage.database import joined
from askdoc.storage.deeds import Doer
from askdoc.storage.slot_requests import apply, take_back
from askdoc.storage.waiting_list import leave, wait_for
from askdoc.wording import Lang, phrase

Act = Callable[[Office, Order], Receipt]


def slot_doers(office: Callable[[], Office]) -> Mapping[str, Doer]:
    """The doers by name; the office is opened when one is first needed."""

    def doing(act: Act) -> Doer:
        def do(connection: Connection, order: Order) -> Receipt:
            opened = office()
            return act(replace(opened, database=joined(opened.database, connection)), order)

        return do

    acts: Mapping[str, Act] = {
        "hold_slot": _hold,
        "book_slot": _book,
        "give_back_slot": _give_back,
        "move_slot": _move,
        "cancel_slot": _cancel,
        "wait_for_slot": _wait,
        "apply_for_slot": _apply,
    }
    return {name: doing(act) for name, act in acts.items()}


def _hold(office: Office, order: Order) -> Receipt:
    """Hold what was chosen; another hold of the same department makes way for it."""
    told, resident = order.details, _resident(order)
    held = [one for one in mine(office, resident, order.at) if one.state == "held"]
    same = next((one for one in held if one.slot.id == told["slot"]), None)
    if same is None:
        same = hold_slot(office, resident, int(told["slot"]), order.at)
        for one in held:
            if one.slot.department == same.slot.department and not one.is_offer:
                cancel(office, resident, one.id, order.at)
    return _held(same, order)


def _held(held: Booking, order: Order) -> Receipt:
    lang = _lang(order)
    until = "" if held.held_until is None else held.held_until.astimezone(CHINA).strftime("%H:%M")
    why = phrase("assistant.semicolon", lang).join(reason_words(one, lang) for one in held.reasons)
    told = {**slot_fields(held.slot, lang), "who": order.details["who"], "until": until, "why": why}
    common = {name: order.details[name] for name in ("resident", "who", "lang")}
    then = Proposal(
        doer="book_slot",
        details={**common, "booking": held.id},
        done=TOLD,
        until=held.held_until,
        declined="give_back_slot",
    )
    return Receipt(held.id, {"told": phrase("errands.slot.held", lang, **told)}, then)


def _book(office: Office, order: Order) -> Receipt:
    booking, key = str(order.details["booking"]), order.waiting.key
    booked = confirm(office, _resident(order), booking, key, order.at)
    # A hospital's own system has not answered yet: nobody says "booked" before it has.
    said = "booked" if booked.state == "booked" else "asked_hospital"
    return _told(f"slot.{said}", booked, order)


def _give_back(office: Office, order: Order) -> Receipt:
    booking = str(order.details["booking"])
    cancel(office, _resident(order), booking, order.at)
    return Receipt(booking)


def _move(office: Office, order: Order) -> Receipt:
    told, key = order.details, order.waiting.key
    moved = reschedule(
        office, _resident(order), str(told["booking"]), int(told["slot"]), key, order.at
    )
    return _told("move.done", moved, order)


def _cancel(office: Office, order: Order) -> Receipt:
    kind, _, id = str(order.details["name"]).partition(":")
    resident = _resident(order)
    if kind == "booking":
        gone = cancel(office, resident, id, order.at)
        return _told("cancel.asked" if gone.state == "leaving" else "cancel.done", gone, order)
    if kind == "request":
        take_back(office, resident, id, order.at)
    else:
        leave(office, resident, id)
    return Receipt(id, {"told": phrase(f"errands.cancel.{kind}", _lang(order))})


def _wait(office: Office, order: Order) -> Receipt:
    told, lang = order.details, _lang(order)
    hospital = told["hospital"]
    wanted = Wanted(
        departments=(str(told["department"]),),
        hospitals=() if hospital is None else (str(hospital),),
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        begins=int(told["begins"]),
        ends=int(told["ends"]),
    )
    kept = wait_for(office, _resident(order), wanted, order.at)
    because = phrase(f"referrals.priority.{kept.because or 'none'}", lang)
    said = phrase("referrals.cli.waiting", lang, department=told["department"], because=because)
    return Receipt(kept.id, {"told": said})


def _apply(office: Office, order: Order) -> Receipt:
    told, lang = order.details, _lang(order)
    first, last = (date.fromisoformat(told[name]) for name in ("first", "last"))
    wanted = Wanted(departments=(str(told["said"]),), first=first, last=last)
    asked = apply(office, _resident(order), wanted, order.at)
    days = {"first": day_words(first, lang), "last": day_words(last, lang)}
    said = phrase("referrals.request.applied", lang, id=asked.id, said=told["said"], **days)
    return Receipt(asked.id, {"told": said})


def _told(key: str, booking: Booking, order: Order) -> Receipt:
    lang = _lang(order)
    fields = {**slot_fields(booking.slot, lang), "who": order.details["who"], "id": booking.id}
    return Receipt(booking.id, {"told": phrase(f"errands.{key}", lang, **fields)})


def _resident(order: Order) -> str:
    return str(order.details["resident"])


def _lang(order: Order) -> Lang:
    return "en" if order.details["lang"] == "en" else "zh"
