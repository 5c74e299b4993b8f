"""Several amounts put right in one message."""

import pytest

from askdoc.bootstrap import House

from .talking import last

BILL = (
    "上海职工在职三级医院门诊2000块，起付线用完了，其中乙类800先自付10%，自费120，剩下甲类，"
    "账户没钱，报多少"
)


@pytest.mark.parametrize(
    ("said", "pays"),
    [
        ("那个自费的120是180，乙类的也改一下，是1000", "796.00"),
        ("自费120改成180，乙类800改成1000", "796.00"),
        ("自费那120应该是180，乙类那800应该是1000", "796.00"),
        ("寫錯咗，自費120改為180，乙類800改為1000", "796.00"),
        ("the off-catalogue 120 should be 180, class B 800 should be 1000", "796.00"),
        ("自费120改成180，总的2000改成2200", "842.00"),
    ],
)
def test_each_new_amount_takes_the_part_of_the_old(house: House, said: str, pays: str) -> None:
    assert last(house, BILL, said).figures["person_pays"] == pays


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        *(("自费那120不算", "1880"), ("自费的不要了", "1880")),
        ("外加自费100", "2100"),
    ],
)
def test_the_other_parts_stay_when_one_is_left_out_or_added(
    house: House, said: str, whole: str
) -> None:
    told = last(house, BILL, said)
    assert told.figures["total"] == f"{whole}.00"
    assert told.figures["first_pay"] == "80.00"
