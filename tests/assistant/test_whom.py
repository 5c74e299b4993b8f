"""Whom a message of a conversation is about: one goes back to oneself, to her, away from others."""

import pytest

from askdoc.bootstrap import House

from .talking import facts, last

MINE = (
    "我是上海职工医保在职，三级医院门诊花了1400，都是甲类，起付线今年满了，账户里没钱，自己付多少"
)
HERS = "那我妈呢，她74岁，2004年退休，也是上海职工，同样的钱同样的医院，起付线也满了，账户也没钱"
FATHER = "我爸是青岛退休职工，73岁，三级医院门诊900，都是甲类，起付线满了，他要付多少"


@pytest.mark.parametrize(
    "said",
    [
        "那我二级呢",
        "我要是去二级看呢",
        "我的换到二级呢",
        "说回我，二级的话付多少",
        "再看我的，二级呢",
        "回头讲我，二级呢",
        "先不说我妈了，我要是去二级看呢",
        "我妈的晓得了，我的换到二级呢",
        "back to me: what about a secondary hospital?",
    ],
)
def test_one_comes_back_to_oneself(house: House, said: str) -> None:
    assert last(house, MINE, HERS, said).figures["person_pays"] == "350.00"


@pytest.mark.parametrize("said", ["她要是去二级呢", "她的换成二级呢", "老妈二级的话"])
def test_she_is_whom_it_was_about_before(house: House, said: str) -> None:
    told = last(house, MINE, HERS, "那我二级呢", said)
    assert told.figures["person_pays"] == "210.00"


@pytest.mark.parametrize(
    "said", ["我看错了，是二级", "我问了一下，是二级的", "帮我看看二级的", "我去问了，是二级"]
)
def test_who_only_asks_or_tells_does_not_take_the_question_over(house: House, said: str) -> None:
    told = last(house, FATHER, said)
    assert facts(told)["status"] == "retired"
    assert told.figures["person_pays"] == "225.00"


def test_whom_one_only_asked_is_not_meant(house: House) -> None:
    told = last(house, MINE, "刚问了我儿子，说那家是二级的")
    assert told.figures["person_pays"] == "350.00"


@pytest.mark.parametrize("said", ["搞错了，不是我爸，是我自己，我在职", "不是我爸是我，我还没退休"])
def test_a_bill_that_was_ones_own_all_along_keeps_all_of_it(house: House, said: str) -> None:
    assert last(house, FATHER, said).figures["person_pays"] == "360.00"


def test_the_same_circumstances_hold_for_another_person(house: House) -> None:
    told = last(house, MINE, "那换成我婆婆，74岁，2004年退休，上海职保，同样的情况")
    assert told.figures["person_pays"] == "280.00"


def test_the_same_insurance_holds_for_another_person(house: House) -> None:
    child = "女儿8岁，上海居民医保，三级医院门诊300，甲类，起付线满了，付多少"
    told = last(house, child, "弟弟6岁，一样的医保一样的钱，起付线也满")
    assert told.figures["person_pays"] == "150.00"


@pytest.mark.parametrize("said", ["我老公在叫我", "我妈让我问的"])
def test_a_person_in_passing_is_not_asked_about(house: House, said: str) -> None:
    told = last(house, MINE, said, "刚才那个，要是二级呢")
    assert told.figures["person_pays"] == "350.00"


SIMPLE = "上海职工在职，三级医院门诊700块全甲类，起付线用完了，账户空，自己付多少"


@pytest.mark.parametrize(
    "said",
    [
        *(
            "我爸居民医保72，跟我情况一样",
            "我爸居民医保72岁，也是这么个情况",
            "我爸72，居民，也是这样",
        ),
        *("我爸居民医保72，条件跟我差不多", "我爸居民醫保72歲，同樣情況", "我爸居保72岁，都一样的"),
    ],
)
def test_the_same_circumstances_take_the_year_along(house: House, said: str) -> None:
    told = last(house, SIMPLE, said)
    assert (facts(told)["scheme"], facts(told)["age"]) == ("resident", 72)
    assert told.figures["deductible"] == "0.00"


def test_the_same_circumstances_are_those_of_the_one_who_is_named(house: House) -> None:
    hers = "我妈退休66岁2016年退的，去二级看门诊，400甲类"
    told = last(house, SIMPLE, hers, "我哥在职，跟我情况一样")
    assert (facts(told)["tier"], facts(told).get("age")) == ("tertiary", None)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("我同事也在职，45岁，一样的钱", "我朋友在职，也是三级，一样的钱"),
        ("我大儿子上班，30岁，同样的单子", "我女儿上班，在职，同样的单子"),
        ("我爷爷退休81岁1995年退的，同样的单子", "我外婆退休2003年退的，一样的单子"),
    ],
)
def test_two_of_a_kind_are_two_people(house: House, first: str, then: str) -> None:
    one, other = facts(last(house, SIMPLE, first)), facts(last(house, SIMPLE, first, then))
    assert "age" in one
    assert other.get("age") is None


def test_the_same_one_by_another_word_is_no_other(house: House) -> None:
    told = last(house, SIMPLE, "我女儿在职45岁，一样的钱", "闺女要是去二级呢")
    assert (facts(told)["age"], facts(told)["tier"]) == (45, "secondary")


def test_who_is_no_adult_is_a_resident(house: House) -> None:
    told = last(house, SIMPLE, "囡囡9岁，也是三级700")
    assert (facts(told)["scheme"], facts(told)["status"]) == ("resident", "child")


def test_another_person_alike_is_asked_for_the_age_and_no_more(house: House) -> None:
    told = last(
        house, "上海居民医保70岁，社区门诊400块，全甲，起付线满了，付多少", "我老公71，同样的"
    )
    assert told.figures["person_pays"] == "120.00"
    assert last(house, SIMPLE, "我妹也一样").figures["person_pays"] == "210.00"
