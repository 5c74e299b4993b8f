"""Why a sum differs from the one before it in the talk: which fact changed, and which step."""

import json

import pytest

from askdoc.assistant.answer import Answer
from askdoc.assistant.dialogue import dialogue_record, read_dialogue
from askdoc.bootstrap import House

from .talking import context, facts, last, talk

FIRST = "上海在职职工，二级医院门诊花了860元，起付线已经用完了，能报多少？"


def pays(answer: Answer) -> str:
    """What the person pays by a sum."""
    return answer.figures["person_pays"]


@pytest.mark.parametrize(
    ("change", "asked", "cause"),
    [
        ("要是在三级呢", "怎么贵了", "二级医院 → 三级医院"),
        ("社区呢", "为什么社区便宜", "二级医院 → 社区卫生服务中心"),
        ("要是起付线一分没用呢", "为什么贵这么多", "起付线"),
        ("其中260是自费的呢", "为啥多付了", "项目和金额"),
        ("要是我退休了，68岁，2015年退休", "怎么便宜了", "参保身份"),
        ("其中乙类260，先自付20%", "差在哪里", "项目和金额"),
        ("这次又去二级门诊花了990，自己付多少", "为什么比上次贵", "金额"),
        ("and at a tertiary hospital?", "why is that dearer?", "tier"),
    ],
)
def test_the_last_two_sums_are_explained_by_what_changed(
    house: House, change: str, asked: str, cause: str
) -> None:
    first, second, why = [one.answer for one in talk(house, FIRST, change, asked)]
    assert (why.figures["before"], why.figures["after"]) == (pays(first), pays(second))
    assert cause in why.lines[1]
    assert why.sources


def test_the_newest_two_of_three_are_compared(house: House) -> None:
    _, second, third, why = [
        one.answer for one in talk(house, FIRST, "三级呢", "那社区呢", "为什么便宜这么多")
    ]
    assert (why.figures["before"], why.figures["after"]) == (pays(second), pays(third))


def test_a_digression_does_not_lose_the_bills(house: House) -> None:
    said = (FIRST, "三级呢", "二甲双胍片医保报吗", "刚才为什么三级贵")
    first, second, _, why = [one.answer for one in talk(house, *said)]
    assert (why.figures["before"], why.figures["after"]) == (pays(first), pays(second))


def test_one_sum_alone_is_compared_with_nothing(house: House) -> None:
    why = last(house, FIRST, "为什么这么贵")
    assert why.kind == "ask"
    assert "before" not in why.figures


def test_another_persons_bill_is_not_the_one_before(house: House) -> None:
    mother = "我妈是上海老年居民，三级医院门诊花了860元，能报多少？"
    assert "before" not in last(house, FIRST, mother, "她怎么这么贵").figures


def test_the_deductible_of_a_kind_of_visit_is_found_again(house: House) -> None:
    asked = last(house, FIRST)
    back = last(house, FIRST, "要是住院呢", "住院只是问问，还是门诊那个")
    assert (back.figures, facts(back)) == (asked.figures, facts(asked))


def test_the_bill_that_is_pointed_at_comes_back_whole(house: House) -> None:
    asked = last(house, FIRST)
    stay = "要是住院呢，二级，花了9000"
    back = last(house, FIRST, stay, "住院只是问问，还是门诊那个")
    assert (back.figures, facts(back)) == (asked.figures, facts(asked))


def test_the_bills_outlive_a_turn_in_storage_and_stay_few(house: House) -> None:
    amounts = [f"要是花了{amount}呢" for amount in range(900, 1500, 100)]
    state = talk(house, FIRST, "三级呢", *amounts)[-1].dialogue
    kept = read_dialogue(json.loads(json.dumps(dialogue_record(state))), context(house).on_day)
    assert kept.bills[0].amount("total") == 860
    assert len(kept.bills) == 6
    assert [one.amounts for one in kept.bills] == [one.amounts for one in state.bills]


UNSURE = "我妈71岁，上海退休职工，三级医院门诊花了2600，能报多少"


def test_a_bill_that_is_still_asked_about_is_one_of_the_two(house: House) -> None:
    asked, also, why = [one.answer for one in talk(house, UNSURE, "社区呢", "为什么社区便宜")]
    assert (asked.missing, also.missing) == (("retired_year",), ("retired_year",))
    assert "三级医院 → 社区卫生服务中心" in why.text
    assert "还不知道：哪一年退休" in why.text
    assert "没有说明起付线已用多少" in why.text


def test_the_answer_to_a_question_back_is_the_same_bill(house: House) -> None:
    why = last(house, UNSURE, "2006年", "社区呢", "为什么便宜了")
    assert "还不知道：哪一年退休" not in why.text
    assert "三级医院 → 社区卫生服务中心" in why.text
    assert len(talk(house, UNSURE, "2006年")[-1].dialogue.bills) == 1
