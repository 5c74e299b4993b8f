"""Who may have a slot when, and who comes first: every case of `cases/*.yaml`."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from askdoc.care.referrals.grants import Standing, grant
from askdoc.care.referrals.orders import DIRECTIONS, URGENCIES, Order
from askdoc.care.referrals.queue import rank
from askdoc.care.referrals.slots import Hospital, Session, Slot, cut
from askdoc.care.referrals.terms import Terms
from askdoc.policy.strict_yaml import Map, read_sheet

FOLDER = Path(__file__).parent / "cases"
DAY = date(2026, 12, 22)
NORTH = Hospital("north", "北院", "cn/shanghai", "tertiary")
SHANGHAI = Terms(
    priority_share=Decimal("0.5"),
    public_lead_days=14,
    priority_lead_days=21,
    kept_until_days=14,
    doors=("contracted_in_combination", "referred"),
)


def rows(name: str) -> list[object]:
    sheet = read_sheet(FOLDER / f"{name}.yaml").only("cases")
    return [pytest.param(row, id=row.scalar("name").text()) for row in sheet.rows("cases").maps()]


def order_of(given: Map, urgency: str = "routine") -> Order:
    def said(name: str, otherwise: str) -> str:
        return given.scalar(name).text() if name in given else otherwise

    return Order(
        person="me",
        from_place="centre",
        to_hospital=said("referred_to", "north"),
        department=said("department", "cardiology"),
        reason="胸闷",
        diagnosis="高血压",
        made_on=date(2026, 11, 20),
        valid_until=date.fromisoformat(said("valid_until", "2026-12-31")),
        urgency=next(one for one in URGENCIES if one == urgency),
        direction=next(one for one in DIRECTIONS if one == said("direction", "up")),
        none_used=True,
    )


def standing_of(given: Map) -> Standing:
    return Standing(
        contracted="contracted" in given and given.scalar("contracted").flag(),
        combination=given.texts("combination"),
        orders=(order_of(given),) if "referred_to" in given else (),
        groups=given.texts("groups"),
    )


def slot_of(pool: str) -> Slot:
    session = Session(
        hospital="north", department="cardiology", doctor="d1", day=DAY, begins=480, ends=540
    )
    new = next(one for one in cut(session, SHANGHAI) if one.pool == pool)
    return Slot(
        id=1,
        hospital=NORTH,
        department="cardiology",
        doctor="d1",
        day=DAY,
        begins=new.begins,
        ends=new.ends,
        pool=new.pool,
        entitled_from=new.entitled_from,
        public_from=new.public_from,
    )


@pytest.mark.parametrize("row", rows("grants"))
def test_a_slot_is_open_to_whom_the_terms_say(row: Map) -> None:
    row.only("name", "because", "given", "expect")
    assert row.scalar("because").text()
    given, expect = row.map("given"), row.map("expect").only("open", "door", "opens", "reasons")
    today = given.scalar("today").day()
    found = grant(slot_of(given.scalar("pool").text()), SHANGHAI, standing_of(given), today)
    assert found.is_open is expect.scalar("open").flag()
    assert found.opens == expect.scalar("opens").day()
    assert [reason.name for reason in found.reasons] == list(expect.texts("reasons"))
    if "door" in expect:
        assert found.door == expect.scalar("door").text()


@pytest.mark.parametrize("row", rows("queue"))
def test_the_queue_goes_by_its_configuration(row: Map) -> None:
    row.only("name", "because", "given", "expect")
    given, expect = row.map("given"), row.map("expect").only("place", "because")
    order = order_of(Map({}, ""), given.scalar("order").text()) if "order" in given else None
    found = rank(standing_of(given), order, given.texts("queue"))
    assert found.place == expect.scalar("place").whole()
    assert found.because == (expect.scalar("because").text() if "because" in expect else None)
