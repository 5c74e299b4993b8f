"""Which slots are free for a person now.

What is open is narrowed in the query by the two days that stand with each slot; the grant is then
worked out for each one found, so that nothing is shown without its reason.
"""

from datetime import date, datetime
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, or_, select, text

from askdoc.care.referrals.bookings import Found, Wanted
from askdoc.care.referrals.grants import Grant, Standing, grant
from askdoc.care.referrals.slots import Slot
from askdoc.care.referrals.terms import OwnTerms
from askdoc.china_days import CHINA, today_of
from askdoc.storage.booking_office import Office, own_terms_from
from askdoc.storage.prepared import Prepared
from askdoc.storage.slot_rows import SLOTS, slot_from
from askdoc.storage.slot_tables import LIVE, bookings, hospitals, slots
from askdoc.storage.standing import standing_of

_UNTAKEN = ~exists().where(
    bookings.c.slot == slots.c.id,
    # The words of the partial index, so that it answers.
    text(f"bookings.{LIVE}"),
    or_(bookings.c.state != "held", bookings.c.held_until > bindparam("now")),
)


_HOSPITALS = Prepared(select(hospitals.c.id, hospitals.c.region, hospitals.c.own_terms))


def find_slots(
    office: Office, person: str, wanted: Wanted, now: datetime, limit: int = 20
) -> list[Found]:
    """Free slots that this person may take now, earliest first."""
    with office.database.reading() as connection:
        return free_slots(office, connection, person, wanted, now, limit)


def free_slots(
    office: Office, connection: Connection, person: str, wanted: Wanted, now: datetime, limit: int
) -> list[Found]:
    """As `find_slots`, inside a transaction."""
    today = today_of(now)
    standing = standing_of(connection, person, today)
    early = early_hospitals(office, connection, standing, wanted, today)
    asked = _asked(
        bool(wanted.hospitals), bool(early), wanted.doctor is not None, wanted.first <= today
    )
    told = _told(wanted, early, now) | {"limit": limit}
    found: list[Found] = []
    for page in count():
        rows = connection.execute(asked, told | {"offset": page * limit}).all()
        for row in rows:
            slot = slot_from(row)
            given = grant_for(office, slot, own_terms_from(row.own_terms), standing, today)
            if given.is_open:
                found.append(Found(slot, given))
        if len(rows) < limit or len(found) >= limit:
            break
    return found[:limit]


def first_closed(office: Office, person: str, wanted: Wanted, now: datetime) -> Grant | None:
    """Why the first free slot that is not open to this person is not; None when there is none."""
    today = today_of(now)
    later = SLOTS.where(
        slots.c.department.in_(wanted.departments),
        slots.c.day.between(max(wanted.first, today), wanted.last),
        slots.c.begins.between(wanted.begins, wanted.ends - 1),
        slots.c.public_from > today,
        slots.c.is_offered,
        _UNTAKEN,
    )
    if wanted.hospitals:
        later = later.where(slots.c.hospital.in_(wanted.hospitals))
    first = later.order_by(slots.c.public_from, slots.c.day, slots.c.begins).limit(1)
    with office.database.reading() as connection:
        row = connection.execute(first, {"now": now}).one_or_none()
        if row is None:
            return None
        standing = standing_of(connection, person, today)
        return grant_for(office, slot_from(row), own_terms_from(row.own_terms), standing, today)


@cache
def _asked(has_hospitals: bool, is_early: bool, has_doctor: bool, is_today: bool) -> Select[Any]:
    """The query for one kind of wish, put together once."""
    is_open: ColumnElement[bool] = slots.c.public_from <= bindparam("today")
    if is_early:
        # Of a slot that is not kept both days are one, so only kept ones are open early.
        is_open = or_(
            is_open,
            and_(
                slots.c.entitled_from <= bindparam("today"),
                slots.c.hospital.in_(bindparam("early", expanding=True)),
            ),
        )
    asked = SLOTS.where(
        slots.c.department.in_(bindparam("departments", expanding=True)),
        slots.c.day.between(bindparam("first"), bindparam("last")),
        slots.c.begins >= bindparam("begins"),
        slots.c.begins < bindparam("ends"),
        slots.c.is_offered,
        is_open,
        _UNTAKEN,
    )
    if has_hospitals:
        asked = asked.where(slots.c.hospital.in_(bindparam("hospitals", expanding=True)))
    if has_doctor:
        asked = asked.where(slots.c.doctor == bindparam("doctor"))
    if is_today:
        asked = asked.where(
            or_(slots.c.day > bindparam("today"), slots.c.begins > bindparam("minute"))
        )
    return (
        asked.order_by(slots.c.day, slots.c.begins, slots.c.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def _told(wanted: Wanted, early: list[str], now: datetime) -> dict[str, Any]:
    local = now.astimezone(CHINA)
    told = {
        "today": local.date(),
        "minute": local.hour * 60 + local.minute,
        "now": now,
        "departments": wanted.departments,
        "hospitals": wanted.hospitals,
        "doctor": wanted.doctor,
        "early": early,
        "first": max(wanted.first, local.date()),
        "last": wanted.last,
        "begins": wanted.begins,
        "ends": wanted.ends,
    }
    return {name: one for name, one in told.items() if one not in ((), [], None)}


def early_hospitals(
    office: Office, connection: Connection, standing: Standing, wanted: Wanted, today: date
) -> list[str]:
    """Where somebody of this standing may book early, for all that stands with the hospital."""
    if standing == Standing():
        return []
    referred = {one.to_hospital for one in standing.orders if one.department in wanted.departments}
    found = []
    for row in _HOSPITALS.rows(connection, {}):
        if wanted.hospitals and row.id not in wanted.hospitals:
            continue
        doors = office.terms(row.region, own_terms_from(row.own_terms), today).doors
        may = {
            "contracted_in_combination": standing.contracted and row.id in standing.combination,
            "contracted": standing.contracted,
            "referred": row.id in referred,
            "priority_group": bool(standing.groups),
        }
        if any(may[door] for door in doors):
            found.append(row.id)
    return found


def grant_for(
    office: Office, slot: Slot, own: OwnTerms | None, standing: Standing, today: date
) -> Grant:
    """May somebody of this standing have the slot, by the terms of its hospital today."""
    return grant(slot, office.terms(slot.hospital.region, own, today), standing, today)
