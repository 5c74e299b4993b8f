"""What people are to be told of their slots leaves through the outbox, once and while it is so."""

from datetime import timedelta

from askdoc.care.referrals.requests import Arranged
from askdoc.storage.booking_ends import cancel
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import hold_slot
from askdoc.storage.schedule import publish, withdraw
from askdoc.storage.slot_requests import apply, enter_result
from askdoc.storage.slot_sweep import sweep
from askdoc.storage.waiting_list import wait_for

from .conftest import NOW, TODAY, WEEK, book, free, known, letters, session


def test_a_booking_is_told_once_without_its_department(office: Office) -> None:
    known(office, "ming")
    publish(office, [], [session(9)], NOW)
    booked = book(office, "ming", free(office)[0], "k1")

    done = sweep(office, NOW)
    again = sweep(office, NOW)

    (letter,) = letters(office)
    assert (done.letters, again.letters) == (1, 0)
    assert letter.routes[0].chat == "chat"
    assert booked.id in letter.text
    assert "12月4日（周五）上午9:00-9:30" in letter.text
    assert "心内科" not in letter.text
    # Opting out of what nobody asked for does not hide what the person did.
    assert not letter.unasked


def test_who_cannot_be_written_to_keeps_the_notice_until_there_is_a_way(office: Office) -> None:
    publish(office, [], [session(9)], NOW)
    book(office, "ming", free(office)[0], "k1")
    known(office, "hong", way=("", ""))

    before = sweep(office, NOW)
    known(office, "ming")
    after = sweep(office, NOW)

    assert (before.letters, before.unreachable) == (0, 1)
    assert (after.letters, after.unreachable) == (1, 0)


def test_what_waits_to_be_sent_is_called_back_when_the_booking_is_left(office: Office) -> None:
    known(office, "ming")
    publish(office, [], [session(9)], NOW)
    booked = book(office, "ming", free(office)[0], "k1")
    sweep(office, NOW)

    cancel(office, "ming", booked.id, NOW)

    assert letters(office) == []


def test_a_visit_is_reminded_of_on_its_day_while_it_is_booked(office: Office) -> None:
    known(office, "ming", "hong")
    publish(office, [], [session(9)], NOW)
    first, second = free(office)[:2]
    book(office, "ming", first, "k1")
    gone = book(office, "hong", second, "k2")
    sweep(office, NOW)
    cancel(office, "hong", gone.id, NOW)

    sweep(office, NOW + timedelta(days=8))

    reminders = [one for one in letters(office) if one.kind == "reminder"]
    assert [(one.recipient, one.unasked) for one in reminders] == [("ming", True)]


def test_an_offer_says_until_when_and_lapses_unsent(office: Office) -> None:
    known(office, "ming", "hong")
    publish(office, [], [session(9)], NOW)
    held = [hold_slot(office, "ming", one, NOW) for one in free(office)]
    wait_for(office, "hong", WEEK, NOW)
    cancel(office, "ming", held[0].id, NOW)

    sweep(office, NOW)

    (letter,) = [one for one in letters(office) if one.recipient == "hong"]
    assert "11:30" in letter.text
    assert letter.not_after == NOW + timedelta(minutes=120)


def test_a_hospital_that_cancels_leads_to_one_message_with_what_is_free(office: Office) -> None:
    known(office, "ming")
    publish(office, [], [session(13), session(14, doctor="d2")], NOW)
    book(office, "ming", free(office)[0], "k1")
    sweep(office, NOW)

    withdraw(office, "north", "d1", TODAY + timedelta(days=13), NOW)
    sweep(office, NOW)

    (letter,) = letters(office)
    assert "停诊" in letter.text
    assert "12月9日（周三）" in letter.text


def test_a_request_is_applied_for_until_staff_enter_the_result(office: Office) -> None:
    known(office, "ming")
    asked = apply(office, "ming", WEEK, NOW)
    sweep(office, NOW)
    assert "已预约" not in "".join(one.text for one in letters(office))

    given = Arranged(
        hospital="北院", department="心内科", doctor="某医生",
        day=TODAY + timedelta(days=9), begins=540, ends=570, number="A17",
    )  # fmt: skip
    enter_result(office, asked.id, given, NOW)
    sweep(office, NOW)

    assert [one.text for one in letters(office) if "A17" in one.text and "已预约" in one.text]
