"""Amounts that were mistaken by a digit, and numbers beside them that are no amounts."""

import pytest

from askdoc.bootstrap import House

from .conftest import DAY
from .talking import facts, last

STAY = "上海居民医保，68岁，二级医院住院，一共8400，全是甲类，要出多少"
VISIT = "上海在职职工，三级医院门诊460元甲类，起付线满了，账户没钱，付多少"
RETIRED = "上海退休职工，69岁，2015年退休，一级医院门诊520元甲类，起付线满了，账户空，付多少"


@pytest.mark.parametrize(
    "said",
    [
        "少打一个0 是八万四",
        "少写了一个零",
        "漏了个0",
        "我少打了个零，应该是84000",
        "刚才少打一个0",
        "少输了一个零",
        "少说一个零，八万四",
        "缺了个0",
        "少按了一个0",
        "哎呀少写个零",
    ],
)
def test_a_zero_that_was_left_out_makes_the_amount_ten_times_as_high(
    house: House, said: str
) -> None:
    assert last(house, STAY, said).figures == last(house, STAY.replace("8400", "84000")).figures


@pytest.mark.parametrize(
    "said",
    [
        "多打了一个零",
        "多写了个0",
        "多打一个0，是840",
        "我多输了一个零",
        "多按了个0",
        "多了个零",
        "多说了一个零",
        "刚才多敲了一个0",
        "多填了一个零",
        "看错了，多写一个零",
    ],
)
def test_a_zero_too_many_makes_the_amount_a_tenth(house: House, said: str) -> None:
    assert last(house, STAY, said).figures == last(house, STAY.replace("8400", "840")).figures


@pytest.mark.parametrize(
    "said",
    [
        "也不是460 640",
        "不是460，640",
        "不是460 是640",
        "也不是460，是640",
        "不是460、640",
        "不是460元 640元",
        "并非460 640",
        "不是460，应该是640",
        "数字颠倒了 640",
        "钱也记反了 640",
    ],
)
def test_a_right_amount_behind_the_wrong_one_takes_its_place(house: House, said: str) -> None:
    assert last(house, VISIT, said).figures == last(house, VISIT.replace("460", "640")).figures


def test_zeros_say_nothing_where_no_bill_is_under_way(house: House) -> None:
    assert not last(house, "多打了一个零").figures


def test_a_bill_of_several_parts_is_not_scaled_without_a_new_amount(house: House) -> None:
    parts = "上海在职职工，三级医院门诊，甲类400元，自费100元，起付线满了，账户没钱，付多少"
    assert last(house, parts, "多打了一个零").figures.get("class_a") != "40.00"


@pytest.mark.parametrize(
    "said",
    [
        "要是我满70了呢",
        "如果我满七十了呢",
        "我刚满70呢",
        "假如我年满70呢",
        "等我满70了呢",
        "要是我70了呢",
        "如果70岁呢",
        "满70呢",
        "要是快满70了呢",
        "那满70的话呢",
    ],
)
def test_an_age_that_is_supposed_is_no_amount(house: House, said: str) -> None:
    found = last(house, RETIRED, said)
    assert facts(found)["age"] == 70
    assert found.figures["total"] == "520.00"


def test_a_supposed_age_may_go_elsewhere(house: House) -> None:
    found = last(house, RETIRED, "满70去三级呢")
    assert (facts(found)["age"], facts(found)["tier"]) == (70, "tertiary")
    assert found.figures["total"] == "520.00"


@pytest.mark.parametrize(
    "said",
    [
        "已经叫了120",
        "打了120，在医院了",
        "刚打过120",
        "我打110了",
        "拨打12345问过了",
        "打12345问了",
        "120来了",
        "120送到医院了",
        "叫120拉走的",
        "we called 120",
    ],
)
def test_whom_one_calls_is_no_amount(house: House, said: str) -> None:
    assert not house.context(DAY, {}, 0, None).read(said).amounts


@pytest.mark.parametrize("said", ["打了120块的针", "花了120元", "叫车120元", "这针120元"])
def test_an_amount_that_looks_like_a_telephone_number_is_one(house: House, said: str) -> None:
    amounts = house.context(DAY, {}, 0, None).read(said).amounts
    assert [one.amount for one in amounts] == [120]


@pytest.mark.parametrize(
    "said",
    [
        "1社区卫生服务中心 2二级医院 3三级医院",
        "1、社区 2、二级医院",
        "1.社区，2.三级医院",
        "1号我 2号我爸",
        "1我妈 2我爸 3我",
        "1是社区，2是二级",
        "1去社区 2去三级医院",
        "1门诊，2住院",
        "1）社区 2）三级医院",
        "1号社区、2号二级医院",
    ],
)
def test_the_numbers_of_a_list_are_no_amounts(house: House, said: str) -> None:
    read = house.context(DAY, {}, 0, None).read(f"门诊395元甲类 {said}")
    assert [one.amount for one in read.amounts] == [395]
