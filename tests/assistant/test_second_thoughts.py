"""An amount that is corrected in the same breath counts as corrected; two told stay two."""

from decimal import Decimal

import pytest

from askdoc.assistant.reading.facts import Reading
from askdoc.bootstrap import House

from .conftest import Read
from .talking import last


def amounts(reading: Reading) -> dict[str | None, Decimal]:
    return {one.role: one.amount for one in reading.amounts}


@pytest.mark.parametrize(
    ("said", "role", "amount"),
    [
        ("门诊总共2100，乙类的话……我刚才看成了90，不对，是900，先自付10%", "class_b", 900),
        ("门诊总共2100，自费的嘛，我记得三百出头，看了下是320", "off_catalogue", 320),
        ("门诊一共六百几十……等我再翻一下单子，是683.5", "total", "683.5"),
        ("门诊總共大概七百多吧，我看看啊，736", "total", 736),
        ("门诊，原先以为花了370，结果是730", "total", 730),
        ("门诊一共840，少看了个零，8400", "total", 8400),
        ("门诊一共1200——不不，1120", "total", 1120),
        ("门诊单子四百来块，哎等我看看，437块5", "total", "437.5"),
        ("门诊总共3000，乙类呢，让我看看，350", "class_b", 350),
        ("门诊总共3000，乙类1000，先自付10%。不对，乙类是1500", "class_b", 1500),
        ("门诊总共3000，听成了自费300，其实是自费130", "off_catalogue", 130),
        ("outpatient, I first thought it was 800 but it's actually 680", "total", 680),
        ("outpatient bill 500, no wait, 650", "total", 650),
    ],
)
def test_the_amount_that_holds_counts(
    reading: Read, said: str, role: str, amount: int | str
) -> None:
    found = reading(said)
    assert amounts(found)[role] == Decimal(amount)
    assert [one.role for one in found.amounts].count(role) == 1
    assert not found.unread


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("门诊花了840。我看了一下，300是乙类", {"total": 840, "class_b": 300}),
        ("门诊总共1000，看了下单子，自费200", {"total": 1000, "off_catalogue": 200}),
        ("门诊总共1000，其实乙类只有200", {"total": 1000, "class_b": 200}),
        ("住院总共9000，结果自费的有700", {"total": 9000, "off_catalogue": 700}),
    ],
)
def test_what_is_looked_up_of_a_bill_takes_nothing_back(
    reading: Read, said: str, expected: dict[str, int]
) -> None:
    assert amounts(reading(said)) == expected


@pytest.mark.parametrize(
    "said",
    [
        "门诊总共900，里面有个国谈药，500块，先自付20%，其余都是甲类",
        "门诊总共900，其中有一种谈判药，要500元，先自付20%，其余甲类",
        "门诊总共900，有一盒谈判药500，先自付20%，其余甲类",
    ],
)
def test_a_medicine_with_its_price_behind_a_comma_is_a_part(reading: Read, said: str) -> None:
    assert amounts(reading(said)) == {"total": 900, "negotiated": 500}


def test_amounts_with_shares_of_their_own_are_each_paid_by_them(house: House) -> None:
    bill = "上海在职三级医院门诊总共4000，{}，其余甲类，起付线用完了，自己付多少"
    for parts in (
        "乙类2000先自付10%，谈判药1000先自付20%",
        "谈判药1000先自付20%，乙类2000先自付10%",
        "乙类2000先自付10%，另一种乙类1000先自付20%",
    ):
        assert last(house, bill.format(parts)).figures["first_pay"] == "400.00"
