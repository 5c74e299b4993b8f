"""The worker's rounds of hospitals' own systems: they settle, they ask, and hold up no letter."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from time import monotonic

import pytest

from askdoc.care.referrals.slots import Hospital
from askdoc.care.refills import RefillRules
from askdoc.care.reminders import ReminderRules
from askdoc.hospitals.connections import Connection
from askdoc.hospitals.fhir_server import FhirServer
from askdoc.storage.booking_lookup import booking_of
from askdoc.storage.booking_office import Office
from askdoc.storage.hospital_rounds import Rounds
from askdoc.storage.schedule import publish
from askdoc.testing import FakeHospital, MemoryChannel
from askdoc.testing.fhir_bundles import bundle, slot
from askdoc.testing.hospital_api import HospitalApi, running_hospital
from askdoc.testing.letters import RULES as SENDING
from askdoc.worker import Work, work_once, work_until

from .conftest import NORTH, NOW, book, free, known, session

EAST = Hospital("east", "东院", "cn/shanghai", "tertiary")


@pytest.fixture
def api() -> Iterator[HospitalApi]:
    with running_hospital(HospitalApi(FakeHospital(bundle(slot("1"), slot("2"))))) as running:
        yield running
        running.free.set()


@pytest.fixture
def channel() -> MemoryChannel:
    return MemoryChannel()


@pytest.fixture
def rounds(connected: Office, api: HospitalApi) -> Iterator[Rounds]:
    server = FhirServer(Connection(hospital=NORTH, url=api.url, answer_seconds=60))
    yield Rounds(connected, NORTH, server)
    server.close()


@pytest.fixture
def work(connected: Office, rounds: Rounds, channel: MemoryChannel) -> Work:
    reminders = ReminderRules(refill=RefillRules(), zone=SENDING.zone)
    return Work(
        database=connected.database, channels=[channel], sending=SENDING, reminders=reminders,
        own_days={}, clock=lambda: NOW, office=connected, hospitals=[rounds],
        idle_seconds=0.01, trouble_seconds=0.01,
    )  # fmt: skip


@contextmanager
def working(work: Work) -> Iterator[None]:
    stop = Event()
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(work_until, work, stop)
        try:
            yield
        finally:
            stop.set()
            running.result(30)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = monotonic() + 50
    while not is_so():
        assert monotonic() < until
        Event().wait(0.01)


def test_one_round_asks_settles_and_tells(
    connected: Office, api: HospitalApi, channel: MemoryChannel, work: Work
) -> None:
    known(connected, "ming")
    work_once(work)
    asked = book(connected, "ming", free(connected)[0], "k1")
    assert (asked.state, channel.seen) == ("unknown", [])

    work_once(work)
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert [one.message.text[:4] for one in channel.seen] == ["已预约："]

    api.hospital.change(api.hospital.appointments[0]["id"], "cancelled")
    work_once(work)
    work_once(work)
    assert booking_of(connected, "ming", asked.id).state == "withdrawn"
    assert [one.message.text[:4] for one in channel.seen[1:]] == ["医院停诊"]


def test_a_hospital_that_does_not_answer_holds_up_no_letter(
    connected: Office, api: HospitalApi, channel: MemoryChannel, work: Work
) -> None:
    known(connected, "ming")
    publish(connected, [], [session(9)], NOW)
    own = free(connected)
    book(connected, "ming", own[0], "k1")
    api.befall(["kept"])
    with working(work):
        wait_until(lambda: bool(api.asked))
        wait_until(lambda: bool(channel.seen))
        # It has still not answered.
        assert len(api.asked) == 1
        assert free(connected) == own[1:]
        api.free.set()
        wait_until(lambda: len(free(connected)) == 3)


def test_a_hospital_that_does_not_answer_holds_up_no_other(
    connected: Office, api: HospitalApi, work: Work
) -> None:
    other = FakeHospital(bundle(slot("7"), slot("8")))
    api.befall(["kept"])
    both = [*work.hospitals, Rounds(connected, EAST, other)]
    with working(replace(work, hospitals=both)):
        wait_until(lambda: len(free(connected)) == 2)
        api.free.set()
        wait_until(lambda: len(free(connected)) == 4)


def test_the_rounds_go_on_after_a_defect(connected: Office, work: Work) -> None:
    times: list[int] = []

    def clock() -> object:
        times.append(1)
        if len(times) < 5:
            raise RuntimeError("a defect")
        return NOW

    with working(replace(work, clock=clock)):  # type: ignore[arg-type]
        wait_until(lambda: len(free(connected)) == 2)
