"""One fee of several is no whole bill; an amount that is corrected to the whole is one."""

import pytest

from askdoc.bootstrap import House

from .conftest import Read
from .talking import amounts_said, last

BILL = "上海在职职工，三级医院门诊花了940元，乙类360先自付10%，账户空起付线满，我付多少"


@pytest.mark.parametrize(
    "text",
    [
        "门诊挂号40检查360药费540",
        "门诊检查费360，药费540，挂号费40",
        "outpatient, consultation 40, tests 360, medicines 540",
    ],
)
def test_no_fee_is_the_whole_of_several(reading: Read, text: str) -> None:
    assert {one.role for one in reading(text).amounts} == {None}


def test_several_fees_without_a_whole_are_asked_about(house: House) -> None:
    found = last(house, "上海在职职工，三级门诊挂号40检查360药费540，自己付多少")
    assert (found.kind, found.missing) == ("ask", ("amount",))


def test_a_whole_that_was_said_stays(reading: Read) -> None:
    assert str(reading("门诊一共940，其中检查360，药费540").amount("total")) == "940.00"
    assert str(reading("门诊药费540，其中乙类360").amount("total")) == "540.00"


def test_an_amount_that_is_corrected_to_the_whole_is_it(house: House) -> None:
    found = last(house, BILL, "不对，刚才那个360是总的，乙类只有120")
    whole = BILL.replace("940", "XX").replace("360", "120").replace("XX", "360")
    assert found.figures == last(house, whole).figures


def test_a_share_that_was_used_is_not_called_unused(house: House) -> None:
    found = last(house, BILL, "先自付也不是一成，是两成")
    assert found.figures == last(house, BILL.replace("10%", "20%")).figures
    assert "没有用上" not in found.text


WITH = "上海在职职工，三级门诊花了940，其中自费240，账户空起付线满，付多少"


@pytest.mark.parametrize("said", ["那要是没那240自费呢", "要是没有其中240自费呢"])
def test_a_part_that_is_named_by_its_amount_is_denied(house: House, said: str) -> None:
    assert last(house, WITH, said).figures == last(house, WITH.replace("其中自费240，", "")).figures


@pytest.mark.parametrize("said", ["自费那240不要了呢", "要是去掉自费的呢", "自费的240不开了呢"])
def test_a_part_that_is_left_out_makes_the_bill_smaller(house: House, said: str) -> None:
    smaller = WITH.replace("其中自费240，", "").replace("940", "700")
    assert last(house, WITH, said).figures == last(house, smaller).figures


@pytest.mark.parametrize("said", ["外加60块自费药呢", "要是多开60块自费药呢"])
def test_a_part_on_top_makes_the_bill_greater(house: House, said: str) -> None:
    greater = WITH.replace("940", "1000").replace("240", "300")
    assert last(house, WITH, said).figures == last(house, greater).figures


@pytest.mark.parametrize(
    "said",
    [
        "社区拿药，单子是180块，全是甲类，今年基金已经给报了400块，一年总共报520块封顶",
        "单子180块全甲类，一年一共报2000块封顶",
        "这次单子是180元，一年总共3000元封顶",
        "门诊单子180，都是甲类，全年总共给报1200块钱封顶",
        "药费单子是180块，一年合计5000元封顶，已经报了300",
        "单子180元，其中乙类60元，一年总共1万块封顶",
        "社区的单子是180块，基金今年付了310块，总共520元到顶",
        "单子是180，封顶线520块",
        "今天单子180块，全是甲类，一年共报800就封顶了",
        "单子是180块，一年总共报600块就到顶",
    ],
)
def test_a_ceiling_is_no_total_and_a_slip_is_one(reading: Read, said: str) -> None:
    assert amounts_said(reading(said), {"total"}) == {"total": "180"}
