"""Two bills in one message: what was paid last time, and what this time.

"上个月在社区配药600…，这个月到三级医院也是600…": each stretch is read on its own, and what is said
outside both holds for both.
"""

import re
from dataclasses import replace

from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading

_BEFORE = re.compile(
    r"(?i)上个?月|年初|原来|之前|(?:头一|第一)[次回趟](?!住|看|入|[，, 。])|头一张|第一张"
    r"|第一回|第一趟"
    r"|签约前|没签约的时候|前一张|上一张|前一次"
    r"|上次|上回|上一次|上周|上星期|前几天|前两天|之前那次|以前|去年"
    r"|last (?:month|time|week|year|bill|visit|one)|before,|the previous|previously|(?:the )?first"
    r" (?:time|bill|visit|one|was)|earlier,"
)
_NOW = re.compile(
    r"(?i)这个?月|这张|第二张|第二回|第二趟|后来|再一次|另一张|签约后|签了以后|现在|后一张|这一张|后一次|第二次"
    r"|这次|这回|这一次|今天|昨天|本月|这周"
    r"|this (?:month|time|week|one|visit)|today|yesterday|this bill|\bnow\b|(?:the )?second"
    r" (?:time|bill|visit|one|was)"
)
_DAY = re.compile(
    r"(?i)\d{4}-\d{1,2}-\d{1,2}|[\d一二三四五六七八九十廿]{1,3}月[\d一二三四五六七八九十廿]{1,3}[日号]"
    r"|(?<![\d.])(?:[1-9]|1[0-2])[./](?:[12]\d|3[01]|0?[1-9])(?= )"
    r"|(?:on )?\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*"
    r"|(?:on )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?\b"
)
_MONTH = re.compile(
    r"(?<!个)(\d{1,2}|[一二三四五六七八九十]{1,2})月(?!\d|[一二三四五六七八九十])份?"
)
# Where each of two bills was, when nothing says which came first: each with what was paid there.
_PLACE = re.compile(
    r"(?:社区|社康|村卫生室|卫生院|[一二三]级|[二三]甲)(?:卫生服务中心|中心|医院)?(?:看|门诊|住院)*"
)
_PAID = re.compile(r"(?:付|掏|出|花|要)了?[0-9一二两三四五六七八九十]")
_WHY = re.compile(r"为什么|为啥|为何|怎么|凭啥|凭什么|咋|贵|多付|多了|差这么|why|dearer", re.I)
_TWO = 2
_CLASSES = ("class_a", "class_b", "negotiated", "off_catalogue")
# What was said of the year in the later bill holds for the earlier too, unless that says its own.
_OF_YEAR = re.compile(r"(?i)起付|门槛|账户|deductible|account")
_CLAUSE = re.compile(r"[，,。；;！？!?\n]")
_BOTH = re.compile(r"(?i)两次|两趟|两回|两张|both")
_SENTENCE = re.compile(r"[。！？!?\n]|(?<!\d)\.(?!\d)")
_HAS_NUMBER = re.compile(r"[0-9一二三四五六七八九十百千万两]{2,}|[0-9][kKwW万千百]")


def two_bills(text: str) -> tuple[str, str] | None:
    """The text of the earlier and the later bill, each with what holds for both; None for one."""
    stretches = _stretches(text)
    before = [text[a:b] for kind, a, b in stretches if kind == "before"]
    now = [text[a:b] for kind, a, b in stretches if kind == "now"]
    if not before or not now:
        return None
    shared = "，".join(text[a:b] for kind, a, b in stretches if kind == "both")
    return f"{before[0]}。{shared}", f"{now[0]}。{shared}"


def _stretches(text: str) -> list[tuple[str, int, int]]:
    """The message cut where it turns to last time, to this time, or to both."""
    marks = [(hit.start(), "before") for hit in _BEFORE.finditer(text)]
    marks += [(hit.start(), "now") for hit in _NOW.finditer(text)]
    marks = [one for one in marks if _has_amount(text, one[0])]
    if len({kind for _, kind in marks}) < _TWO:
        marks = []
    months = {hit[1]: hit.start() for hit in reversed(list(_MONTH.finditer(text)))}
    if not marks and len(months) == _TWO:
        first, second = sorted(months.values())
        marks = [(first, "before"), (second, "now")]
    days = [hit.start() for hit in _DAY.finditer(text)]
    if not marks and len(days) == _TWO:
        marks = [(days[0], "before"), (days[1], "now")]
    if not marks:
        marks = _places(text)
    marks = [one for one in marks if _has_amount(text, one[0])]
    marks = sorted([*marks, *((hit.start(), "both") for hit in _BOTH.finditer(text))])
    found: list[tuple[str, int, int]] = []
    at = 0
    for number, (start, kind) in enumerate(marks):
        if start > at:
            found.append(("both", at, start))
        following = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        ends = [hit.start() for hit in _SENTENCE.finditer(text, start, following)]
        last = number + 1 == len(marks)
        end = ends[0] if last and ends else following
        found.append((kind, start, end))
        at = end
    return _year_shared(text, [*found, ("both", at, len(text))])


def _places(text: str) -> list[tuple[int, str]]:
    """Two places with what was paid at each, where it is asked why."""
    hits = list(_PLACE.finditer(text))
    pairs = [one for one in hits if _paid_before_next(text, one, hits)]
    if len(pairs) != _TWO or not _WHY.search(text) or pairs[0][0][:2] == pairs[1][0][:2]:
        return []
    return [(pairs[0].start(), "before"), (pairs[1].start(), "now")]


def _paid_before_next(text: str, place: re.Match[str], hits: list[re.Match[str]]) -> bool:
    following = min((one.start() for one in hits if one.start() > place.start()), default=len(text))
    return bool(_PAID.search(text, place.end(), following))


def _year_shared(text: str, stretches: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The stretches with what the later bill's clauses say of the year made common to both."""
    own = any(kind == "before" and _OF_YEAR.search(text[a:b]) for kind, a, b in stretches)
    if own:
        return stretches
    found: list[tuple[str, int, int]] = []
    for kind, start, end in stretches:
        year = _OF_YEAR.search(text, start, end) if kind == "now" else None
        cuts = [hit.end() for hit in _CLAUSE.finditer(text, start, year.start())] if year else []
        if cuts:
            found += [(kind, start, cuts[-1]), ("both", cuts[-1], end)]
        else:
            found.append((kind, start, end))
    return found


def _has_amount(text: str, start: int) -> bool:
    """Whether a mark opens a bill: an amount stands in the same sentence behind it."""
    end = _SENTENCE.search(text, start)
    return bool(_HAS_NUMBER.search(text, start, end.start() if end else len(text)))


def alike(before: Reading, now: Reading) -> tuple[Reading, Reading]:
    """Both bills with what was said of one only: the kind of visit, and the parts of one total."""
    facts = {**now.facts, **before.facts}, {**before.facts, **now.facts}
    filled = [replace(one, facts=own) for one, own in zip((before, now), facts, strict=True)]
    if not any("setting" in one.facts for one in filled):
        # Without a word for it, a bill that is compared with another is an outpatient's.
        visit = Fact("setting", "outpatient", "assumed", now.subject)
        filled = [replace(one, facts={**one.facts, "setting": visit}) for one in filled]
    first, last = (_with_its_total(one) for one in filled)
    first, last = _as_in(first, last), _as_in(last, first)
    return _with_parts(first, last), _with_parts(last, first)


def _with_its_total(bill: Reading) -> Reading:
    """A bill whose one amount without a role is its total, and whose "total" below the sum of its
    classes is what the person paid of it.
    """
    total = bill.amount("total")
    classes = sum(one.amount for one in bill.amounts if one.role in _CLASSES)
    if total is not None and "person_paid" not in _roles(bill) and total < classes:
        return _with_role(bill, "total", "person_paid")
    loose = [one for one in bill.amounts if one.role is None]
    if total is None and len(loose) == 1 and loose[0].amount >= classes:
        return _with_role(bill, None, "total")
    return bill


def _as_in(bill: Reading, other: Reading) -> Reading:
    """A bill whose one loose amount is the part that alone is named in the other one."""
    parts = {one.role for one in other.amounts if one.role in _CLASSES}
    loose = [one for one in bill.amounts if one.role is None]
    own = any(one.role in _CLASSES for one in bill.amounts)
    if own or len(parts) != 1 or len(loose) != 1 or bill.amount("total") is None:
        return bill
    return _with_role(bill, None, str(next(iter(parts))))


def _with_role(bill: Reading, old: str | None, new: str) -> Reading:
    amounts = tuple(replace(one, role=new) if one.role == old else one for one in bill.amounts)
    return replace(bill, amounts=amounts)


def _with_parts(bill: Reading, other: Reading) -> Reading:
    """A bill without classes takes those of the other one, where the sums are equal."""
    parts = [one for one in other.amounts if one.role in _CLASSES]
    if bill.rest_class_a or any(one.role in _CLASSES for one in bill.amounts) or not parts:
        return bill
    if _sum(bill) is None or _sum(bill) != _sum(other):
        return bill
    whole = sum(one.amount for one in parts) == _sum(other)
    if not whole and bill.first_pay_share is None:
        return bill
    rest = [one for one in bill.amounts if one.role != "total" or "total" in _roles(other)]
    return replace(bill, amounts=(*rest, *parts))


def _roles(bill: Reading) -> set[str | None]:
    return {one.role for one in bill.amounts}


def _sum(bill: Reading) -> object:
    """The whole bill: its total, else the sum of its classes."""
    total = bill.amount("total")
    if total is not None:
        return total
    classes: list[AmountSaid] = [one for one in bill.amounts if one.role in _CLASSES]
    return sum(one.amount for one in classes) if classes else None
