"""What staff look at of a day: its sessions and who comes; and whose a booking, wish or request is.

Each works in the transaction of its caller.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select, true

from askdoc.care.referrals.bookings import TAKING, Booking
from askdoc.care.referrals.errors import UnknownSlot
from askdoc.care.referrals.slots import Slot
from askdoc.storage.slot_rows import BOOKINGS, SLOTS, booking_from, slot_from
from askdoc.storage.slot_tables import bookings, doctors, hospitals, requests, slots, wishes

# Whoever is expected, came, stayed away, or was told that the doctor does not come.
_SHOWN = (*TAKING, "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSeen:
    """A doctor's day at a hospital. `number` pages; `withdrawn`: the hospital cancelled it.

    Of a day that was cancelled and published again it is what stands now.
    """

    number: int
    hospital: str
    hospital_name: str
    department: str
    doctor: str
    doctor_name: str
    day: date
    begins: int
    ends: int
    slots: int
    taken: int
    withdrawn: bool


def sessions_on(
    connection: Connection, day: date, places: Iterable[str], after: int, count: int
) -> list[SessionSeen]:
    """The sessions of a day at some hospitals, a line for each doctor and department."""
    named = (
        slots.c.hospital,
        hospitals.c.name.label("hospital_name"),
        slots.c.department,
        slots.c.doctor,
        doctors.c.name.label("doctor_name"),
        slots.c.day,
    )
    number = func.min(slots.c.id)
    live = bookings.c.state.in_(TAKING)
    stands = or_(slots.c.is_offered, bookings.c.id.is_not(None))
    asked = (
        select(
            *named,
            number.label("number"),
            *_extent(true(), "ever"),
            *_extent(stands, "now"),
            func.count(bookings.c.id).label("taken"),
            func.count(case((slots.c.is_offered, 1))).label("offered"),
        )
        .join(hospitals, hospitals.c.id == slots.c.hospital)
        .join(doctors, (doctors.c.hospital == slots.c.hospital) & (doctors.c.id == slots.c.doctor))
        .outerjoin(bookings, (bookings.c.slot == slots.c.id) & live)
        .where(slots.c.day == day, slots.c.hospital.in_(places))
        .group_by(*named)
        .having(number > after)
        .order_by(number)
        .limit(count)
    )
    return [_seen(row, "now" if row.offered else "ever") for row in connection.execute(asked)]


def _extent(which: ColumnElement[bool], name: str) -> list[ColumnElement[Any]]:
    """From when to when such slots are, and how many."""
    return [
        func.min(case((which, slots.c.begins))).label(f"begins_{name}"),
        func.max(case((which, slots.c.ends))).label(f"ends_{name}"),
        func.count(case((which, 1))).label(f"slots_{name}"),
    ]


def _seen(row: Any, of: str) -> SessionSeen:
    told = row._mapping
    return SessionSeen(
        number=row.number,
        hospital=row.hospital,
        hospital_name=row.hospital_name,
        department=row.department,
        doctor=row.doctor,
        doctor_name=row.doctor_name,
        day=row.day,
        begins=told[f"begins_{of}"],
        ends=told[f"ends_{of}"],
        slots=told[f"slots_{of}"],
        taken=row.taken,
        withdrawn=row.offered == 0,
    )


def bookings_on(
    connection: Connection, day: date, places: Iterable[str], after: int, count: int
) -> list[Booking]:
    """Who has what of a day's slots at some hospitals, in the order of the slots' numbers."""
    asked = (
        BOOKINGS.where(
            slots.c.day == day,
            slots.c.hospital.in_(places),
            bookings.c.state.in_(_SHOWN),
            slots.c.id > after,
        )
        .order_by(slots.c.id, bookings.c.made_at)
        .limit(count)
    )
    return [booking_from(row) for row in connection.execute(asked)]


def slot_in(connection: Connection, slot: int) -> Slot:
    """A slot as it is offered. Raises UnknownSlot."""
    row = connection.execute(SLOTS.where(slots.c.id == slot, slots.c.is_offered)).one_or_none()
    if row is None:
        raise UnknownSlot
    return slot_from(row)


def booking_owner(connection: Connection, booking: str) -> str | None:
    """Whose a booking is."""
    return _owner(connection, select(bookings.c.person).where(bookings.c.id == booking))


def booking_place(connection: Connection, booking: str) -> str | None:
    """At which hospital a booking is."""
    asked = select(slots.c.hospital).join(bookings, bookings.c.slot == slots.c.id)
    return _owner(connection, asked.where(bookings.c.id == booking))


def wish_owner(connection: Connection, wish: str) -> str | None:
    """Who waits."""
    return _owner(connection, select(wishes.c.person).where(wishes.c.id == wish))


def request_owner(connection: Connection, request: str) -> str | None:
    """Who asked for it."""
    return _owner(connection, select(requests.c.person).where(requests.c.id == request))


def _owner(connection: Connection, asked: Select[Any]) -> str | None:
    return connection.execute(asked).scalar_one_or_none()
