"""A racer of `bookings.py`: a process that holds, confirms, moves and cancels at random.

It writes down what it is about to do; killed and started again, it asks once more with the same
key for what it never heard of.
"""

import json
import os
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from booking_log import follow, unanswered

from askdoc.care.referrals.bookings import Booking, Wanted
from askdoc.care.referrals.hold_rules import HoldRules
from askdoc.care.referrals.terms import Terms
from askdoc.storage.booking_ends import cancel, lapse_holds
from askdoc.storage.booking_office import Office, open_office
from askdoc.storage.bookings import confirm, hold_slot, reschedule
from askdoc.storage.failures import Busy, Unreachable
from askdoc.storage.waiting_list import offer_free, wait_for
from askdoc.wording import AskdocError

Address = Path | str
# A second of the race is ten minutes of its clients: holds of 15 minutes end while they run.
SPEED = 600
BEGUN = datetime(2026, 11, 25, 1, tzinfo=UTC)
DAY = date(2026, 12, 3)
PEOPLE, STOP = 60, "stop"
RULES = HoldRules(hold_minutes=15, offer_minutes=20, most_holds=2, queue=("contracted",))
TERMS = Terms(
    priority_share=Decimal(0),
    public_lead_days=14,
    priority_lead_days=14,
    kept_until_days=14,
    doors=(),
)
WANTED = Wanted(departments=("心内科",), first=DAY, last=DAY)


def office_at(address: Address) -> Office:
    """An office with the rules of the race, once its database is there."""
    while True:
        try:
            return open_office(address, RULES, lambda *_: TERMS)
        except (Busy, Unreachable):
            time.sleep(0.05)


class Client:
    """One racer. Each line of its log is an intention, or what came of it."""

    def __init__(self, address: Address, log: Path, began: float, seed: int) -> None:
        self._office = office_at(address)
        self._began = began
        self._chance = random.Random(seed)
        self._file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._held: list[tuple[str, str]] = []
        told: dict[str, str] = {}
        follow(log, told)
        self._booked = [(person, booking) for booking, person in told.items()]

    def now(self) -> datetime:
        """The moment by the race's clock."""
        return BEGUN + timedelta(seconds=(time.time() - self._began) * SPEED)

    def race(self, slots: int, stop: Path) -> None:
        """Act at random until the file is there."""
        while not stop.exists():
            self._act(slots)

    def finish(self, told: dict[str, Any]) -> None:
        """Ask again what an earlier life of this client never heard the answer to."""
        self._ask(told)

    def _act(self, slots: int) -> None:
        draw, person = self._chance.random(), f"p{self._chance.randrange(PEOPLE)}"
        slot = 1 + self._chance.randrange(slots)
        if draw < 0.3:
            self._hold(person, slot)
        elif draw < 0.55 and self._held:
            self._confirm(self._chance.randrange(len(self._held)))
        elif draw < 0.7:
            self._hold(person, slot)
            self._confirm(-1)
        elif draw < 0.82 and self._booked:
            person, booking = self._booked.pop(self._chance.randrange(len(self._booked)))
            self._ask({"do": "move", "person": person, "booking": booking, "slot": slot})
        elif draw < 0.95 and self._booked:
            person, booking = self._booked.pop(self._chance.randrange(len(self._booked)))
            self._ask({"do": "cancel", "person": person, "booking": booking})
        elif draw > 0.98:
            self._tend(person)

    def _hold(self, person: str, slot: int) -> None:
        try:
            held = hold_slot(self._office, person, slot, self.now())
        except AskdocError as refused:
            self._write({"refused": refused.code})
            return
        # Some holders think too long.
        self._held.append((person, held.id))

    def _confirm(self, which: int) -> None:
        if self._held:
            person, booking = self._held.pop(which)
            self._ask({"do": "confirm", "person": person, "booking": booking})

    def _tend(self, person: str) -> None:
        try:
            wait_for(self._office, person, WANTED, self.now())
            lapse_holds(self._office, self.now())
            offer_free(self._office, self.now())
        except AskdocError as refused:
            self._write({"refused": refused.code})

    def _ask(self, told: dict[str, Any]) -> None:
        """Do it until there is an answer; the key is the same each time."""
        told = told if "key" in told else told | {"key": os.urandom(8).hex()}
        self._write({"wants": told})
        while True:
            now = self.now()
            try:
                done = _DO[told["do"]](self._office, told, now)
            except (Busy, Unreachable):
                time.sleep(0.05)
                continue
            except AskdocError as refused:
                self._write({"key": told["key"], "refused": refused.code})
                if told["do"] == "move":
                    self._booked.append((told["person"], told["booking"]))
                return
            self._write({"key": told["key"], "done": done.id, "slot": done.slot.id,
                         "state": done.state, "at": now.isoformat()})  # fmt: skip
            if done.state == "booked":
                self._booked.append((told["person"], done.id))
            return

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, (json.dumps(line) + "\n").encode())


_DO: dict[str, Callable[[Office, dict[str, Any], datetime], Booking]] = {
    "confirm": lambda office, told, now: confirm(
        office, told["person"], told["booking"], told["key"], now
    ),
    "move": lambda office, told, now: reschedule(
        office, told["person"], told["booking"], told["slot"], told["key"], now
    ),
    "cancel": lambda office, told, now: cancel(office, told["person"], told["booking"], now),
}


def live(address: Address, log: Path, began: float, slots: int, seed: int) -> None:
    """One life of a client, in a process of its own."""
    client = Client(address, log, began, seed)
    for told in unanswered(log):
        client.finish(told)
    client.race(slots, log.parent / STOP)
    os._exit(0)
