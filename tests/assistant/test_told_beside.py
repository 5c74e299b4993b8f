"""What is told beside a bill: poverty in loose words, places nobody goes to, habits, calls."""

import pytest

from askdoc.bootstrap import House

from .conftest import Read
from .talking import last

STAY = "杭州居民医保，62岁，{}，三级医院住院52000全甲类，自己付多少"


@pytest.mark.parametrize(
    "words",
    [
        "认定过低收入家庭",
        "是贫困户",
        "我家是困难家庭",
        "我们是建档立卡户",
        "村里评的困难群众",
        "是低收入家庭",
    ],
)
def test_poverty_in_loose_words_is_asked_about(house: House, words: str) -> None:
    assert last(house, STAY.format(words)).missing == ("group",)
    for reply, whole in (("低保", "是低保户"), ("低保边缘", "是低保边缘家庭")):
        answered = last(house, STAY.format(words), reply)
        assert answered.figures == last(house, STAY.format(whole)).figures


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("是五保户", "extreme_hardship"),
        ("特困供养人员", "extreme_hardship"),
        ("吃低保", "low_income"),
        ("低边户", "near_low_income"),
        ("因病致贫家庭", "poverty_by_illness"),
        ("防返贫监测对象", "at_risk"),
    ],
)
def test_a_recognised_kind_is_taken(reading: Read, words: str, group: str) -> None:
    found = reading(STAY.format(words))
    assert found.facts["group"].value == group
    assert "group" not in found.conflicts


@pytest.mark.parametrize("words", ["不是低收入家庭", "没评上什么", "家里经济困难"])
def test_nothing_recognised_is_none(reading: Read, words: str) -> None:
    found = reading(STAY.format(words))
    assert "group" not in found.conflicts
    assert "group" not in found.facts


@pytest.mark.parametrize(
    ("said", "tier"),
    [
        ("大医院他死活不肯去，在社区看的门诊，花了300", "primary"),
        ("我不愿意去三甲，就在二级医院看的门诊，花了300", "secondary"),
        ("平时都在社区配药，这次去三级医院看门诊，花了300", "tertiary"),
        ("三级医院住院花了2万，社区干部说报完还有大病保险", "tertiary"),
        ("二级医院门诊花了600，街道社区开的证明", "secondary"),
        ("三级醫院門診花了900，平時就在社區看看", "tertiary"),
    ],
)
def test_the_place_is_where_the_visit_was(reading: Read, said: str, tier: str) -> None:
    found = reading(said)
    assert found.facts["tier"].value == tier
    assert "tier" not in found.conflicts
    assert tier == "primary" or "institution" not in found.facts


def test_two_places_that_are_compared_stay_two(reading: Read) -> None:
    assert "tier" in reading("门诊300，去社区和去三级医院各付多少").conflicts


@pytest.mark.parametrize(
    "said",
    [
        "我妈从台湾打电话来问，我上海职工在职，三级医院住院2万",
        "舅舅从四川寄来的腊肉，我上海职工在职，三级医院住院2万",
        "我爸从河南赶过来陪我，我上海职工在职，三级医院住院2万",
        "My aunt in Hong Kong called. I'm a Shanghai employee, tertiary stay 20000",
    ],
)
def test_where_somebody_calls_from_is_no_place_of_care(reading: Read, said: str) -> None:
    found = reading(said)
    assert (found.region, found.place, found.unrecorded) == ("cn/shanghai", None, None)


def test_where_the_care_was_stays_the_place(reading: Read) -> None:
    for said in (
        "上海职工在职，在四川三级医院住院2万",
        "上海职工，从四川赶来看病的，在北京住院2万",
    ):
        assert reading(said).place == "elsewhere"
