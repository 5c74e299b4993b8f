"""What people are to be told of their slots leaves through the outbox, once and while it is so."""

from datetime import timedelta

from sqlalchemy import insert

from askdoc.care.referrals.requests import Arranged
from askdoc.channels.letters import Letter
from askdoc.storage.bookings import book_slot, cancel, hold_slot
from askdoc.storage.care_tables import clinics, residents
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.schedule import publish, withdraw
from askdoc.storage.slot_desk import Desk
from askdoc.storage.slot_requests import apply, enter_result
from askdoc.storage.slot_sweep import sweep
from askdoc.storage.waiting_list import wait_for

from .conftest import NOW, TODAY, WEEK, free, session


def known(desk: Desk, *people: str, routes: list[list[str]] | None = None) -> None:
    with desk.database.writing() as kept:
        kept.execute(
            insert(clinics), {"id": f"c-{people[0]}", "open_at_weekends": False, "own_days": {}}
        )
        ways = [["memory", "chat"]] if routes is None else routes
        for one in people:
            row = {"id": one, "clinic": f"c-{people[0]}", "lang": "zh", "routes": ways}
            kept.execute(insert(residents), row)


def waiting(desk: Desk) -> list[Letter]:
    return [one.letter for one in SqlOutbox(desk.database).listed(["due"])]


def test_a_booking_is_told_once_without_its_department(desk: Desk) -> None:
    known(desk, "ming")
    publish(desk, [], [session(9)], NOW)
    booked = book_slot(desk, "ming", free(desk)[0], "k1", NOW)

    done = sweep(desk, NOW)
    again = sweep(desk, NOW)

    (letter,) = waiting(desk)
    assert (done.letters, again.letters) == (1, 0)
    assert letter.routes[0].chat == "chat"
    assert booked.id in letter.text
    assert "12月4日（周五）上午9:00-9:30" in letter.text
    assert "心内科" not in letter.text
    # Opting out of what nobody asked for does not hide what the person did.
    assert not letter.unasked


def test_who_cannot_be_written_to_keeps_the_notice_until_there_is_a_way(desk: Desk) -> None:
    publish(desk, [], [session(9)], NOW)
    book_slot(desk, "ming", free(desk)[0], "k1", NOW)
    known(desk, "hong", routes=[])

    before = sweep(desk, NOW)
    known(desk, "ming")
    after = sweep(desk, NOW)

    assert (before.letters, before.unreachable) == (0, 1)
    assert (after.letters, after.unreachable) == (1, 0)


def test_what_waits_to_be_sent_is_called_back_when_the_booking_is_left(desk: Desk) -> None:
    known(desk, "ming")
    publish(desk, [], [session(9)], NOW)
    booked = book_slot(desk, "ming", free(desk)[0], "k1", NOW)
    sweep(desk, NOW)

    cancel(desk, "ming", booked.id, NOW)

    assert waiting(desk) == []


def test_a_visit_is_reminded_of_on_its_day_while_it_is_booked(desk: Desk) -> None:
    known(desk, "ming", "hong")
    publish(desk, [], [session(9)], NOW)
    first, second = free(desk)[:2]
    book_slot(desk, "ming", first, "k1", NOW)
    gone = book_slot(desk, "hong", second, "k2", NOW)
    sweep(desk, NOW)
    cancel(desk, "hong", gone.id, NOW)

    sweep(desk, NOW + timedelta(days=8))

    reminders = [one for one in waiting(desk) if one.kind == "reminder"]
    assert [(one.recipient, one.unasked) for one in reminders] == [("ming", True)]


def test_an_offer_says_until_when_and_lapses_unsent(desk: Desk) -> None:
    known(desk, "ming", "hong")
    publish(desk, [], [session(9)], NOW)
    held = [hold_slot(desk, "ming", one, NOW) for one in free(desk)]
    wait_for(desk, "hong", WEEK, NOW)
    cancel(desk, "ming", held[0].id, NOW)

    sweep(desk, NOW)

    (letter,) = [one for one in waiting(desk) if one.recipient == "hong"]
    assert "11:30" in letter.text
    assert letter.not_after == NOW + timedelta(minutes=120)


def test_a_hospital_that_cancels_leads_to_one_message_with_what_is_free(desk: Desk) -> None:
    known(desk, "ming")
    publish(desk, [], [session(13), session(14, doctor="d2")], NOW)
    book_slot(desk, "ming", free(desk)[0], "k1", NOW)
    sweep(desk, NOW)

    withdraw(desk, "north", "d1", TODAY + timedelta(days=13), NOW)
    sweep(desk, NOW)

    (letter,) = waiting(desk)
    assert "停诊" in letter.text
    assert "12月9日（周三）" in letter.text


def test_a_request_is_applied_for_until_staff_enter_the_result(desk: Desk) -> None:
    known(desk, "ming")
    asked = apply(desk, "ming", WEEK, NOW)
    sweep(desk, NOW)
    assert "已预约" not in "".join(one.text for one in waiting(desk))

    given = Arranged(
        hospital="北院", department="心内科", doctor="某医生",
        day=TODAY + timedelta(days=9), begins=540, ends=570, number="A17",
    )  # fmt: skip
    enter_result(desk, asked.id, given, NOW)
    sweep(desk, NOW)

    assert [one.text for one in waiting(desk) if "A17" in one.text and "已预约" in one.text]
