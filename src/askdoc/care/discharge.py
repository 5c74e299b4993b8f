"""Home from hospital: what the community team goes on with, and that somebody sees to the person.

Nothing is prescribed anew: a long prescription that the hospital wrote is only planned for by
another clinic, and a person there checks it with the patient before anything is collected. What the
record does not call long is for the days after the stay, or unclear; it stays where it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from askdoc.care.feed import Stay
from askdoc.care.prescriptions import Prescription
from askdoc.wording import AskdocError

# The kind of the task that the clinic gets.
FOLLOW_UP: Literal["discharged"] = "discharged"


class NoCommunityClinic(AskdocError):
    """No clinic looks after this resident. Field `resident`."""

    code = "refills.no_community_clinic"


@dataclass(frozen=True, slots=True)
class Discharge:
    """Somebody leaves hospital: the first day at home again."""

    resident: str
    day: date


@dataclass(frozen=True, slots=True)
class Discharged:
    """What came of it: the clinic, the prescriptions it goes on with, the number of its task and
    the last day for that. Of `unclear` prescriptions nobody said whether they are long ones."""

    clinic: str
    prescriptions: tuple[str, ...]
    unclear: tuple[str, ...]
    task: int
    due_on: date


def lately_home(stays: Iterable[Stay], within: timedelta, day: date) -> list[Discharge]:
    """The discharges among stays that are no longer ago than that."""
    return [
        Discharge(one.resident, one.until)
        for one in stays
        if one.until is not None and day - within <= one.until <= day
    ]


def from_elsewhere(
    written: Iterable[Prescription], discharge: Discharge, clinic: str
) -> list[Prescription]:
    """The prescriptions of other places that still hold on the day of the discharge."""
    day = discharge.day
    return [
        one
        for one in written
        if one.clinic != clinic
        and one.issued_on <= day
        and (one.stopped_on is None or one.stopped_on > day)
    ]
