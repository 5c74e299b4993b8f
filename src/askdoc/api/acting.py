"""For whom a call books: a resident for themselves, family for whoever let them in.

Whoever may not act for somebody is told that there is no such person, and no such booking.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Path, Query

from askdoc.api.calls import Call
from askdoc.care.patients import Relation
from askdoc.identity.roles import NotThere
from askdoc.storage.booking_office import Office
from askdoc.storage.database import Kept, joined
from askdoc.storage.names import names_of
from askdoc.storage.patients import accounts_for
from askdoc.storage.persons import person_of
from askdoc.wording import AskdocError

ForWhom = Annotated[
    str | None,
    Query(
        max_length=64, description="For whom; without it, the caller, or the only one it can be."
    ),
]
BookingId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]


class NoRecord(AskdocError):
    """The account has not been told which patient's record it is."""

    code = "identity.no_record"


@dataclass(frozen=True, slots=True)
class Patient:
    """Somebody for whom the caller may act: their record, their account, and what they are."""

    resident: str
    account: str
    relation: Relation


def patients(kept: Kept, call: Call) -> list[Patient]:
    """Everybody for whom the caller may act, themselves first."""
    return [
        Patient(one.resident, account, one.relation)
        for account, one in accounts_for(kept, call.person)
    ]


def patient_of(kept: Kept, call: Call, resident: str | None) -> Patient:
    """The one for whom this call acts. Raises NoRecord and NotThere."""
    known = patients(kept, call)
    if resident is None and known:
        return known[0]
    if resident is None:
        raise NoRecord
    found = next((one for one in known if one.resident == resident), None)
    if found is None:
        raise NotThere
    return found


def check_theirs(kept: Kept, call: Call, owner: str | None, missing: AskdocError) -> str:
    """The owner of a booking or the like, once the caller may act for them. Raises `missing`."""
    if owner is None or owner not in {one.resident for one in patients(kept, call)}:
        raise missing
    return owner


def name_of(kept: Kept, call: Call, account: str) -> str:
    """What a person is called; empty where they never said."""
    return str(person_of(kept, account, call.wrapping).words.get("name") or "")


def resident_name(kept: Kept, call: Call, resident: str) -> str:
    """What the person of a record is called, for staff; the record's id where nobody signs in."""
    return resident_names(kept, call, [resident]).get(resident, resident)


def resident_names(kept: Kept, call: Call, residents: Collection[str]) -> dict[str, str]:
    """What the persons of records are called, for staff, as far as it is known."""
    return names_of(kept, residents, call.wrapping)


def office_in(call: Call, kept: Kept) -> Office:
    """Where slots are given out, inside the caller's transaction."""
    house = call.front.house
    return replace(house.booking_office, database=joined(house.database, kept))
