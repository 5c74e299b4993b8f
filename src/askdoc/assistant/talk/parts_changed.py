"""Parts of the bill so far that a message changes without an amount: denied, exchanged, a share.

"没有自费的" makes a part nought, "乙类和自费写反了" lets two parts change places, "比例是20%" is
the share of class B. What a reader would not guess: only what the bill so far has can be changed
so; in a first message the same words say nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from askdoc.assistant.reading.facts import AmountSaid, Reading
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.language import find_shares, normalise
from askdoc.language.word_list import Hit

# Parts that a bill may turn out to have none of, or that may have been taken for one another.
_PARTS = ("class_b", "negotiated", "off_catalogue", "over_standard", "class_a")
_NONE_BEFORE = re.compile(
    r"(?:没有?|无|不含|不包括|冇|莫得|呒没|不存在)(?:任何|什么|啥|那|这|个|其中)*"
    r"(?:[\d.,]+ ?(?:元|块钱?)?的?)?$"
    r"|\b(?:no|not any|none of it(?: is| was)?|nothing(?: is| was)?|without(?: any)?)(?: \w+)? $"
)
_NONE_BEHIND = re.compile(
    r"(?:的|药|那|这|块|部分?|项|钱|其实|根本|压根|也|都|是|今年|我|他|她)*"
    r"(?:没有?(?:的|了)?|冇|莫得|无|不算数?)(?=[，。；！,.;!\s]|$)"
)
# A part that is left out altogether makes the whole smaller too: 自费那200不要了.
_LEFT_OUT = re.compile(
    r"(?:的|药|那|这|个|部分?|项|里|[\d.,]+ ?(?:元|块钱?)?)*(?:都|也|就|先|给)*"
    r"(?:不要|不开|不用|不算(?!数)|去掉|拿掉|删掉|扣掉|免掉|取消|停掉|退掉|退了)"
)
_LEFT_OUT_BEFORE = re.compile(
    r"(?:不要|不开|不用|不算|去掉|拿掉|删掉|扣掉|退掉)(?:了|那|这|个|其中)*"
    r"(?:[\d.,]+ ?(?:元|块钱?)?的?)?$"
    r"|\b(?:leave out|drop|skip)(?: the)? $"
)
# A part that comes on top of the whole so far: 外加200自费的. 再加200自费 may tell a part of it.
_ADDED = re.compile(
    r"(?:外加|另加|另外加|多开|再开|又开)(?:了|个|点)?[^，。,\d]{0,6}$"
    r"|\b(?:plus|adding|add|on top)(?: another)? $"
)
# What comes on top of the whole so far and is no part of its own: 再加药费80.
_ON_TOP = re.compile(
    r"(?:加(?:上|多|收)?|(?:多|又|再|还)[收交付花开]|添)(?:了|上|个|点|的)?(?!到|起来|在一起)"
    r"(?:(?!一共|总共|共)[^，。,\d]){0,6}$"
    r"|\b(?:plus|adding|add|on top)(?: another)? $"
)
_ALL_CLASS_A = re.compile(
    r"(?<![其剩余])(?:全部?|都|全都|统统|侪|一律)(?:是|为|属|算)?(?:于)?甲类?"
    r"|all (?:of it )?(?:is |was )?class a"
)
_EXCHANGED = re.compile(
    r"[说写讲搞弄记看填报打]反|颠倒|反了|对调|调换|互换|调个|换过来|倒过来|倒了"
    r"|\b(?:swap|swapped|mixed (?:them )?up|the other way (?:a)?round|reversed|vice versa)\b"
)
_NOT = re.compile(r"(?:不是|并非|唔系|唔係|\bnot) ?$")
_TWO = 2


def with_parts_changed(now: Reading, before: Reading, lexicon: Lexicon) -> Reading:
    """The reading with the parts of the bill before that it denies or exchanges, as amounts."""
    now = _with_added(_with_share(now, before), before)
    had = [one for one in before.amounts if one.role in _PARTS and one.amount]
    if not had:
        return now
    hits = [hit for hit in _hits(now, lexicon) if hit.meaning in {one.role for one in had}]
    # 没那200自费 names the part by its amount, and tells no other one.
    named = {(one.role, one.amount) for one in had}
    new = tuple(one for one in now.amounts if (one.role, one.amount) not in named)
    told = {one.role for one in new}
    changed = [*_exchanged(now, had, hits)] or [*_without(now, before, had, hits)]
    amounts = [one for one in changed if one.role not in told]
    return replace(now, amounts=(*new, *amounts)) if amounts else now


def _hits(now: Reading, lexicon: Lexicon) -> list[Hit[str]]:
    text = now.text.lower()
    hits = (*lexicon.before.find(text), *lexicon.after.find(text))
    return sorted({(hit.start, hit.end): hit for hit in hits}.values(), key=lambda hit: hit.start)


def _exchanged(now: Reading, had: list[AmountSaid], hits: list[Hit[str]]) -> Iterator[AmountSaid]:
    """The two parts that were taken for one another; none where their amounts are told anew."""
    if now.amounts or not _EXCHANGED.search(now.text.lower()):
        return
    named = list(dict.fromkeys(hit.meaning for hit in hits))
    roles = named or [str(one.role) for one in had]
    parts = [one for one in had if one.role in roles]
    if len(roles) != _TWO or len(parts) != _TWO:
        return
    first, second = parts
    yield replace(second, role=first.role)
    yield replace(first, role=second.role)


def _denied(now: Reading, had: list[AmountSaid], hits: list[Hit[str]]) -> Iterator[AmountSaid]:
    """The parts that the bill has none of, after all."""
    text = now.text.lower()
    if _ALL_CLASS_A.search(text) and not now.amounts:
        yield from (_nought(str(one.role), one.words) for one in had if one.role != "class_a")
        return
    for hit in hits:
        if _NONE_BEFORE.search(text[: hit.start]) or _NONE_BEHIND.match(text[hit.end :]):
            yield _nought(hit.meaning, hit.word)


def _without(
    now: Reading, before: Reading, had: list[AmountSaid], hits: list[Hit[str]]
) -> Iterator[AmountSaid]:
    """The parts that are left out or denied, and the whole without those that are left out."""
    text = now.text.lower()
    out = {
        hit.meaning: hit.word
        for hit in hits
        if _LEFT_OUT.match(text, hit.end) or _LEFT_OUT_BEFORE.search(text[: hit.start])
    }
    whole = before.amount("total")
    left_out = [one for one in had if one.role in out]
    if not left_out or whole is None:
        yield from _denied(now, had, hits)
        return
    yield from (_nought(role, word) for role, word in out.items())
    rest = whole - sum(one.amount for one in left_out)
    yield AmountSaid("total", rest, " ".join(out.values()))


def _with_added(now: Reading, before: Reading) -> Reading:
    """The reading with the whole so far and the parts that come on top of it: 外加200自费的."""
    whole = before.amount("total")
    if whole is None:
        return now
    loose = now.amounts[0] if len(now.amounts) == 1 else None
    if loose is not None and loose.role in (None, "total") and not now.facts:
        if not _ON_TOP.search(now.text.lower().split(loose.words, 1)[0]):
            return now
        return replace(now, amounts=(replace(loose, role="total", amount=whole + loose.amount),))
    parts = [one for one in now.amounts if one.role in _PARTS]
    if not parts or len(parts) < len(now.amounts):
        return now
    if not all(_ADDED.search(now.text.lower().split(one.words, 1)[0]) for one in parts):
        return now
    had = {
        part.role: sum(one.amount for one in before.amounts if one.role == part.role)
        for part in parts
    }
    grown = [replace(one, amount=one.amount + had[one.role]) for one in parts]
    total = whole + sum(one.amount for one in parts)
    return replace(now, amounts=(*grown, AmountSaid("total", total, parts[0].words)))


def _nought(role: str, words: str) -> AmountSaid:
    return AmountSaid(role, Decimal(0), words)


def _with_share(now: Reading, before: Reading) -> Reading:
    """A share that stands alone as the one that is paid first of class B in the bill before."""
    of_class = before.first_pay_share is not None or before.amount("class_b")
    if now.first_pay_share is not None or not now.shares or not of_class:
        return now
    shares = find_shares(normalise(now.text))
    told = [one for one in shares if not _NOT.search(now.text[: one.span[0]].lower())]
    if len(told) != 1:
        return now
    return replace(now, first_pay_share=told[0].value, shares=())
