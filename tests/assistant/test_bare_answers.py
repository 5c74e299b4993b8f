"""A bare number or state after a sum tells what the sum said it lacked, and is no new bill."""

import pytest

from askdoc.bootstrap import House

from .talking import facts, last

NO_ACCOUNT = "上海在职职工，三级医院门诊花了810元，账户空了，{}自己付多少"
USED_UP = "上海在职职工，三级医院门诊花了810元，起付线用完了，{}自己付多少"


@pytest.mark.parametrize(
    ("bill", "said", "whole"),
    [
        (NO_ACCOUNT, "用了130", "起付线用了130，"),
        (NO_ACCOUNT, "130", "起付线用了130，"),
        (NO_ACCOUNT, "已经用掉130块了", "起付线用了130，"),
        (NO_ACCOUNT, "还剩130", "起付线还剩130，"),
        (NO_ACCOUNT, "满了", "起付线满了，"),
        (NO_ACCOUNT, "用完了", "起付线用完了，"),
        (NO_ACCOUNT, "一分没用", "起付线一分没用，"),
        (USED_UP, "130", "账户还有130，"),
        (USED_UP, "还有130块", "账户还有130，"),
        (USED_UP, "没钱了", "账户没钱了，"),
    ],
)
def test_a_bare_answer_narrows_the_sum(house: House, bill: str, said: str, whole: str) -> None:
    found, asked = last(house, bill.format(""), said), last(house, bill.format(whole))
    assert (found.figures, facts(found)) == (asked.figures, facts(asked))


@pytest.mark.parametrize("said", ["130 of it", "130 used so far"])
def test_it_does_so_in_english(house: House, said: str) -> None:
    bill = "Shanghai active employee, tertiary outpatient bill 810, account empty, {}what do I pay?"
    asked = last(house, bill.format("deductible used 130, "))
    assert last(house, bill.format(""), said).figures == asked.figures


def test_another_whole_that_is_asked_about_is_one(house: House) -> None:
    assert last(house, NO_ACCOUNT.format(""), "那要是900呢").figures["total"] == "900.00"
