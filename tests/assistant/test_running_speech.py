"""Names and questions in speech that nobody listed: no signs, dialects, slips, formal turns."""

from datetime import date

import pytest

from askdoc.assistant.answers.questions import choices_for
from askdoc.bootstrap import House
from askdoc.policy import Book
from askdoc.wording import Lang

from .conftest import DAY, Ask, Read
from .talking import last


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("大夫考虑辛伐他汀", "辛伐他汀片"),
        ("打算用瑞百安打一针能报吗", "依洛尤单抗注射液"),
        ("嗰隻可善挺醫保俾唔俾報", "司库奇尤单抗注射液"),
        ("给开了5毫克非那雄胺片", "非那雄胺片"),
    ],
)
def test_a_name_is_found_behind_words_that_nobody_listed(
    reading: Read, said: str, name: str
) -> None:
    found = [row.name for one in reading(said).mentions for row in one.resolution.medicines]
    assert name in found


@pytest.mark.parametrize("said", ["恩美曲妥珠单抗能报吗", "左缬沙坦能报吗", "复方安博维能报吗"])
def test_letters_of_names_in_front_still_make_another_name(reading: Read, said: str) -> None:
    assert not any(one.resolution.medicines for one in reading(said).mentions)


def test_dialects_are_read_as_common_speech_and_quoted_as_typed(reading: Read) -> None:
    found = reading("我冇糖尿病，依家食緊立普妥，報唔報得")
    assert "medicine" in found.asks
    assert found.denied == ("糖尿病",)
    assert not found.diagnoses
    assert [one.text for one in reading("利伐沙班片报伐").mentions] == ["利伐沙班片"]


@pytest.mark.parametrize(
    ("said", "ask"),
    [
        ("是否可由医保基金予以支付", "medicine"),
        ("应当到何处申报", "procedure"),
        ("二者究竟有何差异", "difference"),
        ("请说明这个词的含义", "meaning"),
        ("一次至多给开多少天", "supply"),
        ("缘何全额自费", "why_not"),
        ("内含成分是否相同", "same_ingredient"),
    ],
)
def test_what_is_asked_is_read_by_the_shape_of_the_sentence(
    reading: Read, said: str, ask: str
) -> None:
    assert ask in reading(said).asks


def test_a_name_that_only_sounds_right_is_asked_and_never_taken(house: House) -> None:
    asked = last(house, "拜心同能报吗")
    assert (asked.kind, asked.outcome) == ("ask", None)
    assert [one.label for one in asked.choices] == ["硝苯地平控释片"]
    assert last(house, "拜心同能报吗", "第1个").medicines == ("硝苯地平控释片",)


def test_talk_is_no_name_of_a_medicine(answered: Ask) -> None:
    assert "没有收录“" not in answered("听说老王的能报，是真的能报吗").text


def test_all_that_are_asked_about_together_are_told(answered: Ask) -> None:
    assert answered("我在吃络活喜，又打来得时，两个都能报吗").medicines == (
        "氨氯地平片",
        "甘精胰岛素注射液",
    )


def test_what_is_taken_for_the_figure_is_never_covered(answered: Ask) -> None:
    assert answered("想吃恩格列净瘦一点，能报吗").outcome == "not_covered"
    # Every form of a name that has several.
    assert answered("拿二甲双胍减重，能报吗").outcome == "not_covered"


@pytest.mark.parametrize("said", ["没有糖尿病，恩格列净能报吗", "我是痛风，氨氯地平片能报吗"])
def test_no_fitting_disease_leaves_cover_open(answered: Ask, said: str) -> None:
    found = answered(said)
    assert found.outcome == "conditional"
    assert found.missing == ("diagnoses",)


@pytest.mark.parametrize("said", ["高血压，氨氯地平片能报吗", "冠心病心绞痛，氨氯地平片能报吗"])
def test_a_fitting_disease_leaves_cover_as_it_is(answered: Ask, said: str) -> None:
    assert answered(said).outcome == "covered"


def test_diseases_are_told_by_their_names(answered: Ask) -> None:
    assert "诊断按您说的：高血压" in answered("高血压，氨氯地平片能报吗").text


def test_what_happened_years_ago_is_no_day_of_care(answered: Ask) -> None:
    found = answered("三年前放过支架，现在吃氯吡格雷，能报吗")
    assert found.outcome != "indeterminate"
    assert "三年前" in found.text


@pytest.mark.parametrize(
    "said", ["甲类药同乙类药不同在哪里", "目前执行的是哪一版药品目录", "怎样查询一种药在不在目录"]
)
def test_a_question_about_no_one_medicine_goes_to_the_documents(answered: Ask, said: str) -> None:
    assert answered(said).passages


def test_a_pointing_word_still_asks_which_medicine(answered: Ask) -> None:
    assert answered("这个药是甲类还是乙类").missing == ("medicine",)


def test_what_no_frame_fits_is_looked_up_before_it_is_given_up(answered: Ask) -> None:
    assert answered("上海职工的医保年度，起讫").passages
    assert answered("哈哈哈").kind == "nothing_found"


def test_two_medicines_compared_are_compared_though_one_fears_an_overdose(house: House) -> None:
    found = last(house, "可定和立普妥是不是一样的药，怕吃重了")
    assert found.kind == "answer"
    assert "不要自行停药或改量" in found.text


@pytest.mark.parametrize(
    "said",
    [
        "拜新同加到几片好",
        "拜新同可以停了吗",
        "拜新同的剂量该怎么调",
        "How many tablets of Adalat GITS are right for me?",
        "小腿发痒，帮我断断是什么毛病",
    ],
)
def test_doses_and_diagnoses_are_never_answered_with_cover(answered: Ask, said: str) -> None:
    found = answered(said)
    assert (found.kind, found.outcome) == ("decline", None)


def test_a_dose_told_beside_a_question_for_cover_is_no_wish_for_advice(answered: Ask) -> None:
    assert answered("拜新同加倍也压不住，氯沙坦能走医保吗").medicines == ("氯沙坦钾片",)


def test_how_long_a_prescription_runs_is_no_question_for_cover(answered: Ask) -> None:
    assert answered("思诺思每次最多给开多少天的量").passages


def test_who_retired_before_a_year_is_not_told_a_year_nought(house: House) -> None:
    way = next(one for one in choices_for("retired_year", *_where(house)) if "底前" in one.label)
    assert way.sets["retired_year"] in way.label


def _where(house: House) -> tuple[Book, date, Lang, str, str]:
    return house.context(DAY, {}, 0, None).book, DAY, "zh", "cn/shanghai", "employee"


def test_the_same_bill_elsewhere_compares_no_medicines(reading: Read) -> None:
    assert "same_ingredient" not in reading("一样的单子，去社区呢").asks


def test_a_first_pay_share_told_is_not_asked(reading: Read) -> None:
    assert "medicine" not in reading("里面乙类药有200，先自付10%").asks
    assert "medicine" in reading("立普妥要不要先自付").asks
