"""A form, a place in a list, or "the same as me": what a message means of what was shown."""

import pytest

from askdoc.bootstrap import House

from .talking import BILL, facts, last

ONE_NAME = "阿司匹林能报吗"


@pytest.mark.parametrize(
    ("named", "said", "whole"),
    [
        ("二甲双胍片能报吗", "那缓释的呢", "二甲双胍缓释片能报吗"),
        ("二甲双胍片能报吗", "缓释片呢", "二甲双胍缓释片能报吗"),
        ("硝苯地平控释片能报吗", "缓释的呢", "硝苯地平缓释片能报吗"),
        ("硝苯地平缓释片能报吗", "控释的呢", "硝苯地平控释片能报吗"),
    ],
)
def test_a_form_without_its_medicine_is_the_one_before(
    house: House, named: str, said: str, whole: str
) -> None:
    found, alone = last(house, named, said), last(house, whole)
    assert found.lines == alone.lines
    assert found.outcome == alone.outcome == "covered"


@pytest.mark.parametrize("said", ["口崩片呢", "那口崩片能报吗"])
def test_a_form_that_is_not_listed_is_never_the_listed_one(house: House, said: str) -> None:
    found = last(house, "奥氮平片能报吗", said)
    assert found.outcome != "covered"
    assert "没有收录这个剂型" in found.text


@pytest.mark.parametrize(
    "said", ["第二个", "第二个能报吗", "后面那个呢", "分散片那个", "那第二种呢"]
)
def test_one_of_a_list_is_chosen_by_its_place_or_name(house: House, said: str) -> None:
    assert last(house, ONE_NAME, said).lines == last(house, "阿司匹林分散片能报吗").lines


def test_alternatives_are_those_of_the_medicine_before(house: House) -> None:
    found = last(house, "络活喜能报吗", "有没有便宜的替代")
    assert "络活喜" in found.text
    assert found.kind == "answer"


@pytest.mark.parametrize("said", ["我老公呢，他跟我一模一样", "我老公也去了三级，其他跟我一模一样"])
def test_whoever_is_the_same_in_all_else_pays_the_same(house: House, said: str) -> None:
    mine, his = last(house, BILL), last(house, BILL, said)
    assert his.figures == mine.figures
    assert facts(his) == facts(mine)
