"""The medicines that a free text speaks of, with where.

Chinese puts no blanks between words, so that a known name may be the half of an unknown one.
What a reader would not guess: two names of one medicine side by side (络活喜 氨氯地平) are one
mention, unless the text compares them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from askdoc.medicines.catalogue import CatalogueOnDay
from askdoc.medicines.codes import is_code
from askdoc.medicines.fold import Folded, fold_text
from askdoc.medicines.name_runs import Page, name_at, whole_run
from askdoc.medicines.resolve import Resolution, resolve

_CODE = re.compile(r"(?<![a-z0-9])[xz][a-z0-9]{9,22}(?![a-z0-9])")
_BETWEEN_TWO = re.compile(r"\s*[/／]?\s*|\s*[(（\[【][^()（）\[\]【】、，,]{0,8}")
_CLOSING = re.compile(r"[^()（）\[\]【】、，,]{0,8}[)）\]】]")
_OPENING = re.compile(r"[(（\[【]")
# What stands between a combination and one of the ingredients that it is told to hold.
_HOLDS = re.compile(
    r"\s*[(（\[【]\s*(?:the |an? |含有?|即|就是)?"
    r"|[,，]?\s*(?:the |which (?:is|has|contains) |containing |with )"
    r"|[,，]?\s*(?:也就是|就是|即|含有?|里[头面]是)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One medicine in a text: `span` counts in the original, `text` is what stands there."""

    span: tuple[int, int]
    text: str
    resolution: Resolution


def find_mentions(text: str, on: CatalogueOnDay) -> tuple[Mention, ...]:
    """All mentions from left to right, without overlap; the longest name wins."""
    folded = fold_text(text)
    # Latin names are stored with blanks for hyphens.
    letters = folded.text.replace("-", " ")

    def names_another(start: int, end: int) -> bool:
        inside = text[folded.starts[start] : folded.ends[end - 1]]
        return any(one.resolution.medicines for one in find_mentions(inside, on))

    page = Page(letters, _blanks(text, folded), on, names_another)
    found: list[Mention] = []
    at = free = 0
    while at < len(folded.text):
        span = _code_at(folded.text, at) or name_at(page, at)
        run = span and whole_run(page, free, *span)
        if run is None:
            at += 1
            continue
        start, end = run
        found.append(_mention(text, (folded.starts[start], folded.ends[end - 1]), on))
        at = free = end
    return _with_pairs_joined(text, found, on)


def _mention(text: str, span: tuple[int, int], on: CatalogueOnDay) -> Mention:
    said = text[slice(*span)]
    return Mention(span, said, resolve(said, on))


def _blanks(text: str, folded: Folded) -> frozenset[int]:
    """Where folding took a blank out, as the place of the sign behind it."""
    return frozenset(
        at
        for at in range(1, len(folded.text))
        if folded.ends[at - 1] < folded.starts[at]
        and text[folded.ends[at - 1] : folded.starts[at]].isspace()
    )


def _code_at(text: str, at: int) -> tuple[int, int] | None:
    found = _CODE.match(text, at)
    return (at, found.end()) if found and is_code(found[0].upper()) else None


def _with_pairs_joined(
    text: str, found: Sequence[Mention], on: CatalogueOnDay
) -> tuple[Mention, ...]:
    """Neighbours that name the same medicine as one; never the only two that are compared."""
    joined: list[Mention] = []
    for mention in found:
        if joined and mention.span[0] < joined[-1].span[1]:
            continue
        if joined and _tells_what_it_holds(text, joined[-1], mention):
            continue
        both = _joined(text, joined[-1], mention, on) if joined else None
        if both is None:
            joined.append(mention)
        else:
            joined[-1] = both
    compared = on.shelf.forms.around.compared.search(text.lower()) is not None
    return tuple(found if compared and len(joined) < 2 else joined)


def _tells_what_it_holds(text: str, one: Mention, other: Mention) -> bool:
    """Whether the second only names an ingredient of the combination before it."""
    combinations = one.resolution.medicines
    held = {part for medicine in other.resolution.medicines for part in medicine.ingredients}
    return (
        bool(held)
        and bool(combinations)
        and _HOLDS.fullmatch(text[one.span[1] : other.span[0]]) is not None
        and all(held < set(medicine.ingredients) for medicine in combinations)
    )


def _joined(text: str, one: Mention, other: Mention, on: CatalogueOnDay) -> Mention | None:
    between = text[one.span[1] : other.span[0]]
    if not _BETWEEN_TWO.fullmatch(between):
        return None
    end = other.span[1]
    if _OPENING.search(between):
        closing = _CLOSING.match(text, end)
        if closing is None:
            return None
        end = closing.end()
    shared = set(one.resolution.medicines) & set(other.resolution.medicines)
    if not shared:
        return None
    both = _mention(text, (one.span[0], end), on)
    rows = set(both.resolution.medicines)
    return both if rows and rows <= shared else None
