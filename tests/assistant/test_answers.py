"""Answers: nothing said is passed over in silence, and nothing unknown is called covered."""

from dataclasses import replace
from datetime import date

import pytest

from askdoc.assistant.talk.turn import take_turn
from askdoc.bootstrap import House

from .conftest import DAY, Ask

WHO = "上海在职职工，三级医院门诊，"


def test_a_named_medicine_gives_its_bill_its_class(answered: Ask) -> None:
    found = answered(f"{WHO}起付线用了500，立普妥花了200元，能报多少")
    assert found.figures["first_pay"] == "20.00"
    assert "阿托伐他汀钙片" in found.text
    assert "按甲类计算" not in found.text


def test_a_medicine_outside_the_list_leaves_its_whole_bill(answered: Ask) -> None:
    found = answered(f"{WHO}伟哥花了800元，能报多少")
    assert found.outcome == "not_covered"
    assert found.figures["person_pays"] == "800.00"
    assert "前提" not in found.text


def test_a_bill_for_a_medicine_with_several_forms_asks_for_the_form(answered: Ask) -> None:
    question = f"{WHO}起付线用了500，二甲双胍花了200元，能报多少"
    asked = answered(question)
    assert (asked.kind, asked.missing) == ("ask", ("form",))
    ordinary = answered(question, asked=1, medicine="二甲双胍片")
    slow = answered(question, asked=1, medicine="二甲双胍缓释片")
    assert ordinary.figures["first_pay"] == "0.00"
    assert slow.figures["first_pay"] == "20.00"


def test_a_scope_that_nobody_confirmed_leaves_a_range_down_to_nothing(answered: Ask) -> None:
    found = answered(f"{WHO}起付线用了500，替尔泊肽花了800元，能报多少", asked=2)
    assert found.outcome == "conditional"
    assert found.range is not None
    assert found.range.paid_for[0] == 0


def test_one_amount_for_two_medicines_is_asked_about(answered: Ask) -> None:
    found = answered(f"{WHO}立普妥和波立维花了200元，能报多少")
    assert (found.kind, found.missing) == ("ask", ("amount",))


def test_a_second_medicine_is_not_passed_over(answered: Ask) -> None:
    assert "波立维" in answered("立普妥和波立维能报吗").text


def test_an_unknown_medicine_on_a_bill_is_not_computed_as_class_a(answered: Ask) -> None:
    found = answered("诺和灵能报多少")
    assert found.kind == "nothing_found"
    assert "不代表医保不报" in found.text


@pytest.mark.parametrize("text", ["上海在职，诺和灵能报多少", "诺和灵能报吗", "诺和灵在医保里吗"])
def test_the_place_is_never_taken_for_the_medicine(answered: Ask, text: str) -> None:
    assert "“诺和灵”" in answered(text).text


def test_care_away_from_home_is_not_computed_as_care_at_home(answered: Ask) -> None:
    home = answered("上海在职职工，三级医院住院花了2万，能报多少")
    away = answered("上海在职职工，在北京三级医院住院花了2万，能报多少")
    assert away.outcome == "needs_filing"
    assert float(away.figures["person_pays"]) > float(home.figures["person_pays"])


def test_contradictions_are_asked_about_until_they_are_answered(answered: Ask) -> None:
    question = "上海，退休前是职工，现在是居民，三级医院门诊花了1200元，能报多少"
    assert answered(question).missing == ("insured",)
    after = answered(question, asked=1, scheme="employee", status="active")
    assert after.kind == "answer"


def test_a_status_alone_tells_the_only_scheme_that_has_it(answered: Ask) -> None:
    found = answered("上海，三级医院门诊花了1200元，能报多少", asked=2, status="retired")
    assert "职工医保" in [one.shown for one in found.understood]


def test_two_tiers_are_asked_about_unless_they_are_compared(answered: Ask) -> None:
    assert answered("上海在职，社区转到三级医院，住院花了2万，能报多少").missing == ("tier",)
    compared = answered("上海在职，三级医院门诊花了800，去社区能省多少")
    assert "比三级医院少付" in compared.text


def test_a_place_that_is_dearer_is_called_dearer(answered: Ask) -> None:
    found = answered("上海在职，社区门诊花了800，去三级医院能省多少")
    assert "多付" in found.text


def test_what_was_not_used_is_named(answered: Ask) -> None:
    text = answered(f"{WHO}总费用1200元，自己付了300元，能报多少").text
    assert "300.00元" in text
    assert "35.00元" in answered(f"{WHO}立普妥35元一盒，能报多少").text
    assert answered(f"{WHO}立普妥35元一盒，买了3盒，能报多少").figures["total"] == "105.00"
    assert "1200多" in answered(f"{WHO}花了1200多，能报多少").text


def test_two_totals_are_asked_about(answered: Ask) -> None:
    found = answered(f"{WHO}花了1200元，账单1500元，能报多少")
    assert found.kind == "ask"
    assert "1200元" in found.text
    assert "1500元" in found.text


def test_an_approximate_amount_stays_approximate(answered: Ask) -> None:
    assert "约数" in answered(f"{WHO}大概花了1200元，能报多少").text


def test_a_vague_or_coming_day_is_said(answered: Ask) -> None:
    assert "去年" in answered(f"去年{WHO}花了1200元，能报多少").text
    assert "还没有到" in answered(f"{WHO}2027年3月1日花了1200元，能报多少").text


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 2)])
def test_outside_the_known_edition_no_medicine_is_called_covered(answered: Ask, day: date) -> None:
    assert answered("立普妥能报吗", day=day).outcome == "indeterminate"


def test_a_day_in_the_question_counts_for_a_medicine_too(answered: Ask) -> None:
    found = answered("立普妥2027年1月2日还能报吗")
    assert found.outcome == "indeterminate"
    assert "2026-12-31" in found.text


def test_a_value_that_depends_on_more_is_given_for_each_case(answered: Ask) -> None:
    text = answered("上海退休职工门诊起付线是多少").text
    assert "200.00元" in text
    assert "300.00元" in text


def test_after_two_questions_there_is_a_range(answered: Ask) -> None:
    found = answered("上海三级医院门诊花了1200元，能报多少", asked=2)
    assert found.kind == "answer"
    assert found.range is not None


def test_a_profile_gives_way_where_the_question_contradicts_itself(house: House) -> None:
    context = house.context(DAY, {}, 0, None)
    mine = replace(context, profile={"region": "cn/shanghai", "scheme": "employee"})
    found = take_turn("退休前是职工，现在是居民，三级医院门诊花了1200元，能报多少", mine)
    assert found.missing == ("insured",)


def test_a_profile_stays_home_when_care_is_elsewhere(house: House) -> None:
    context = house.context(DAY, {}, 0, None)
    mine = {"region": "cn/shanghai", "scheme": "employee", "status": "active"}
    found = take_turn("在杭州三级医院住院花了2万，能报多少", replace(context, profile=mine))
    places = {one.fact: one.shown for one in found.understood}
    assert places["region"] == "上海"
    assert "杭州" in places["place"]


def test_a_home_without_rules_does_not_fall_back_on_the_profile(house: House) -> None:
    context = house.context(DAY, {}, 0, None)
    mine = replace(context, profile={"region": "cn/shanghai", "scheme": "employee"})
    found = take_turn("北京职工门诊花了1000元能报多少", mine)
    assert (found.kind, found.figures) == ("nothing_found", {})


def test_a_given_status_outranks_a_scheme_of_the_profile(house: House) -> None:
    context = house.context(DAY, {"status": "retired"}, 2, None)
    mine = replace(context, profile={"region": "cn/shanghai", "scheme": "resident"})
    found = take_turn("三级医院门诊花了1200元，能报多少", mine)
    assert {"职工医保", "退休"} <= {one.shown for one in found.understood}
