"""The parts of a medicine's name: stem, form, qualifiers and strength.

What a reader would not guess: a qualifier (a Roman numeral, or what stands in brackets) is part
of a name's identity, as the national list says; a strength is not, unless a row is listed for
that strength alone.
"""

import re
from dataclasses import dataclass

from askdoc.medicines.fold import name_key
from askdoc.medicines.forms import Forms, SaidForm

_UNIT = r"(?:mg|g|μg|ug|mcg|ml|l|iu|u|万单位|单位|万u|万iu|mmol|mbq)"
_STRENGTH = re.compile(
    rf"(?:\d+(?:\.\d+)?{_UNIT}(?:[:/]\d+(?:\.\d+)?{_UNIT})?)(?:[*×x]\d+(?:{_UNIT}|片|粒|支|袋|瓶)?)*$"
)
_SPELT_UNITS = (("毫克", "mg"), ("微克", "μg"), ("毫升", "ml"), ("克", "g"), ("ug", "μg"))
_ROMAN = re.compile(r"(?P<numeral>#\d+[ab]?)型?$")
_ROMAN_QUALIFIER = re.compile(r"#\d+[ab]?")
# Brackets that tell how a product is made up or used and make no other product of it.
_SAYS_NOTHING = re.compile(r"^(?:指|供|冻干$)")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart; `key` is the whole folded name, `stem` is without form."""

    key: str
    stem: str
    form: SaidForm | None
    qualifiers: frozenset[str]
    strength: str | None

    @property
    def is_plain(self) -> bool:
        return not self.qualifiers


def is_numeral(qualifier: str) -> bool:
    """Whether the qualifier is a Roman numeral, which makes another product."""
    return _ROMAN_QUALIFIER.fullmatch(qualifier) is not None


def readings(name: str, forms: Forms) -> tuple[Name, ...]:
    """Every way to take the name apart: without a form, with a wide word, in front, with all."""
    key = name_key(name)
    rest, strength = _without_strength(key)
    stem, qualifiers = _without_qualifiers(rest)
    whole = Name(key, stem, None, qualifiers, strength)
    split = _split(key, stem, forms, qualifiers, strength)
    found = [whole]
    for other in (forms.split_wider(stem), forms.split_prefix(stem)):
        if other is not None and other[0] != split.stem:
            found.append(Name(key, *other, qualifiers, strength))
    # The name's own form stays last: the rows of the catalogue are read by it.
    return tuple(found) if split.form is None else (*found, split)


def parse_name(name: str, forms: Forms) -> Name:
    """The name taken apart as the list's names are: a form at its end is a form."""
    return readings(name, forms)[-1]


def parse_listed_for_group(name: str) -> Name:
    """A name that the list prints beside a form column: nothing in it is a form."""
    key = name_key(name)
    stem, qualifiers = _without_qualifiers(key)
    return Name(key, stem, None, qualifiers, None)


def _split(
    key: str, stem: str, forms: Forms, qualifiers: frozenset[str], strength: str | None
) -> Name:
    has_han = not key.isascii()
    rest, form = forms.split(stem) if has_han else forms.split_english(stem)
    if form is None:
        return Name(key, stem, None, qualifiers, strength)
    inner, inner_strength = _without_strength(rest)
    core, more = _without_qualifiers(inner)
    return Name(key, core, form, qualifiers | more, strength or inner_strength)


def _without_strength(text: str) -> tuple[str, str | None]:
    if not _DIGIT.search(text):
        return text, None
    for spelt, unit in _SPELT_UNITS:
        text = re.sub(rf"(?<=\d){spelt}", unit, text)
    inside = re.search(r"\(([^()]*)\)$", text)
    if inside and _STRENGTH.fullmatch(inside[1]):
        return text[: inside.start()], inside[1]
    found = _STRENGTH.search(text)
    if found is None or found.start() == 0:
        return text, None
    return text[: found.start()].rstrip(), found[0]


def _without_qualifiers(text: str) -> tuple[str, frozenset[str]]:
    found: set[str] = set()
    while True:
        opened = _opening(text)
        if opened > 0:
            inside = text[opened + 1 : -1]
            if not _SAYS_NOTHING.search(inside):
                found.add(inside)
            text = text[:opened].rstrip()
        elif (roman := _ROMAN.search(text)) and roman.start() > 0:
            found.add(roman["numeral"])
            text = text[: roman.start()].rstrip()
        else:
            return text, frozenset(found)


def _opening(text: str) -> int:
    """Where the bracket opens that closes at the end; 0 when there is none."""
    if not text.endswith(")"):
        return 0
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at
    return 0
