"""What a person is told of a slot in a message that is pushed.

It names the time and the hospital, and never the department: a department tells of a disease, and
a pushed message is read by whoever holds the phone.
"""

from collections.abc import Sequence

from askdoc.care.referrals.bookings import Booking
from askdoc.care.referrals.days_said import day_words, time_words
from askdoc.care.referrals.requests import Request
from askdoc.care.referrals.slots import Slot
from askdoc.care.referrals.spoken import slot_words
from askdoc.china_days import CHINA
from askdoc.wording import Lang, phrase


def booking_words(kind: str, booking: Booking, others: Sequence[Slot], lang: Lang) -> str:
    """The message of a notice about a booking; `others` are slots that may stand in for it."""
    until = booking.held_until
    told = phrase(
        f"referrals.notice.{kind}",
        lang,
        when=slot_words(booking.slot, lang),
        hospital=booking.slot.hospital.name,
        id=booking.id,
        until="" if until is None else until.astimezone(CHINA).strftime("%H:%M"),
    )
    if kind not in ("withdrawn", "changed"):
        return told
    return "\n".join([told, *_instead(others, lang)])


def request_words(request: Request, lang: Lang) -> str:
    """The message of a notice about a request that staff carry."""
    given = request.arranged
    if given is None:
        return phrase(f"referrals.notice.request_{request.state}", lang, id=request.id)
    day, time = day_words(given.day, lang), time_words(given.begins, given.ends, lang)
    when = phrase("referrals.day_and_time", lang, day=day, time=time)
    return phrase(
        "referrals.notice.request_arranged",
        lang,
        when=when,
        hospital=given.hospital,
        number=given.number,
    )


def _instead(others: Sequence[Slot], lang: Lang) -> list[str]:
    if not others:
        return [phrase("referrals.notice.none_instead", lang)]
    return [
        phrase("referrals.notice.instead", lang),
        *(f"· {slot_words(one, lang)} {one.hospital.name}" for one in others),
    ]
