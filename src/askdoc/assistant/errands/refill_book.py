"""What is known of a patient's medicine at home: the port that `askdoc.storage` implements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from askdoc.care.prescriptions import Prescription
from askdoc.care.refills import Ended, NextRefill, Stock


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """One medicine. `stock` is None before the first collection; `ended` says why no refill comes.

    `refill` is when the next supply is due; None where it ended or nothing was collected.
    """

    prescription: Prescription
    stock: Stock | None
    ended: Ended | None
    refill: NextRefill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplies:
    """All of one patient's medicines as the clinic's records tell them.

    `known_until`: up to when it told them, `is_stale`: that is too long ago. `is_reminded`: a
    reminder would reach somebody. `doctor` is the family doctor of the contract; `waits` is a wish
    for a refill that the doctor has not answered yet. `unreadable` counts rows that are wrong.
    """

    medicines: tuple[Supply, ...]
    known_until: datetime | None = None
    is_stale: bool = False
    is_reminded: bool = False
    doctor: str = ""
    waits: int | None = None
    unreadable: int = 0


class RefillBook(Protocol):
    """What a conversation may read of refills; everything else is a doer's."""

    def supplies(self, resident: str, now: datetime) -> Supplies | None:
        """What a patient should have at home; None when no clinic knows them."""

    def open_reminder(self, resident: str) -> str | None:
        """The token of a reminder that was sent and not answered yet."""
