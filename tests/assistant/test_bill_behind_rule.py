"""A bill told behind a question about a rule is a bill: its share is no answer to it."""

import pytest

from askdoc.bootstrap import House

from .talking import last, same_sum

RULES = [
    "南京职工医保三级医院住院报百分之几",
    "青岛居民医保二级医院住院报销比例是多少",
    "杭州职工三级医院住院起付线多少",
    "what share does Qingdao pay for a tertiary stay, resident scheme?",
]
WHOLE = "杭州职工医保在职，三级医院住院8600，今年第一次，自己付多少"


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "bill",
    [
        "那我呢，杭州职工医保在职，三级医院住院8600，今年第一次",
        "我的情况：杭州职工医保，在职，三级医院，住院费8600，今年第一次住院",
        "咁我呢？杭州職工在職，三級醫院住院8600蚊，今年第一次",
    ],
)
def test_a_bill_behind_a_rule_is_summed_up(house: House, rule: str, bill: str) -> None:
    assert last(house, rule, bill).figures == last(house, WHOLE).figures


def test_what_is_said_of_it_next_is_a_part_of_it(house: House) -> None:
    bill = "那我婶婶呢，杭州职工在职，三级医院住院8600，今年第一次"
    whole = "我婶婶杭州职工在职，三级医院住院8600，今年第一次，里面自费700，自己付多少"
    assert same_sum(house, (RULES[1], bill, "里面有700是自费的"), whole)


def test_a_rule_asked_again_stays_one(house: House) -> None:
    assert not last(house, RULES[1], "那三级呢").figures.get("person_pays")
