"""第二个, 前面那个, the latter: what was named together; 差多少: the last two bills."""

import pytest

from askdoc.bootstrap import House

from .talking import facts, last

TWO = "可定和舒降之，医生让挑一个，都能报吗"
PLACES = "上海在职，起付线满账户空，门诊500甲类，社区卫生服务中心和三级医院，各要付多少"
BILL = "上海职工在职，三级医院门诊800全甲类，起付线满了，账户空，付多少"


@pytest.mark.parametrize(
    ("said", "row"),
    [
        *(
            ("第二个是甲类还是乙类", "辛伐他汀"),
            ("后者呢", "辛伐他汀"),
            ("後面那個能報嗎", "辛伐他汀"),
        ),
        *(
            ("最后一种报不报", "辛伐他汀"),
            ("前面那个呢", "瑞舒伐他汀"),
            ("头一种是啥类", "瑞舒伐他汀"),
        ),
        *(("第一个要先自付吗", "瑞舒伐他汀"), ("the second one?", "辛伐他汀")),
    ],
)
def test_one_of_two_medicines_is_pointed_at(house: House, said: str, row: str) -> None:
    told = last(house, TWO, said)
    assert [name.startswith(row) for name in told.medicines] == [True]
    back = last(house, TWO, said, "前面那个呢")
    assert back.medicines[0].startswith("瑞舒伐他汀")


@pytest.mark.parametrize(
    ("said", "tier", "pays"),
    [
        ("后面那个，要是花900呢", "tertiary", "270.00"),
        ("第一个按900算呢", "primary", "180.00"),
        ("前者呢", "primary", "100.00"),
        ("社区那个里面要是有100自费呢", "primary", "180.00"),
        ("那三级里头有100自费呢", "tertiary", "220.00"),
    ],
)
def test_one_of_two_places_is_one_bill_again(house: House, said: str, tier: str, pays: str) -> None:
    told = last(house, PLACES, said)
    assert (facts(told)["tier"], told.figures["person_pays"]) == (tier, pays)


def test_a_first_visit_points_at_nothing(house: House) -> None:
    told = last(house, TWO, "第二个月还能报吗")
    assert len(told.medicines) != 1


@pytest.mark.parametrize(
    "said",
    ["差多少钱", "兩邊爭幾多", "两个差多少", "相差多少", "那便宜多少", "what's the difference"],
)
def test_the_last_two_bills_are_told_apart(house: House, said: str) -> None:
    told = last(house, BILL, "那二级呢", said)
    assert told.figures["difference"] == "-40.00"


def test_what_is_supposed_after_two_were_told_apart_is_one_bill(house: House) -> None:
    told = last(house, BILL, "那二级呢", "差多少钱", "要是去社区呢")
    assert told.figures["person_pays"] == "160.00"


def test_two_places_that_are_named_are_compared_with_each_other(house: House) -> None:
    told = last(house, BILL, "那二级呢", "社区跟三级比省多少")
    assert any("少付 80.00元" in line for line in told.lines)


def test_shares_are_told_without_asking_for_what_only_a_deductible_hangs_on(house: House) -> None:
    told = last(house, "杭州职工退休，社区、二级、三级医院门诊各报几成")
    assert told.kind == "answer"
    assert all(share in told.text for share in ("92%", "86%", "82%"))


def test_a_share_is_told_with_the_points_of_the_status(house: House) -> None:
    told = last(house, "杭州职工在职，住三级医院报几成", "退休的呢")
    assert "88%" in told.text


LISTED = "上海在职，起付线满账户空，门诊500甲类，1社区卫生服务中心 2二级医院 3三级医院，各要付多少"


@pytest.mark.parametrize(
    ("said", "tier", "pays"),
    [
        ("选2", "secondary", "125.00"),
        ("那选3呢", "tertiary", "150.00"),
        ("3号呢", "tertiary", "150.00"),
        ("选2，那要是花900呢", "secondary", "225.00"),
        ("先算1号", "primary", "100.00"),
        ("就方案三吧，花了900", "tertiary", "270.00"),
        ("option 2, and if it were 900?", "secondary", "225.00"),
        ("number 3 please", "tertiary", "150.00"),
        ("按第2项算", "secondary", "125.00"),
        ("揀2號啦", "secondary", "125.00"),
    ],
)
def test_a_place_of_one_s_own_list_is_pointed_at_by_its_number(
    house: House, said: str, tier: str, pays: str
) -> None:
    told = last(house, LISTED, said)
    assert (facts(told)["tier"], told.figures["person_pays"]) == (tier, pays)


@pytest.mark.parametrize("said", ["选2", "2号呢", "option two"])
def test_a_medicine_of_one_s_own_list_is_pointed_at_too(house: House, said: str) -> None:
    assert last(house, TWO, said).medicines[0].startswith("辛伐他汀")


@pytest.mark.parametrize("said", ["2号去看的，花了700", "要是3号线旁边那家呢", "选3级医院的话"])
def test_other_numbers_point_at_nothing(house: House, said: str) -> None:
    assert facts(last(house, LISTED, said)).get("tier") != "secondary"
