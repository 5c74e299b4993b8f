"""Emergencies, digressions, several questions and medicines in one talk, and who speaks how."""

import pytest

from askdoc.assistant.answer import Subject
from askdoc.bootstrap import House

from .talking import BILL, HELP, MISSING_ALL, facts, last, talk

# Emergencies


def test_an_emergency_comes_alone(house: House) -> None:
    turned = talk(house, BILL, HELP)[-1]
    assert turned.answer.kind == "emergency"
    assert "120" in turned.answer.lines[0]
    assert not turned.answer.figures
    assert not turned.answer.choices
    assert turned.called == ()
    assert "报销" not in turned.answer.text


def test_a_question_in_an_emergency_waits_until_it_is_over(house: House) -> None:
    question = "上海在职职工，三级医院急诊花了900元，起付线用完了，能报多少"
    turns = talk(house, f"{HELP}，{question}", "没事了，已经送医院了")
    assert turns[0].answer.kind == "emergency"
    assert turns[0].called == ()
    assert turns[1].answer.figures["total"] == "900.00"
    assert turns[1].answer.lines[0] == "接着您刚才的问题："
    assert turns[1].dialogue.set_aside is None


def test_the_question_before_an_emergency_is_still_there_after_it(house: House) -> None:
    after = last(house, BILL, HELP, "没事了", "那二级医院呢")
    assert after.figures == last(house, BILL, "那二级医院呢").figures


def test_an_emergency_is_seen_in_the_middle_of_a_question_back(house: House) -> None:
    turns = talk(house, MISSING_ALL, HELP, "上海")
    assert turns[1].answer.kind == "emergency"
    assert turns[2].answer.missing == ("insured",)


# Digressions, compound questions, several medicines


def test_a_definition_in_between_does_not_lose_the_bill(house: House) -> None:
    turns = talk(house, BILL, "什么是谈判药？", "那去社区呢")
    assert turns[1].called[0].tool == "find_policy"
    assert turns[2].answer.figures == last(house, BILL, "那去社区呢").figures
    assert turns[2].answer.figures["total"] == "700.00"


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("阿卡波糖在目录里吗？什么是谈判药？", ["find_policy", "look_up_medicine"]),
        (f"{BILL}什么是谈判药？", ["cost_of_bill", "find_policy"]),
        (
            "上海在职职工三级医院门诊起付线是多少？阿卡波糖在目录里吗？",
            ["look_up_medicine", "rule_value"],
        ),
        (
            "Is acarbose covered? What is the outpatient deductible of a working employee in "
            "Shanghai?",
            ["look_up_medicine", "rule_value"],
        ),
        (f"{BILL}瑞舒伐他汀在目录里吗？", ["cost_of_bill", "look_up_medicine"]),
        ("什么叫乙类？去外地看病怎么备案？", ["find_policy", "find_policy"]),
        ("上海在职职工，三级医院门诊起付线是多少？住院报百分之几？", ["rule_value", "rule_value"]),
    ],
)
def test_both_halves_of_a_compound_question_are_answered(
    house: House, said: str, tools: list[str]
) -> None:
    turned = talk(house, said)[0]
    assert sorted(one.tool for one in turned.called) == tools
    for one in turned.called:
        assert one.answer is not None
        assert set(one.answer.lines) <= {*turned.answer.lines}


def test_what_the_second_question_is_about_does_not_change_the_bill_of_the_first(
    house: House,
) -> None:
    found = last(house, f"{BILL}怎么办异地备案？")
    assert found.figures == last(house, BILL).figures


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("氯吡格雷、氨氯地平和阿卡波糖能报吗", ("氯吡格雷片", "氨氯地平片", "阿卡波糖")),
        ("氯吡格雷能报吗，阿卡波糖呢", ("氯吡格雷片", "阿卡波糖")),
        ("氯吡格雷和阿卡波糖都在目錄裏嗎", ("氯吡格雷片", "阿卡波糖")),
        ("Are clopidogrel and acarbose covered?", ("clopidogrel", "acarbose")),
    ],
)
def test_each_of_several_medicines_is_told(house: House, said: str, names: tuple[str, ...]) -> None:
    found = last(house, said)
    assert found.kind == "answer"
    for name in names:
        assert name.lower() in found.text.lower()


def test_more_medicines_than_one_answer_holds_are_named(house: House) -> None:
    found = last(house, "氯吡格雷、氨氯地平、阿卡波糖、瑞舒伐他汀和美托洛尔片能报吗")
    for name in ("氯吡格雷", "氨氯地平", "阿卡波糖", "瑞舒伐他汀", "美托洛尔"):
        assert name in found.text


@pytest.mark.parametrize(
    ("first", "follow_up", "name"),
    [
        ("二甲双胍片能报吗", "那缓释片呢", "二甲双胍缓释片"),
        ("二甲双胍能报吗", "缓释片呢", "二甲双胍缓释片"),
        ("美托洛尔缓释片能报吗", "那片剂呢", "美托洛尔片"),
        ("二甲雙胍片能報嗎", "那緩釋片呢", "二甲双胍缓释片"),
    ],
)
def test_a_form_alone_is_the_same_medicine_in_that_form(
    house: House, first: str, follow_up: str, name: str
) -> None:
    found = last(house, first, follow_up)
    assert found.medicines == (name,)


@pytest.mark.parametrize("follow_up", ["那氯吡格雷呢", "换成氯吡格雷呢", "那氯吡格雷片呢？"])
def test_another_medicine_takes_the_place_of_the_first(house: House, follow_up: str) -> None:
    found = last(house, "阿卡波糖能报吗", follow_up)
    assert found.medicines == ("氯吡格雷片",)


@pytest.mark.parametrize("follow_up", ["这个药有什么替代", "它有便宜的替代吗", "那有什么替代的药"])
def test_a_pronoun_is_the_medicine_of_before(house: House, follow_up: str) -> None:
    turned = talk(house, "司美格鲁肽注射液能报吗", follow_up)[-1]
    assert [one.tool for one in turned.called] == ["find_alternatives"]
    assert "司美格鲁肽" in turned.answer.text


# Who speaks, and how


def test_a_doctor_gets_the_essential_line_first(house: House) -> None:
    bill = f"患者{BILL}"
    for_doctor = last(house, bill, speaker="doctor")
    for_family = last(house, bill)
    assert for_doctor.lines[0] == for_doctor.brief[0]
    assert for_doctor.figures["person_pays"] in for_doctor.lines[0]
    assert for_family.lines[0] != for_doctor.lines[0]
    assert set(for_doctor.lines) == set(for_family.lines)


def test_a_doctor_speaks_of_a_patient_unless_saying_otherwise(house: House) -> None:
    found = last(house, BILL, "那二级医院呢", speaker="doctor")
    assert {one.subject for one in found.understood} <= {"self", "patient"}
    turns = talk(
        house,
        "上海在职，三级医院门诊花了700元，起付线用完了，能报多少",
        "那二级呢",
        speaker="doctor",
    )
    subjects: set[Subject] = {one.subject for one in turns[-1].answer.understood}
    assert len(subjects) == 1


@pytest.mark.parametrize(
    ("first", "second", "lang"),
    [
        (BILL, "那二级医院呢", "zh"),
        (
            "Active employee in Shanghai, tertiary hospital outpatient bill 700 yuan, "
            "deductible used up, how much is reimbursed?",
            "what about a secondary hospital?",
            "en",
        ),
        ("上海在職職工，三級醫院門診花了700元，起付線用完了，能報多少？", "那二級醫院呢？", "zh"),
    ],
)
def test_each_speaks_their_own_language(house: House, first: str, second: str, lang: str) -> None:
    turns = talk(house, first, second)
    for one in turns:
        assert one.answer.lang == lang
        assert one.answer.figures["total"] == "700.00"
    assert facts(turns[1].answer)["tier"] == "secondary"


def test_traditional_words_give_the_sum_of_simplified_ones(house: House) -> None:
    traditional = (
        "上海在職職工，三級醫院門診花了700元，其中乙類藥200元，起付線已經用完了，能報多少？"
    )
    assert last(house, traditional).figures == last(house, BILL).figures
