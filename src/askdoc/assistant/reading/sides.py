"""The sides of a question that asks for several at once: two insured people, two schemes, or a
hospital at home beside one away.

The message is cut where clauses end and where words join two things; each piece is read by
itself. What a reader would not guess: a piece that names nobody and no insurance is common to all.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from askdoc.assistant.answer import Subject
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.assistant.reading.whereabouts import ELSEWHERE
from askdoc.policy.dimensions import STATUSES

Read = Callable[[str], Reading]
_CUT = re.compile(
    r"[，。；：、！？,;:!?()（）\n]+|(?:和|跟|与|还是|或者?|而|对比|相比|比起)(?!平|睦|谐)|(?<![一约必确指肯固规可])定(?:系|是)?(?=[转去到喺在返留住自])|同(?![样时一事意种类等个])"
    r"|\b(?:and|or|versus|vs|while|but)\b|(?<=[保工民休职档])(?=我(?!们))"
)
_INSURED = ("scheme", "status", "grade")
# What belongs to a person, and is no other person's.
_OF_PERSON = ("age", "sex", "retired_year", "group", "contracted")
_OF_PLACE, _OF_WAY = ("tier", "institution"), ("referral", "filed")
_MINE = re.compile(
    r"(?:我|俺|阿拉)(?![爸妈爹娘老爱儿女孩家们想要问公婆外奶爷姐妹兄弟])|\b(?:i|i'm|mine)\b"
)
_BOTH = re.compile(r"\s*(?:我们|两个人?|俩人?)*(?:都|同样|一样|both|all)")
_IS_INSURED = re.compile(r"参保|医保|社保|职保|居保|\binsur|\bscheme\b")
_AWAY = re.compile(
    r"外地|异地|外省|外市|省外|老家|别的城市|另一个城市|\baway\b|another (?:city|province)"
)
_EACH = re.compile(r"划算|合算|哪[个种边]|各|分别|比较|对比|谁|\b(?:which|each|vs|versus)\b")
# Of one person, whatever else asks for both ways.
_EITHER_WAY = re.compile(
    rf"{_EACH.pattern}|(?:多|少)(?:付|掏|出|花|拿)|差(?:多少|几|好多|额)|还是|定(?:系|是)?(?=[转去喺自])"
    r"|\b(?:either|how much (?:more|less)|cheaper)\b"
)
# Two who are alike but for where they are insured.
_ALIKE = re.compile(r"同[为是样]|都是|各自|(?:本|当)地(?=[一二三]级|[二三]甲|医院)|\bboth\b")
_ON_THE_WAY = re.compile(rf"{_AWAY.pattern}|[去到转]|在[^，。]{{1,12}}看")
_LEAST, _MOST = 2, 3


@dataclass(slots=True)
class _Side:
    """What was said of one side so far."""

    owner: Subject | None
    values: dict[str, str]
    pieces: list[str] = field(default_factory=list)


def insured_sides(whole: Reading, read: Read) -> list[Reading]:
    """A reading for each insured person or scheme that a message asks for; none for one."""
    apart = {name for name in (*_INSURED, "region") if name in whole.conflicts}
    if not apart:
        return []
    sides, common = _cut(whole, read)
    told = [read("，".join([*side.pieces, *common])) for side in sides]
    owners = {side.owner for side in sides} - {None}
    if len(owners) < _LEAST and not _EACH.search(whole.text.lower()):
        # 退休前是职工，现在是居民 tells of one person.
        return []
    owned = bool(owners)
    found = [_filled(one, whole, owned) for one in told]
    is_clear = all(not ({*one.conflicts} & apart) for one in found)
    has_own = _are_two_homes(whole) or all(
        side.values.keys() - {"region"} or side.owner or _IS_INSURED.search("".join(side.pieces))
        for side in sides
    )
    return found if _LEAST <= len(found) <= _MOST and is_clear and has_own else []


def _are_two_homes(whole: Reading) -> bool:
    """Whether two cities are where each of two is insured: 同为职工医保，本地三级医院."""
    on_the_way = whole.facts.keys() & {*_OF_WAY} or _ON_THE_WAY.search(whole.text)
    return "scheme" in whole.facts and bool(_ALIKE.search(whole.text)) and not on_the_way


def places_at_home_and_away(whole: Reading, read: Read) -> list[Reading]:
    """The same bill at a tier at home and at one away; none where that was not asked."""
    if not _EITHER_WAY.search(whole.text.lower()):
        return []
    pieces = [(piece, read(piece)) for piece in _pieces(whole.text)]
    home = next(
        (one.region for _, one in pieces if one.region and one.facts.keys() & {*_INSURED}),
        whole.region,
    )
    found = [_there(piece, one, whole, home) for piece, one in pieces if "tier" in one.facts]
    places = {one.place for one in found}
    return found if len(found) > 1 and len(places) > 1 and home is not None else []


def _there(piece: str, one: Reading, whole: Reading, home: str | None) -> Reading:
    """The whole question at the tier and in the place of one piece."""
    there = one.place or one.region
    abroad = there if there != home else None
    far = _AWAY.search(piece) or one.unrecorded
    place = abroad or (ELSEWHERE if far else None)
    # Who is sent on or has it filed, is for the way there.
    left = (*_OF_PLACE, *(() if place else _OF_WAY))
    facts = {name: fact for name, fact in whole.facts.items() if name not in left}
    if "setting" not in {**facts, **whole.conflicts}:
        # As where tiers are compared: one kind of visit for both.
        facts["setting"] = Fact("setting", "outpatient", "assumed", whole.subject)
    own = {name: one.facts[name] for name in _OF_PLACE if name in one.facts}
    open_ = {name: said for name, said in whole.conflicts.items() if name not in ("tier", "region")}
    return replace(whole, facts={**facts, **own}, conflicts=open_, region=home, place=place)


def _pieces(text: str) -> Iterator[str]:
    return (piece for piece in _CUT.split(text) if piece and piece.strip())


def _cut(whole: Reading, read: Read) -> tuple[list[_Side], list[str]]:
    """The sides with their pieces, and the pieces that are common to them."""
    sides: list[_Side] = []
    common: list[str] = []
    waiting: list[tuple[Subject, str]] = []
    for piece in _pieces(whole.text):
        one = read(piece)
        who, values = _owner(one, piece), _values(one, whole)
        if _BOTH.match(piece) or not (who or values or one.facts.keys() & {*_OF_PERSON}):
            common.append(piece)
        elif not values:
            side = next((old for old in sides if who and old.owner == who), None)
            side = side or (sides[-1] if sides and not who and sides[-1].owner else None)
            if side is not None:
                side.pieces.append(piece)
            elif who is not None:
                waiting.append((who, piece))
            else:
                common.append(piece)
        else:
            before = [said for told, said in waiting if who in (None, told)]
            who = who or next((told for told, _ in waiting), None)
            waiting = []
            _side_of(who, values, sides).pieces.extend([*before, piece])
    return sides, [*common, *(said for _, said in waiting)]


def _side_of(who: Subject | None, values: Mapping[str, str], sides: list[_Side]) -> _Side:
    """The side that a piece goes on with: its person's, or the last one that it agrees with."""
    theirs = [side for side in sides if who is not None and side.owner == who]
    last = sides[-1:] if who is None or (sides and sides[-1].owner is None) else []
    for side in (*theirs, *last):
        if all(side.values.get(name, value) == value for name, value in values.items()):
            side.values.update(values)
            side.owner = side.owner or who
            return side
    sides.append(_Side(who, dict(values)))
    return sides[-1]


def _owner(one: Reading, piece: str) -> Subject | None:
    other = next((who for who in one.persons if who != "self"), None)
    return other or ("self" if _MINE.search(piece.lower()) or one.persons else None)


def _values(one: Reading, whole: Reading) -> dict[str, str]:
    """What a piece says of who is insured where and how."""
    found = {name: str(one.facts[name].value) for name in _INSURED if name in one.facts}
    if one.region is not None and "region" in whole.conflicts:
        found["region"] = one.region
    return found


def _filled(side: Reading, whole: Reading, owned: bool) -> Reading:
    """A side with what the message says of all of them."""
    facts = {
        name: fact
        for name, fact in whole.facts.items()
        if name not in (*_INSURED, *_OF_PERSON) or _holds(name, fact, side, owned)
    }
    facts |= side.facts
    return replace(
        side,
        facts=facts,
        region=side.region or whole.region,
        amounts=side.amounts or whole.amounts,
        mentions=side.mentions or whole.mentions,
        first_pay_share=side.first_pay_share or whole.first_pay_share,
        rest_class_a=side.rest_class_a or whole.rest_class_a,
    )


def _holds(name: str, fact: Fact, side: Reading, owned: bool) -> bool:
    """Whether what was said of somebody holds for this side too."""
    scheme = side.facts.get("scheme")
    if name == "status":
        return not owned and (scheme is None or fact.value in STATUSES[str(scheme.value)])
    return name == "scheme" or (name != "grade" and not owned)
