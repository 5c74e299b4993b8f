"""A claim needs its citation: the number of the sentence that says it, right behind it.

Whatever a model says beyond words that claim nothing must lead to a sentence that a source in
force says, and may only repeat a sentence of it whole or name what it is about. Parts of it put
together anew say something else ("处方药能买" of "处方药要凭处方才能买"), so they support nothing.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from askdoc.assistant.outside.evidence import Evidence
from askdoc.assistant.outside.familiar import (
    Tokens,
    claims_nothing,
    made_of,
    tokens_of,
    vocabulary,
)
from askdoc.assistant.outside.prose import Prose, Unit
from askdoc.language import normalise

WhyNot = Literal["uncited", "unfounded", "unsupported"]

_SENTENCE = re.compile(r"[^。；！？;!?：:\n]+")
_CLAUSE = re.compile(r"[^，。；！？,;!?\n]+")
# What may stand before a sentence that is repeated: it changes nothing of what that says.
_BEFORE = (
    "您好 你好 请 请看 请您 请记得 请记住 记得 记住 请注意 注意 要注意 留意 另外 还有 首先 其次"
    " 最后 同时 因为 所以 不过 但 但是 重点是 关键是 要点是 主要是 最要紧的是 最重要的是 意思是"
    " 简单说 总的来说 总之 一句话 先看 再看 下面 这里 hello hi please note also next first"
    " finally then so remember look see keep in mind"
)
# What says that the words behind it only name a matter.
_NAMING = "关于 对于 您问的 说到 看看 先说 再说 讲讲 解释一下 about on regarding"
_AFTER = (
    "的 情况 问题 意思 结果 说明 步骤 要点 如下 在这里 在下面 下面 请看 请看这里 是这样 是这样的"
    " 是这么回事 这样说 这一句 这句话 这几句 here is below see this the"
)


@cache
def _around() -> tuple[frozenset[Tokens], frozenset[Tokens], frozenset[Tokens]]:
    return vocabulary(_BEFORE), vocabulary(_BEFORE, _NAMING), vocabulary(_AFTER)


def uncited_claims(prose: Prose, evidence: Evidence) -> Iterator[tuple[WhyNot, str]]:
    """Every sentence of a model's own that states something without a citation that says so."""
    for unit in prose.units:
        for sentence in _SENTENCE.findall(unproven(unit.own, evidence)):
            if claims_nothing(sentence):
                continue
            why = _why_not(tokens_of(sentence), unit, evidence)
            if why is not None:
                yield why, sentence


def unproven(text: str, evidence: Evidence) -> str:
    """A text, plain and in lower case, without the clauses that a receipt says word for word."""
    said = {clause for one in evidence.receipts for clause in _CLAUSE.findall(_plain(one))}
    return _CLAUSE.sub(lambda match: "" if match[0].strip() in said else match[0], _plain(text))


def _why_not(claim: Tokens, unit: Unit, evidence: Evidence) -> WhyNot | None:
    if unit.cites is None:
        return "uncited"
    if unit.cites not in evidence.citable:
        return "unfounded"
    return None if _supports(evidence.lines[unit.cites], claim) else "unsupported"


def _supports(line: str, claim: Tokens) -> bool:
    before, naming, after = _around()
    whole = {tokens_of(one) for one in _SENTENCE.findall(_plain(line))}
    held = tokens_of(_plain(line))
    for start in range(len(claim)):
        if claim[start:] in whole and made_of(claim[:start], before):
            return True
        if not made_of(claim[:start], naming) or made_of(claim[:start], before):
            continue
        ends = range(len(claim), start, -1)
        if any(made_of(claim[end:], after) and _stands(claim[start:end], held) for end in ends):
            return True
    return False


def _stands(named: Tokens, held: Tokens) -> bool:
    """Whether words stand together in a line."""
    size = len(named)
    return any(held[at : at + size] == named for at in range(len(held) - size + 1))


def _plain(text: str) -> str:
    return normalise(text).text.lower()
