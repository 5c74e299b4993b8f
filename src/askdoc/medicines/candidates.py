"""Names that somebody may have meant: typing slips, pinyin, pinyin initials.

They are offered and never taken: two real names one character apart are two medicines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from askdoc.medicines.medicine import Medicine
from askdoc.medicines.names import Name
from askdoc.medicines.shelf import Shelf

MOST_OFFERED = 5
Why = Literal[
    "pinyin", "initials", "spelling", "part", "other_form", "other_numeral", "same_category"
]
_LIKE_ENOUGH = 60.0
_LATIN = re.compile(r"[a-z][a-z ']+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A medicine that may have been meant, under the name it was found by."""

    name: str
    medicine: Medicine
    why: Why


def offer_similar(name: Name, shelf: Shelf) -> tuple[Candidate, ...]:
    """At most five medicines with names like this one, the likest first."""
    found: dict[str, Candidate] = {}
    for stem, why in _similar_stems(name, shelf):
        for entry in shelf.by_stem.get(stem, ()):
            known = Candidate(entry.medicine.name, entry.medicine, why)
            found.setdefault(entry.medicine.id, known)
        if len(found) >= MOST_OFFERED:
            break
    return tuple(found.values())[:MOST_OFFERED]


def sound_of(name: str) -> str:
    """A Chinese name as it sounds, in pinyin without tones."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name))


def _similar_stems(name: Name, shelf: Shelf) -> Iterator[tuple[str, Why]]:
    latin = name.key.replace(" ", "").replace("'", "")
    if _LATIN.fullmatch(name.key):
        whole, initials = shelf.keys_by_pinyin
        yield from ((stem, "pinyin") for stem in sorted(whole.get(latin, ())))
        if len(latin) > 2:
            yield from ((stem, "initials") for stem in sorted(initials.get(latin, ())))
    elif len(name.stem) > 1:
        same_sound = shelf.keys_by_pinyin[0].get(sound_of(name.stem), set())
        yield from ((stem, "pinyin") for stem in sorted(same_sound))
    yield from _spelt_alike(name, shelf)


def _spelt_alike(name: Name, shelf: Shelf) -> Iterator[tuple[str, Why]]:
    from rapidfuzz import fuzz, process

    likest = process.extract(
        name.stem, list(shelf.by_stem), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH, limit=10
    )
    yield from ((stem, "spelling") for stem, _, _ in likest)
    inside = [
        stem
        for stem in shelf.by_stem
        if len(stem) > 2 and (stem in name.stem or (len(name.stem) > 1 and name.stem in stem))
    ]
    yield from ((stem, "part") for stem in sorted(inside, key=lambda stem: (-len(stem), stem)))
    if _LATIN.fullmatch(name.key) and len(name.key) > 4:
        whole = shelf.keys_by_pinyin[0]
        likest = process.extract(
            name.key.replace(" ", ""), list(whole), scorer=fuzz.ratio, score_cutoff=75, limit=5
        )
        for sound, _, _ in likest:
            yield from ((stem, "pinyin") for stem in sorted(whole[sound]))
