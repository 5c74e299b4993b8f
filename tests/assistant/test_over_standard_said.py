"""The part of a bill over the payment standard, whatever class the bill is of."""

import pytest

from askdoc.bootstrap import House

from .talking import last

WHO = "上海在职职工，三级医院门诊，起付线用完了，账户没钱，"


@pytest.mark.parametrize(
    "bill", ["花了600元，其中超过支付标准的部分60元，全是甲类", "甲类药600元，超过支付标准60元"]
)
def test_an_excess_of_a_class_a_bill_is_paid_by_the_person(house: House, bill: str) -> None:
    without = last(house, WHO + "花了540元，全是甲类，自己付多少")
    told = last(house, WHO + bill + "，自己付多少")
    paid = float(without.figures["person_pays"])
    assert float(told.figures["person_pays"]) == paid + 60


def test_an_excess_above_its_part_is_asked_about(house: House) -> None:
    told = last(house, WHO + "甲类药50元，超过支付标准60元，自己付多少")
    assert told.kind == "ask"
    assert not told.figures
