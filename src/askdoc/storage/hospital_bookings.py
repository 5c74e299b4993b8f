"""Bookings in a hospital's own system: written down before and after it is asked, never while.

A booking is `unknown` from the moment the hospital may have heard of it until it has said what
became of the key. Whoever crashes in between leaves it so, and `reconcile` asks again.
"""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from askdoc.care.referrals.bookings import Booking, State
from askdoc.care.referrals.errors import UnknownBooking, UnknownHospital
from askdoc.care.referrals.hospital_system import Declined, HospitalSystem, NoAnswer, Offered
from askdoc.care.referrals.slots import NewSlot, Session, cut, today_of
from askdoc.storage.bookings import booking_of, cancel
from askdoc.storage.slot_desk import Desk, add_missing, lock_slot, own_terms_from
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_rows import BOOKINGS, booking_from
from askdoc.storage.slot_tables import bookings, doctors, hospitals, slots


def take_in(desk: Desk, hospital: str, offered: list[Offered], now: datetime) -> int:
    """Publish what a hospital's system has free; how many slots are new. Raises UnknownHospital."""
    with desk.database.writing() as connection:
        row = connection.execute(
            select(hospitals).where(hospitals.c.id == hospital).with_for_update(key_share=True)
        ).one_or_none()
        if row is None:
            raise UnknownHospital(said=hospital, known="")
        terms = desk.terms(row.region, own_terms_from(row.own_terms), today_of(now))
        there = select(slots.c.ref).where(slots.c.hospital == hospital, slots.c.ref.is_not(None))
        known = set(connection.execute(there).scalars())
        new = [one for one in offered if one.ref not in known]
        for one in new:
            named = {"hospital": hospital, "id": one.doctor, "name": one.doctor_name}
            add_missing(connection, doctors, named)
            session = Session(
                hospital=hospital,
                department=one.department,
                doctor=one.doctor,
                day=one.day,
                begins=one.begins,
                ends=one.ends,
            )
            for cut_one in cut(session, terms, _count_of_day(connection, session)):
                connection.execute(insert(slots), _row(connection, cut_one, one))
        return len(new)


def _count_of_day(connection: Connection, session: Session) -> int:
    of_day = select(slots.c.id).where(
        slots.c.hospital == session.hospital, slots.c.day == session.day
    )
    return len(connection.execute(of_day).all())


def _row(connection: Connection, new: NewSlot, offered: Offered) -> dict[str, object]:
    beside = select(slots.c.id).where(
        slots.c.hospital == new.session.hospital,
        slots.c.doctor == offered.doctor,
        slots.c.day == offered.day,
        slots.c.begins == offered.begins,
    )
    return {
        "hospital": new.session.hospital,
        "department": offered.department,
        "doctor": offered.doctor,
        "day": offered.day,
        "begins": offered.begins,
        "ends": offered.ends,
        "place": len(connection.execute(beside).all()),
        "pool": new.pool,
        "entitled_from": new.entitled_from,
        "public_from": new.public_from,
        "is_offered": True,
        "ref": offered.ref,
    }


def settle(
    desk: Desk, system: HospitalSystem, booking: str, now: datetime, is_again: bool = False
) -> Booking:
    """Ask the hospital for what is `unknown`; it stays so when there is no answer.

    `is_again`: somebody may have asked before, so first what became of that. Raises UnknownBooking.
    """
    with desk.database.reading() as connection:
        row = connection.execute(
            select(bookings.c.person, bookings.c.key, bookings.c.state, slots.c.ref)
            .join(slots, slots.c.id == bookings.c.slot)
            .where(bookings.c.id == booking)
        ).one_or_none()
    if row is None:
        raise UnknownBooking
    if row.state != "unknown":
        return booking_of(desk, row.person, booking)
    try:
        if not is_again or system.find(row.key) is None:
            system.book(row.ref, row.key)
    except NoAnswer:
        return booking_of(desk, row.person, booking)
    except Declined:
        return _record(desk, booking, "refused", now)
    return _record(desk, booking, "booked", now)


def reconcile(desk: Desk, hospital: str, system: HospitalSystem, now: datetime) -> int:
    """Ask again for everything that is unknown at a hospital; how many were settled."""
    asked = (
        select(bookings.c.id)
        .join(slots, slots.c.id == bookings.c.slot)
        .where(bookings.c.state == "unknown", slots.c.hospital == hospital)
        .order_by(bookings.c.changed_at)
    )
    with desk.database.reading() as connection:
        ids = list(connection.execute(asked).scalars())
    return sum(settle(desk, system, one, now, is_again=True).state != "unknown" for one in ids)


def cancel_there(
    desk: Desk, system: HospitalSystem, person: str, booking: str, now: datetime
) -> Booking:
    """Cancel at the hospital, then here; nothing changes here when it did not answer.

    Raises UnknownBooking, NoAnswer and what `cancel` raises.
    """
    booking_of(desk, person, booking)
    with desk.database.reading() as connection:
        asked = select(bookings.c.key).where(bookings.c.id == booking)
        key = connection.execute(asked).scalar_one()
    if key is not None:
        system.cancel(key)
    return cancel(desk, person, booking, now, is_told_there=True)


def _record(desk: Desk, booking: str, state: State, now: datetime) -> Booking:
    with desk.database.writing() as connection:
        old = booking_from(connection.execute(BOOKINGS.where(bookings.c.id == booking)).one())
        locked = lock_slot(connection, old.slot.id)
        changed = update(bookings).where(bookings.c.id == booking, bookings.c.state == "unknown")
        if connection.execute(changed.values(state=state, changed_at=now)).rowcount:
            if state == "booked":
                tell(connection, old.person, "booked", booking, now)
            else:
                # The hospital gave it to somebody else: it is offered to nobody here.
                connection.execute(
                    update(slots).where(slots.c.id == locked.slot.id).values(is_offered=False)
                )
                tell(connection, old.person, "refused", booking, now)
    return booking_of(desk, old.person, booking)
