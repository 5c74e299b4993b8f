"""The waiting list: an offer is a hold with an end, made for the first who waits.

First is who has the lower place of the queue, then who has waited longer. An offer that ends
unanswered passes on to the next, and the person who did not answer leaves the list.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError

from askdoc.care.referrals.bookings import Waiting, Wanted, Wish
from askdoc.care.referrals.errors import UnknownRequest
from askdoc.care.referrals.orders import order_for
from askdoc.care.referrals.queue import rank
from askdoc.china_days import today_of
from askdoc.storage.booking_office import LockedSlot, Office, lock_person, lock_slots
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_rows import plain_reason, waiting_from
from askdoc.storage.slot_search import grant_for
from askdoc.storage.slot_tables import LIVE, bookings, slots, wishes
from askdoc.storage.standing import standing_of


def wait_for(office: Office, person: str, wanted: Wanted, now: datetime) -> Waiting:
    """Put a person on the list of one department, perhaps of one hospital or doctor."""
    hospital = wanted.hospitals[0] if wanted.hospitals else None
    with office.database.writing() as connection:
        lock_person(connection, person)
        standing = standing_of(connection, person, today_of(now))
        fitting = [
            order_for(standing.orders, place, wanted.departments[0], wanted.first)
            for place in sorted({one.to_hospital for one in standing.orders})
            if hospital in (None, place)
        ]
        urgent = sorted(
            (one for one in fitting if one is not None), key=lambda one: one.urgency != "urgent"
        )
        ranked = rank(standing, urgent[0] if urgent else None, office.rules.queue)
        row = {
            "id": secrets.token_hex(8),
            "person": person,
            "department": wanted.departments[0],
            "hospital": hospital,
            "doctor": wanted.doctor,
            "first": wanted.first,
            "last": wanted.last,
            "begins": wanted.begins,
            "ends": wanted.ends,
            "place": ranked.place,
            "because": ranked.because,
            "since": now,
            "state": "waiting",
        }
        connection.execute(insert(wishes), row)
        kept = connection.execute(select(wishes).where(wishes.c.id == row["id"])).one()
    return waiting_from(kept)


def waiting(office: Office, person: str) -> list[Waiting]:
    """What a person waits for, oldest first."""
    asked = select(wishes).where(wishes.c.person == person, wishes.c.state == "waiting")
    with office.database.reading() as connection:
        return [waiting_from(row) for row in connection.execute(asked.order_by(wishes.c.since))]


def leave(office: Office, person: str, wish: str) -> None:
    """Take a person off the list. Raises UnknownRequest."""
    gone = (
        update(wishes)
        .where(wishes.c.id == wish, wishes.c.person == person, wishes.c.state == "waiting")
        .values(state="left")
    )
    with office.database.writing() as connection:
        if connection.execute(gone).rowcount == 0:
            raise UnknownRequest


def offer(office: Office, connection: Connection, locked: LockedSlot, now: datetime) -> bool:
    """Offer a free slot to the first who waits and may have it; whether anybody took it.

    The slot is locked and free in this transaction.
    """
    slot, today = locked.slot, today_of(now)
    until = min(now + timedelta(minutes=office.rules.offer_minutes), slot.starts_at())
    if not locked.is_offered or until <= now:
        return False
    for wish, person in _queue(connection, locked):
        standing = standing_of(connection, person, today)
        given = grant_for(office, slot, locked.own, standing, today)
        if not given.is_open or not _offered(connection, wish):
            continue
        id = secrets.token_hex(8)
        held = {
            "id": id,
            "slot": slot.id,
            "person": person,
            "state": "held",
            "door": given.door,
            "reasons": [plain_reason(reason) for reason in given.reasons],
            "made_at": now,
            "changed_at": now,
            "held_until": until,
            "wish": wish,
        }
        connection.execute(insert(bookings), held)
        tell(connection, person, "offer", id, now)
        return True
    return False


def offer_free(office: Office, now: datetime) -> int:
    """Offer what is free to whoever waits for it, slot by slot; how many offers were made."""
    made = 0
    for slot in _free_and_wanted(office, now):
        try:
            with office.database.writing() as connection:
                (locked,) = lock_slots(connection, [slot])
                made += offer(office, connection, locked, now)
        except IntegrityError:
            # Somebody took it meanwhile.
            continue
    return made


def settle_wish(connection: Connection, booking: str, state: Wish = "settled") -> None:
    """End the wish that a booking was offered for, if it was."""
    wish = select(bookings.c.wish).where(bookings.c.id == booking).scalar_subquery()
    connection.execute(
        update(wishes).where(wishes.c.id == wish, wishes.c.state == "offered").values(state=state)
    )


def _queue(connection: Connection, locked: LockedSlot) -> list[tuple[str, str]]:
    slot = locked.slot
    asked = (
        select(wishes.c.id, wishes.c.person)
        .where(
            wishes.c.department == slot.department,
            wishes.c.state == "waiting",
            wishes.c.first <= slot.day,
            wishes.c.last >= slot.day,
            wishes.c.begins <= slot.begins,
            wishes.c.ends > slot.begins,
            or_(wishes.c.hospital.is_(None), wishes.c.hospital == slot.hospital.id),
            or_(wishes.c.doctor.is_(None), wishes.c.doctor == locked.doctor),
        )
        .order_by(wishes.c.place, wishes.c.since, wishes.c.id)
    )
    return [(row.id, row.person) for row in connection.execute(asked)]


def _offered(connection: Connection, wish: str) -> bool:
    """Whether the wish was still waiting, and is now an offer of ours."""
    taken = update(wishes).where(wishes.c.id == wish, wishes.c.state == "waiting")
    return connection.execute(taken.values(state="offered")).rowcount == 1


def _free_and_wanted(office: Office, now: datetime) -> list[int]:
    today = today_of(now)
    wished = exists().where(
        wishes.c.state == "waiting",
        wishes.c.department == slots.c.department,
        wishes.c.first <= slots.c.day,
        wishes.c.last >= slots.c.day,
        or_(wishes.c.hospital.is_(None), wishes.c.hospital == slots.c.hospital),
    )
    taken = exists().where(bookings.c.slot == slots.c.id, text(f"bookings.{LIVE}"))
    asked = (
        select(slots.c.id)
        .where(slots.c.day >= today, slots.c.entitled_from <= today, slots.c.is_offered)
        .where(wished, ~taken)
        .order_by(slots.c.day, slots.c.begins, slots.c.id)
    )
    with office.database.reading() as connection:
        return list(connection.execute(asked).scalars())
