"""What a search makes of people's words before anything is compared."""

from pathlib import Path

import pytest

from askdoc.language.word_list import WordList
from askdoc.library.vocabulary import Vocabulary, load_vocabulary


def test_a_word_of_a_dialect_gives_way_to_the_common_one() -> None:
    vocabulary = Vocabulary(WordList({}), speech=WordList({"乜嘢": "什么", "几钿": "多少钱"}))
    assert vocabulary.question("封頂線係乜嘢").text == "封顶线系什么"
    assert vocabulary.question("自家付几钿").text == "自家付多少钱"


def test_a_term_is_known_behind_a_word_of_a_dialect() -> None:
    vocabulary = Vocabulary(WordList({"看门诊": "门诊统筹"}), speech=WordList({"睇": "看"}))
    assert vocabulary.question("睇門診").means == (("看门诊", "门诊统筹"),)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("点样去睇病", "怎么去看病"),
        ("社康報幾多", "社康报多少"),
        ("阿拉爷叔报销伐", "阿拉爷叔报销吗"),
    ],
)
def test_the_search_knows_the_dialects_that_the_reader_knows(
    said: str, meant: str, knowledge: Path
) -> None:
    assert load_vocabulary(knowledge).question(said).text == meant
