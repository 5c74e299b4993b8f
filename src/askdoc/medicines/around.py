"""The ordinary words that stand around medicine names in talk.

What a reader would not guess: a word belongs into `before` only when no name of the national
list has it in front of another name; that is tested, because a word that is wrong here would
make a known half stand for an unknown medicine.
"""

import re
from dataclasses import dataclass

from askdoc.medicines.fold import name_key
from askdoc.policy.strict_yaml import Map

_LISTS = ("before", "behind", "told", "called", "compared", "apart", "no_names")
_NOTHING = re.compile(r"(?!)")
_NUMERAL = "[一二两三四五六七八九十半几]"
_UNIT = "[片粒支盒瓶袋丸针颗板次天日周年月岁块元个种]"
# A number alone makes another product (门冬胰岛素30); two numerals may be a herb (三七).
_COUNT = rf"(?:\d+|(?<!{_NUMERAL}){_NUMERAL})(?={_UNIT})"
_HALVES = rf"{_NUMERAL}+{_UNIT}"


@dataclass(frozen=True, slots=True)
class Around:
    """Closed lists of words, as patterns on folded text.

    `before` ends where a name may begin, `behind` begins where a name has ended, `told` is a
    bracket that says nothing of the product, `called` is what stands around a name in one,
    `apart` stands in no name at all, and `no_names` ends like a medicine and is none.
    """

    before: re.Pattern[str] = _NOTHING
    behind: re.Pattern[str] = _NOTHING
    told: re.Pattern[str] = _NOTHING
    called_ahead: re.Pattern[str] = _NOTHING
    called_behind: re.Pattern[str] = _NOTHING
    compared: re.Pattern[str] = _NOTHING
    apart: re.Pattern[str] = _NOTHING
    no_names: re.Pattern[str] = _NOTHING

    def without_calling(self, inside: str) -> str:
        """What a bracket calls a medicine, without 就是 in front and 那种 behind."""
        ahead = self.called_ahead.match(inside)
        rest = inside[ahead.end() :] if ahead else inside
        behind = self.called_behind.search(rest)
        return (rest[: behind.start()] if behind else rest).strip()


def read_around(sheet: Map) -> Around:
    """The lists of the key `around` of `forms.yaml`."""
    sheet.only(*_LISTS)
    lists = {
        key: tuple(sorted(map(name_key, sheet.texts(key)), key=len, reverse=True)) for key in _LISTS
    }
    words = {key: "|".join(map(re.escape, found)) or r"(?!)" for key, found in lists.items()}
    return Around(
        re.compile(rf"(?:{words['before']})$"),
        re.compile(rf"(?:{words['behind']}|{_HALVES})"),
        re.compile(rf"(?:{words['told']}|{_COUNT}|[,，、 的个])+"),
        re.compile(rf"(?:{words['called']}|\s)+"),
        re.compile(rf"(?:{words['called']}|\s)+$"),
        re.compile(words["compared"]),
        re.compile(words["apart"]),
        re.compile(rf"(?:{words['no_names']})$"),
    )
