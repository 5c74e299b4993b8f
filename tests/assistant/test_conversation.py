"""Conversations: what a message changes of the question before, and whose question it is."""

import pytest

from askdoc.bootstrap import House

from .talking import BILL, STAY, facts, last, same_sum, talk

# One slot replaced, the rest kept


@pytest.mark.parametrize(
    ("follow_up", "whole"),
    [
        ("那二级医院呢", BILL.replace("三级", "二级")),
        ("去社区呢？", BILL.replace("三级医院", "社区医院")),
        ("那社區醫院呢", BILL.replace("三级医院", "社区医院")),
        ("那社区医院要付多少", BILL.replace("三级医院", "社区医院")),
        ("如果是住院呢", BILL.replace("门诊", "住院").replace("，起付线已经用完了", "")),
        ("what about a secondary hospital?", BILL.replace("三级", "二级")),
        ("要是花了1500呢", BILL.replace("700", "1500")),
        ("要是起付线还剩100呢", BILL.replace("已经用完了", "还剩100元")),
        ("那账户里还有60块呢", BILL.replace("，能报多少", "，账户余额60元，能报多少")),
        ("那杭州呢，签约了家庭医生", BILL.replace("上海", "杭州签约家庭医生")),
    ],
)
def test_a_follow_up_replaces_one_thing_and_keeps_the_rest(
    house: House, follow_up: str, whole: str
) -> None:
    assert same_sum(house, (BILL, follow_up), whole)


def test_several_follow_ups_add_up(house: House) -> None:
    said = (BILL, "那二级医院呢", "要是起付线还剩100呢", "再换成社区呢")
    assert same_sum(house, said, BILL.replace("三级", "社区").replace("已经用完了", "还剩100元"))


# Corrections


@pytest.mark.parametrize(
    ("correction", "whole"),
    [
        ("不对，是退休，2006年退休，66岁", BILL.replace("在职", "2006年退休的66岁退休")),
        ("说错了，是二级医院", BILL.replace("三级", "二级")),
        ("搞错了，应该是社区医院", BILL.replace("三级医院", "社区医院")),
        ("搞錯了，是二級醫院", BILL.replace("三级", "二级")),
        ("不是上海，是杭州，签约了家庭医生", BILL.replace("上海", "杭州签约家庭医生")),
        ("sorry, it was a secondary hospital", BILL.replace("三级", "二级")),
        ("乙类药是300，不是200", BILL.replace("200", "300")),
        ("是300不是200", BILL.replace("200", "300")),
        ("是900不是700", BILL.replace("700", "900")),
        ("我写错了，总共是900", BILL.replace("700", "900")),
    ],
)
def test_a_correction_replaces_what_was_wrong_only(
    house: House, correction: str, whole: str
) -> None:
    assert same_sum(house, (BILL, correction), whole)


def test_a_corrected_total_replaces_the_total(house: House) -> None:
    bill = "青岛在职职工，二级医院门诊花了560元，起付线用完了，能报多少"
    found = last(house, bill, "是650不是560")
    assert found.figures["total"] == "650.00"
    assert found.figures == last(house, bill.replace("560", "650")).figures


def test_a_corrected_scheme_takes_the_old_status_with_it(house: House) -> None:
    bill = BILL.replace("起付线已经用完了", "起付线还没用过")
    found = last(house, bill, "不对，我是居民医保")
    assert found.missing == ("insured",)
    assert "status" not in facts(found)
    assert {way.sets["scheme"] for way in found.choices} == {"resident"}


def test_a_correction_is_confirmed(house: House) -> None:
    assert last(house, BILL, "说错了，是二级医院").lines[0] == "好的，已改。"


# Persons


@pytest.mark.parametrize(
    "switch",
    [
        "我爸呢？他是在职职工",
        "换成我爸呢？他是在职职工",
        "那我爸呢？他是在职职工",
        "我爸是在职职工，他要付多少",
    ],
)
def test_another_person_brings_their_own_facts_and_keeps_the_bill(
    house: House, switch: str
) -> None:
    found = last(house, STAY, switch)
    assert facts(found)["scheme"] == "employee"
    assert facts(found)["status"] == "active"
    assert {one.subject for one in found.understood if one.fact in ("scheme", "status")} == {
        "father"
    }
    assert found.figures["total"] == "16000.00"
    assert "您的父亲" in found.text


@pytest.mark.parametrize(
    "back_to",
    [
        "我妈那张呢",
        "我妈那次呢",
        "那我妈呢",
        "再说回我妈，她那张要付多少",
    ],
)
def test_back_to_the_first_person_finds_their_facts_again(house: House, back_to: str) -> None:
    first, _, back = (one.answer for one in talk(house, STAY, "我爸呢？他是在职职工", back_to))
    assert back.figures == first.figures
    assert facts(back) == facts(first)


def test_nothing_of_one_person_is_used_for_another(house: House) -> None:
    turns = talk(house, STAY, "我妈71岁，女性", "我爸也住院，二级医院花了9000，要付多少")
    found = turns[-1].answer
    assert "age" not in facts(found)
    assert facts(found).get("scheme") is None
    people = turns[-1].dialogue.people
    assert people["mother"]["age"].value == 71
    assert "age" not in people.get("father", {})


def test_mother_and_father_are_kept_apart_over_turns(house: House) -> None:
    turns = talk(
        house,
        STAY,
        "我爸呢？他是在职职工",
        "我妈换二级医院呢",
        "我爸换二级医院呢",
    )
    schemes = [facts(one.answer)["scheme"] for one in turns]
    assert schemes == ["resident", "employee", "resident", "employee"]
    assert {facts(one.answer)["tier"] for one in turns[2:]} == {"secondary"}


def test_the_place_of_a_family_is_an_assumption_that_is_shown(house: House) -> None:
    found = last(house, STAY, "我爸呢？他是在职职工")
    origins = {one.fact: one.origin for one in found.understood}
    assert origins["region"] == "assumed"


@pytest.mark.parametrize(
    "following", ["下一位，在职职工，要付多少", "换一位病人，居民，三级医院门诊花了900，报多少"]
)
def test_the_next_patient_has_nothing_of_the_one_before(house: House, following: str) -> None:
    first = "患者上海职工退休，2008年退休，73岁，二级医院门诊花了640，起付线用完，报多少"
    turns = talk(house, first, following, "瑞舒伐他汀能报吗", speaker="doctor")
    for one in turns[1:]:
        assert not facts(one.answer).keys() & {"age", "retired_year"}


def test_a_question_beside_the_point_moves_no_bill_away_from_home(house: House) -> None:
    alone = last(house, BILL)
    beside = last(house, f"{BILL}另外，去外地住院要怎么备案？")
    assert beside.figures == alone.figures
