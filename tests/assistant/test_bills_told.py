"""Two bills told in one breath: what the person paid of either decides which was meant."""

from datetime import date

import pytest

from askdoc.bootstrap import House
from askdoc.language import find_days

from .talking import last

# What is said, and what was paid of the earlier and of the later bill.
TOLD = {
    "referral": (
        "杭州大学生居民医保，22岁，没签约，三级门诊都是600甲类，转诊的那回付360，没转诊的那回付480，起付线两回都没用过，为什么",
        ("360.00", "480.00"),
    ),
    "deductible": (
        "我上海职保在职，二级门诊，6月5日640块我出160，7月9日640块我出535，都是甲类，6月那次起付线用满了，7月那次还没动，账户没钱，咋回事",
        ("160.00", "535.00"),
    ),
    "share": (
        "两张单子都是九百块乙类药，一张自理10%一张自理20%，前者我付333后者付396，上海职保在职三级医院门诊，起付线用完，账户没钱，原因？",
        ("333.00", "396.00"),
    ),
    "a day of before the records": (
        "我45上海居保，去年11月8号二级门诊500付200，今年3月2号一样500付了500，去年起付线早满了，今年还没用过，都是甲类，咋回事",
        ("200.00", "500.00"),
    ),
}


@pytest.mark.parametrize("name", list(TOLD))
def test_what_was_paid_decides_which_bills_were_meant(house: House, name: str) -> None:
    said, paid = TOLD[name]
    told = last(house, said)
    assert (told.figures.get("before"), told.figures.get("after")) == paid


def test_a_day_whose_rules_are_not_recorded_is_counted_by_today_and_told(house: House) -> None:
    told = last(house, TOLD["a day of before the records"][0])
    assert "2025-11-08 那时的规定没有收录，按今天的规定算" in told.text
    assert "请向参保地医保经办机构确认" in told.text


def test_sums_that_no_mix_makes_are_not_forced(house: House) -> None:
    """Nothing said makes 111 of 600: the payment is named, no difference is made up."""
    said = TOLD["referral"][0].replace("360", "111").replace("480", "222")
    told = last(house, said)
    assert told.figures.get("before") != "111.00"


@pytest.mark.parametrize(
    ("said", "day"),
    [("25年12月22那次", "2025-12-22"), ("2026年3月5去的", "2026-03-05"), ("26年3月500块", None)],
)
def test_a_day_behind_year_and_month_needs_no_word_for_day(said: str, day: str | None) -> None:
    found = [
        one.day.isoformat() for one in find_days(said, date(2026, 11, 25)) if one.grain == "day"
    ]
    assert found == ([day] if day else [])
