"""A clinic's own settings: its region, its days, its staff, and at which clinic somebody works.

Each function works in the transaction of its caller.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, select, update

from askdoc.channels.letters import Route
from askdoc.identity.roles import NotThere
from askdoc.storage.care_rows import routes_of
from askdoc.storage.care_tables import clinic_staff, clinics
from askdoc.storage.clinic_reports import UnknownClinic
from askdoc.storage.database import Kept
from askdoc.storage.desk_tables import persons
from askdoc.storage.inserting import insert_into
from askdoc.wording import AskdocError


class NotAtClinic(AskdocError):
    """The account belongs to nobody of a clinic's staff."""

    code = "identity.not_at_clinic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a clinic says of itself. `own_days`: open or closed whatever the calendar says."""

    id: str
    region: str | None
    open_at_weekends: bool
    feed_limit_hours: int | None
    own_days: dict[date, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of a clinic's staff: what they are there, and how notices reach them."""

    id: str
    role: str
    routes: tuple[Route, ...]


def clinic_of(kept: Kept, person: str) -> str:
    """At which clinic an account works. Raises NotAtClinic."""
    asked = (
        select(clinic_staff.c.clinic)
        .join(persons, persons.c.staff == clinic_staff.c.id)
        .where(persons.c.id == person)
    )
    found: str | None = kept.scalar(asked)
    if found is None:
        raise NotAtClinic
    return found


def settings_of(kept: Kept, clinic: str) -> Settings:
    """A clinic's settings. Raises UnknownClinic."""
    row = _row(kept, clinic)
    return Settings(
        id=row.id,
        region=row.region,
        open_at_weekends=row.open_at_weekends,
        feed_limit_hours=row.feed_limit_hours,
        own_days={date.fromisoformat(day): bool(is_open) for day, is_open in row.own_days.items()},
    )


def change_settings(kept: Kept, clinic: str, told: dict[str, Any]) -> None:
    """Keep other settings: `region`, `open_at_weekends`, `feed_limit_hours`. Makes the clinic."""
    row = {"id": clinic, "open_at_weekends": False, "own_days": {}}
    kept.execute(insert_into(kept, clinics).on_conflict_do_nothing(), row)
    if told:
        kept.execute(update(clinics).where(clinics.c.id == clinic).values(**told))


def keep_day(kept: Kept, clinic: str, day: date, is_open: bool | None) -> None:
    """Open or close a clinic on a day; None: as the calendar says again. Raises UnknownClinic."""
    own = dict(_row(kept, clinic).own_days)
    own.pop(day.isoformat(), None)
    if is_open is not None:
        own[day.isoformat()] = is_open
    kept.execute(update(clinics).where(clinics.c.id == clinic).values(own_days=own))


def list_staff(kept: Kept, clinic: str) -> list[Member]:
    """A clinic's staff. Raises UnknownClinic."""
    _row(kept, clinic)
    asked = select(clinic_staff).where(clinic_staff.c.clinic == clinic).order_by(clinic_staff.c.id)
    return [
        Member(id=row.id, role=row.role, routes=routes_of(row.routes))
        for row in kept.execute(asked)
    ]


def keep_member(kept: Kept, clinic: str, member: Member) -> None:
    """Keep one of a clinic's staff; said again it replaces. Raises UnknownClinic, NotThere."""
    _row(kept, clinic)
    where = kept.scalar(select(clinic_staff.c.clinic).where(clinic_staff.c.id == member.id))
    if where not in (None, clinic):
        raise NotThere
    routes = [[one.channel, one.chat] for one in member.routes]
    row = {"id": member.id, "clinic": clinic, "role": member.role, "routes": routes}
    changed = {"role": member.role, "routes": routes}
    named = insert_into(kept, clinic_staff)
    kept.execute(named.on_conflict_do_update(index_elements=["id"], set_=changed), row)


def remove_member(kept: Kept, clinic: str, id: str) -> None:
    """End that; their account sees the clinic no more. Raises NotThere."""
    gone = delete(clinic_staff).where(clinic_staff.c.id == id, clinic_staff.c.clinic == clinic)
    if kept.execute(gone).rowcount == 0:
        raise NotThere


def _row(kept: Kept, clinic: str) -> Row[Any]:
    row = kept.execute(select(clinics).where(clinics.c.id == clinic)).one_or_none()
    if row is None:
        raise UnknownClinic(clinic=clinic)
    return row
