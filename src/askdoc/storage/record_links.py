"""Which patient's record an account is, and which member of a clinic's staff.

A record is one account's: who signs in as somebody reads what is theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from askdoc.assistant.talk.transcript import whole_text
from askdoc.identity.roles import AT_A_CLINIC, NotThere, RecordTaken
from askdoc.storage.care_tables import clinic_staff, clinics, residents
from askdoc.storage.desk_tables import persons
from askdoc.storage.inserting import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Who an account is in the records: a resident, or one of a clinic's `staff`.

    Without `staff`, somebody whom the clinic's records do not name yet.
    """

    resident: str | None = None
    clinic: str | None = None
    staff: str | None = None


def link(kept: Connection, person: str, record: Record) -> None:
    """Say who an account is. Raises NotThere, and RecordTaken by another account or clinic."""
    if record.resident is not None:
        _be_resident(kept, person, whole_text(record.resident))
    if record.clinic is not None:
        _join_staff(kept, person, whole_text(record.clinic), whole_text(record.staff or person))


def link_residents(kept: Connection, accounts: Mapping[str, str]) -> None:
    """The same for many at once, accounts by records; a record that is taken stays whose it is."""
    other = persons.alias()
    taken = select(other.c.id).where(other.c.resident == bindparam("record"))
    told = update(persons).where(persons.c.id == bindparam("account"), ~taken.exists())
    rows = [{"account": one, "record": record} for record, one in accounts.items()]
    kept.execute(told.values(resident=bindparam("record")), rows)


def name_clinic(kept: Connection, clinic: str) -> None:
    """Make a clinic known: one that sends no records has people and schedules too."""
    at = {"id": clinic, "open_at_weekends": False, "own_days": {}}
    kept.execute(insert_into(kept, clinics).on_conflict_do_nothing(), at)


def _be_resident(kept: Connection, person: str, resident: str) -> None:
    if kept.scalar(select(residents.c.id).where(residents.c.id == resident)) is None:
        raise NotThere
    holder = kept.scalar(select(persons.c.id).where(persons.c.resident == resident))
    if holder not in (None, person):
        raise RecordTaken
    kept.execute(update(persons).where(persons.c.id == person).values(resident=resident))


def _join_staff(kept: Connection, person: str, clinic: str, staff: str) -> None:
    role = kept.scalar(select(persons.c.role).where(persons.c.id == person))
    if role not in AT_A_CLINIC:
        raise NotThere
    name_clinic(kept, clinic)
    row = {"id": staff, "clinic": clinic, "role": role, "routes": []}
    kept.execute(insert_into(kept, clinic_staff).on_conflict_do_nothing(), row)
    where = kept.scalar(select(clinic_staff.c.clinic).where(clinic_staff.c.id == staff))
    holder = kept.scalar(select(persons.c.id).where(persons.c.staff == staff))
    if where != clinic or holder not in (None, person):
        raise RecordTaken
    kept.execute(update(persons).where(persons.c.id == person).values(staff=staff))
