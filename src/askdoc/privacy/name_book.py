"""What Chinese names are made of, and the words that only look like names.

`names.json` holds surnames, letters that given names are written with, and words that begin
like a name (高血压, 安康, 马应龙). The letters are wide on purpose: a word beside a name is told
apart by `no_names` and by what medicines are called, not by rare letters.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WIDEST_MEDICINE = 14


@dataclass(frozen=True, slots=True)
class NameBook:
    """The lists, ready to be asked."""

    surnames: frozenset[str]
    rare_surnames: frozenset[str]
    surnames_not_before_a_title: frozenset[str]
    compound_surnames: frozenset[str]
    given: frozenset[str]
    # Letters that Uyghur, Tibetan, Mongol and Kazakh names are written with.
    transliterated: frozenset[str]
    no_names: frozenset[str]
    family: tuple[str, ...]
    titles: tuple[str, ...]
    # Letters that are grammar, and those that medicines and their active parts are written with.
    grammar: frozenset[str]
    chemical: frozenset[str]
    medicine_forms: tuple[str, ...]
    institutions: tuple[str, ...]
    english_words: frozenset[str]

    def surname_at(self, text: str, at: int, is_sure: bool = False) -> int:
        """How many letters of surname begin here; sure of it, also 都 and 来 are surnames."""
        if text[at : at + 2] in self.compound_surnames:
            return 2
        letter = text[at : at + 1]
        return int(letter in self.surnames or (is_sure and letter in self.rare_surnames))

    def is_given(self, letters: str) -> bool:
        """Whether given names are written so."""
        return bool(letters) and all(letter in self.given for letter in letters)

    def could_be_given(self, letters: str) -> bool:
        """Whether nothing speaks against a given name."""
        return bool(letters) and all(
            "一" <= letter <= "鿿" and letter not in self.grammar for letter in letters
        )

    def is_word(self, text: str, at: int) -> bool:
        """Whether a word that is no name begins here: a known one, or a medicine by its form."""
        if any(text[at : at + size] in self.no_names for size in (2, 3, 4)):
            return True
        ahead = text[at : at + _WIDEST_MEDICINE]
        ends = (i for i, sign in enumerate(ahead) if not self.could_be_given(sign))
        ahead = ahead[: next(ends, len(ahead))]
        if any(sign in self.chemical for sign in ahead[1:4]):
            return True
        return any(form in ahead[1:] for form in self.medicine_forms)

    def is_institution(self, text: str, end: int) -> bool:
        """Whether what ended here goes on as the name of an institution or a place."""
        return text.startswith(self.institutions, end)


@cache
def name_book() -> NameBook:
    """The lists that ship, read once."""
    file = files("askdoc.privacy").joinpath("names.json")
    lists: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    letters = {name: frozenset("".join(lines)) for name, lines in lists.items()}
    words = {name: tuple(" ".join(lines).split()) for name, lines in lists.items()}
    return NameBook(
        surnames=letters["surnames"],
        rare_surnames=letters["surnames_that_are_words"],
        surnames_not_before_a_title=letters["surnames_not_before_a_title"],
        compound_surnames=frozenset(words["compound_surnames"]),
        given=letters["given"],
        transliterated=letters["transliterated"],
        no_names=frozenset(words["no_names"]),
        family=words["family"],
        titles=words["titles"],
        grammar=letters["grammar"],
        chemical=letters["chemical"],
        medicine_forms=words["medicine_forms"],
        institutions=words["institutions"],
        english_words=frozenset(words["english_words"]),
    )
