"""Questions back and their answers, and messages that only do something: repeat, cancel, thanks."""

import pytest

from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.talk.conversation import converse
from askdoc.bootstrap import House

from .talking import BILL, MISSING_ALL, context, facts, last, same_sum, talk

# Questions back and their answers


@pytest.mark.parametrize(
    "choice",
    [
        "1",
        "一",
        "第一个",
        "选1",
        "我选第一个吧",
        "第1项",
        "前者",
        "職工醫保 · 在職",
        "职工医保 在职",
        "职工在职",
        "我是在职的，职工医保",
        "在职",
    ],
)
def test_a_choice_may_be_made_by_number_ordinal_label_or_sentence(
    house: House, choice: str
) -> None:
    bill = "在上海三级医院住院花了20000元，能报多少？"
    found = last(house, bill, choice)
    assert facts(found)["scheme"] == "employee"
    assert facts(found)["status"] == "active"
    assert found.kind == "answer"


@pytest.mark.parametrize("choice", ["最后一个", "6", "第六个", "后者", "老年居民", "the last one"])
def test_the_last_choice_may_be_called_so(house: House, choice: str) -> None:
    found = last(house, "在上海三级医院住院花了20000元，能报多少？", choice)
    assert facts(found)["status"] == "senior"


def test_a_sentence_that_names_a_choice_and_says_more_is_read_whole(house: House) -> None:
    found = last(house, MISSING_ALL, "上海的退休职工，2006年退休，66岁，起付线用完了")
    assert facts(found)["status"] == "retired"
    assert facts(found)["retired_year"] == 2006
    assert found.figures["deductible"] == "0.00"


def test_a_new_question_that_names_a_choice_is_a_new_question(house: House) -> None:
    whole = "杭州在职职工，三级医院住院花了20000元，能报多少？"
    assert same_sum(house, (MISSING_ALL, whole), whole)


@pytest.mark.parametrize("denied", ["不是深圳", "不在深圳", "反正不是深圳"])
def test_a_choice_that_is_denied_is_not_chosen(house: House, denied: str) -> None:
    turned = talk(house, MISSING_ALL, denied)[-1]
    assert "region" not in facts(turned.answer)
    assert turned.dialogue.latest is not None
    assert turned.dialogue.latest.reading.region is None


def test_a_question_that_names_a_choice_is_answered_and_not_taken_for_it(house: House) -> None:
    assert last(house, "二甲双胍能报吗", "二甲双胍片饭前吃还是饭后吃").kind == "decline"


@pytest.mark.parametrize("number", ["0", "7", "第九个", "99"])
def test_a_number_without_a_choice_chooses_nothing(house: House, number: str) -> None:
    found = last(house, "在上海三级医院住院花了20000元，能报多少？", number)
    assert "scheme" not in facts(found)
    assert not found.figures


@pytest.mark.parametrize("choice", ["第二个", "选2", "2"])
def test_a_bare_number_is_answered_in_the_language_of_the_talk(house: House, choice: str) -> None:
    found = last(house, "在上海三级医院住院花了20000元，能报多少？", choice)
    assert found.lang == "zh"


def test_a_number_of_years_answers_the_question_for_the_age(house: House) -> None:
    bill = "上海居民医保，三级医院门诊花了900元，能报多少？"
    asked = last(house, "上海退休职工，2006年退休，三级医院门诊花了900元，能报多少？")
    assert asked.missing == ("age",)
    found = last(
        house, "上海退休职工，2006年退休，三级医院门诊花了900元，能报多少？", "74", lang="zh"
    )
    assert facts(found)["age"] == 74
    assert last(house, bill).missing == ("insured",)


@pytest.mark.parametrize("answer", ["有", "签了", "有的"])
def test_a_yes_answers_a_question_for_yes_or_no(house: House, answer: str) -> None:
    bill = "杭州在职职工，二级医院门诊花了900元，能报多少？"
    assert last(house, bill).missing == ("contracted",)
    found = last(house, bill, answer)
    assert str(facts(found)["contracted"]).lower() == "true"
    assert found.kind == "answer"


@pytest.mark.parametrize("unsure", ["不知道", "不清楚", "忘了", "我也不太清楚", "I don't know"])
def test_not_knowing_ends_in_a_range(house: House, unsure: str) -> None:
    found = last(house, "在上海三级医院住院花了20000元，能报多少？", unsure)
    assert found.kind == "answer"
    assert found.range is not None
    assert found.range.person_pays[0] < found.range.person_pays[1]


def test_two_questions_back_and_then_a_range(house: House) -> None:
    kinds = []
    state = Dialogue()
    for one in (MISSING_ALL, "上海", "职工医保，退休"):
        turned = converse(one, state, context(house))
        state = turned.dialogue
        kinds.append(turned.answer.kind)
    assert kinds == ["ask", "ask", "answer"]
    assert turned.answer.range is not None


def test_a_fact_told_after_the_range_narrows_it_and_is_not_asked_back(house: House) -> None:
    turns = talk(house, MISSING_ALL, "上海", "职工医保，退休", "起付线用完了")
    assert [one.answer.kind for one in turns] == ["ask", "ask", "answer", "answer"]
    before, after = (one.answer.range for one in turns[2:])
    assert before is not None
    assert after is not None
    assert after.person_pays[1] <= before.person_pays[1]


def test_every_question_back_asks_for_one_thing(house: House) -> None:
    for one in talk(house, MISSING_ALL, "上海", "不知道"):
        if one.answer.kind == "ask":
            assert len(one.answer.missing) == 1
            assert one.answer.text.count("？") == 1


def test_a_question_back_is_answered_after_a_digression(house: House) -> None:
    found = last(house, "在上海三级医院住院花了20000元，能报多少？", "什么是谈判药", "在职职工")
    assert found.figures["total"] == "20000.00"
    assert facts(found)["status"] == "active"


# Acts


@pytest.mark.parametrize("said", ["算了", "不问了", "算了吧，不用了", "never mind"])
def test_a_question_that_is_given_up_is_closed(house: House, said: str) -> None:
    turned = talk(house, MISSING_ALL, said)[-1]
    assert turned.dialogue.stack == ()
    assert turned.answer.choices == ()


def test_reckoning_is_no_giving_up(house: House) -> None:
    turned = talk(house, BILL, "我算了一下花了900")[-1]
    assert turned.dialogue.stack
    assert turned.answer.figures["total"] == "900.00"


@pytest.mark.parametrize("said", ["再说一遍", "没听清，再讲一遍", "再說一遍", "say that again"])
def test_the_last_answer_is_said_again_word_for_word(house: House, said: str) -> None:
    first, again = talk(house, BILL, said, lang="zh")
    assert again.answer.lines == first.answer.lines


def test_a_question_back_is_said_again_with_its_choices(house: House) -> None:
    first, again = talk(house, MISSING_ALL, "没听清")
    assert again.answer.lines == first.answer.lines
    assert again.answer.choices == first.answer.choices


@pytest.mark.parametrize(
    "said", ["简单点", "看不懂，说简单点", "太长了", "簡單點", "simpler please"]
)
def test_simpler_is_shorter_and_keeps_what_is_essential(house: House, said: str) -> None:
    first, short = talk(house, BILL, said, lang="zh")
    assert len(short.answer.text) < len(first.answer.text) / 2
    assert first.answer.figures["person_pays"] in short.answer.text


@pytest.mark.parametrize("said", ["有依据吗", "依据是什么", "你确定吗", "依據是什麼", "says who?"])
def test_sources_are_told_when_asked_for(house: House, said: str) -> None:
    first, told = talk(house, BILL, said, lang="zh")
    assert first.answer.sources
    for one in first.answer.sources:
        assert one.title in told.answer.text


@pytest.mark.parametrize(
    "said", ["再说一遍", "简单点", "有依据吗", "谢谢", "你好", "你能做什么", "转人工"]
)
def test_an_act_leaves_the_question_where_it_was(house: House, said: str) -> None:
    after = last(house, BILL, said, "那二级医院呢")
    assert after.figures == last(house, BILL, "那二级医院呢").figures


@pytest.mark.parametrize("said", ["再说一遍", "简单点", "有依据吗", "算了", "谢谢", "继续", "你好"])
def test_an_act_with_nothing_before_it_is_answered_too(house: House, said: str) -> None:
    turned = talk(house, said)[0]
    assert turned.answer.lines
    assert turned.called == ()


@pytest.mark.parametrize(
    "said", ["转人工", "找个人跟我说", "我想找真人", "轉人工", "talk to a person"]
)
def test_a_person_would_get_a_summary_of_the_question(house: House, said: str) -> None:
    answer = talk(house, BILL, said)[-1].answer
    assert answer.kind == "ask"
    assert answer.proposal is not None
    summary = answer.proposal.details["summary"]
    for word in ("700", "200") if answer.lang == "zh" else ("700",):
        assert word in summary
    assert summary in answer.text


def test_a_hospital_of_the_people_is_no_person(house: House) -> None:
    assert last(house, BILL, "我想找人民医院").proposal is None


def test_without_a_question_there_is_nothing_to_hand_over(house: House) -> None:
    answer = last(house, "转人工")
    assert answer.proposal is None
    assert answer.kind == "ask"


def test_a_promise_of_a_quick_answer_is_not_made(house: House) -> None:
    assert "不能保证" in last(house, BILL, "转人工").text


# Small talk


@pytest.mark.parametrize(
    "chat",
    [
        "今天雨下得好大，出门鞋子都湿透了",
        "我家阳台上的月季开得真好看",
        "哎，晚上还要去接外孙放学做饭洗衣服",
        "It was such lovely weather in the park this morning",
        "我们隔壁老王七十了还天天早上打太极拳呢",
        "外头还下着雨呢",
        "我家小猫正在窗台上睡觉呢",
    ],
)
def test_small_talk_changes_nothing(house: House, chat: str) -> None:
    turns = talk(house, BILL, chat, "那二级医院呢")
    assert turns[1].dialogue.stack == turns[0].dialogue.stack
    assert turns[1].dialogue.people == turns[0].dialogue.people
    assert not turns[1].called
    assert turns[2].answer.figures == last(house, BILL, "那二级医院呢").figures


@pytest.mark.parametrize(
    "year", ["2006年", "大概2006年吧", "2006年退的", "在2006年", "in 2006", "2006"]
)
def test_a_year_alone_answers_when_one_retired(house: House, year: str) -> None:
    bill = "我妈71岁，上海退休职工，三级医院门诊花了2600，起付线没用过，账户没钱，能报多少"
    asked, found = [one.answer for one in talk(house, bill, year)]
    assert asked.missing == ("retired_year",)
    assert facts(found)["retired_year"] == 2006
    assert found.figures["person_pays"] == "760.00"
