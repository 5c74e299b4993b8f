"""Terms from the book, slots cut from sessions, orders that are complete, days read back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.care.referrals.errors import IncompleteOrder
from askdoc.care.referrals.grants import grant
from askdoc.care.referrals.orders import complete, missing_of, order_for
from askdoc.care.referrals.slots import Session, cut, is_kept, moment
from askdoc.care.referrals.spoken import grant_words, slot_words
from askdoc.care.referrals.terms import DOORS, OwnTerms, terms_of
from askdoc.china_days import today_of
from askdoc.policy import Book, Policy
from askdoc.policy.modelled import load_defaults
from askdoc.policy.strict_yaml import Map
from askdoc.wording.phrases import catalogue

from .test_cases import SHANGHAI, order_of, slot_of, standing_of

DAY = date(2026, 11, 25)


def terms(book: Book, knowledge: Path, region: str, own: OwnTerms | None = None):  # type: ignore[no-untyped-def]
    return terms_of(Policy(book, DAY, region), load_defaults(knowledge, book), own)


def test_shanghai_keeps_half_and_opens_it_at_one_and_a_half_times_the_lead(
    book: Book, knowledge: Path
) -> None:
    found = terms(book, knowledge, "cn/shanghai")
    assert replace(found, values=(), assumptions=()) == SHANGHAI
    assert found.confidence == "unverified"
    assert {value.source for value in found.values} == {"sh-1-1-1-2017"}
    assert set(found.assumptions) == {
        "public_lead_days",
        "earlier_is_of_the_lead",
        "kept_until_the_public_opening",
    }


def test_where_nothing_is_recorded_nothing_is_kept(book: Book, knowledge: Path) -> None:
    found = terms(book, knowledge, "cn/shandong/qingdao")
    assert (found.priority_share, found.doors) == (0, ())
    assert found.priority_lead_days == found.public_lead_days == found.kept_until_days == 14


def test_a_hospital_s_own_terms_come_before_its_region_s(book: Book, knowledge: Path) -> None:
    own = OwnTerms(priority_share=Decimal("0.2"), priority_lead_days=28, kept_until_days=7)
    found = terms(book, knowledge, "cn/shandong/qingdao", own)
    assert (found.priority_share, found.priority_lead_days) == (Decimal("0.2"), 28)
    assert (found.public_lead_days, found.kept_until_days) == (14, 7)
    assert found.doors == ("contracted_in_combination", "referred")
    assert "slots_entitled" in found.assumptions


def test_half_a_day_of_lead_is_not_given(book: Book, knowledge: Path) -> None:
    found = terms(book, knowledge, "cn/shanghai", OwnTerms(public_lead_days=15))
    assert found.priority_lead_days == 22


def test_a_half_day_becomes_half_hours() -> None:
    session = Session(hospital="north", department="cardiology", doctor="d1", day=DAY,
                      begins=8 * 60, ends=11 * 60 + 45, persons=2)  # fmt: skip
    found = list(cut(session, SHANGHAI))
    assert [one.begins for one in found[:4]] == [480, 480, 510, 510]
    assert (len(found), found[-1].ends) == (14, 11 * 60 + 30)
    assert {one.ends - one.begins for one in found} == {30}
    assert [one.number for one in found] == list(range(14))


@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=30),
    st.decimals(0, 1, places=2, allow_nan=False),
)
def test_the_share_is_exact_over_the_day_however_sessions_divide_it(
    sizes: list[int], share: Decimal
) -> None:
    kept = before = 0
    for size in sizes:
        kept += sum(is_kept(before + number, share) for number in range(size))
        before += size
    assert kept == int(before * share)


def test_an_order_names_what_it_lacks() -> None:
    whole = order_of(Map({}, ""))
    assert complete(whole) is whole
    lacking = replace(whole, diagnosis=" ", none_used=False, valid_until=date(2026, 11, 1))
    assert missing_of(lacking) == ("diagnosis", "medicines", "valid_until")
    with pytest.raises(IncompleteOrder) as refused:
        complete(lacking)
    assert "diagnosis" in refused.value.sentence("zh")
    assert missing_of(replace(whole, none_used=False, used_listed=("氨氯地平",))) == ()


def test_the_most_urgent_order_that_fits_is_taken() -> None:
    plain, urgent = order_of(Map({}, "")), order_of(Map({}, ""), "urgent")
    day = date(2026, 12, 22)
    assert order_for((plain, urgent), "north", "cardiology", day) is urgent
    assert order_for((plain, urgent), "south", "cardiology", day) is None


def test_a_day_is_read_back_in_full() -> None:
    slot = replace(slot_of("public"), day=DAY, begins=540, ends=570)
    assert slot_words(slot, "zh") == "11月25日（周三）上午9:00-9:30"
    assert slot_words(slot, "en") == "Wednesday 25 November, 9:00-9:30 a.m."
    afternoon = replace(slot, begins=14 * 60, ends=14 * 60 + 30)
    assert slot_words(afternoon, "zh") == "11月25日（周三）下午2:00-2:30"


def test_every_reason_can_be_said_in_both_languages() -> None:
    names = {"public", "fell_to_public", "not_yet", "kept_for_priority"}
    names |= {*DOORS, *(f"would_open_{door}" for door in DOORS)}
    assert set(catalogue("referrals", "zh")["reason"]) == names
    refused = grant(slot_of("priority"), SHANGHAI, standing_of(Map({}, "")), date(2026, 12, 1))
    assert grant_words(refused, "zh") == [
        "这个号留给签约和转诊的居民，没用完的话12月8日（周二）对所有人开放",
        "签约家庭医生，并把这家医院选进签约组合，可以提前预约",
        "请家庭医生转诊到这个科室，可以提前预约",
    ]


def test_a_day_begins_in_china() -> None:
    assert moment(DAY, 8 * 60) == datetime(2026, 11, 25, tzinfo=UTC)
    assert today_of(datetime(2026, 11, 24, 16, tzinfo=UTC)) == DAY
    assert today_of(datetime(2026, 11, 24, 15, 59, tzinfo=UTC)) == date(2026, 11, 24)
