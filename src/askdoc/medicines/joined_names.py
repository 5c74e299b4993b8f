"""A name that is written together with a second one or with a description.

「络活喜 氨氯地平」 and 「阿卡波糖(就是拜唐苹那种)」 name one medicine twice, 「氨氯地平(5mg的片)」
describes it. What a reader would not guess: a bracket is a description only when it reads as
talk. Letters like 白蛋白结合型 make another product: what is not understood stays in the name.
"""

import re

from askdoc.language import simplify
from askdoc.medicines.fold import name_key
from askdoc.medicines.shelf import Shelf

_BRACKETS = str.maketrans("（）[]【】〔〕", "()()()()")
_AT_END = re.compile(r"^(?P<base>[^()]{2,}(?:\([^()]*\)[^()]*)*)\((?P<inside>[^()]*)\)$")
_BETWEEN = re.compile(r"\s*/\s*|\s+")
_STRENGTH = re.compile(r"\d+(?:\.\d+)?(?:mg|g|μg|ug|ml|毫克|微克|毫升|克)")
# Letters of talk that no name of the national list holds (吗 is in 吗啡, 他 in 他汀).
_TALK = re.compile(
    r"的(?![松明])|[了我你她每吃买给在这是就也哪呢说医写看个没有要让到时]|\b(?:my|the|one|once|twice|daily)\b"
)
# What makes another product, even in talk.
_OTHER_PRODUCT = re.compile(
    r"#|释|溶|崩|分散|舌下|泡腾|咀嚼|注射|吸入|脂质|微球|结合|[型方式酸%]|[a-z](?=.*[\u3400-\u9fff])"
    r"|\d(?![\d.]*[片粒支盒瓶袋丸针颗板次天日周年月岁块元个种])"
)


def without_talk(query: str, shelf: Shelf) -> str | None:
    """The name with the form and strength that its last bracket tells, or None.

    None where there is no bracket, or where the bracket holds more than a description.
    """
    found = bracketed(query)
    if found is None:
        return None
    base, inside = found
    strength = _STRENGTH.search(inside)
    said = shelf.forms.around.without_calling(_STRENGTH.sub("", inside))
    told, _, last = said.rpartition("的")
    form = last if shelf.forms.of_word(last) else ""
    rest = told if form else said
    adds = f"{form}{strength[0] if strength else ''}"
    if not rest:
        return f"{base}{adds}"
    own = next((one for one in _qualifiers(base, shelf) if one in name_key(inside)), None)
    if own is not None:
        return None if own == name_key(inside) else f"{base}({own})"
    if shelf.forms.around.told.fullmatch(rest) or _is_talk(rest, shelf):
        return f"{base}{adds}"
    return None


def bracketed(query: str) -> tuple[str, str] | None:
    """What stands before the bracket at the end, and what stands in it."""
    found = _AT_END.match(query.translate(_BRACKETS).strip())
    return (found["base"].strip(), simplify(found["inside"]).lower()) if found else None


def side_by_side(query: str, shelf: Shelf) -> list[tuple[str, str]]:
    """Ways to take the query as two names: brackets, a blank or slash, or a brand that touches."""
    if found := bracketed(query):
        return [(found[0], shelf.forms.around.without_calling(found[1]))]
    parts = _BETWEEN.split(query.strip())
    ways = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, min(len(parts), 6))]
    key = name_key(query)
    if not ways and not key.isascii():
        ways = [
            (key[:at], key[at:])
            for at in range(2, len(key) - 1)
            if shelf.knows_brand(key[:at]) or shelf.knows_brand(key[at:])
        ]
    return ways


def _is_talk(said: str, shelf: Shelf) -> bool:
    return (
        _TALK.search(said) is not None
        and shelf.forms.ends_in_form(said) is None
        and _OTHER_PRODUCT.search(name_key(said)) is None
        and not any(said[at : at + 2] in shelf.surfaces for at in range(len(said) - 1))
    )


def _qualifiers(base: str, shelf: Shelf) -> set[str]:
    """The qualifiers of all rows with the stem of `base`."""
    stem, _ = shelf.forms.split(name_key(base))
    return {one for entry in shelf.by_stem.get(stem, ()) for one in entry.name.qualifiers}
