"""Lists of what one person has of slots: who may read them, and a note of who did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends

from askdoc.api.acting import ForWhom, office_in, patient_of
from askdoc.api.calls import Call
from askdoc.api.paging import Count, CursorText, part_of
from askdoc.storage.booking_office import Office


@dataclass(frozen=True, slots=True)
class OfTheirs:
    """Which part is asked for of a list of one person's."""

    resident: ForWhom = None
    count: Count = 50
    cursor: CursorText = None


PartOfTheirs = Annotated[OfTheirs, Depends()]


def read_theirs(
    call: Call, part: OfTheirs, action: str, find: Callable[[Office, str], Sequence[Any]]
) -> list[tuple[int, Any]]:
    """The rows of a page and one more, each numbered by its place, with a note of who read them."""
    with call.front.house.database.writing() as kept:
        patient = patient_of(kept, call, part.resident)
        found = find(office_in(call, kept), patient.resident)
        rows = part_of(found, part.count, part.cursor)
        call.note_each(kept, action, [one.id for _, one in rows[: part.count]])
    return rows
