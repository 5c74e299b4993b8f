"""One round of asking a hospital's own system: what is unknown, what it cancelled, what is free.

A hospital that is silent holds up its own bookings alone, and those no longer than a few answers.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from askdoc.care.referrals.hospital_system import HospitalSystem, NoAnswer
from askdoc.care.referrals.slots import Hospital
from askdoc.china_days import today_of
from askdoc.storage.booking_office import Office
from askdoc.storage.hospital_bookings import cancel_strays, note_cancelled, reconcile
from askdoc.storage.hospital_slots import take_in
from askdoc.storage.schedule import add_hospital, all_hospitals

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rounds:
    """One hospital's own system, and the office that gives out its slots."""

    office: Office
    hospital: Hospital
    system: HospitalSystem


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a round came to. `strays`: what stood there though nobody has it here; `is_silent`:
    the hospital did not answer, and nothing was guessed."""

    hospital: str
    settled: int
    strays: int = 0
    cancelled: int = 0
    new: int = 0
    gone: int = 0
    changed: int = 0
    is_silent: bool = False


def rounds_of(
    office: Office, systems: Mapping[str, HospitalSystem], known: Mapping[str, Hospital]
) -> list[Rounds]:
    """The rounds of every system; `known` says what its hospital is called."""
    return [Rounds(office, known[id], system) for id, system in systems.items()]


def settle_waiting(rounds: Rounds, now: datetime) -> int:
    """Ask for what waits for the hospital's answer; how many bookings were settled."""
    return reconcile(rounds.office, rounds.hospital.id, rounds.system, now)


def ask(rounds: Rounds, now: datetime) -> Asked:
    """Ask for everything. A hospital that is new here is added."""
    office, hospital, system = rounds.office, rounds.hospital.id, rounds.system
    if hospital not in {one.id for one in all_hospitals(office)}:
        add_hospital(office, rounds.hospital)
    settled = reconcile(office, hospital, system, now)
    try:
        strays = cancel_strays(office, hospital, system, now)
        cancelled = note_cancelled(office, hospital, system, now)
        taken = take_in(office, hospital, system.listed(today_of(now)), now)
    except NoAnswer:
        _LOG.warning("hospital.silent", extra={"hospital": hospital})
        return Asked(hospital=hospital, settled=settled, is_silent=True)
    return Asked(
        hospital=hospital,
        settled=settled,
        strays=strays,
        cancelled=cancelled,
        new=taken.new,
        gone=taken.gone,
        changed=taken.changed,
    )
