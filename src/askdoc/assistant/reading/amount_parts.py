"""Which words may name an amount's part, and the assignment that gives the most amounts one.

Words between two amounts may belong to the one before or to the one behind, so that a whole clause
is settled at once and no word is used twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.negation import is_denied, is_wondered
from askdoc.language import Money
from askdoc.language.word_list import Hit

CLAUSE = re.compile(r"[，。；！？,;!?\n()（）:：]|(?<!\d)\.(?!\d)|、")
# Roles that only mean something behind a word for the deductible.
_OF_DEDUCTIBLE = {"used": "deductible_used", "left": "deductible_left"}
_NEAR = 6
# 600 of the bill is no whole.
_OF = " of "
# 自己 alone says who paid only where paying follows: 自己去三甲花了1000 tells a whole.
_ONESELF = "自己"
_PAYS = re.compile(
    r"\D{0,6}[付出掏拿给交贴垫搭担]\D{0,4}|(?:又|还|就|只|大概|要|得|这边|是|的|总共|一共|：|:| )*"
)
_IN_TURN = re.compile(r"分别|respectively")
# Behind a word for the whole: what follows is a part of it (总数里还有300是…).
_WITHIN = re.compile(r"(?:数|额|价|费用|费|的|账)*(?:里|当中|之中|中间)")
_TOGETHER = re.compile(r"(?:药品?|费用?)?\s*(?:[和及与加]|and|plus)\s*")
_WEAK, _ONLY_TOTAL, _BACK, _FRONT = 5, 6, 9, 10
_LINK = re.compile(
    r"(?:(?:的|是|为|都|属于|算|元|块|钱|药|worth|of|it|that|them|which|was|were|is|are|in|yuan"
    r"|of (?:the|this|that|his|her|my|their|our) (?:whole |total )?(?:bill|total|sum|amount)"
    r"|rmb)\s*|\s+)*"
)


@dataclass(frozen=True, slots=True)
class Place:
    """An amount, where it stands, and the words that may name its part."""

    money: Money
    start: int
    end: int
    front: tuple[Hit[str], ...]
    back: tuple[Hit[str], ...]
    mixed: bool


def place_of(
    text: str, found: tuple[Money, int, int], previous: int, following: int, lexicon: Lexicon
) -> Place:
    """Where an amount stands between its neighbours, and the words there that may name its part."""
    money, start, end = found
    clause = max((one.end() for one in CLAUSE.finditer(text, previous, start)), default=0)
    begin = max(previous, clause)
    front = [
        _moved(hit, begin)
        for hit in lexicon.before.find(text[begin:start])
        if not is_denied(text[: begin + hit.start], hit.word)
        and not (hit.meaning == "total" and _WITHIN.match(text, begin + hit.end, start))
        and not (hit.word == _ONESELF and not _PAYS.fullmatch(text, begin + hit.end, start))
    ]
    closing = CLAUSE.search(text, end, following)
    behind = text[end : closing.start() if closing else following]
    back = [
        _moved(hit, end)
        for hit in lexicon.after.find(behind)
        if (hit.start <= _NEAR or _LINK.fullmatch(behind[: hit.start]))
        and not (hit.meaning == "total" and _OF in behind[: hit.start])
        and not is_wondered(text[end + hit.end :])
        and not is_denied(text[: end + hit.start], hit.word)
    ]
    named = {hit.meaning for hit in front if hit.meaning != "total"}
    between = text[begin:start]
    parts = [hit for hit in front if hit.meaning != "total"]
    joined = len(parts) > 1 and _TOGETHER.fullmatch(text[parts[-2].end : parts[-1].start])
    mixed = len(named) > 1 and bool(_IN_TURN.search(between) or joined)
    return Place(money, start, end, tuple(front), tuple(back), mixed)


def _moved(hit: Hit[str], by: int) -> Hit[str]:
    return Hit(hit.word, hit.start + by, hit.end + by, hit.meaning)


def assigned(places: Sequence[Place]) -> list[tuple[str | None, Place]]:
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


def _options(place: Place, used: int) -> list[tuple[str | None, int, int]]:
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


def settled_role(role: str | None, text: str, place: Place, lexicon: Lexicon) -> str | None:
    """`used` and `left` say something of the deductible only where that is spoken of."""
    if role not in _OF_DEDUCTIBLE:
        return role
    breaks = [one.end() for one in CLAUSE.finditer(text, 0, place.start)]
    since = breaks[-2] if len(breaks) > 1 else 0
    about = lexicon.values.find(text[since : place.start])
    return _OF_DEDUCTIBLE[role] if any(one.meaning == "deductible" for one in about) else None
