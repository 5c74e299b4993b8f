"""Nothing sufficient is a result; what people say is searched by what policies say."""

from pathlib import Path

import pytest

from askdoc.library.evidence import is_foreign, is_sufficient
from askdoc.library.vocabulary import Question, Vocabulary, load_vocabulary
from askdoc.policy import SheetError


@pytest.fixture(scope="module")
def vocabulary(knowledge: Path) -> Vocabulary:
    return load_vocabulary(knowledge)


FLOOR = 0.949


def test_close_in_meaning_or_rich_in_words_is_enough() -> None:
    question = Question("起付线是多少", ())
    assert is_sufficient(question, 0.96, 0.0, FLOOR)
    assert is_sufficient(question, 0.90, 30.0, FLOOR)
    assert not is_sufficient(question, 0.90, 2.0, FLOOR)


def test_a_word_for_a_matter_outside_weighs_against_and_can_be_outweighed() -> None:
    question = Question("狗能报销吗", (), outside="狗")
    assert not is_sufficient(question, 0.95, 10.0, FLOOR)
    assert is_sufficient(question, 0.98, 20.0, FLOOR)
    assert not is_sufficient(question, None, 12.0, None)


def test_closer_to_a_question_that_nothing_answers_is_not_enough() -> None:
    question = Question("起付线是多少", ())
    assert is_sufficient(question, 0.96, 0.0, FLOOR, aside=0.90)
    assert not is_sufficient(question, 0.96, 0.0, FLOOR, aside=0.96)
    assert is_sufficient(question, None, 12.0, None, aside=0.99)


def test_without_vectors_words_decide() -> None:
    question = Question("起付线是多少", ())
    assert is_sufficient(question, None, 12.0, None)
    assert not is_sufficient(question, None, 1.0, None)


def test_another_language_is_not_held_against_a_question() -> None:
    question = Question("how much is the deductible", ())
    assert is_sufficient(question, 0.93, 0.0, FLOOR)
    assert not is_sufficient(question, 0.88, 2.0, FLOOR)
    assert is_sufficient(question, None, 1.0, None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("门槛费是多少", "起付线"), ("帮我妈拿药", "家属代取"), ("what is the deductible", "起付线")],
)
def test_a_way_of_speaking_means_a_word_of_policy(
    said: str, meant: str, vocabulary: Vocabulary
) -> None:
    assert meant in [means for _, means in vocabulary.question(said).means]


def test_full_width_traditional_and_damaged_letters_are_read(vocabulary: Vocabulary) -> None:
    assert vocabulary.question("門檻費\0ＣＡＲ－Ｔ").text == "门槛费 car-t"


def test_a_matter_outside_is_named_by_its_word(vocabulary: Vocabulary) -> None:
    assert vocabulary.question("我家小猫打疫苗能报吗").outside == "猫"
    assert vocabulary.question("感冒药能报吗").outside is None


def test_a_word_said_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = "terms:\n  - {means: 起付线, say: [门槛费]}\n  - {means: 封顶线, say: [门槛费]}\n"
    (tmp_path / "lexicon.yaml").write_text(rows, encoding="utf-8")
    with pytest.raises(SheetError) as refused:
        load_vocabulary(tmp_path)
    assert refused.value.problem == "listed_twice"
    assert refused.value.fields["place"] == "lexicon.yaml:3"


@pytest.mark.parametrize(
    ("asked", "foreign"),
    [
        ("Is 立普妥 paid by insurance at a clinic?", True),
        ("How much is the deductible?", True),
        ("PD-1能报吗", False),
        ("CAR-T 医保报不报", False),
    ],
)
def test_a_name_does_not_make_a_question_chinese(
    asked: str, foreign: bool, vocabulary: Vocabulary
) -> None:
    assert is_foreign(vocabulary.question(asked)) is foreign
