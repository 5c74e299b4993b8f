"""What people say → what policies say, put in front of a search.

From the same `knowledge/lexicon.yaml` as the reader of questions: its `terms`, and the brands and
other names of the catalogue. A term is added to the question, never put in its place; a word of a
dialect gives way to the common one, as the documents are asked in common speech.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from askdoc.language.normalise import normalise
from askdoc.language.speech import in_common_speech
from askdoc.language.word_list import WordList
from askdoc.library.words import plain, tokens
from askdoc.policy.strict_yaml import Map, read_sheet

FILE = "lexicon.yaml"
NOTHING: WordList[str] = WordList({})


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched: its plain text and what its words mean.

    `outside` is the word of a matter that no document here holds, if there is one.
    """

    text: str
    means: tuple[tuple[str, str], ...]
    outside: str | None = None

    @property
    def said(self) -> list[str]:
        """The tokens of the question itself."""
        return tokens(self.text)

    @property
    def added(self) -> list[str]:
        """The tokens of what its words mean."""
        return [token for _, meant in self.means for token in tokens(meant)]

    @property
    def read_as(self) -> str:
        """The question with the terms that policies use."""
        added = " ".join(dict.fromkeys(meant for _, meant in self.means if meant not in self.text))
        return f"{self.text} {added}".strip()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of the lexicon, the matters that lie outside the library, and words of dialects."""

    terms: WordList[str]
    outside: WordList[str] = NOTHING
    speech: WordList[str] = NOTHING

    def question(self, text: str, named: Sequence[tuple[str, str]] = ()) -> Question:
        """A text as it is searched; any text, never raises.

        `named` are the medicines in it: (what was said, generic name).
        """
        said = plain(in_common_speech(normalise(plain(text)), self.speech).text)
        means = [(hit.word, hit.meaning) for hit in self.terms.find(said)]
        named = [(plain(word), plain(name)) for word, name in named]
        outside = next((hit.word for hit in self.outside.find(said)), None)
        return Question(said, tuple(dict.fromkeys([*means, *named])), outside)


def load_vocabulary(knowledge: Path) -> Vocabulary:
    """The terms of a knowledge folder. Raises SheetError naming file and line."""
    sheet = read_sheet(knowledge / FILE)
    terms = _words(sheet, "terms", "means", "say")
    outside = _words(sheet, "outside", "matter", "words")
    return Vocabulary(terms, outside, _words(sheet, "speech", "means", "say"))


def _words(sheet: Map, section: str, meaning: str, said: str) -> WordList[str]:
    words: dict[str, str] = {}
    for row in sheet.rows(section).maps() if section in sheet else []:
        row.only(meaning, said)
        meant = row.scalar(meaning).text()
        for one in row.rows(said).scalars():
            word = plain(one.text())
            if word in words:
                raise one.wrong("listed_twice")
            words[word] = meant
    return WordList(words)
