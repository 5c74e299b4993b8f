"""Which of several medicines a question asks about: not the one that was taken before it.

"二甲双胍吃着压不住，诺和泰能报吗" names two and asks about the second; the first is the treatment
that came before. What was never taken before ("没吃过二甲双胍，头一个就用它") came before neither,
and is not asked about beside another. Where nothing tells them apart, all are asked about.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from askdoc.medicines import Mention, Resolution

_REACH = 12
_TAKEN_BEFORE = re.compile(
    r"(?:不让[我他她]?吃|不让用|停了|停掉|换掉|原先服|原先吃|以前吃|以前用|吃过|用过|试过|打过|并用|联用|平时吃|平时用|已予|已服|在服|已用|只用|只打|只吃|就吃|就打"
    r"|用过|没打过|从没用|一直吃|一直用|正在吃|正在用|在吃|在用|还吃着|吃着|用着|口服|服用|加用"
    r"|联合|合用|先用|原来吃|原来用"
    r"|之前吃|之前用|从来没吃|没吃过|没用过|吃了|用了|规律|最大剂量|足量"
    r"|\b(?:on|took|taking|takes|tried|after|despite|with|using|used|never took|never had))"
    r"[^，。；,;]{0,4}$",
    re.I,
)
_FAILED = re.compile(
    r"^[^，,。；;]{0,6}?(?:控制|没效|无效|不行|不管用|压不住|压不牢|不耐受|过敏|治疗|吃了|用了|吃着"
    r"|用着|[用吃]不好|下不来|不达标|不好"
    r"|失败|都试过|都在吃|都吃|也不行|都不行|停了|升高|肌痛|不能耐受|吃到最大|最大量|好好的|没用过"
    r"|没吃过|从来没|fail|not enough|not working|poorly|didn't work|intoleran)",
    re.I,
)
_NEVER = (
    r"(?:没有?|从没|从未|未曾?|冇|不曾|没曾)(?:吃|用|打|服|碰|试|沾|食|使)过"
    r"|\b(?:never|not|hasn't|haven't) (?:yet )?(?:ever )?(?:taken|tried|used|had|been on)\b"
)
# What was never taken stands behind these words, or in front of them with others of its kind.
_NEVER_BEFORE = re.compile(rf"(?:{_NEVER})(?:了|任何|什么|像|比如|any|:|：| )*$", re.I)
_NEVER_BEHIND = re.compile(
    r"^(?:片|胶囊|针)?(?:也好|也罢|也|都|和|跟|与|或者?|、|，|,|还有|以及| or | and )*"
    r"(?:(?:别的?|其他|其它|另外)[^，。；？?,;]{0,10}?)?(?:也好|也罢)?[，,]?"
    rf"[^，。；？?,;\s]{{0,6}}?(?:都|也|全|一样都|一个都|一种都|从来|以前)*(?P<never>{_NEVER})",
    re.I,
)
# Between 没吃过 and what it is said of.
_TOUCHES = re.compile(r"\s*(?:任何|什么|像|比如)?\s*")
_COMPARING = ("same_ingredient", "is_it")
# Another one is taken than those that never were.
TAKEN_FIRST = re.compile(
    r"(?:头|第)一(?:个|种|款|样|只|次用)|首选|首先用|一上来|直接(?:就)?(?:用|开|上|吃)|一来就|\bfirst\b",
    re.I,
)
_SAME = re.compile(r"成[分份]|同一|(?<![第头])一[个种]药|一回事|区别|不同|ingredient|same", re.I)
_QUESTION = re.compile(r"[？?吗呢]|报不|能报|多少|是不是|covered|\?")
# Said of all medicines that were named.
_ALL = re.compile(
    r"这?[两俩仨三](?:种|个|样|款|只)?(?:药品?|针|东西)?(?:都|是否|是不是|能|可|医保|报|均|[？?]|$)"
    r"|都(?:能|可以|给|在(?:目录|医保)|属|是|报|算|进)|均(?:在|能|可|属|为|已)|这些药|全都|分别是|各是|各属|各自"
    r"|\b(?:both|all of them|each of them)\b"
)
# What sets two names apart: one is changed for the other, or both are asked about.
_APART = re.compile(
    r"[换改和跟与或及、]|还是|以及|普通|别的|其他|其它|另|不是|原来|以前|\b(?:and|or|to|from|than|vs)\b"
)
_AND = re.compile(r"\s*(?:和|加|、|/|\+|与|跟|及|,|，|and|plus)\s*")


def asked_mentions(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions that are asked about, in order; all when none is set apart."""
    if len(mentions) < 2 or any(one.span == (0, 0) for one in mentions):
        return tuple(mentions)
    never = [was_never_taken(text, one, mentions) for one in mentions]
    if any(never) and not all(never):
        mentions = [one for one, was in zip(mentions, never, strict=True) if not was]
        if len(mentions) < 2:
            return tuple(mentions)
    taken = [was_taken(text, one) for one in mentions]
    for at in range(1, len(mentions)):
        between = text[mentions[at - 1].span[1] : mentions[at].span[0]]
        if _AND.fullmatch(between) and (taken[at - 1] or taken[at]):
            taken[at - 1] = taken[at] = True
    if _ALL.search(text[mentions[-1].span[1] :]):
        return tuple(mentions)
    asked = [one for one, was in zip(mentions, taken, strict=True) if not was]
    if len(asked) < 2 or _are_listed(text, asked):
        return tuple(asked) or (mentions[-1],)
    # One after the other in a story: the last is the one that is wanted now.
    return (asked[-1],)


def once_each(text: str, asked: Sequence[Mention], named: Sequence[Mention]) -> list[Resolution]:
    """The medicines that are asked about, each once: 保列治（非那雄胺5毫克）is one.

    A name that stands for several gives way to one of them that the message names without setting
    the two apart; names of which each is asked about stay.
    """
    by_rows = {_rows(one) or (one.resolution.query,): one.resolution for one in reversed(asked)}
    found = list(by_rows.values())[::-1]
    if _APART.search(_between(text, named)):
        return found
    exact = [one.resolution for one in named if one.resolution.kind == "one"]
    kept = [_exactly(one, exact) for one in found]
    return list(
        {tuple(row.id for row in one.medicines) or (one.query,): one for one in kept}.values()
    )


def _exactly(name: Resolution, exact: Sequence[Resolution]) -> Resolution:
    """The only exact name of one of the medicines that a wider name stands for; else the name."""
    rows = {row.id for row in name.medicines}
    inside = {one.medicines[0].id: one for one in exact if one.medicines[0].id in rows}
    return next(iter(inside.values())) if name.kind == "several" and len(inside) == 1 else name


def _rows(mention: Mention) -> tuple[str, ...]:
    return tuple(row.id for row in mention.resolution.medicines)


def _between(text: str, named: Sequence[Mention]) -> str:
    """What stands between the first name and the last, without the names."""
    spans = sorted(one.span for one in named)
    return " ".join(text[end:start] for (_, end), (start, _) in pairwise(spans))


def _are_listed(text: str, asked: Sequence[Mention]) -> bool:
    """Whether the medicines stand side by side, or each has a question of its own."""
    gaps = [text[one.span[1] : other.span[0]] for one, other in pairwise(asked)]
    return all(_AND.fullmatch(gap) or not gap.strip() or _QUESTION.search(gap) for gap in gaps)


def was_taken(text: str, mention: Mention) -> bool:
    """Whether a medicine is only the treatment that came before."""
    start, end = mention.span
    before = text[max(0, start - _REACH) : start]
    return bool(_TAKEN_BEFORE.search(before) or _FAILED.match(text[end : end + _REACH]))


def was_never_taken(text: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether it is said that a medicine was never taken: 没吃过X, X和别的药都没吃过."""
    start, end = mention.span
    if _NEVER_BEFORE.search(text[:start]):
        return True
    found = _NEVER_BEHIND.match(text[end:])
    if found is None:
        return False
    past = end + found.end("never")
    ahead = [other.span[0] for other in mentions if other.span[0] >= end]
    # "X和Y都没吃过" tells of both, "X 以前没吃过Y" of Y alone, "X没吃过，Y" of X.
    if ahead and min(ahead) < past:
        return _AND.fullmatch(text[end : min(ahead)]) is not None
    return not ahead or not _TOUCHES.fullmatch(text[past : min(ahead)])


def compared(asks: Mapping[str, int], text: str, mentions: Sequence[Mention]) -> dict[str, int]:
    """What is asked, without a comparison with what was never taken: 一样都没吃过."""
    if "medicine" not in asks or _SAME.search(text):
        return dict(asks)
    if not any(was_never_taken(text, one, mentions) for one in mentions):
        return dict(asks)
    return {ask: letters for ask, letters in asks.items() if ask not in _COMPARING}
