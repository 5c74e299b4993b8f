"""Rows of slots and bookings as the values that `care.referrals` knows."""

from datetime import date
from typing import Any

from sqlalchemy import FromClause, Row, Select, select

from askdoc.care.referrals.bookings import Booking, Waiting, Wanted
from askdoc.care.referrals.grants import Reason
from askdoc.care.referrals.slots import Hospital, Slot
from askdoc.storage.slot_tables import bookings, doctors, hospitals, slots

SLOTS: Select[Any] = select(
    slots,
    hospitals.c.name.label("hospital_name"),
    hospitals.c.region,
    hospitals.c.tier,
    hospitals.c.own_terms,
    doctors.c.name.label("doctor_name"),
).select_from(
    slots.join(hospitals, hospitals.c.id == slots.c.hospital).join(
        doctors, (doctors.c.hospital == slots.c.hospital) & (doctors.c.id == slots.c.doctor)
    )
)


def bookings_in(rows: FromClause) -> Select[Any]:
    """These rows of bookings, each with its slot."""
    booked = (one for one in rows.columns if one.name not in ("id", "slot"))
    named = SLOTS.add_columns(rows.c.id.label("booking"), *booked)
    return named.join(rows, rows.c.slot == slots.c.id)


BOOKINGS = bookings_in(bookings)


def slot_from(row: Row[Any]) -> Slot:
    """A slot from a row of SLOTS or BOOKINGS."""
    return Slot(
        id=row.id,
        hospital=Hospital(row.hospital, row.hospital_name, row.region, row.tier),
        department=row.department,
        doctor=row.doctor_name,
        day=row.day,
        begins=row.begins,
        ends=row.ends,
        pool=row.pool,
        entitled_from=row.entitled_from,
        public_from=row.public_from,
    )


def booking_from(row: Row[Any]) -> Booking:
    """A booking from a row of BOOKINGS."""
    return Booking(
        id=row.booking,
        person=row.person,
        slot=slot_from(row),
        state=row.state,
        door=row.door,
        reasons=tuple(reason_from(one) for one in row.reasons),
        made_at=row.made_at,
        held_until=row.held_until,
        replaces=row.replaces,
        is_offer=row.wish is not None,
        is_at_hospital=row.ref is not None,
    )


def plain_reason(reason: Reason) -> dict[str, Any]:
    """A reason as JSON; days are told apart by their kind."""
    days = {
        name: said.isoformat() for name, said in reason.fields.items() if isinstance(said, date)
    }
    rest = {name: said for name, said in reason.fields.items() if name not in days}
    return {"name": reason.name, "days": days, "fields": rest}


def reason_from(kept: dict[str, Any]) -> Reason:
    """A reason as it was told."""
    days = {name: date.fromisoformat(said) for name, said in kept["days"].items()}
    return Reason(kept["name"], {**kept["fields"], **days})


def waiting_from(row: Row[Any]) -> Waiting:
    """Somebody on the waiting list from a row of wishes."""
    return Waiting(
        id=row.id,
        person=row.person,
        wanted=Wanted(
            departments=(row.department,),
            hospitals=() if row.hospital is None else (row.hospital,),
            first=row.first,
            last=row.last,
            begins=row.begins,
            ends=row.ends,
            doctor=row.doctor,
        ),
        place=row.place,
        because=row.because,
        state=row.state,
        since=row.since,
    )
