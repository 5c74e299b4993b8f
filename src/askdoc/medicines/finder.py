"""Finding a medicine while its name is being typed: Chinese, pinyin, initials, brand, code.

What is typed is a beginning, and what is shown is a list to choose from: nothing here resolves a
name. Where one reading of a sign is not the usual one, the other is found by the Chinese name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from askdoc.medicines.codes import tidy_code
from askdoc.medicines.fold import name_key
from askdoc.medicines.medicine import Medicine
from askdoc.medicines.shelf import Shelf

_FEWEST_INSIDE = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A medicine with the name it was found by."""

    medicine: Medicine
    name: str


@dataclass(frozen=True, slots=True)
class _Key:
    """One way of typing a name; the lower the rank, the sooner it is shown."""

    typed: str
    rank: int
    hit: Hit


class Finder:
    """All medicines of a shelf by what people type."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def find(self, typed: str, most: int = 8) -> list[Hit]:
        """Medicines whose name, brand, pinyin, initials or code begins so; the likest first."""
        wanted = _folded(typed)
        if not wanted:
            return []
        found: dict[str, tuple[tuple[int, int, str], Hit]] = {}
        for key in self._keys:
            place = _place(key, wanted)
            if place is None:
                continue
            order = (place, len(key.typed), key.hit.medicine.name)
            known = found.get(key.hit.medicine.id)
            if known is None or order < known[0]:
                found[key.hit.medicine.id] = (order, key.hit)
        return [hit for _, hit in sorted(found.values(), key=lambda one: one[0])[:most]]

    @cached_property
    def _keys(self) -> tuple[_Key, ...]:
        return tuple(key for one in self._shelf.medicines for key in _keys_of(one))


def _place(key: _Key, wanted: str) -> int | None:
    """How well a key fits: the whole, a beginning, or inside; None when it does not."""
    if key.typed == wanted:
        return key.rank
    if key.typed.startswith(wanted):
        return 10 + key.rank
    inside = len(wanted) >= _FEWEST_INSIDE and not wanted.isascii() and wanted in key.typed
    return 20 + key.rank if inside else None


def _keys_of(medicine: Medicine) -> Iterator[_Key]:
    named = [(medicine.name, 0), *((one, 1) for one in medicine.brands)]
    named += [(one, 2) for one in (*medicine.aliases, medicine.english) if one]
    for name, rank in named:
        hit = Hit(medicine, name)
        yield _Key(_folded(name), rank, hit)
        if not name.isascii():
            for typed, behind in zip(_sounds(name), (3, 4), strict=True):
                yield _Key(typed, rank + behind, hit)
    for code in medicine.codes:
        yield _Key(_folded(tidy_code(code)), 0, Hit(medicine, code))


def _sounds(name: str) -> tuple[str, str]:
    """The initials of a name and the whole of it in pinyin."""
    from pypinyin import lazy_pinyin

    signs = [one for one in lazy_pinyin(name_key(name)) if one[0].isalnum()]
    return "".join(one[0] for one in signs), "".join(signs)


def _folded(text: str) -> str:
    return "".join(name_key(text).split())
