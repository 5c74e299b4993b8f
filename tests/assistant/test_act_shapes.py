"""What a whole message does, by its shape: again, simpler, how, says who, a person, enough, bye."""

import pytest

from askdoc.assistant.talk.acts import act_of
from askdoc.bootstrap import House

from .talking import BILL, context, last, talk

SAID = {
    "repeat": (
        *("请重复", "多說一次", "重新说下", "你说多少来着", "没听到，再讲", "講多次", "再念念"),
        *("come again?", "what was that?", "say again", "sorry I missed that, again please"),
    ),
    "simpler": (
        *(
            "说慢点",
            "没听明白，说慢点",
            "搞不懂",
            "太专业了",
            "讲人话",
            "就告诉我一个数",
            "講簡單啲",
        ),
        *("说得太绕了", "可以说简单些吗", "看得头晕", "bottom line?", "in plain english"),
        *("too complicated", "I'm lost", "make it simple please", "直接说多少钱"),
    ),
    "how": (
        *("怎么算的", "咋算出来的", "哪能算出来个", "怎么得出来的", "列个算式", "这个数怎么来的"),
        *("算给我看看", "how did you get that", "show me the sum", "how is that worked out"),
    ),
    "sources": (
        *(
            "依据在哪",
            "凭什么这么说",
            "哪里规定的",
            "谁说的",
            "有没有出处",
            "政策依据",
            "不会弄错吧",
        ),
        *("凭什么这么算，依据在哪", "where does it say so", "are these numbers right?"),
    ),
    "person": (
        *("想和人讲话", "叫个人来", "搵人", "我想找个活人问问", "找你们的人"),
        *("put me through to someone", "let me talk to a person"),
    ),
    "cancel": ("当我没说", "唔問喇", "先不管了", "不算这个了", "拉倒", "scrap that", "这个不问了"),
    "thanks": (
        *(
            "行 再见",
            "拜拜",
            "先这样 再见",
            "明天再来问",
            "麻烦你了 再会",
            "多谢晒，拜拜",
            "很清楚 谢谢",
        ),
        *("不用了谢谢", "bye", "cheers", "ok thanks bye", "thank you very much, that helped"),
    ),
}


@pytest.mark.parametrize(("kind", "said"), [(kind, one) for kind in SAID for one in SAID[kind]])
def test_a_whole_message_is_an_act(house: House, kind: str, said: str) -> None:
    act = act_of(said, context(house).lexicon, ())
    assert act is not None
    assert act.kind == kind


@pytest.mark.parametrize(
    "said",
    [
        *(
            "大病保险怎么算的",
            "转诊怎么办",
            "这个药怎么来的便宜",
            "自己付多少",
            "那再住一次呢",
            "病人",
        ),
        *("老人看病", "重复开药给报吗", "how is the deductible calculated"),
        *("不要乙类的", "先不算自费的", "人民医院", "谢谢，那社区呢", "没有自费的"),
    ],
)
def test_what_says_more_is_no_act_of_its_own(house: House, said: str) -> None:
    act = act_of(said, context(house).lexicon, ())
    assert act is None or act.kind == "thanks"


def test_how_it_was_worked_out_is_told_step_by_step(house: House) -> None:
    told, how = talk(house, BILL, "这是咋算出来的")
    assert how.answer.kind == "answer"
    assert f"{told.answer.figures['fund_pays']}元" in how.answer.text
    assert "70%" in how.answer.text


@pytest.mark.parametrize(
    "said", ["谢谢，那我妈呢，她退休66岁2015年退的", "谢谢！立普妥能报吗", "Thanks! And Lipitor?"]
)
def test_who_thanks_and_asks_is_answered(house: House, said: str) -> None:
    told = talk(house, BILL, said)[-1]
    assert told.called


@pytest.mark.parametrize("said", ["再讲一遍，到底要付多少", "再说一遍我要出几块钱"])
def test_what_is_to_be_said_again_may_be_named(house: House, said: str) -> None:
    assert last(house, BILL, said).lines == last(house, BILL).lines


def test_the_one_who_has_a_job_is_taken_for_an_employee(house: House) -> None:
    bill = "上海二级医院门诊640，全甲类，起付线满了，账户空，付多少"
    assert last(house, f"我上班的，{bill}").figures["person_pays"] == "160.00"
    assert last(house, bill, "单位给交的那种，我还在上班").figures["person_pays"] == "160.00"
    assert last(house, f"我妈的单子，我在上班，{bill}").kind == "ask"
