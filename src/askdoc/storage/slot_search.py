"""Which slots are free for a person now.

What is open is narrowed in the query by the two days that stand with each slot; the grant is then
worked out for each one found, so that nothing is shown without its reason.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, false, or_, select, text

from askdoc.care.referrals.bookings import Found, Wanted
from askdoc.care.referrals.grants import Grant, Standing, grant
from askdoc.care.referrals.slots import CHINA, Slot, today_of
from askdoc.care.referrals.terms import OwnTerms
from askdoc.storage.slot_desk import Desk, own_terms_from
from askdoc.storage.slot_rows import SLOTS, slot_from
from askdoc.storage.slot_tables import LIVE, bookings, hospitals, slots
from askdoc.storage.standing import standing_of

_UNTAKEN = ~exists().where(
    bookings.c.slot == slots.c.id,
    # The words of the partial index, so that it answers.
    text(f"bookings.{LIVE}"),
    or_(bookings.c.state != "held", bookings.c.held_until > bindparam("now")),
)


def find_slots(
    desk: Desk, person: str, wanted: Wanted, now: datetime, limit: int = 20
) -> list[Found]:
    """Free slots that this person may take now, earliest first."""
    with desk.database.reading() as connection:
        return free_slots(desk, connection, person, wanted, now, limit)


def free_slots(
    desk: Desk, connection: Connection, person: str, wanted: Wanted, now: datetime, limit: int
) -> list[Found]:
    """As `find_slots`, inside a transaction."""
    today = today_of(now)
    standing = standing_of(connection, person, today)
    early = early_hospitals(desk, connection, standing, wanted, today)
    asked = SLOTS.where(
        slots.c.department.in_(wanted.departments),
        slots.c.day.between(max(wanted.first, today), wanted.last),
        slots.c.is_offered,
        or_(slots.c.public_from <= today, _open_early(early, today)),
        _UNTAKEN,
        *_narrowed(wanted),
        *_later_today(wanted.first, now),
    ).order_by(slots.c.day, slots.c.begins, slots.c.id)
    found: list[Found] = []
    for page in count():
        rows = connection.execute(asked.limit(limit).offset(page * limit), {"now": now}).all()
        for row in rows:
            slot = slot_from(row)
            given = grant_for(desk, slot, own_terms_from(row.own_terms), standing, today)
            if given.is_open:
                found.append(Found(slot, given))
        if len(rows) < limit or len(found) >= limit:
            break
    return found[:limit]


def early_hospitals(
    desk: Desk, connection: Connection, standing: Standing, wanted: Wanted, today: date
) -> list[str]:
    """Where somebody of this standing may book early, for all that stands with the hospital."""
    if standing == Standing():
        return []
    asked = select(hospitals.c.id, hospitals.c.region, hospitals.c.own_terms)
    if wanted.hospitals:
        asked = asked.where(hospitals.c.id.in_(wanted.hospitals))
    referred = {one.to_hospital for one in standing.orders if one.department in wanted.departments}
    found = []
    for row in connection.execute(asked):
        doors = desk.terms(row.region, own_terms_from(row.own_terms), today).doors
        inside = standing.contracted and row.id in standing.combination
        may = {
            "contracted_in_combination": inside,
            "contracted": standing.contracted,
            "referred": row.id in referred,
            "priority_group": bool(standing.groups),
        }
        if any(may[door] for door in doors):
            found.append(row.id)
    return found


def _open_early(early: list[str], today: date) -> ColumnElement[bool]:
    if not early:
        return false()
    return and_(
        slots.c.pool == "priority", slots.c.entitled_from <= today, slots.c.hospital.in_(early)
    )


def grant_for(
    desk: Desk, slot: Slot, own: OwnTerms | None, standing: Standing, today: date
) -> Grant:
    """May somebody of this standing have the slot, by the terms of its hospital today."""
    return grant(slot, desk.terms(slot.hospital.region, own, today), standing, today)


def _narrowed(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.hospitals:
        yield slots.c.hospital.in_(wanted.hospitals)
    if wanted.doctor is not None:
        yield slots.c.doctor == wanted.doctor
    if (wanted.begins, wanted.ends) != (0, 24 * 60):
        yield slots.c.begins >= wanted.begins
        yield slots.c.begins < wanted.ends


def _later_today(first: date, now: datetime) -> Iterable[ColumnElement[bool]]:
    local = now.astimezone(CHINA)
    if first <= local.date():
        minute = local.hour * 60 + local.minute
        yield or_(slots.c.day > local.date(), slots.c.begins > minute)
