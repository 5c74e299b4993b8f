"""Persons, places and times: what is said, denied, only asked about, or said in two ways."""

import pytest

from .conftest import Read


def facts(read: Read, text: str) -> dict[str, object]:
    return {name: fact.value for name, fact in read(text).facts.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在职职工", {"scheme": "employee", "status": "active"}),
        ("退休職工", {"scheme": "employee", "status": "retired"}),
        ("retirees", {"scheme": "employee", "status": "retired"}),
        ("少儿医保", {"scheme": "resident", "status": "child"}),
        ("三甲医院住院", {"tier": "tertiary", "setting": "inpatient"}),
        ("社区医院看病", {"tier": "primary", "institution": "community", "setting": "outpatient"}),
        ("深圳二档", {"grade": "second"}),
        ("签约家庭医生", {"contracted": True}),
        ("没有签约家庭医生", {"contracted": False}),
    ],
)
def test_words_people_use_give_facts(reading: Read, text: str, expected: dict[str, object]) -> None:
    assert facts(reading, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我不是职工，我是居民", {"scheme": "resident"}),
        ("不是上海的职工", {}),
        ("我没有退休", {}),
        ("还没有退休", {}),
        ("不去三级医院", {}),
        ("I'm not retired", {}),
    ],
)
def test_what_is_denied_is_not_taken(reading: Read, text: str, expected: dict[str, object]) -> None:
    assert facts(reading, text) == expected


@pytest.mark.parametrize("text", ["是不是退休职工报得多", "有没有签约都一样吗", "需要转诊吗"])
def test_what_is_only_asked_about_is_not_taken(reading: Read, text: str) -> None:
    assert not facts(reading, text).keys() & {"status", "contracted", "referral"}


def test_what_is_said_in_two_ways_is_a_conflict(reading: Read) -> None:
    found = reading("以前是职工，现在是居民，三级医院转到二级医院")
    assert set(found.conflicts) == {"scheme", "tier"}
    assert "scheme" not in found.facts


@pytest.mark.parametrize(
    ("text", "region", "place"),
    [
        ("上海职工三级医院门诊", "cn/shanghai", None),
        ("在上海三级医院门诊的上海职工", "cn/shanghai", None),
        ("上海职工在杭州住院", "cn/shanghai", "cn/zhejiang/hangzhou"),
        ("上海职工杭州的医院住院", "cn/shanghai", "cn/zhejiang/hangzhou"),
        ("上海医保，在北京看病", "cn/shanghai", "elsewhere"),
        ("上海职工异地住院", "cn/shanghai", "elsewhere"),
        ("不在上海参保，在杭州参保", "cn/zhejiang/hangzhou", None),
        ("我是北京人，上海职工，三级医院", "cn/shanghai", None),
        ("insured in Shanghai, hospitalised in Hangzhou", "cn/shanghai", "cn/zhejiang/hangzhou"),
        ("深圳罗湖居民", "cn/guangdong/shenzhen/luohu", None),
    ],
)
def test_home_and_place_of_care_are_told_apart(
    reading: Read, text: str, region: str, place: str | None
) -> None:
    found = reading(text)
    assert (found.region, found.place) == (region, place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我想去深圳复查，怎么报", "cn/guangdong/shenzhen"),
        ("过几天到上海看个专家，要不要备案", "cn/shanghai"),
        ("下周去青岛出差，万一生病咋报", "cn/shandong/qingdao"),
        ("在杭州旅游摔了一跤", "cn/zhejiang/hangzhou"),
        ("I am going to Shanghai for an operation", "cn/shanghai"),
    ],
)
def test_where_somebody_goes_for_a_while_is_not_the_home(
    reading: Read, text: str, place: str
) -> None:
    found = reading(text)
    assert (found.region, found.place) == (None, place)


@pytest.mark.parametrize("text", ["到上海上班，职工医保", "来杭州定居了", "在上海复查，上海职工"])
def test_where_somebody_lives_is_the_home(reading: Read, text: str) -> None:
    assert reading(text).region is not None


@pytest.mark.parametrize("text", ["医保连三成都不给报", "自己出了五成都不止", "报得到几成都难说"])
def test_a_share_before_an_adverb_is_no_city(reading: Read, text: str) -> None:
    assert reading(text).unrecorded is None
    assert reading("我在成都参保").unrecorded == "成都"


def test_a_home_without_rules_is_named(reading: Read) -> None:
    found = reading("我在北京参保，花了1200")
    assert (found.region, found.unrecorded) == (None, "北京")


def test_two_homes_contradict_each_other(reading: Read) -> None:
    found = reading("上海职工，深圳职工")
    assert found.region is None
    assert found.conflicts["region"] == ("cn/shanghai", "cn/guangdong/shenzhen")


def test_a_tier_one_might_go_to_is_marked(reading: Read) -> None:
    assert reading("去社区看能省多少？这次在三级医院").going_to == ("primary",)


@pytest.mark.parametrize(
    ("text", "vague"),
    [("去年花了1200", ("去年",)), ("今年花了1200", ()), ("2005年退休", ()), ("昨天花了100", ())],
)
def test_a_time_that_is_no_day_is_kept_apart(
    reading: Read, text: str, vague: tuple[str, ...]
) -> None:
    assert reading(text).vague_days == vague


@pytest.mark.parametrize(
    ("text", "subject"),
    [("我妈退休", "mother"), ("老伴退休", "partner"), ("患者退休", "patient"), ("我退休", "self")],
)
def test_whose_matter_it_is(reading: Read, text: str, subject: str) -> None:
    assert reading(text).subject == subject


def test_a_childrens_medicine_makes_nobody_a_child(reading: Read) -> None:
    found = reading("在职职工，小儿氨酚黄那敏颗粒")
    assert found.facts["status"].value == "active"


@pytest.mark.parametrize(
    "text",
    [
        "我妈从台湾打电话来催我住院",
        "表哥在南京发了微信劝我",
        "My sister in Wuhan called about a stay",
    ],
)
def test_whoever_calls_from_a_place_names_no_home(reading: Read, text: str) -> None:
    found = reading(text)
    assert (found.unrecorded, found.place) == (None, None)
