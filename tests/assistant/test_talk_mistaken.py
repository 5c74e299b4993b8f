"""Conversations: what a message names in passing is not taken for what it asks or changes."""

import pytest

from askdoc.bootstrap import House

from .conftest import Read
from .talking import BILL, last, same_sum, talk

CHILD = "我女儿8岁，杭州少儿居民，没签约，今年没看过，三级医院门诊花了640，全是甲类，没转诊，付多少"


@pytest.mark.parametrize(
    "sent_on",
    [
        "假如社区医院给开了转诊单才过去的呢",
        "要是卫生院先办了转诊呢",
        "要是一级医院转上去的，有转诊单呢",
    ],
)
def test_who_referred_is_not_where_the_visit_was(house: House, sent_on: str) -> None:
    assert same_sum(house, (CHILD, sent_on), CHILD.replace("没转诊", "有转诊"))


def test_the_city_moved_to_is_no_home_beside_the_one_of_the_insurance(reading: Read) -> None:
    said = reading("公公婆婆搬来杭州和我们住，他们是上海退休职工，怎么备案")
    assert said.region == "cn/shanghai"
    assert "region" not in said.conflicts
    assert reading("我搬去杭州住了，我是杭州职工医保").region == "cn/zhejiang/hangzhou"


@pytest.mark.parametrize(
    "part",
    ["总费用里还有60是护工费", "总数里头还有60块是陪护费，医保不认", "一共里面60是医保不报的"],
)
def test_a_part_of_the_whole_does_not_replace_it(house: House, part: str) -> None:
    found = last(house, BILL, part)
    assert found.figures["total"] == "700.00"
    assert found.figures == last(house, BILL.replace("，起付线", "，自费60元，起付线")).figures


@pytest.mark.parametrize(
    "corrected",
    [
        "先自付也不是两成，是一成",
        "乙类先付的也不是20%，发票上印的10%",
        "乙类自己先付的不是20%，是10%",
    ],
)
def test_a_denied_share_gives_way_to_the_one_in_its_place(house: House, corrected: str) -> None:
    bill = BILL.replace("乙类药200元", "乙类药200元先自付20%")
    assert same_sum(house, (bill, corrected), bill.replace("20%", "10%"))


@pytest.mark.parametrize(
    "said", ["再讲一回", "看勿懂", "睇唔明喎", "Simpler please, my Chinese is poor"]
)
def test_an_act_in_dialect_or_a_longer_sentence_tells_the_sum_again(
    house: House, said: str
) -> None:
    first, again = (one.answer for one in talk(house, BILL, said))
    assert again.kind == "answer"
    assert first.figures["person_pays"] in again.text


@pytest.mark.parametrize("said", ["Can I speak to somebody", "could I talk to somebody please"])
def test_a_wish_for_a_person_in_english_is_one(house: House, said: str) -> None:
    found = last(house, BILL, said)
    assert found.kind == "ask"
    assert found.proposal is not None


@pytest.mark.parametrize("said", ["你是真人还是机器呀", "那你是机器还是真人", "are you a machine"])
def test_asking_whether_it_is_a_machine_hands_nothing_over(house: House, said: str) -> None:
    found = last(house, BILL, said)
    assert found.kind == "answer"
    assert found.proposal is None


@pytest.mark.parametrize(
    "said", ["等下，先不问了，取消", "好的，结束吧，没别的了", "就这些，没别的了"]
)
def test_an_end_is_understood(house: House, said: str) -> None:
    assert last(house, BILL, said).kind == "answer"
    assert not last(house, BILL, said).figures
