"""The sample clinic: its residents with prescriptions, collections, contracts and a past.

What a reader would not guess: who is what follows from a resident's number, so that every start
makes the same clinic, and exactly so many reminders are due on its day.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from askdoc.bootstrap import House
from askdoc.care.feed import Contract, Feed, ResidentRow
from askdoc.care.loop import Answer, Barrier
from askdoc.care.prescriptions import Dispensing, Prescription
from askdoc.channels.delivering import Sender
from askdoc.policy import Book
from askdoc.rule_watch import watch
from askdoc.sample.phones import CHANNEL, SamplePhones
from askdoc.storage.clinic_settings import change_settings
from askdoc.storage.feeds import keep_feed
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.record_links import Record, link
from askdoc.storage.refill_answers import answer_reminder, tokens_at
from askdoc.storage.reminders import plan_reminders

CLINIC = "示例诊所"
MEDICINES = (
    "amlodipine-tablet",
    "metformin-tablet",
    "valsartan-capsule",
    "acarbose-tablet",
    "irbesartan-tablet",
    "glimepiride-tablet",
    "felodipine-tablet",
    "levothyroxine-tablet",
)
_DOCTORS = ("李建国（示例）", "周敏（示例）", "吴强（示例）", "郑兰（示例）")
_DAY = timedelta(days=1)
# When those with a past were reminded.
_PAST = timedelta(days=19)
_SUPPLY = 28
_MANY = 1_000_000
# Of a hundred residents: so many have a past with us, so many of those got no reminders then.
_WITH_PAST, _CONTROL_PERCENT = 6, 33
# What residents answered in the past, in turn; None: nothing.
_ANSWERED: tuple[tuple[Answer, Barrier | None] | None, ...] = (
    ("collected", None),
    None,
    ("renew", None),
    ("trouble", "no_time"),
    None,
    ("trouble", "cost"),
    ("collected", None),
    ("trouble", "side_effect"),
    None,
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large the sample is: residents, and for how many of them a reminder is due today."""

    residents: int = 9000
    due: int = 3000


WHOLE = Size()


def resident(number: int) -> str:
    """The id of a sample resident in the clinic's records."""
    return f"示例{number:04}"


def sample_region(book: Book) -> str:
    """Where the sample people live."""
    cities = (path for path, one in book.regions.items() if one.level == "city")
    return next(path for path in cities if path.count("/") == 1)


def fill_clinic(house: House, people: dict[str, str], now: datetime, size: Size) -> None:
    """Make the clinic, its past month, and link the people to be (by role) to its records."""
    database, today = house.database, now.astimezone(house.reminder_rules.zone).date()
    feed = Feed()
    for number in range(size.residents):
        _add(feed, number, today, size)
    collected = Feed(dispensings=feed.dispensings)
    collected.rows = {("dispensings", one.id): at for at, one in enumerate(feed.dispensings, 2)}
    with database.writing() as kept:
        change_settings(kept, CLINIC, {"region": sample_region(house.book)})
    keep_feed(database, CLINIC, replace(feed, dispensings=[]), now - _PAST)
    _live_the_past(house, now - _PAST)
    keep_feed(database, CLINIC, collected, now)
    with database.writing() as kept:
        link(kept, people["resident"], Record(resident=resident(0)))
        link(kept, people["doctor"], Record(clinic=CLINIC))
        link(kept, people["clinic_staff"], Record(clinic=CLINIC))
    watch(house, database, today)


def _add(feed: Feed, number: int, today: date, size: Size) -> None:
    id = resident(number)
    has_past = number % 100 >= 100 - _WITH_PAST and number >= size.due
    # A few are due and have left no number.
    is_silent = number >= size.due and number % 150 == 0
    channel, chat = ("", "") if is_silent else (CHANNEL, id)
    agreed_on = today - _DAY * 60
    feed.residents.append(ResidentRow(id=id, channel=channel, chat=chat, agreed_on=agreed_on))
    if number < size.due or is_silent:
        # The reminder is five days before the medicine runs out: today or yesterday.
        issued = today - _DAY * (_SUPPLY - 5 + number % 2)
    elif has_past:
        issued = today - _DAY * (41 + number % 4)
    else:
        issued = today - _DAY * (number % 19)
    first = _prescription(number, "", issued)
    feed.prescriptions.append(first)
    if number % 10 == 0:
        feed.prescriptions.append(_prescription(number, "b", issued))
    if has_past and number % 7 < 5:
        late = 4 if number % 7 == 0 else -1
        day = issued + _DAY * (_SUPPLY + late)
        feed.dispensings.append(Dispensing(f"取药{number}", first.id, day, first.quantity))
    if number % 3 == 1:
        feed.contracts.append(_contract(number, today))


def _prescription(number: int, also: str, issued: date) -> Prescription:
    place = number // 2 + len(also)
    return Prescription(
        id=f"处方{number}{also}",
        resident=resident(number),
        clinic=CLINIC,
        medicine=MEDICINES[place % len(MEDICINES)],
        issued_on=issued,
        dose_per_day=Decimal(1),
        quantity=Decimal(_SUPPLY),
        doctor=_DOCTORS[number % len(_DOCTORS)],
    )


def _contract(number: int, today: date) -> Contract:
    served = None if number % 8 == 0 else today - _DAY * (number % 80)
    return Contract(
        resident=resident(number),
        since=today - _DAY * 330,
        until=today + _DAY * (20 + number % 400),
        doctor=_DOCTORS[number % len(_DOCTORS)],
        served_on=served,
    )


def _live_the_past(house: House, then: datetime) -> None:
    """Remind those with a past when it was time, some not, and keep what some of them answered."""
    rules = replace(house.reminder_rules, control_share=_CONTROL_PERCENT)
    sending = replace(house.sending_rules, per_minute=_MANY)
    database, phones = house.database, SamplePhones(None, lambda: then)
    plan_reminders(database, rules, house.own_days, then)
    Sender(SqlOutbox(database), [phones], sending, lambda: then).send_due(_MANY)
    for number, token in enumerate(tokens_at(database, CLINIC)):
        said = _ANSWERED[number % len(_ANSWERED)]
        if said is not None:
            answer, barrier = said
            answer_reminder(database, token, answer, then + _DAY, barrier)
