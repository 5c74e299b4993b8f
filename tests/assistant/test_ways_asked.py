"""The same bill two ways, however they are named: done or not, here or away, insured here or there.

The sums are worked by hand from the policy facts.
"""

import pytest

from askdoc.bootstrap import House

from .conftest import DAY
from .talking import last


@pytest.mark.parametrize(
    ("said", "sums"),
    [
        # 600 × 30%, and 300 + 300 × 30%.
        (
            "杭州居民45岁，社区门诊600甲类起付线没动过，签家庭医生的话付多少，不签又付多少",
            ("180.00", "390.00"),
        ),
        # 400 + 500 × 18%, and 700 + 200 × 18%.
        (
            "杭州退休职工，三级门诊900甲类，起付没用，签了家医和没签家医各自掏多少",
            ("490.00", "736.00"),
        ),
        # 70% less 10 and less 20 points.
        (
            "我上海职工在职，去南京三级医院门诊800甲类，起付用完账户没钱，临时备案办了，有转诊付多少，"
            "没转诊又付多少",
            ("320.00", "400.00"),
        ),
        # 1,500 + 18,500 × 25% and × 35%.
        (
            "上海在職職工，去廣州三級醫院住院兩萬甲類，備咗臨時案，有轉診同冇轉診各俾幾多",
            ("6125.00", "7975.00"),
        ),
        (
            "I'm insured in Shanghai (employee, working). Inpatient stay at a tertiary hospital in"
            " Nanjing, 20000 yuan class A, temporary filing. What do I pay with a referral and what"
            " without one?",
            ("6125.00", "7975.00"),
        ),
        # 800 + 19,200 × 12%, and × 22%.
        (
            "杭州退休六十八，留在杭州三级医院住，还是转诊到上海三级医院住，两万甲类，备案是办了临时的，各付几钿",
            ("3104.00", "5024.00"),
        ),
        # 600 + 9,400 × 10% and × 30%.
        (
            "深圳一檔返工，今年頭次住院，一萬甲類。留喺深圳三級，定係自己上廣州三級（冇轉診，做咗臨時備案），"
            "要俾幾多",
            ("1540.00", "3420.00"),
        ),
        # 1,500 + 18,500 × 15%, and 800 + 19,200 × 16%.
        (
            "同是住院两万甲类，上海职工和杭州职工在职三级医院谁掏得少",
            ("4275.00", "3872.00"),
        ),
        (
            "同为职工医保在职、本地三级医院首次住院、20000元甲类，上海与杭州个人负担对比",
            ("4275.00", "3872.00"),
        ),
    ],
)
def test_each_way_has_its_sum(house: House, said: str, sums: tuple[str, str]) -> None:
    assert tuple(last(house, said).figures.values()) == sums


@pytest.mark.parametrize(
    ("said", "filed"),
    [
        ("武汉三级医院住院三万，临时外出备案办好了", "temporary"),
        ("备了临时案，去南京三级住院", "temporary"),
        ("备案是办了长期的，在武汉三级住院", "long_term"),
        ("外地三级医院住院，办的是长期", "long_term"),
        ("a tertiary hospital in Wuhan, filed as temporary", "temporary"),
    ],
)
def test_a_filing_is_read_by_its_shape(house: House, said: str, filed: str) -> None:
    reading = house.context(DAY, {}, 0, None).read(f"上海职工在职，{said}，要出多少")
    assert reading.facts["filed"].value == filed
    assert reading.place is not None
