"""Which amount plays which part: said in front, said behind, said of something else."""

import pytest

from .conftest import Read

Parts = dict[str | None, str]


def parts(read: Read, text: str) -> list[tuple[str | None, str]]:
    return [(one.role, f"{one.amount:f}".removesuffix(".00")) for one in read(text).amounts]


@pytest.mark.parametrize(
    "text",
    [
        "总共1200元，乙类400元，自费100元",
        "总共1200元，400是乙类，100是自费",
        "花了1200，里面乙类药有400块，还有100块自费的",
        "花了一千二百块，乙类四百，目录外一百",
        "總共花了1200元，其中乙類藥400元，目錄外100元",
        "总共１２００元，乙类４００元，目录外１００元",
        "一共花了1200元乙类400元自费100元",
        "1200元其中乙类400丙类100",
        "1200块钱里头400块是乙类100块不能报",
        "my bill was 1200 yuan: 400 class B, 100 off-catalogue",
        "total bill 1200, 400 of it class B and 100 off catalogue",
        "of the 1200 bill, 400 was class B and 100 was off-catalogue",
    ],
)
def test_a_part_may_be_named_before_or_behind_its_amount(reading: Read, text: str) -> None:
    expected = [("total", "1200"), ("class_b", "400"), ("off_catalogue", "100")]
    assert parts(reading, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲类700乙类400目录外100", ["class_a", "class_b", "off_catalogue"]),
        ("自费300，总共1200", ["off_catalogue", "total"]),
        ("乙类药先自付10%，乙类400，总共1200", ["class_b", "total"]),
        ("乙类 400元 先行自付10% 总共 1200", ["class_b", "total"]),
        ("账户里还有500块，花了1200", ["account_current", "total"]),
        ("今年医保已经报了5000，这次花了1200", ["fund_paid", "total"]),
        ("花了400元是乙类", ["class_b"]),
    ],
)
def test_other_parts_are_told_apart(reading: Read, text: str, expected: list[str]) -> None:
    assert [role for role, _ in parts(reading, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "起付线用了320，花了1200",
        "起付线500，已经用了320，花了1200",
        "起付线我已经用了320，这次花了1200",
        "I have used 320 of my deductible; bill 1200",
        "deductible used 320, total 1200",
    ],
)
def test_what_is_used_of_the_deductible_is_never_part_of_the_bill(reading: Read, text: str) -> None:
    found = reading(text)
    assert str(found.amount("deductible_used")) == "320.00"
    assert str(found.amount("total")) == "1200.00"


@pytest.mark.parametrize(
    "text",
    ["自己付了300", "这次付了300元", "现金付了300", "I paid 300 myself", "自己花了300", "自付300"],
)
def test_what_a_person_paid_is_no_bill(reading: Read, text: str) -> None:
    assert parts(reading, text) == [("person_paid", "300")]
    assert reading(text).amount("total") is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("起付线是1500元，花了1200", "deductible_full"),
        ("起付线还差180，花了1200", "deductible_left"),
        ("医保报了900，总费用1200", "funds_paid"),
        ("每盒35元，总共1200", "unit_price"),
        ("立普妥35元一盒，总共1200", "unit_price"),
    ],
)
def test_what_is_no_part_of_a_bill_is_recognised_as_such(
    reading: Read, text: str, role: str
) -> None:
    assert [one for one, _ in parts(reading, text)] == [role, "total"]


def test_a_question_gives_no_amount_its_part(reading: Read) -> None:
    assert parts(reading, "1200元里自费多少") == [("total", "1200")]
    assert parts(reading, "1200元是自费吗") == [("total", "1200")]


def test_a_bare_amount_is_the_bill_only_when_it_stands_alone_or_first(reading: Read) -> None:
    assert parts(reading, "上海三级医院门诊1200") == [("total", "1200")]
    assert parts(reading, "1200元，其中乙类400") == [("total", "1200"), ("class_b", "400")]
    assert parts(reading, "乙类100，还有检查费300") == [("class_b", "100"), (None, "300")]
    assert parts(reading, "挂号费20，药费500") == [(None, "20"), (None, "500")]


def test_two_parts_named_in_one_breath_are_not_guessed(reading: Read) -> None:
    found = parts(reading, "一共1200元，乙类药和目录外分别是400元和100元")
    assert found == [("total", "1200"), (None, "400"), (None, "100")]


def test_a_denied_part_is_not_taken(reading: Read) -> None:
    assert ("class_b", "400") not in parts(reading, "一共1200元，400不是乙类")


def test_numbers_of_a_medicine_are_no_money(reading: Read) -> None:
    assert parts(reading, "诺和锐30能报吗") == []
    assert parts(reading, "二甲双胍500毫克，花了120元") == [("total", "120")]


@pytest.mark.parametrize("text", ["花了1200多", "花了1200-1500元", "大概一千多块"])
def test_an_open_amount_is_handed_on_unread(reading: Read, text: str) -> None:
    found = reading(text)
    assert not found.amounts
    assert found.unread


def test_two_totals_contradict_each_other_but_two_pieces_of_a_class_add_up(reading: Read) -> None:
    assert len(reading("花了1200，总共1500").twice()) == 2
    assert not reading("总共1200，账单1200").twice()
    assert str(reading("总共1200，乙类100，乙类200").amount("class_b")) == "300.00"


@pytest.mark.parametrize(
    "text",
    [
        *("自己去三级医院门诊花了300", "我自己看门诊用了300", "我自己那张单子是二级门诊300"),
        *("自己跑到三甲看的，一共300", "我自己一个人去的社区，300块", "自己在药店买了300"),
    ],
)
def test_oneself_without_paying_names_no_part(reading: Read, text: str) -> None:
    assert parts(reading, text) == [("total", "300")]


@pytest.mark.parametrize(
    "text", ["自己又付了300", "住院自己出了300", "自己贴了300", "我自己要付300"]
)
def test_oneself_with_paying_names_what_was_paid(reading: Read, text: str) -> None:
    assert parts(reading, text) == [("person_paid", "300")]
