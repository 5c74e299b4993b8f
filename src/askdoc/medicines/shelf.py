"""The medicines of one edition, found by any way of writing them.

What a reader would not guess: the indexes are built when somebody first looks for a name, so
that loading stays cheap for those who only ask what editions exist.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from askdoc.medicines.codes import medicine_part
from askdoc.medicines.fold import name_key
from askdoc.medicines.forms import Forms, SaidForm
from askdoc.medicines.medicine import Medicine
from askdoc.medicines.names import Name, parse_listed_for_group, parse_name
from askdoc.medicines.salts import LONG_ENOUGH, Salts

_NUMBERED = re.compile(r"(?<=^[a-z]{2}) (?=\d+$)|(?<=^[a-z]) (?=\d+$)")
How = Literal["exact", "alias", "brand", "english", "salt"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name under which a medicine is known."""

    medicine: Medicine
    name: Name
    how: How


class Shelf:
    """All medicines of one edition with their indexes."""

    def __init__(self, medicines: tuple[Medicine, ...], forms: Forms, salts: Salts) -> None:
        self.medicines = medicines
        self.forms = forms
        self.salts = salts

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for medicine in self.medicines:
            found.append(Entry(medicine, self.own_name(medicine), "exact"))
            if medicine.english:
                found.append(Entry(medicine, parse_name(medicine.english, self.forms), "english"))
            for alias in medicine.aliases:
                how: How = "english" if name_key(alias).isascii() else "alias"
                found.append(Entry(medicine, parse_name(alias, self.forms), how))
            for brand in medicine.brands:
                found.append(Entry(medicine, parse_name(brand, self.forms), "brand"))
        return tuple(found)

    @cached_property
    def by_key(self) -> dict[str, list[Entry]]:
        """Entries by their whole name; names that need a form column beside them left out."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.how != "exact" or not entry.medicine.form_stands_beside:
                for key in {entry.name.key, _unhyphened(entry.name.key)}:
                    found.setdefault(key, []).append(entry)
        return found

    @cached_property
    def by_stem(self) -> dict[str, list[Entry]]:
        """Entries by their name without form and qualifiers."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.name.stem, []).append(entry)
        return found

    @cached_property
    def by_bare_stem(self) -> dict[str, list[Entry]]:
        """Entries whose name carries a salt, by their name without it."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.how in ("exact", "alias"):
                bare = self.salts.without_salt(entry.name.stem)
                if bare is not None:
                    found.setdefault(bare, []).append(entry)
        return found

    @cached_property
    def by_code(self) -> dict[str, list[Medicine]]:
        """Medicines by the beginning of their codes that names the medicine."""
        found: dict[str, list[Medicine]] = {}
        for medicine in self.medicines:
            for part in {medicine_part(code) for code in medicine.codes}:
                found.setdefault(part, []).append(medicine)
        return found

    @cached_property
    def keys_by_pinyin(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Stems by their pinyin without tones, and by their pinyin initials."""
        from pypinyin import Style, lazy_pinyin

        whole: dict[str, set[str]] = {}
        initials: dict[str, set[str]] = {}
        for stem in self.by_stem:
            if not stem.isascii():
                whole.setdefault("".join(lazy_pinyin(stem)), set()).add(stem)
                first = "".join(lazy_pinyin(stem, style=Style.FIRST_LETTER))
                initials.setdefault(first, set()).add(stem)
        return whole, initials

    @cached_property
    def surfaces(self) -> dict[str, tuple[int, ...]]:
        """Lengths of all known names by their first two signs, longest first, for reading texts.

        Names of one letter or sign are left out: in a sentence they are other words.
        """
        lengths: dict[str, set[int]] = {}
        for names in (self.by_key, self.by_stem, self.by_bare_stem):
            for name in names:
                if len(name) > (2 if name.isascii() else 1):
                    lengths.setdefault(name[:2], set()).add(len(name))
        return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}

    @cached_property
    def stems_of_products(self) -> frozenset[str]:
        """Stems that are known only with a form behind them, such as 鼻炎 of 鼻炎片."""
        return frozenset(
            entry.name.stem
            for entry in self.entries
            if entry.name.form is not None and not entry.medicine.form_stands_beside
        )

    def knows(self, key: str) -> bool:
        """Whether a folded text is a name, a stem or a name without its salt."""
        return key in self.by_key or key in self.by_stem or key in self.by_bare_stem

    def knows_brand(self, key: str) -> bool:
        """Whether a folded text is a brand."""
        return any(entry.how == "brand" for entry in self.by_stem.get(key, ()))

    def is_whole_name(self, key: str) -> bool:
        """Whether a folded text is a name as it stands, with nothing left out."""
        return key in self.by_key or any(
            entry.name.form is None for entry in self.by_stem.get(key, ())
        )

    def named(self, stem: str, how: How) -> list[Entry]:
        """Entries whose own stem is this one."""
        return [entry for entry in self.by_stem.get(stem, ()) if entry.how == how]

    def salted(self, stem: str) -> list[Entry]:
        """Entries that differ in the salt alone: exactly one of the two sides carries one."""
        if not self.salts.carries_salt(stem):
            if len(stem) < LONG_ENOUGH and not self.named(stem, "exact"):
                return []
            return _as_salt(self.by_bare_stem.get(stem, ()))
        bare = self.salts.without_salt(stem)
        if bare is None or self.salts.carries_salt(bare):
            return []
        listed = [entry for entry in self.by_stem.get(bare, ()) if entry.how in ("exact", "alias")]
        return _as_salt(listed)

    def agrees(self, medicine: Medicine, said: SaidForm) -> Literal["same", "group"] | None:
        """Whether a form that was said is one the medicine is listed in."""
        if said.word in map(name_key, medicine.excluded_forms):
            return None
        own = self.forms.of_word(medicine.form) if medicine.form else None
        if said.is_same_word(name_key(medicine.form) if medicine.form else None):
            return "same"
        if said.group != medicine.group or own is None:
            return None
        return "group" if medicine.listed_by_group or said.is_group or own.is_group else None

    def own_name(self, medicine: Medicine) -> Name:
        """The medicine's own name taken apart."""
        if medicine.form_stands_beside:
            return parse_listed_for_group(medicine.name)
        return parse_name(medicine.name, self.forms)


def _unhyphened(key: str) -> str:
    """DS-8201 as DS8201; other names keep their blanks."""
    return _NUMBERED.sub("", key)


def _as_salt(entries: Iterable[Entry]) -> list[Entry]:
    return [Entry(entry.medicine, entry.name, "salt") for entry in entries]
