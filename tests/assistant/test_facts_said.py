"""Facts by their words: said, undone, wondered about, weak, in conflict; and whom is spoken of."""

from collections.abc import Mapping

import pytest

from .conftest import Read


def facts(read: Read, text: str) -> dict[str, object]:
    return {name: one.value for name, one in read(text).facts.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没社区转诊，自己去的三级医院", {"referral": "not_referred"}),
        ("转诊单没开", {"referral": "not_referred"}),
        ("社区转诊到三级医院", {"referral": "referred"}),
        ("没有办异地备案", {"filed": "none"}),
        ("备案手续都没办，异地备案没办", {"filed": "none"}),
        ("已经办了异地长期备案", {"filed": "long_term"}),
        ("家庭医生没签约", {"contracted": False}),
        ("早就签约了家庭医生", {"contracted": True}),
        ("沒有簽約家庭醫生", {"contracted": False}),
        ("hasn't signed with a family doctor", {"contracted": False}),
        ("signed with a family doctor", {"contracted": True}),
        ("not referred, went to a tertiary hospital", {"referral": "not_referred"}),
        ("without filing, in another city", {"filed": "none"}),
    ],
)
def test_a_step_that_was_or_was_not_taken(
    reading: Read, text: str, expected: Mapping[str, object]
) -> None:
    found = facts(reading, text)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("要不要转诊", "referral"),
        ("要不要签约家庭医生", "contracted"),
        ("是不是要签约家庭医生", "contracted"),
        ("需不需要异地备案", "filed"),
        ("有没有签约", "contracted"),
        ("退休吗", "status"),
        ("能不能住院", "setting"),
        ("不是退休职工", "status"),
        ("并非居民医保", "scheme"),
        ("没有住院", "setting"),
        ("isn't retired", "status"),
        ("not an inpatient", "setting"),
    ],
)
def test_what_is_wondered_about_or_denied_is_no_fact(reading: Read, text: str, name: str) -> None:
    assert name not in facts(reading, text)


def test_what_was_denied_is_handed_on(reading: Read) -> None:
    assert reading("不是居民，门诊花了300").denied == ("居民",)
    assert reading("没有住院，门诊花了300").denied == ("住院",)


def test_what_was_denied_and_said_again_is_not_handed_on(reading: Read) -> None:
    found = reading("以前不是居民，现在是居民，门诊花了300")
    assert found.denied == ()
    assert found.facts["scheme"].value == "resident"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我退休了，还在上班，三级医院", "retired"),
        ("以前在上班，现在退休", "retired"),
        ("still working, active employee", "active"),
    ],
)
def test_a_weak_word_gives_way(reading: Read, text: str, expected: str) -> None:
    assert facts(reading, text)["status"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("门诊和住院都在二级医院", {"setting": ("outpatient", "inpatient")}),
        ("三级医院和二级医院都去了", {"tier": ("tertiary", "secondary")}),
        ("一会儿说是职工一会儿说是居民", {"scheme": ("employee", "resident")}),
        ("三級醫院還是二級醫院", {"tier": ("tertiary", "secondary")}),
        ("tertiary or secondary hospital", {"tier": ("tertiary", "secondary")}),
    ],
)
def test_two_strong_words_are_a_conflict(
    reading: Read, text: str, expected: Mapping[str, tuple[str, ...]]
) -> None:
    found = reading(text)
    assert dict(found.conflicts) == expected
    assert not found.facts.keys() & expected.keys()


def test_who_came_through_the_emergency_room_stayed_in_hospital(reading: Read) -> None:
    found = reading("急诊收住院，三级医院")
    assert found.facts["setting"].value == "inpatient"
    assert found.conflicts == {}


@pytest.mark.parametrize(
    ("text", "going"),
    [
        ("要是去社区呢", ("primary",)),
        ("换到二级医院要付多少，这次在三级医院", ("secondary",)),
        ("在三级医院看的", ()),
        ("what would I pay at a community clinic", ("primary",)),
    ],
)
def test_where_one_might_go_is_marked(reading: Read, text: str, going: tuple[str, ...]) -> None:
    assert reading(text).going_to == going


def test_a_doctor_of_the_community_does_not_make_the_visit_one_there(reading: Read) -> None:
    found = reading("社区医生让我去三级医院看，门诊花了300")
    assert found.facts["tier"].value == "tertiary"
    assert "tier" not in found.conflicts


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("我爸我妈都退休", ("father", "mother")),
        ("爸妈都退休了", ("parent",)),
        ("外婆住院了", ("grandparent",)),
        ("我老公的药", ("partner",)),
        ("小囡发烧", ("child",)),
        ("我媽的藥", ("mother",)),
        ("my mother and my husband", ("mother", "partner")),
        ("不是我妈，是我爸", ("father",)),
        ("我爸呢", ("father",)),
        ("那我爸呢", ("father",)),
        ("那我妈呢", ("mother",)),
        ("那我呢", ("self",)),
        ("门诊花了300", ()),
    ],
)
def test_all_whom_a_text_names_are_read_in_order(
    reading: Read, text: str, persons: tuple[str, ...]
) -> None:
    assert reading(text).persons == persons


@pytest.mark.parametrize(
    "text",
    [
        "听邻居说门诊能报，花了300能报多少",
        "同事告诉我能报，门诊花了300",
        "my colleague said it is covered",
    ],
)
def test_from_whom_one_heard_it_is_not_the_person_meant(reading: Read, text: str) -> None:
    assert reading(text).subject == "self"


@pytest.mark.parametrize("text", ["小儿氨酚黄那敏颗粒能报吗", "儿童回春颗粒能报吗"])
def test_a_name_of_a_medicine_says_nothing_of_a_person(reading: Read, text: str) -> None:
    found = reading(text)
    assert found.persons == ()
    assert "status" not in found.facts or found.mentions == ()


@pytest.mark.parametrize(
    "said",
    [
        "杭州居民，家医签约断掉了，社区门诊300元",
        "杭州居民，今年忘记续约，社区门诊300元",
        "杭州居民，我没签，社区门诊300元",
        "Hangzhou resident, unsigned, community clinic, 300 yuan",
    ],
)
def test_a_contract_that_lapsed_or_was_never_signed_is_none(reading: Read, said: str) -> None:
    found = reading(said)
    assert found.facts["contracted"].value is False
    assert "contracted" not in found.conflicts


def test_a_contract_that_will_lapse_still_holds(reading: Read) -> None:
    found = reading("杭州居民，签约快到期了，社区门诊300元")
    assert found.facts["contracted"].value is True


def test_levels_in_one_breath_are_all_meant(reading: Read) -> None:
    found = reading("inpatient, 9,400 yuan class A: level 1, 2 or 3, what do I pay?")
    assert set(found.conflicts["tier"]) == {"primary", "secondary", "tertiary"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("家庭医生原来是签过的", {"contracted": True}),
        ("家庭医生我早签好了", {"contracted": True}),
        ("我們家庭醫生簽了有兩年", {"contracted": True}),
        ("签了的话呢", {"contracted": True}),
        ("I've signed up", {"contracted": True}),
        ("家庭医生还没签呢", {"contracted": False}),
        ("没签呢", {"contracted": False}),
        ("没签的话", {"contracted": False}),
        ("签了字", {"contracted": None}),
        ("临时外出备案办好了", {"filed": "temporary"}),
        ("长期居住异地的备案办过", {"filed": "long_term"}),
        ("临时去外地的备案没办", {"filed": "none"}),
        ("临时备案还没办", {"filed": "none"}),
        ("异地备案一直没来得及办", {"filed": "none"}),
    ],
)
def test_a_step_may_be_told_with_its_words_apart(
    reading: Read, text: str, expected: Mapping[str, object]
) -> None:
    found = facts(reading, text)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I'm retired (2016, now 70)", 70),
        ("retired in 2008, turned 66", 66),
        ("她是65", 65),
        ("他其实是71", 71),
    ],
)
def test_an_age_may_be_said_without_its_unit(reading: Read, text: str, age: int) -> None:
    assert facts(reading, text)["age"] == age
