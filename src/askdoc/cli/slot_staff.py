"""`askdoc slots apply, requests, answer, tend`: what goes through staff, and what a sweep does."""

import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from askdoc.bootstrap import House
from askdoc.care.referrals.asking import read_days
from askdoc.care.referrals.bookings import Wanted
from askdoc.care.referrals.days_said import day_words, time_words
from askdoc.care.referrals.requests import Arranged, Request
from askdoc.china_days import today_of
from askdoc.cli.tables import lines
from askdoc.cli.words import BadOption, print_json
from askdoc.storage.hospital_rounds import ask, rounds_of
from askdoc.storage.slot_requests import (
    apply,
    enter_refusal,
    enter_result,
    enter_unclear,
    open_requests,
)
from askdoc.storage.slot_sweep import sweep
from askdoc.wording import Lang, phrase

_WITHIN_DAYS = 28
_TIME = re.compile(r"(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """What staff typed about a request."""

    day: date | None
    time: str | None
    told: dict[str, str | None]
    none: str | None
    unclear: str | None


def apply_for(house: House, person: str, said: str, lang: Lang, json: bool) -> None:
    """Put a request down for staff; its words are kept as they are. Raises UnclearDay."""
    now = datetime.now(UTC)
    first, last = read_days(said, today_of(now), _WITHIN_DAYS)
    asked = apply(
        house.booking_office, person, Wanted(departments=(said,), first=first, last=last), now
    )
    if json:
        print_json(asked)
        return
    days = {"first": day_words(first, lang), "last": day_words(last, lang)}
    lines([phrase("referrals.request.applied", lang, id=asked.id, said=said, **days)])


def show_open(house: House, lang: Lang, json: bool) -> None:
    """The requests that staff have to do something about."""
    found = open_requests(house.booking_office)
    if json:
        print_json(found)
        return
    if not found:
        lines([phrase("referrals.request.none", lang)])
    lines(_line(one, lang) for one in found)


def answer(house: House, request: str, said: Said, lang: Lang, json: bool) -> None:
    """Enter the platform's result. Raises BadOption, UnknownRequest."""
    now = datetime.now(UTC)
    if said.none is not None:
        done = enter_refusal(house.booking_office, request, said.none, now)
    elif said.unclear is not None:
        done = enter_unclear(house.booking_office, request, said.unclear, now)
    else:
        done = enter_result(house.booking_office, request, _arranged(said), now)
    if json:
        print_json(done)
        return
    lines([_line(done, lang)])


def tend(house: House, lang: Lang, json: bool) -> None:
    """Do now what the worker does by itself, and say what it came to."""
    office, now = house.booking_office, datetime.now(UTC)
    known = {id: one.hospital for id, one in house.hospital_connections.items()}
    asked = [ask(one, now) for one in rounds_of(office, house.hospital_systems, known)]
    done = sweep(office, now)
    if json:
        print_json(asdict(done) | {"hospitals": asked})
        return
    lines([phrase("referrals.cli.tended", lang, **asdict(done))])
    lines(
        phrase(
            f"referrals.cli.{'hospital_silent' if one.is_silent else 'hospital_asked'}",
            lang,
            **asdict(one) | {"hospital": known[one.hospital].name},
        )
        for one in asked
    )


def _line(one: Request, lang: Lang) -> str:
    if one.arranged is None:
        said = "；".join(one.wanted.departments)
        return phrase(
            f"referrals.request.line_{one.state}", lang, id=one.id, said=said, note=one.note
        )
    given = one.arranged
    return phrase(
        "referrals.request.arranged",
        lang,
        when=phrase(
            "referrals.day_and_time",
            lang,
            day=day_words(given.day, lang),
            time=time_words(given.begins, given.ends, lang),
        ),
        hospital=given.hospital,
        department=given.department,
        doctor=given.doctor,
        number=given.number,
    )


def _arranged(said: Said) -> Arranged:
    lacking = [name for name, one in said.told.items() if not one]
    lacking += [name for name in ("day", "time") if not getattr(said, name)]
    if lacking or said.day is None:
        raise BadOption(
            option="slots answer", said="", allowed=", ".join(f"--{one}" for one in lacking)
        )
    found = _TIME.fullmatch(said.time or "")
    minutes = [int(one) for one in found.groups()] if found else [0, 0, 0, 0]
    begins, ends = minutes[0] * 60 + minutes[1], minutes[2] * 60 + minutes[3]
    if not 0 <= begins < ends <= 24 * 60:
        raise BadOption(option="--time", said=said.time, allowed="9:00-9:30")
    told = {name: str(one) for name, one in said.told.items()}
    return Arranged(**told, day=said.day, begins=begins, ends=ends)
