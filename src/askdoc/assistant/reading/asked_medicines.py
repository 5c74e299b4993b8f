"""Which of several medicines a question asks about: not the one that was taken before it.

"二甲双胍吃着压不住，诺和泰能报吗" names two and asks about the second; the first is the treatment
that came before. Where nothing tells them apart, all are asked about.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from askdoc.medicines import Mention

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
_QUESTION = re.compile(r"[？?吗呢]|报不|能报|多少|是不是|covered|\?")
# Said of all medicines that were named.
_ALL = re.compile(
    r"这?[两俩仨三](?:种|个|样|款|只)?(?:药品?|针|东西)?(?:都|是否|是不是|能|可|医保|报|均|[？?]|$)"
    r"|都(?:能|可以|给|在(?:目录|医保)|属|是|报|算|进)|均(?:在|能|可|属|为|已)|这些药|全都|分别是|各是|各属|各自"
    r"|\b(?:both|all of them|each of them)\b"
)
_AND = re.compile(r"\s*(?:和|加|、|/|\+|与|跟|及|,|，|and|plus)\s*")


def asked_mentions(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions that are asked about, in order; all when none is set apart."""
    if len(mentions) < 2 or any(one.span == (0, 0) for one in mentions):
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


def _are_listed(text: str, asked: Sequence[Mention]) -> bool:
    """Whether the medicines stand side by side, or each has a question of its own."""
    gaps = [text[one.span[1] : other.span[0]] for one, other in pairwise(asked)]
    return all(_AND.fullmatch(gap) or not gap.strip() or _QUESTION.search(gap) for gap in gaps)


def was_taken(text: str, mention: Mention) -> bool:
    """Whether a medicine is only the treatment that came before."""
    start, end = mention.span
    before = text[max(0, start - _REACH) : start]
    return bool(_TAKEN_BEFORE.search(before) or _FAILED.match(text[end : end + _REACH]))
