"""A bill that is put right in the conversation: what was wrong goes, all else stays."""

import pytest

from askdoc.bootstrap import House

from .talking import last, talk

BILL = "上海职保在职，二级医院门诊640元甲类，起付线满了，账户没钱，自己付多少"
STAY = "青岛职工在职，第一次住院，三级医院，总共16000元，其中自费1200，其余甲类，自己付多少"


def test_who_reminded_somebody_of_a_part_wants_no_reminder(house: House) -> None:
    told = last(house, BILL, "我弟弟刚提醒我，里头40是自费").figures
    assert told == last(house, BILL, "里头40是自费").figures
    assert told["off_catalogue"] == "40.00"


def test_who_wants_a_reminder_still_asks_for_one(house: House) -> None:
    assert last(house, "药快吃完了提醒我一声").kind == "decline"


def test_a_stay_that_was_not_the_first_is_the_one_that_is_said(house: House) -> None:
    put_right = last(house, STAY, "不是第一次，今年是第三次了").understood
    assert {one.fact: one.value for one in put_right}["admissions"] == 2


def test_a_part_that_was_wrong_is_gone(house: House) -> None:
    put_right = last(house, STAY, "那1200也搞错了，没有自费").figures
    assert put_right["off_catalogue"] == "0.00"
    assert put_right["total"] == "16000.00"


def test_an_account_that_is_used_up_is_empty(house: House) -> None:
    with_money = BILL.replace("账户没钱", "账户里还有90")
    gone = last(house, with_money, "账户那90其实也花光了").figures
    assert gone["account_pays"] == "0.00"


def test_an_age_that_was_wrong_is_not_the_age(house: House) -> None:
    turns = talk(house, "上海居民医保小孩5岁，三级医院门诊300甲类，起付线满了，自己付多少")
    assert turns[-1].answer.kind == "answer"
    put_right = last(house, "上海居保，不是五岁，是十五岁，门诊300甲类，三级医院，付多少")
    assert {one.fact: one.value for one in put_right.understood}["age"] == 15


@pytest.mark.parametrize(
    "said", ["唔好意思，系我自己睇嘅，我仲返紧工", "不好意思，是我自己看的，我还在上班"]
)
def test_a_bill_of_the_wrong_person_keeps_its_insurance_and_not_the_person(
    house: House, said: str
) -> None:
    mothers = "我妈深圳退休一档，70岁，社康门诊500元甲类，她付多少"
    shown = {one.fact: one.value for one in last(house, mothers, said).understood}
    assert shown["grade"] == "first"
    assert shown["status"] == "active"
    assert "age" not in shown


@pytest.mark.parametrize(("kin", "other"), [("妈", "爸"), ("爸", "妈")])
def test_parents_are_named_in_one_letter(house: House, kin: str, other: str) -> None:
    ones = f"{kin}青岛退休，70，三级医院门诊900甲类，起付线满了，要付多少"
    others = f"{other}上海退休，75，2011年退休，社区门诊300甲类，起付线满了，付多少"
    back = last(house, ones, others, f"{kin}那个换社区看是多少")
    assert back.figures["total"] == "900.00"


def test_the_deductible_is_put_right_in_two_clauses(house: House) -> None:
    put_right = last(house, BILL, "起付线没满！今年才用了200")
    assert put_right.figures != last(house, BILL).figures
    assert put_right.figures == last(house, BILL, "起付线今年用了200").figures


def test_a_community_clinic_without_a_setting_is_outpatient_care_and_says_so(house: House) -> None:
    bare = "上海退休，76，05年退的，社区420甲类，起付线满了账户空"
    first, then = talk(house, bare, "那换区中心医院")
    assert first.answer.figures == last(house, bare.replace("社区", "社区门诊")).figures
    for turn in (first, then):
        assert any("按门诊计算" in line for line in turn.answer.lines)


def test_a_hospital_without_a_setting_is_asked_about(house: House) -> None:
    assert last(house, "上海在职，三级医院1200甲类，付多少").missing == ("setting",)


def test_a_way_that_was_not_taken_is_computed_and_not_compared_with_home(house: House) -> None:
    away = "我上海职保在职，住北京三甲1万，全甲类，没转诊，临时备案办了的，自己付多少"
    first, then = talk(house, away, "要是当时转诊了能省多少")
    assert first.answer.figures["total"] == then.answer.figures["total"] == "10000.00"
    assert float(then.answer.figures["person_pays"]) < float(first.answer.figures["person_pays"])


@pytest.mark.parametrize("doubt", ["你确定？医生说报的", "真的吗，药店讲不能报"])
def test_who_heard_otherwise_is_told_what_it_rests_on(house: House, doubt: str) -> None:
    first, then = talk(house, "可瑞达能报吗", doubt)
    assert first.answer.outcome == "not_covered"
    assert "刚才的回答依据的是" in then.answer.text


def test_a_doubt_with_a_question_is_a_question(house: House) -> None:
    assert last(house, "可瑞达能报吗", "真的吗？那信迪利单抗呢").medicines


def test_a_setting_taken_for_granted_that_leads_nowhere_is_asked_for(house: House) -> None:
    said = "深圳居民医保，40岁，社康中心，1800都是甲类，自己付多少"
    asked = last(house, said)
    assert (asked.kind, asked.missing) == ("ask", ("setting",))
    assert last(house, said, "住院的").outcome != "indeterminate"
