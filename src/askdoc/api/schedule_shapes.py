"""What staff say of a schedule and what they are told: sessions, comings, requests, answers."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from askdoc.api.shapes import In, Said, Words
from askdoc.api.slot_shapes import BookingTold, RequestTold
from askdoc.care.referrals.slots import HALF_HOUR

Id = Annotated[Words, Field(min_length=1, max_length=64)]
Name = Annotated[Words, Field(min_length=1, max_length=100, pattern=r"\S")]
Clock = Annotated[str, Field(pattern=r"^([01]?\d|2[0-3]):[0-5]\d$", examples=["9:00"])]


class SessionTold(BaseModel):
    """A doctor's day: its half-hour places, how many are taken, whether it was cancelled."""

    hospital: str
    hospital_name: str
    department: str
    doctor: str
    doctor_name: str
    day: date
    begins: str
    ends: str
    slots: int
    taken: int
    withdrawn: bool


class Sessions(BaseModel):
    """A page of a day's sessions."""

    items: list[SessionTold]
    next: str | None


class Coming(BookingTold):
    """A booking with the name of who comes."""

    name: str


class ComingList(BaseModel):
    """A page of who comes on a day."""

    items: list[Coming]
    next: str | None


class SessionIn(In):
    """A session to publish: a doctor's half day, so many persons in each half hour."""

    hospital: Id
    department: Name
    doctor: Id
    doctor_name: Name
    day: date
    begins: Clock
    ends: Clock
    persons: int = Field(default=1, ge=1, le=50)
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "hospital": "north",
                    "department": "心内科",
                    "doctor": "d1",
                    "doctor_name": "王医生",
                    "day": "2026-12-02",
                    "begins": "9:00",
                    "ends": "11:30",
                }
            ]
        },
    )

    @model_validator(mode="after")
    def _is_long_enough(self) -> "SessionIn":
        if minute(self.ends) < minute(self.begins) + HALF_HOUR:
            raise ValueError("ends at least half an hour after it begins")
        return self


class Published(BaseModel):
    """How many slots are new."""

    slots: int


class WithdrawIn(In):
    """Which doctor's day the hospital cancels."""

    hospital: Id
    doctor: Id
    day: date


class Withdrawn(BaseModel):
    """How many people had booked or held; each is told once, with other slots."""

    told: int


class VisitIn(In):
    """Whether the person came."""

    came: bool


class Noted(BaseModel):
    """The booking that was noted."""

    id: str


class AskedTold(RequestTold):
    """A request with the name of who asks."""

    name: str


class AskedList(BaseModel):
    """A page of requests that wait for staff, oldest first."""

    items: list[AskedTold]
    next: str | None


class ArrangedIn(In):
    """What the platform gave."""

    hospital: Name
    department: Name
    doctor: Name
    day: date
    begins: Clock
    ends: Clock
    number: Name

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "ArrangedIn":
        if minute(self.ends) <= minute(self.begins):
            raise ValueError("ends after it begins")
        return self


class AnswerIn(In):
    """What came of a request: `arranged` with what the platform gave, else a note of why."""

    outcome: Literal["arranged", "refused", "unclear"]
    arranged: ArrangedIn | None = None
    note: Said | None = None
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "refused", "note": "下周没有号"}]},
    )

    @model_validator(mode="after")
    def _says_what_is_needed(self) -> "AnswerIn":
        needed = self.arranged if self.outcome == "arranged" else self.note
        if needed is None:
            raise ValueError("arranged needs what the platform gave, all else a note")
        return self


def minute(clock: str) -> int:
    """A time of day as its minute."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
