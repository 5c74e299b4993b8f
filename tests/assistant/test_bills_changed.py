"""Bills that a conversation changes: by a statement, without an amount, or by what they are called.

Each must come to the sum of the whole question asked at once.
"""

import pytest

from askdoc.bootstrap import House

from .talking import last

PERSON = "我是上海职工医保在职，账户里没钱，起付线今年满了，"
BILL = f"{PERSON}三级医院门诊花了1300，其中乙类400先自付10%，自费120，其余甲类，自己要付多少？"
PLAIN = f"{PERSON}三级医院门诊花了1300，都是甲类，自己要付多少？"


def sums(house: House, *said: str) -> tuple[str | None, str | None]:
    told = last(house, *said).figures
    return told.get("person_pays"), told.get("fund_pays")


def same(house: House, said: str, whole: str, before: str = BILL) -> None:
    asked = sums(house, whole)
    assert asked[0] is not None
    assert sums(house, before, said) == asked


@pytest.mark.parametrize(
    "said",
    [
        "没有自费的，我看错了",
        "要是没有自费的呢",
        "自费那部分没有，是我弄错了",
        "不对，没有目录外的",
        "no off-catalogue items after all",
    ],
)
def test_a_part_that_is_denied_is_nought(house: House, said: str) -> None:
    same(house, said, BILL.replace("，自费120", ""))


@pytest.mark.parametrize(
    "said",
    [
        "乙类和自费写反了",
        "我把乙类和自费说反了",
        "对调一下，乙类跟自费我写反了",
        "I mixed up class B and off-catalogue, swap them",
    ],
)
def test_two_parts_taken_for_one_another_change_places(house: House, said: str) -> None:
    whole = BILL.replace("乙类400", "乙类120").replace("自费120", "自费400")
    same(house, said, whole)


@pytest.mark.parametrize(
    "said",
    [
        "比例错了，是20%",
        "先自付的比例写错了，20%才对",
        "乙类先付的比例是20%，不是10%",
        "the first-pay share is 20%",
    ],
)
def test_a_share_that_is_stated_is_that_of_class_b(house: House, said: str) -> None:
    same(house, said, BILL.replace("10%", "20%"))


@pytest.mark.parametrize(
    "said",
    ["金额不对，是1600元", "Make that 1600", "记岔了，1600", "总金额应为1600", "那1600的单子呢"],
)
def test_another_whole_alone_keeps_the_parts(house: House, said: str) -> None:
    same(house, said, BILL.replace("1300", "1600"))


def test_the_whole_of_another_bill_has_no_parts_of_the_first(house: House) -> None:
    told = last(house, BILL, "另外还有一张，二级门诊500甲类").figures
    assert (told["total"], told["person_pays"]) == ("500.00", "125.00")


def test_a_deductible_that_is_used_up_is_so_for_the_next_bill(house: House) -> None:
    assert sums(house, PLAIN, "再帮我算一张：二级医院门诊500，甲类")[0] == "125.00"


def test_the_amount_of_a_named_part_is_that_parts(house: House) -> None:
    same(house, "自费那块写错了，是160", BILL.replace("自费120", "自费160"))


@pytest.mark.parametrize(
    "said",
    [
        "社区的话付多少",
        "算了，去社区吧，付多少",
        "我下次去社区看，这么多钱的话付多少",
    ],
)
def test_what_is_paid_at_a_place_goes_on_from_the_bill(house: House, said: str) -> None:
    same(house, said, PLAIN.replace("三级医院", "社区"), PLAIN)


@pytest.mark.parametrize(
    "said",
    ["要是起付线一分没用呢", "如果起付线还没开始算呢", "起付线还是0", "起付线其实没过，一分都没用"],
)
def test_a_deductible_may_turn_out_untouched(house: House, said: str) -> None:
    same(house, said, PLAIN.replace("起付线今年满了", "起付线今年一分没用"), PLAIN)


@pytest.mark.parametrize("said", ["忘了说我退休了", "I am retired, actually", "其实我退休了"])
def test_who_forgot_to_tell_something_tells_it(house: House, said: str) -> None:
    before = "深圳职工医保一档，在职，三级医院门诊700，都是甲类，自己付多少"
    same(house, said, before.replace("在职", "退休"), before)


def test_an_amount_of_before_names_its_bill_again(house: House) -> None:
    for said in ("刚才那1300要是二级呢", "回到刚才的1300，二级的话付多少"):
        found = sums(house, PLAIN, "阿托伐他汀是甲类吗", said)
        assert found == sums(house, PLAIN.replace("三级", "二级"))
