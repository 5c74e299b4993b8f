"""The names inside one printed entry of the national list.

「连花清瘟片(胶囊、颗粒)」 is three names, 「埃索美拉唑(艾司奥美拉唑)」 one name with an alias,
「二甲双胍 / 二甲双胍Ⅱ」 two names. What a reader would not guess: brackets that only describe
(白蛋白结合型, 党参方, 18AA) stay in the name, because they make it another product.
"""

import re
from dataclasses import dataclass

from askdoc.medicines.forms import Forms

_BRACKETS = str.maketrans("（）[]【】〔〕", "()()()()")
_SLASH = re.compile(r"\s+/\s+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALSO_CALLED = re.compile(r"^(?:又称|又名|原名|曾用名|即)[::：]?\s*")
_INCLUDES = re.compile(r"^含(?=.+型$)")
# Endings and beginnings of brackets that describe a product and do not name it.
_DESCRIBES = re.compile(
    r"(?:型|方|式|细胞|菌|酵母|注射|输注|滴注|冻干|蜜炼|无糖|含糖|浓缩丸|水丸)$|^(?:指|供|不含|减|限)"
)


@dataclass(frozen=True, slots=True)
class PrintedName:
    """One name of an entry, and what else the entry calls it."""

    name: str
    aliases: tuple[str, ...] = ()


def printed_names(entry: str, forms: Forms) -> tuple[PrintedName, ...]:
    """All names of one printed entry, in order, without repeats."""
    found: dict[str, PrintedName] = {}
    text = entry.translate(_BRACKETS).strip()
    for part in _SLASH.split(text):
        for piece in _split_outside_brackets(part, "、"):
            for name in _names_of(piece.strip(), forms):
                found.setdefault(name.name, name)
    return tuple(found.values())


def _names_of(piece: str, forms: Forms) -> list[PrintedName]:
    bracket = _alias_or_forms(piece, forms)
    if bracket is None:
        return [PrintedName(piece)] if piece else []
    start, end = bracket
    before, inside, after = piece[:start], piece[start + 1 : end - 1], piece[end:]
    further = _split_outside_brackets(inside, "、")
    if all(_form_name(before, form, forms) for form in further):
        names = [before + after]
        names += [f"{_form_name(before, form, forms)}{after}" for form in further]
        return [found for name in names for found in _names_of(name, forms)]
    inside = _ALSO_CALLED.sub("", inside)
    if _INCLUDES.match(inside):
        alias = f"{before}({_INCLUDES.sub('', inside)}){after}"
    elif len(inside) == 1:  # 雷公藤多苷[甙]片: another way to write one character
        alias = before[:-1] + inside + after
    else:
        alias = inside + after
    return [
        PrintedName(named.name, (*named.aliases, alias))
        for named in _names_of(before + after, forms)
    ]


def _alias_or_forms(piece: str, forms: Forms) -> tuple[int, int] | None:
    """The first bracket that gives further forms or another name."""
    for start, end in _brackets(piece):
        inside = piece[start + 1 : end - 1]
        before = piece[:start]
        if not before or not _HAN.search(_ALSO_CALLED.sub("", inside)):
            continue
        if _INCLUDES.match(inside) or _ALSO_CALLED.match(inside):
            return start, end
        further = _split_outside_brackets(inside, "、")
        if all(_form_name(before, form, forms) for form in further):
            return start, end
        if not _DESCRIBES.search(_without_brackets(inside)):
            return start, end
    return None


def _form_name(before: str, form: str, forms: Forms) -> str | None:
    """`before` with its form replaced by `form`, when `form` is a form; else None.

    「软化乳膏(软化膏)」 repeats the end of the stem before the form.
    """
    plain = _without_brackets(before)
    ending = forms.ends_in_form(plain)
    if ending is None or ending.start() == 0:
        return None
    stem = plain[: ending.start()]
    tail = before[len(plain) :]
    if forms.of_word(form):
        return stem + form + tail
    for shared in range(min(len(stem), len(form) - 1), 0, -1):
        if form.startswith(stem[-shared:]) and forms.of_word(form[shared:]):
            return stem + form[shared:] + tail
    return None


def _without_brackets(text: str) -> str:
    spans = _brackets(text)
    while spans and spans[-1][1] == len(text):
        text = text[: spans[-1][0]]
        spans = _brackets(text)
    return text


def _brackets(text: str) -> list[tuple[int, int]]:
    """Outermost brackets as (start, end), end after the closing one."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for at, sign in enumerate(text):
        if sign == "(":
            start = at if depth == 0 else start
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, at + 1))
    return found


def _split_outside_brackets(text: str, mark: str) -> list[str]:
    parts = [""]
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
