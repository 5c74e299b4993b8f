"""What has nothing to do with insurance: it is heard, changes nothing, and the question stands."""

import pytest

from askdoc.bootstrap import House

from .talking import BILL, MISSING_ALL, last, talk


@pytest.mark.parametrize(
    "said",
    ["我去接个电话", "稍等，我找找单子", "外面下雨了", "哈哈", "等一下", "Hang on a second"],
)
def test_chatter_is_heard_and_changes_nothing(house: House, said: str) -> None:
    first, chat, after = talk(house, BILL, said, "好了继续，那二级医院呢")
    assert (chat.answer.kind, chat.answer.outcome, chat.called) == ("answer", None, ())
    assert chat.dialogue.stack == first.dialogue.stack
    assert after.answer.figures == last(house, BILL.replace("三级", "二级")).figures


def test_a_question_back_is_put_again_behind_chatter(house: House) -> None:
    asked, chat = talk(house, MISSING_ALL, "我去接个电话")
    assert chat.answer.kind == "ask"
    assert chat.answer.missing == asked.answer.missing
    assert set(asked.answer.lines) <= set(chat.answer.lines)


@pytest.mark.parametrize(
    "said", ["病历上写的是23", "药快没了", "那个要怎么弄", "血压有点高", "我想找医生"]
)
def test_what_may_matter_is_no_chatter(house: House, said: str) -> None:
    told = last(house, BILL, said)
    heard = last(house, BILL, "外面下雨了")
    assert told.lines != heard.lines
