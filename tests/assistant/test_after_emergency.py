"""After the advice of an emergency: somebody is cared for, or nothing is better yet."""

import pytest

from askdoc.bootstrap import House

from .talking import HELP, facts, last, talk

BILL = "上海职工在职看门诊花了800，全是甲类，起付线过了，账户空，要付多少"


@pytest.mark.parametrize(
    "said",
    [
        "救护车接走了，人醒了，我儿子跟着。你刚才问我的，那家是二级医院",
        "人送到医院抢救过来了，脱离危险了。是二级医院",
        "120来了，已经接走。那家是二级医院",
        "the ambulance has taken him, he woke up. it was a secondary hospital",
    ],
)
def test_who_is_in_good_hands_leaves_room_for_the_question(house: House, said: str) -> None:
    told = last(house, BILL, HELP, said)
    assert told.figures["person_pays"] == "200.00"


@pytest.mark.parametrize(
    "said", ["救护车还没来，人还是没醒", "他又抽了", "还是没反应怎么办", "越来越喘了"]
)
def test_nothing_better_is_the_same_emergency(house: House, said: str) -> None:
    assert last(house, BILL, HELP, said).kind == "emergency"


def test_a_new_red_flag_is_one_again(house: House) -> None:
    assert last(house, BILL, HELP, "人送医院了，可我自己现在胸口压得喘不上气").kind == "emergency"


def test_the_same_words_without_an_emergency_are_none(house: House) -> None:
    assert talk(house, BILL, "账户还是没钱，是二级医院")[-1].answer.kind == "answer"


@pytest.mark.parametrize(
    "said",
    [
        "我儿子陪我去的，是二级医院",
        "女儿带我去的二级",
        "my daughter drove me, a secondary hospital",
    ],
)
def test_who_came_along_is_not_meant(house: House, said: str) -> None:
    assert last(house, BILL, said).figures["person_pays"] == "200.00"


@pytest.mark.parametrize(
    "said",
    [
        "人醒了，已经送医院了",
        "He's fine now, the ambulance took him to the ER",
        "抢救过来了，脱离危险了",
    ],
)
def test_who_only_calms_is_heard(house: House, said: str) -> None:
    told = talk(house, HELP, said)[-1]
    assert (told.answer.kind, told.answer.outcome, told.called) == ("answer", None, ())


INTERRUPTED = (
    "我爸突然嘴歪了一边手脚没力气，上海退休职工，2008年退休，71岁，三级医院住院花了9000，付多少"
)


@pytest.mark.parametrize(
    ("said", "tier"),
    [
        ("要是二级医院呢", "secondary"),
        ("那在二级呢", "secondary"),
        ("what if it was a secondary hospital?", "secondary"),
        ("如果总共是5000呢", "tertiary"),
    ],
)
def test_what_goes_on_takes_up_the_question_that_was_interrupted(
    house: House, said: str, tier: str
) -> None:
    assert last(house, INTERRUPTED).kind == "emergency"
    found = last(house, INTERRUPTED, said)
    assert found.figures["person_pays"]
    assert facts(found)["tier"] == tier


def test_a_question_of_its_own_leaves_the_interrupted_one_waiting(house: House) -> None:
    told = talk(house, INTERRUPTED, "二甲双胍片能报吗", "刚才的问题")
    assert told[1].answer.medicines == ("二甲双胍片",)
    assert told[2].answer.figures["total"] == "9000.00"


def test_an_older_question_is_not_gone_on_with(house: House) -> None:
    medicine = "我妈喘不上气嘴唇发紫，舒利迭能报吗"
    found = last(house, BILL, medicine, "要是慢阻肺呢")
    assert "沙美特罗替卡松" in found.text
