"""Dosage forms: which words name one, and which forms the list treats as one group.

What a reader would not guess: the longest word wins (软胶囊 before 胶囊), and 注射用 stands
in front of the name where other forms stand behind it. People say some words that the list
never prints: 针 for all injections, and wider words (喷雾, 药膏) for one of several forms.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from askdoc.medicines.around import Around, read_around
from askdoc.medicines.fold import name_key
from askdoc.medicines.knowledge_sheet import CatalogueSheetError
from askdoc.policy.strict_yaml import Map
from askdoc.wording import Lang

# A name keeps at least two characters, otherwise the form word belongs to it (甘油, 叶酸).
_SHORTEST_STEM = 2
_WITHOUT = re.compile(r"^(?P<form>.+?)[(（]不含(?P<without>.+?)[)）]$")
_LISTED_FOR_ALL = re.compile(r"剂型?$")


@dataclass(frozen=True, slots=True)
class FormGroup:
    """A group of forms that the national list prints as one."""

    id: str
    name: Mapping[Lang, str]


@dataclass(frozen=True, slots=True)
class SaidForm:
    """A form as somebody wrote it: the word, its group, and whether it names the whole group."""

    word: str
    group: str
    is_group: bool = False

    def is_same_word(self, form: str | None) -> bool:
        return form is not None and _bare(self.word) == _bare(form)


@dataclass(frozen=True, slots=True)
class Forms:
    """All form words with their groups; words are folded as names are.

    `wider` holds the forms that a word can stand for besides its own.
    """

    groups: Mapping[str, FormGroup]
    words: Mapping[str, str]
    prefixes: Mapping[str, str]
    english: Mapping[str, str]
    group_words: Mapping[str, str]
    wider: Mapping[str, frozenset[str]]
    around: Around = field(repr=False)
    english_longest_first: tuple[str, ...]
    _longest: int
    _suffix: re.Pattern[str] = field(repr=False)
    _wider_suffix: re.Pattern[str] = field(repr=False)
    _english_suffix: re.Pattern[str] = field(repr=False)

    def of_word(self, word: str) -> SaidForm | None:
        """The form that a word or group name is, or None."""
        key = name_key(word)
        if key in self.group_words:
            return SaidForm(key, self.group_words[key], is_group=True)
        group = self.words.get(key) or self.prefixes.get(key)
        return SaidForm(key, group) if group else None

    def split(self, key: str) -> tuple[str, SaidForm | None]:
        """A folded name without its form, and the form; the name itself when it has none."""
        in_front = self.split_prefix(key)
        stem, prefix = (in_front[0], in_front[1].word) if in_front else (key, "")
        found = self._suffix.search(stem)
        suffix = found[0] if found and found.start() >= _SHORTEST_STEM else ""
        stem = stem[: len(stem) - len(suffix)]
        if not prefix and not suffix:
            return key, None
        if prefix:
            # 注射用…脂质体 is a liposome first: the word behind says more than the one in front.
            return stem, SaidForm(prefix + suffix, self.words.get(suffix) or self.prefixes[prefix])
        return stem, self.of_word(suffix)

    def split_prefix(self, key: str) -> tuple[str, SaidForm] | None:
        """A folded name without a form word in front of it (注射用), and that form."""
        for word, group in self.prefixes.items():
            if key.startswith(word) and len(key) - len(word) >= _SHORTEST_STEM:
                return key[len(word) :], SaidForm(word, group)
        return None

    def split_wider(self, key: str) -> tuple[str, SaidForm] | None:
        """A folded name without a word at its end that only people say (药膏), and that word."""
        found = self._wider_suffix.search(key)
        if found is None or found.start() < _SHORTEST_STEM:
            return None
        return key[: found.start()], SaidForm(found[0], "")

    def can_mean(self, said: SaidForm, form: str | None) -> bool:
        """Whether a form is a kind of the wider word that was said, or the group of such a kind."""
        kinds = self.wider.get(said.word, frozenset())
        own = self.of_word(form) if form else None
        if own is None:
            return False
        return own.word in kinds or (
            own.is_group and any(self.words[kind] == own.group for kind in kinds)
        )

    def split_english(self, key: str) -> tuple[str, SaidForm | None]:
        """Like `split` for an English name: every form word at its end goes.

        Words of two groups (tablet SR) leave a form that agrees with nothing.
        """
        stem, words = key, list[str]()
        while (found := self._english_suffix.search(stem)) and found.start() > 0:
            words.insert(0, found["word"])
            stem = stem[: found.start()].strip(" ,")
        if not words:
            return key, None
        groups = {self.english[word] for word in words}
        return stem, SaidForm(" ".join(words), groups.pop() if len(groups) == 1 else "", True)

    def ends_in_form(self, text: str) -> re.Match[str] | None:
        """The form word at the end of a folded text."""
        return self._suffix.search(text)

    def at(self, text: str, start: int) -> int:
        """Where the longest form word that begins at `start` ends; `start` when none does."""
        for length in range(min(self._longest, len(text) - start), 0, -1):
            word = text[start : start + length]
            if word in self.words or word in self.wider:
                return start + length
        return start


def is_listed_for_all(form: str) -> bool:
    """Whether a printed form (注射剂, 口服常释剂型) stands for its whole group."""
    return _LISTED_FOR_ALL.search(form) is not None


def split_exclusion(form: str) -> tuple[str, tuple[str, ...]]:
    """「口服常释剂型(不含分散片)」 as the form and the forms that it leaves out."""
    found = _WITHOUT.match(form)
    return (found["form"], tuple(found["without"].split("、"))) if found else (form, ())


def read_forms(sheet: Map) -> Forms:
    """Forms from `forms.yaml`; raises SheetError when a word stands in two groups."""
    groups: dict[str, FormGroup] = {}
    words: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    english: dict[str, str] = {}
    group_words: dict[str, str] = {}
    for row in sheet.only("groups", "wider", "around").rows("groups").maps():
        group = _read_group(row)
        if group.id in groups:
            raise row.scalar("id").wrong("duplicate_id", id=group.id)
        groups[group.id] = group
        zh = name_key(group.name["zh"])
        for word in (*((zh,) if is_listed_for_all(zh) else ()), *map(name_key, row.texts("said"))):
            _add(row, group_words, word, group.id)
        for table, key in (
            *((words, "forms"), (words, "said")),
            *((prefixes, "prefixes"), (english, "english")),
        ):
            for word in row.texts(key):
                _add(row, table, name_key(word), group.id)
        _add(row, words, zh, group.id)
    wider = _read_wider(sheet, words)
    return Forms(
        groups,
        words,
        dict(sorted(prefixes.items(), key=lambda entry: -len(entry[0]))),
        english,
        group_words,
        wider,
        read_around(sheet.map("around")) if "around" in sheet else Around(),
        tuple(sorted(english, key=len, reverse=True)),
        max(map(len, (*words, *wider)), default=0),
        re.compile(f"(?:{_alternatives(words)})$"),
        re.compile(f"(?:{_alternatives(wider.keys() - words.keys())})$"),
        re.compile(rf"(?:^|[\s,])(?P<word>{_alternatives(english)})$"),
    )


def _read_group(row: Map) -> FormGroup:
    row.only("id", "zh", "en", "forms", "prefixes", "english", "said")
    return FormGroup(
        row.scalar("id").text(), {"zh": row.scalar("zh").text(), "en": row.scalar("en").text()}
    )


def _read_wider(sheet: Map, words: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in sheet.rows("wider").maps() if "wider" in sheet else ():
        means = frozenset(map(name_key, row.only("said", "means").texts("means")))
        for kind in sorted(means - words.keys()):
            raise CatalogueSheetError(row.place, "unknown_form", found=kind)
        found |= {name_key(word): means for word in row.texts("said")}
    return found


def _add(row: Map, table: dict[str, str], word: str, group: str) -> None:
    if table.setdefault(word, group) != group:
        raise CatalogueSheetError(row.place, "form_in_two_groups", form=word, other=table[word])


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(map(re.escape, ordered)) or r"(?!)"


def _bare(form: str) -> str:
    return _LISTED_FOR_ALL.sub("", form)
