"""A bill told behind a question about a medicine: whose is it, the medicine's or the visit's?"""

import pytest

from askdoc.bootstrap import House

from .talking import same_sum, talk

BILLS = [
    "那我爸住院的账单呢：杭州退休职工，三级医院住院总共9000，乙类2000，付多少",
    "那住院費呢？我媽深圳一檔退休，三級醫院，今年第一次住院，總共13000，全甲類，自己畀幾多",
    "and the bill: Qingdao employee, working, secondary inpatient, first stay this year,"
    " 7,000 in total, all class A. What do I pay?",
    "哎，那上海老年居民，二级医院住院花了6500，今年头一次，全部甲类，自己出多少",
]


@pytest.mark.parametrize(
    "medicine", ["利伐沙班能报吗", "is Eliquis covered?", "那阿哌沙班呢，医保报吗"]
)
@pytest.mark.parametrize("bill", BILLS)
def test_a_whole_bill_is_not_the_medicine_s_before_it(
    house: House, medicine: str, bill: str
) -> None:
    assert same_sum(house, (medicine, bill), bill)


@pytest.mark.parametrize(
    "bill",
    [
        "那上海在职三级医院门诊开一盒，花了120，自己付多少",
        "那它花了120，上海在职三级医院门诊，自己付多少",
        "and if I pay 120 for it, Shanghai employee, working, tertiary outpatient?",
    ],
)
def test_what_a_medicine_costs_stays_its_own(house: House, bill: str) -> None:
    found = talk(house, "利伐沙班能报吗", bill)[-1]
    assert found.dialogue.latest is not None
    assert [one.text for one in found.dialogue.latest.reading.mentions] == ["利伐沙班"]
