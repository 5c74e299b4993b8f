"""Any mixture of what people say is answered, without an error and without a hang."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.assistant.talk.turn import take_turn
from askdoc.bootstrap import House

from .conftest import DAY

PARTS = [
    ["", "我妈", "患者", "我"],
    ["", "上海", "杭州", "青岛", "深圳", "深圳罗湖", "北京", "上海深圳"],
    ["", "职工", "居民", "在职", "退休", "老年居民", "少儿", "学生", "一档", "二档", "退休居民"],
    ["", "70岁", "3岁", "2005年退休", "低保", "签约", "不是退休"],
    ["，"],
    ["", "在杭州", "异地", "长期备案", "没转诊", "社区转诊到", "去年", "2027年3月1日"],
    ["", "三级医院", "社区", "村卫生室", "二级医院"],
    ["", "门诊", "住院", "急诊", "门诊慢特病", "糖尿病门诊慢特病"],
    ["", "立普妥", "二甲双胍", "司美格鲁肽", "伟哥", "替尔泊肽", "立普妥和波立维"],
    ["", "花了1200元", "花了30万", "自己付了50", "花了1200多", "花了1.5元"],
    ["", "，乙类400", "，自费100", "，起付线用了320", "，账户余额500", "，77"],
    ["，"],
    ["能报多少", "能报吗", "去社区能省多少", "起付线是多少", "封顶线多少", "有什么替代"],
]
QUESTIONS = st.tuples(*map(st.sampled_from, PARTS)).map("".join)


@pytest.fixture(scope="module", autouse=True)
def opened(house: House) -> None:
    """The documents and the embedding, opened once and in nobody's time."""
    take_turn("什么是双通道？", house.context(DAY, {}, 0, None))


@settings(max_examples=100, deadline=3000)
@given(question=QUESTIONS, asked=st.sampled_from([0, 2]))
def test_whatever_is_said_gets_an_answer_that_names_its_sources(
    house: House, question: str, asked: int
) -> None:
    found = take_turn(question, house.context(DAY, {}, asked, None))
    assert found.lines
    if found.kind == "ask":
        assert not found.figures
    if found.outcome in ("covered", "not_covered"):
        assert found.sources
    if "total" in found.figures:
        paid = Decimal(found.figures["paid_for"]) + Decimal(found.figures["person_pays"])
        assert paid == Decimal(found.figures["total"])
