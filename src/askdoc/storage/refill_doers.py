"""Carries out what people confirmed about refills and reminders, in the turn's transaction."""

from collections.abc import Callable, Mapping
from typing import get_args

from sqlalchemy import Connection, select, update

from askdoc.assistant.proposal import Order, Receipt
from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.loop import BARRIERS, Answer, UnknownReminder
from askdoc.care.reminders import TOPIC
from askdoc.storage.care_tables import refill_cycles, residents
from askdoc.storage.database import Database, joined
from askdoc.storage.deeds import Doer
from askdoc.storage.desk_tables import tasks
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.outbox_tables import letters
from askdoc.storage.refill_answers import answer_reminder
from askdoc.storage.refill_book import open_wish
from askdoc.storage.task_rows import NewTask, open_task

_T = tasks.c


def refill_doers(database: Callable[[], Database]) -> Mapping[str, Doer]:
    """The doers by name; the database is opened when one is first needed."""

    def answer(connection: Connection, order: Order) -> Receipt:
        said = order.details
        barrier = next((one for one in BARRIERS if one == said.get("barrier")), None)
        kind = next(one for one in get_args(Answer) if one == said["answer"])
        within = joined(database(), connection)
        answer_reminder(within, str(said["token"]), kind, order.at, barrier)
        return Receipt(str(said["token"]))

    def stop(connection: Connection, order: Order) -> Receipt:
        resident = str(order.details["resident"])
        SqlOutbox(joined(database(), connection)).opt_out(resident, TOPIC, order.at)
        return Receipt(resident)

    def resume(connection: Connection, order: Order) -> Receipt:
        resident = str(order.details["resident"])
        SqlOutbox(joined(database(), connection)).opt_in(resident, TOPIC)
        return Receipt(resident)

    return {
        "ask_refill": ask_refill,
        "set_hours": set_hours,
        "answer_reminder": answer,
        "stop_reminders": stop,
        "resume_reminders": resume,
    }


def ask_refill(connection: Connection, order: Order) -> Receipt:
    """Leave a wish for a refill to the family doctor; one that waits already is the same wish."""
    resident = str(order.details["resident"])
    number = open_wish(connection, resident)
    if number is None:
        clinic = connection.scalar(select(residents.c.clinic).where(residents.c.id == resident))
        if clinic is None:
            raise UnknownReminder
        wish = NewTask(
            kind="renew",
            resident=resident,
            about=_letter(connection, resident) or f"asked/{order.waiting.key}",
            recipient="doctor",
        )
        opened = open_task(connection, wish, in_utc(order.at))
        number = connection.execute(select(_T.number).where(_T.id == opened)).scalar_one()
    return Receipt(str(number), {"doctor": str(order.details["doctor"])})


def set_hours(connection: Connection, order: Order) -> Receipt:
    """Keep the hours in which a person wants reminders, also for those that wait to be sent."""
    told = order.details
    hours = {"window_since": int(told["since"]), "window_until": int(told["until"])}
    resident = str(told["resident"])
    connection.execute(update(residents).where(residents.c.id == resident).values(**hours))
    waiting = (letters.c.recipient == resident) & (letters.c.topic == TOPIC)
    unsent = update(letters).where(waiting, letters.c.next_at.is_not(None))
    connection.execute(unsent.values(**hours))
    return Receipt(resident, {"since": str(told["since"]), "until": str(told["until"])})


def _letter(connection: Connection, resident: str) -> str | None:
    """The newest reminder that nobody answered with this wish yet: it is answered by it."""
    its = refill_cycles.c
    answered = (
        select(_T.number)
        .where(_T.resident == resident, _T.about == its.letter, _T.kind == "renew")
        .exists()
    )
    asked = (
        select(its.letter)
        .join(letters, (letters.c.subject == its.resident) & (letters.c.cycle == its.letter))
        .where(its.resident == resident, letters.c.topic == TOPIC, ~answered)
        .order_by(letters.c.number.desc())
        .limit(1)
    )
    letter: str | None = connection.scalar(asked)
    return letter
