"""`/v1/clinic`: a clinic's refills for its own staff and doctors, and what became of calls.

Whoever asks sees the clinic at which they work and no other: no address names one. Each resident
whose data leaves here is written into the audit.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from askdoc.api.acting import resident_names
from askdoc.api.calls import Call, Digest, Once, change_of, may
from askdoc.api.once import once
from askdoc.api.paging import Count, CursorText, page, read_cursor
from askdoc.api.shapes import In, Words, problems
from askdoc.clinic_lists import LISTS, Clinic, Listed, list_of, notes, told_rows
from askdoc.storage.calls import Called, end_call
from askdoc.storage.clinic_settings import clinic_of
from askdoc.storage.database import Kept, joined
from askdoc.storage.refill_answers import close_task

router = APIRouter(prefix="/v1/clinic", tags=["clinic"])
CallOutcome = Literal[
    "refilled",
    "delivered",
    "changed_by_doctor",
    "stop_confirmed",
    "moved_away",
    "not_reached",
    "declined",
    "followed_up",
    "told",
    "wrong_number",
]
ListName = Annotated[
    Literal[
        "due",
        "overdue",
        "unreachable",
        "calls",
        "tasks",
        "forecast",
        "lapsing",
        "not_served",
        "outcomes",
        "cohort",
    ],
    Path(description="Which list."),
]


@dataclass(frozen=True, slots=True)
class AtClinic:
    """A call by somebody who works at a clinic."""

    call: Call
    clinic: Clinic

    def note(self, kept: Kept, listed: Listed) -> None:
        """Write into the audit whose data is told."""
        action = f"clinic.{listed.name}"
        self.call.note_each(kept, action, listed.residents() or [self.clinic.id])


def at_clinic(call: Annotated[Call, Depends(may("see_clinic"))]) -> AtClinic:
    """The clinic of whoever is calling. Raises NotAtClinic."""
    house = call.front.house
    with house.database.reading() as kept:
        id = clinic_of(kept, call.person)
    return AtClinic(call, Clinic(house, house.database, id, call.now))


Seeing = Annotated[AtClinic, Depends(at_clinic)]


class ClinicTold(BaseModel):
    """A clinic today: how long each list is, and what to know before reading them."""

    clinic: str
    day: str
    counts: dict[str, int]
    notes: list[str]
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "clinic": "c1",
                    "day": "2026-11-25",
                    "counts": {"due": 12, "calls": 3},
                    "notes": [],
                }
            ]
        }
    )


class ListTold(BaseModel):
    """A page of a list. Days are 2026-11-25, shares 0 to 1 as text, words those of the glossary.

    `names`: what the residents in it are called, by their ids, as far as it is known.
    """

    name: str
    heads: list[str]
    total: int
    items: list[dict[str, str | int | bool | None]]
    names: dict[str, str]
    next: str | None
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "calls",
                    "heads": ["resident", "why", "since"],
                    "total": 1,
                    "items": [{"resident": "p1", "why": "silent", "since": "2026-11-20"}],
                    "names": {"p1": "王秀英"},
                    "next": None,
                }
            ]
        }
    )


class CallMade(In):
    """A call that somebody made, and what became of it."""

    resident: Annotated[Words, Field(min_length=1, max_length=200)]
    outcome: CallOutcome
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"resident": "p1", "outcome": "refilled"}]},
    )


class TaskClosing(In):
    """What became of a wish or a barrier."""

    outcome: CallOutcome
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "delivered"}]}
    )


class Ended(BaseModel):
    """Who or what is off the list."""

    ended: str


@router.get("", response_model=ClinicTold, responses=problems(404))
def show_clinic(seeing: Seeing) -> dict[str, Any]:
    """The clinic today."""
    clinic = seeing.clinic
    with clinic.database.writing() as kept:
        seeing.call.note(kept, "clinic.read", clinic.id)
    return {
        "clinic": clinic.id,
        "day": clinic.day.isoformat(),
        "counts": {name: len(list_of(clinic, name).rows) for name in LISTS},
        "notes": notes(clinic, seeing.call.lang),
    }


@router.get("/lists/{name}", response_model=ListTold, responses=problems(400, 404))
def show_list(
    name: ListName, seeing: Seeing, count: Count = 50, cursor: CursorText = None
) -> dict[str, Any]:
    """One list of the clinic."""
    found = list_part(seeing, name, count, cursor)
    return {
        "name": name,
        "heads": list(found.listed.heads),
        "total": len(found.listed.rows),
        "items": told_rows(found.part),
        "names": found.names,
        "next": found.following,
    }


@dataclass(frozen=True, slots=True)
class ListPart:
    """A list, the part of it that is told now, who is in that, and where the next part begins."""

    listed: Listed
    part: Listed
    names: dict[str, str]
    following: str | None


def list_part(seeing: AtClinic, name: str, count: int, cursor: str | None) -> ListPart:
    """A part of a list. No name is opened without a word in the audit."""
    first = read_cursor(cursor) or 0
    listed = list_of(seeing.clinic, name)
    part = listed.part(first, count)
    numbers = list(range(first + 1, min(first + count + 1, len(listed.rows)) + 1))
    following: str | None = page(numbers, count, lambda one: one, lambda one: one)["next"]
    with seeing.clinic.database.writing() as kept:
        seeing.note(kept, part)
        names = resident_names(kept, seeing.call, part.residents())
    return ListPart(listed, part, names, following)


@router.post("/calls", status_code=201, response_model=Ended, responses=problems(404, 409))
def end_a_call(told: CallMade, seeing: Seeing, key: Once, digest: Digest) -> JSONResponse:
    """Keep what became of a call; whoever was called is off the list."""
    call, clinic = seeing.call, seeing.clinic

    def work(kept: Kept) -> dict[str, str]:
        called = Called(told.resident, told.outcome, call.person)
        end_call(kept, clinic.id, clinic.calling, called, call.now)
        call.note(kept, "clinic.call", told.resident)
        return {"ended": told.resident}

    return once(change_of(call, key, digest), 201, work)


@router.post(
    "/tasks/{number}/close", status_code=201, response_model=Ended, responses=problems(404, 409)
)
def end_a_task(
    number: Annotated[int, Path(ge=1, le=2**31 - 1)],
    told: TaskClosing,
    seeing: Seeing,
    key: Once,
    digest: Digest,
) -> JSONResponse:
    """End a wish or a barrier of the clinic's residents with what became of it."""
    call, clinic = seeing.call, seeing.clinic

    def work(kept: Kept) -> dict[str, str]:
        within = joined(clinic.database, kept)
        close_task(within, number, told.outcome, call.person, call.now, clinic.id)
        call.note(kept, "clinic.task", str(number))
        return {"ended": str(number)}

    return once(change_of(call, key, digest), 201, work)
