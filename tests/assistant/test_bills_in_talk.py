"""Bills that change in a conversation: corrected ages, other wholes, parts of another bill."""

import pytest

from askdoc.bootstrap import House

from .talking import last

BILL = "我爸上海退休职工，66岁，2016年退休，三甲门诊总共1000，全甲类，起付线已满，账户0，他付多少"


def figures(house: House, *said: str) -> dict[str, str]:
    return dict(last(house, *said).figures)


def test_a_corrected_age_is_no_corrected_bill(house: House) -> None:
    for correction in ("说错了，是76，不是66", "sorry, I meant 76, not 66", "错了，是76"):
        told = figures(house, BILL, correction)
        assert (told["total"], told["person_pays"]) == ("1000.00", "200.00")


def test_another_whole_of_the_same_bill_keeps_its_parts(house: House) -> None:
    told = figures(house, "上海职工在职，三甲住院3w，自费2k，其余甲类，自付多少", "总价4w呢")
    assert (told["total"], told["off_catalogue"]) == ("40000.00", "2000.00")


def test_a_part_above_the_whole_of_before_begins_another_bill(house: House) -> None:
    told = figures(
        house,
        "我杭州在职职工，没签约，社区门诊160，全甲类，起付线没用过，要付多少",
        "那三甲门诊2000甲类呢",
    )
    assert told["total"] == "2000.00"


def test_a_person_named_in_small_talk_opens_no_bill(house: House) -> None:
    told = last(house, BILL, "我老婆喊我吃饭了", "刚才那个社区的话呢")
    assert told.figures["total"] == "1000.00"


def test_a_whole_that_was_not_read_is_asked_for(house: House) -> None:
    told = last(house, "上海在职职工，三甲住院，三万多块，自费2000，自付多少")
    assert told.kind == "ask"


def test_parts_are_not_summed_beside_a_number_nobody_named(house: House) -> None:
    told = last(house, "上海在职职工三甲住院，乙类3000先付10%，另有一笔8万多元，自己付多少")
    assert told.kind == "ask"


def test_two_bills_at_two_places_are_explained(house: House) -> None:
    told = last(
        house, "上海在职职工，起付线满，账户0，全甲，社区门诊300付60，三甲门诊300付90，怎么贵了"
    )
    assert (told.figures["before"], told.figures["after"]) == ("60.00", "90.00")


@pytest.mark.parametrize(
    ("said", "pays"),
    [
        (
            "同款药260 社区付了52 三甲付了78 凭啥 上海职工在职 起付满了 账户0 都甲",
            ("52.00", "78.00"),
        ),
        (
            "Employee insurance in Shanghai, working, deductible met, account empty. Secondary "
            "hospital: 400 yuan class A, I paid 100. Tertiary hospital, same 400, I paid 120. Why?",
            ("100.00", "120.00"),
        ),
    ],
)
def test_bills_are_cut_where_the_sums_are_what_was_paid(
    house: House, said: str, pays: tuple[str, str]
) -> None:
    told = last(house, said)
    assert (told.figures["before"], told.figures["after"]) == pays


def test_parts_said_to_be_inside_a_bill_are_not_added_to_it(house: House) -> None:
    bill = "上海在职职工，社区门诊210甲类，起付线满，账户空，付多少"
    assert figures(house, bill, "里面60块是乙类，先付一成")["total"] == "210.00"


def test_a_part_of_the_later_bill_is_none_of_the_earlier(house: House) -> None:
    told = last(
        house,
        "上海居民55岁，三甲门诊，起付线已满。上次500没有自费付了250，这次500其中自费100付了300，"
        "为什么贵了",
    )
    assert (told.figures["before"], told.figures["after"]) == ("250.00", "300.00")


def test_a_part_told_later_belongs_to_the_bill_so_far(house: House) -> None:
    told = figures(
        house, "杭州退休职工70岁，二级住院头一回，总共8000全甲类，自己付多少", "里面有500不在目录里"
    )
    assert (told["total"], told["off_catalogue"]) == ("8000.00", "500.00")


def test_an_amount_that_was_wrong_is_replaced(house: House) -> None:
    told = figures(house, BILL, "1000写错了，其实是1100")
    assert told["total"] == "1100.00"


def test_a_count_of_stays_says_that_it_is_a_stay(house: House) -> None:
    told = last(house, "青岛退休职工74岁，今年已住过一回，这次3000全甲类，二级和三级医院各付多少")
    assert {one.fact: one.value for one in told.understood}["setting"] == "inpatient"
