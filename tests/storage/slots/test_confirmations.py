"""What is confirmed at once by two is booked once; a confirmation is short for all who wait."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from time import sleep

import pytest
from sqlalchemy import event

from askdoc.care.referrals.bookings import Booking
from askdoc.care.referrals.errors import KeyUsed, NotBooked
from askdoc.storage.booking_ends import cancel
from askdoc.storage.booking_lookup import booking_of
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import confirm, hold_slot
from askdoc.storage.database import joined
from askdoc.storage.schedule import publish
from askdoc.storage.slot_notices import due

from .conftest import NOW, free, session

Act = Callable[[Office], Booking]


@pytest.fixture
def slots(office: Office) -> list[int]:
    publish(office, [], [session(5, persons=2)], NOW)
    return free(office)


@pytest.fixture
def holds(office: Office, slots: list[int]) -> list[str]:
    """Two that Ming has."""
    return [hold_slot(office, "ming", one, NOW).id for one in slots[:2]]


def confirming(hold: str, key: str) -> Act:
    return lambda office: confirm(office, "ming", hold, key, NOW)


def during(office: Office, first: Act, second: Act) -> Future[Booking]:
    """What became of the second, who came before the first was kept and waited for it."""
    with ThreadPoolExecutor(1) as other:
        with office.database.writing() as connection:
            first(replace(office, database=joined(office.database, connection)))
            came = other.submit(second, office)
            sleep(0.2)
            assert not came.done()
        came.exception(10)
    return came


def booked_notices(office: Office) -> list[str | None]:
    return [one.booking for one in due(office.database, NOW) if one.kind == "booked"]


def test_the_same_from_two_phones_is_one_booking(office: Office, holds: list[str]) -> None:
    act = confirming(holds[0], "k1")
    assert during(office, act, act).result() == booking_of(office, "ming", holds[0])
    assert booked_notices(office) == [holds[0]]


def test_who_confirms_it_with_another_key_is_told_that_it_is_booked(
    office: Office, holds: list[str]
) -> None:
    later = during(office, confirming(holds[0], "k1"), confirming(holds[0], "k2"))
    assert isinstance(later.exception(), NotBooked)
    assert booked_notices(office) == [holds[0]]


def test_one_key_books_one_of_two_and_leaves_the_other_held(
    office: Office, holds: list[str]
) -> None:
    later = during(office, confirming(holds[0], "k1"), confirming(holds[1], "k1"))
    assert isinstance(later.exception(), KeyUsed)
    states = [booking_of(office, "ming", one).state for one in holds]
    assert (states, booked_notices(office)) == (["booked", "held"], [holds[0]])


def test_what_is_given_back_meanwhile_is_not_booked(office: Office, holds: list[str]) -> None:
    def give_back(inside: Office) -> Booking:
        return cancel(inside, "ming", holds[0], NOW)

    later = during(office, give_back, confirming(holds[0], "k1"))
    assert isinstance(later.exception(), NotBooked)
    assert booking_of(office, "ming", holds[0]).state == "given_back"
    assert booked_notices(office) == []


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """What is asked of the database, without what begins and ends transactions."""
    seen: list[str] = []
    with office.database.bare() as driver:
        if office.database.file:
            # Kept for whoever comes next, so all that follows is seen.
            driver.set_trace_callback(seen.append)
    if not office.database.file:
        event.listen(
            office.database.engine, "before_cursor_execute", lambda *told: seen.append(told[2])
        )
    yield seen
    seen[:] = [one for one in seen if one.split()[0] in ("SELECT", "INSERT", "UPDATE", "WITH")]


def test_a_confirmation_is_one_way_to_a_server_and_three_statements_on_a_file(
    office: Office, holds: list[str]
) -> None:
    with statements(office) as seen:
        confirm(office, "ming", holds[0], "k1", NOW)
    assert len(seen) == (3 if office.database.file else 1), seen
