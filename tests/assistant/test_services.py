"""Services and materials are no medicines: said so, with whom to ask, and never as a name."""

from collections.abc import Callable

import pytest

from askdoc.assistant.answer import Answer
from askdoc.assistant.reading.facts import Reading

Ask = Callable[..., Answer]
Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("轮椅能报销吗", "轮椅"),
        ("做彩超报不报", "彩超"),
        ("叫救护车的钱医保给报吗", "救护车"),
        ("人工晶体能报吗", "人工晶体"),
        ("住院的陪护费报不报", "陪护费"),
        ("Is a hearing aid covered?", "hearing aid"),
    ],
)
def test_a_service_is_said_not_to_be_recorded(answered: Ask, said: str, name: str) -> None:
    told = answered(said)
    assert told.kind == "nothing_found"
    assert name in told.text
    assert "核对药名" not in told.text
    assert told.outcome == "indeterminate"


@pytest.mark.parametrize("said", ["止咳药能报吗", "降脂药报不报"])
def test_a_kind_of_medicine_is_no_name(answered: Ask, said: str) -> None:
    told = answered(said)
    assert "没有收录“" not in told.text


def test_a_bill_with_a_service_in_it_is_still_a_bill(answered: Ask) -> None:
    told = answered("上海职工在职，三级医院门诊做彩超花了600元，起付线用完了，账户没钱了，能报多少")
    assert told.figures["person_pays"] == "180.00"


def test_the_price_of_a_name_that_is_not_recorded_is_not_passed_over(answered: Ask) -> None:
    assert "萘普生" in answered("萘普生多少钱一盒，能报多少，青岛在职").text


def test_a_visit_alone_is_no_bill(answered: Ask) -> None:
    told = answered("住院的时候可以请假回家吗")
    assert told.missing != ("amount",)


@pytest.mark.parametrize(
    ("said", "words"),
    [("网上看病的药能报吗", "门诊"), ("“两病”是什么", "没有读懂")],
)
def test_what_was_not_said_is_not_told_of(answered: Ask, said: str, words: str) -> None:
    told = answered(said)
    assert told.kind == "answer"
    assert f"放进去查了：{words}" not in told.text
    assert "没有读懂" not in told.text


@pytest.mark.parametrize("service", ["护工费", "病号餐", "陪护费"])
def test_what_is_charged_for_living_is_the_persons_own_and_says_by_what(
    answered: Ask, service: str
) -> None:
    told = answered(f"青岛职工退休，二级医院住院一共9000，其中{service}700，报多少")
    assert told.figures["off_catalogue"] == "700.00"
    assert "生活服务费按全部自费计算" in told.text
    assert "service-scope-1999" in [one.id for one in told.sources]


def test_what_was_said_to_be_off_the_catalogue_rests_on_no_rule_of_living(answered: Ask) -> None:
    told = answered("青岛职工退休，二级医院住院一共9000，其中目录外700，报多少")
    assert told.figures["off_catalogue"] == "700.00"
    assert "生活服务费" not in told.text
    assert "service-scope-1999" not in [one.id for one in told.sources]


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("要做肠镜，报不报", "肠镜"),
        ("医生说要装支架。支架能报吗", "支架"),
        ("上周拍了个CT", "ct"),
    ],
)
def test_a_service_that_is_asked_of_is_read(reading: Read, said: str, service: str) -> None:
    assert service in reading(said).services


@pytest.mark.parametrize(
    "said",
    [
        "做了肠镜，开了美沙拉秦，医保认不认",
        "上次拍过CT，现在吃阿托伐他汀能报吗",
        "had an MRI last week, is rivaroxaban covered",
    ],
)
def test_a_service_in_a_history_is_not_asked_of(reading: Read, said: str) -> None:
    assert reading(said).services == ()
