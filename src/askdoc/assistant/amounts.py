"""Which amount of a question plays which part of a bill.

Words between two amounts may belong to the one before or to the one behind ("400 是乙类，100 自费",
"乙类 400 自费 100"), so that a whole clause is read at once: the reading that gives the most
amounts a part wins, and no word is used twice. What a reader would not guess: a part that
nobody named stays None and is asked about, and what a person paid is never taken for a bill.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from askdoc.assistant.facts import AmountSaid
from askdoc.assistant.lexicon import BILL_ROLES, Lexicon
from askdoc.assistant.negation import is_denied, is_wondered
from askdoc.language import Money, Normalised, find_money
from askdoc.language.word_list import Hit

CLAUSE = re.compile(r"[，。；！？,;!?\n]|(?<!\d)\.(?!\d)|、")
# Roles that only mean something behind a word for the deductible.
_OF_DEDUCTIBLE = {"used": "deductible_used", "left": "deductible_left"}
_NEAR = 6
_LINK = re.compile(
    r"(?:(?:的|是|为|都|属于|算|元|块|钱|药|of|it|that|them|which|was|were|is|are|in|yuan|rmb)\s*|\s+)*"
)
_IN_TURN = re.compile(r"分别|respectively")
_TOGETHER = re.compile(r"[和及与加]|\band\b")
_WEAK, _ONLY_TOTAL, _BACK, _FRONT = 5, 6, 9, 10


@dataclass(frozen=True, slots=True)
class _Place:
    """An amount, where it stands, and the words that may name its part."""

    money: Money
    start: int
    end: int
    front: tuple[Hit[str], ...]
    back: tuple[Hit[str], ...]
    mixed: bool


def read_amounts(
    source: Normalised, masked: str, names: Sequence[tuple[int, int]], lexicon: Lexicon
) -> tuple[AmountSaid, ...]:
    """Every amount of a text with its part; `masked` is the text without medicine names."""
    found = [(money, *in_text(source, money.span)) for money in find_money(source)]
    found = [
        one for one in found if not any(start < one[2] and one[1] < end for start, end in names)
    ]
    text = _without_questions(masked, lexicon)
    places = [
        _place(
            text,
            one,
            found[index - 1][2] if index else 0,
            found[index + 1][1] if index + 1 < len(found) else len(text),
            lexicon,
        )
        for index, one in enumerate(found)
    ]
    roles = [_settled(role, text, place, lexicon) for role, place in _assigned(places)]
    amounts = tuple(
        AmountSaid(role, place.money.amount, _words(source, place.money), place.money.approximate)
        for role, place in zip(roles, places, strict=True)
    )
    return _only_total(amounts)


def in_text(source: Normalised, span: tuple[int, int]) -> tuple[int, int]:
    """A span of the original as a span of the normalised text."""
    inside = [
        at
        for at, (start, end) in enumerate(zip(source.starts, source.ends, strict=True))
        if start < span[1] and end > span[0]
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _words(source: Normalised, money: Money) -> str:
    start, end = money.span
    return source.original[start:end]


def _without_questions(masked: str, lexicon: Lexicon) -> str:
    """The text with what names no part blanked: 自费多少 asks, 先行自付 speaks of a share."""
    letters = list(masked)
    asked = [hit for hit in lexicon.asks.find(masked) if hit.meaning == "cost"]
    for hit in (*asked, *lexicon.shares.find(masked)):
        letters[hit.start : hit.end] = " " * (hit.end - hit.start)
    return "".join(letters)


def _place(
    text: str, found: tuple[Money, int, int], previous: int, following: int, lexicon: Lexicon
) -> _Place:
    money, start, end = found
    clause = max((one.end() for one in CLAUSE.finditer(text, previous, start)), default=0)
    begin = max(previous, clause)
    front = [
        _moved(hit, begin)
        for hit in lexicon.before.find(text[begin:start])
        if not is_denied(text[: begin + hit.start], hit.word)
    ]
    closing = CLAUSE.search(text, end, following)
    behind = text[end : closing.start() if closing else following]
    back = [
        _moved(hit, end)
        for hit in lexicon.after.find(behind)
        if (hit.start <= _NEAR or _LINK.fullmatch(behind[: hit.start]))
        and not is_wondered(text[end + hit.end :])
        and not is_denied(text[: end + hit.start], hit.word)
    ]
    named = {hit.meaning for hit in front if hit.meaning != "total"}
    between = text[begin:start]
    mixed = len(named) > 1 and bool(_IN_TURN.search(between) or _TOGETHER.search(between))
    return _Place(money, start, end, tuple(front), tuple(back), mixed)


def _moved(hit: Hit[str], by: int) -> Hit[str]:
    return Hit(hit.word, hit.start + by, hit.end + by, hit.meaning)


def _assigned(places: Sequence[_Place]) -> list[tuple[str | None, _Place]]:
    """The assignment with the highest score; equal scores keep the word in front."""
    best: dict[int, tuple[int, tuple[str | None, ...]]] = {0: (0, ())}
    for place in places:
        after: dict[int, tuple[int, tuple[str | None, ...]]] = {}
        for used, (score, roles) in best.items():
            for role, gain, used_now in _options(place, used):
                total = score + gain
                if used_now not in after or total > after[used_now][0]:
                    after[used_now] = (total, (*roles, role))
        best = after
    _, roles = max(best.values(), key=lambda one: one[0])
    return list(zip(roles, places, strict=True))


def _options(place: _Place, used: int) -> list[tuple[str | None, int, int]]:
    """The parts an amount may play: role, score, and up to where words are used up."""
    found: list[tuple[str | None, int, int]] = []
    free = [hit for hit in place.front if hit.start >= used]
    named = [hit for hit in free if hit.meaning != "total"]
    if place.mixed:
        found.append((None, _FRONT, 0))
    elif named:
        score = _WEAK if named[-1].meaning in _OF_DEDUCTIBLE else _FRONT
        found.append((named[-1].meaning, score, 0))
    elif free:
        found.append((free[-1].meaning, _ONLY_TOTAL, 0))
    if place.back:
        found.append((place.back[0].meaning, _BACK, place.back[0].end))
    return [*found, (None, 0, 0)]


def _settled(role: str | None, text: str, place: _Place, lexicon: Lexicon) -> str | None:
    """`used` and `left` say something of the deductible only where that is spoken of."""
    if role not in _OF_DEDUCTIBLE:
        return role
    breaks = [one.end() for one in CLAUSE.finditer(text, 0, place.start)]
    since = breaks[-2] if len(breaks) > 1 else 0
    about = lexicon.values.find(text[since : place.start])
    return _OF_DEDUCTIBLE[role] if any(one.meaning == "deductible" for one in about) else None


def _only_total(amounts: tuple[AmountSaid, ...]) -> tuple[AmountSaid, ...]:
    """A single amount that plays no part and is said first is the whole bill."""
    loose = [at for at, one in enumerate(amounts) if one.role is None]
    if len(loose) != 1 or loose[0] != 0 or any(one.role == "total" for one in amounts):
        return amounts
    if any(one.role not in (None, *BILL_ROLES) for one in amounts):
        return amounts
    first = amounts[0]
    return (AmountSaid("total", first.amount, first.words, first.approximate), *amounts[1:])
