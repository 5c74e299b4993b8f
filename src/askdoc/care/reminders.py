"""Which refills of one person a reminder tells of today, and the letter that tells of them.

The text names neither medicine nor disease nor clinic: others read a phone, too. The one that
names the medicines goes only to chats that asked for it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zlib import crc32
from zoneinfo import ZoneInfo

from askdoc.care.open_days import OpenDays
from askdoc.care.prescriptions import Dispensing, Prescription, Resident
from askdoc.care.refills import (
    NextRefill,
    RefillRules,
    due_together,
    end_of,
    next_refill,
    stock_of,
)
from askdoc.channels.letters import Letter, Route, Window
from askdoc.channels.port import Choice
from askdoc.wording import Lang, phrase

TOPIC = "refill"
# What a person can answer, in the order in which it is shown.
ANSWERS = ("collected", "renew", "trouble", "later")
Cycle = tuple[str, str]


def _nameless(medicine: str) -> None:
    """What a medicine is called where nobody can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRules:
    """`late_days` after its day a reminder is missed; `control_share` of 100 people get none.

    `name_of` says what a medicine is called, by its id, for people who want that in reminders.
    """

    refill: RefillRules
    zone: ZoneInfo
    late_days: int = 5
    control_share: int = 0
    name_of: Callable[[str], str | None] = _nameless


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How a person is reached: the language, the ways in order, the hours wanted."""

    lang: Lang = "zh"
    routes: tuple[Route, ...] = ()
    window: Window | None = None


def refills_of(
    resident: Resident,
    prescriptions: Iterable[Prescription],
    dispensings: Collection[Dispensing],
    open_days: OpenDays,
    rules: RefillRules,
    day: date,
) -> list[NextRefill]:
    """The next refill of every prescription that still holds on `day`."""
    found = []
    for one in prescriptions:
        stock = stock_of(one, dispensings)
        if stock is not None and end_of(one, resident, stock.since, day) is None:
            found.append(next_refill(one, stock, open_days, rules))
    return found


def to_remind(
    refills: Iterable[NextRefill], known: Collection[Cycle], rules: RefillRules, day: date
) -> list[NextRefill]:
    """What one reminder tells of today; cycles that were reminded of before are `known`."""
    new = [one for one in refills if cycle_of(one) not in known]
    return due_together(new, day, rules)


def cycle_of(refill: NextRefill) -> Cycle:
    """What a reminder is about, for good: a prescription and the collection that runs out."""
    return refill.prescription.id, refill.cycle


def is_control(resident: str, share: int) -> bool:
    """Whether a person is among those who get no reminders, so that others can be compared.

    The same person always is or is not; with a larger share everybody stays who was.
    """
    return crc32(f"control {resident}".encode()) % 100 < share


def reminder(refills: list[NextRefill], reached: Reached, rules: ReminderRules) -> Letter:
    """The letter that tells a person of these refills. Raises NoRoute without a way to them."""
    first = refills[0]
    begins = datetime.combine(min(one.day for one in refills), time.min, rules.zone)
    token = token_of(cycle_of(first))
    lang = reached.lang
    last = min(one.runs_out for one in refills) - timedelta(days=1)
    until = day_words(last, lang)
    return Letter(
        topic=TOPIC,
        subject=first.prescription.resident,
        # By the first refill in it: each is in one letter only.
        cycle="/".join(cycle_of(first)),
        kind="reminder",
        recipient=first.prescription.resident,
        routes=reached.routes,
        text=phrase("refills.reminder", lang, until=until),
        named=_named(refills, rules, until, lang),
        brief=phrase("refills.reminder_brief", lang, month=last.month, day=last.day),
        lang=lang,
        choices=tuple(
            Choice(f"{TOPIC}:{answer}:{token}", phrase(f"refills.answer.{answer}", lang))
            for answer in ANSWERS
        ),
        not_before=begins,
        not_after=begins + timedelta(days=rules.late_days + 1),
        window=reached.window,
    )


def _named(refills: list[NextRefill], rules: ReminderRules, until: str, lang: Lang) -> str | None:
    """The reminder with the names of the medicines; None where one has no name."""
    names = [rules.name_of(one.prescription.medicine) for one in refills]
    known = list(dict.fromkeys(name for name in names if name is not None))
    if None in names:
        return None
    medicines = phrase("refills.between_names", lang).join(known)
    return phrase("refills.reminder_named", lang, medicines=medicines, until=until)


def token_of(cycle: Cycle) -> str:
    """What a button carries instead of the prescription's id."""
    return sha256("\0".join(cycle).encode()).hexdigest()[:32]


def day_words(day: date, lang: Lang) -> str:
    """A day as it is told to a person."""
    return phrase("refills.day", lang, year=day.year, month=day.month, day=day.day)
