"""What was said of the year: the deductible, the personal account, what the fund has paid.

People say these beside the bill, often with an amount that is no part of it:
"起付线500已经用完", "当年账户没钱了", "今年基金付了24万8". The pieces are read first, each with its
amount and its state, and taken out of the text; what is left is the bill.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from askdoc.assistant.reading import ceiling_said
from askdoc.assistant.reading.deductible_height import (
    BEFORE_TOPIC,
    DEDUCTIBLE,
    OUT_OF,
    SPENT_OF_IT,
    TILL_NOW,
    is_stated,
)
from askdoc.assistant.reading.deductible_state import (
    State,
    is_ignorant,
    is_unknown,
    state_of,
    told_before,
)
from askdoc.assistant.reading.facts import AmountSaid
from askdoc.language import Money

_TOPICS = {
    "ceiling": ceiling_said.CEILING,
    "deductible": DEDUCTIBLE,
    "account": re.compile(
        r"(?:当年|今年|历年|往年|个人|医保)*(?:个人)?(?:帐户|账户)|(?:医保)?卡(?:里|上)(?:的钱"
        r"|余额)?"
        r"|医保卡余额"
        r"|(?:personal|current-year|this year's)(?: personal)? account|\baccount\b"
    ),
    "self_pay": re.compile(
        r"(?:政策|目录|医保|合规)?范围[内里中以]*的?(?:个人)?(?:自付|自负|负担)|合规(?:个人)?自付"
        r"|in-scope self-pay|self-pay within (?:the )?scope"
    ),
    "fund": re.compile(
        r"今年[^，。]{0,6}报(?:销)?(?:掉|了|过)|(?:统筹)?基金|统筹|医保(?=[^，。]{0,6}(?:付|报|给"
        r"|支))|insurance fund|pooled fund|\bfunds?\b"
    ),
}
_ASKED = re.compile(r"多少|几(?:成|多|钱|钿|块)|怎么|吗|how much|what")
# A deductible that is counted, not one whose height is asked.
_SO_FAR = re.compile(r"[用扣剩满过差够]|\bused\b|\bleft\b|\bmet\b|reached")
_LEFT = re.compile(r"还?剩|还差|剩余|剩下|\bleft\b|remaining|\bto go\b")
_USED = re.compile(r"(?:已|累计|用|(?<!起)付|扣|交|花|抵)|\bused\b|\bpaid\b")
_EMPTY = re.compile(
    r"(?:没(?:有)?|无|呒没?)(?:什么|今年的)?(?:余额|钱|钞票|得钱|了)|没得(?:钱)?|无余额|余额?(?:为"
    r"|是)?(?:0|零)|[为是归清]零|清空|空|(?:为|是|剩)?(?<!\d)0(?!\d)"
    r"|(?:用|花)(?:完|光)|不剩|no money|nothing|empty|no balance|\bzero\b"
)
# An amount of the account that is there no longer: 那60其实也用完了.
_GONE = re.compile(r"\d[^，。\d]{0,6}(?:用|花|刷)(?:完|光)")
_PAID = re.compile(r"付|报|支|给|赔|paid|reimbursed|covered")
_NOT_PAID = re.compile(
    r"(?:没|未)(?:有)?[^，。]{0,3}(?:付|报|给|用)|n't (?:yet )?paid|not (?:yet )?paid"
)
_THIS_YEAR = re.compile(
    r"今年|本年|年度|年内|一年|累计|以来|到现在|至今|目前|额度|this (?:insurance )?year|so far"
    r"|year to date"
)
# What a fund had paid by the time of a bill counts over the year too: 那时医保已经报了10万.
_BY_THEN = re.compile(
    r"(?:此前|之前|那时候?|那会儿?|当时|先前|到那时|[次院趟回笔张]前)(?:为止|了)?(?:今年|统筹"
    r"|医保|就|总共|累计|一共|已经?|都|，)*$"
)
_BY_THEN_BEHIND = re.compile(
    r"\bhad (?:already |so far )?(?:paid|reimbursed|covered)\b|\bby then\b"
)
_PAST_ACCOUNT = re.compile(r"历年|往年|past account")
_SO_FAR_PAID = re.compile(r"(?:统筹|基金|医保)[^，。\d]{0,4}(?:已经?|累计)[^，。\d]{0,4}[付报支]")
_THIS_BILL = re.compile(
    r"(?:这一?|此|本|今|新的?一?)[次回趟](?=[^，。]{0,12}[\d一二三四五六七八九])|这张"
    r"|this (?:time|bill|stay)|new (?:stay|bill)"
)
_SHORT = 10
_TWO = 2
# Topics that may stand behind their amount: 500块起付线, "300 yuan left in the account".
_BEHIND = ("deductible", "account")
# How a clause begins that only tells the state of what the clause before it named.
_STATE = re.compile(
    rf"{TILL_NOW}"
    r"(?:(?:用|扣|抵|走)(?:了|掉|脱|咗|完|光|满|足)|(?:付|交|花|缴|整)(?:完|光|满|足|清)|剩"
    r"|差(?!不多)|没用|一[点分](?:都|也)?(?:还)?(?:没|未)"
    r"|没动|未用|满|过了|过掉|够)"
    rf"|(?=其中|累计|[^，。\d]{{0,4}}(?:年|目前|至今|现在)){TILL_NOW}{SPENT_OF_IT}[\d.]+(?:元"
    rf"|块钱?)?$"
    rf"|其中[\d.]+(?:元|块钱?)?{TILL_NOW}{SPENT_OF_IT}$"
    r"|(?:and |but |of which |so far |this year |to date |already |all |i have |i've |i |she has "
    r"|he has |we have )*(?:used|met|left|nothing)"
)
_OF_BILL = re.compile(
    r"(?:这|本|那|上|下)一?(?:次|回|趟|笔|张)|看病|看门诊|配药|开药|买药|拿药|账单|单子"
    r"|\b(?:bill|visit|this time)\b"
)
# An amount behind one of these was spent, whatever topic follows it without a sign.
_SPENT = re.compile(
    r"(?:[上这]一?[次回趟张]|第[一二][次回趟]|还是|也是|门诊|住院|看病|配药|花了?|一共|总共|共"
    r"|总价|费用|账单|刷了|bill|total|cost|spent)(?:是|为|of|was)?\s*$"
)
_NOTHING_IN = re.compile(r"(?:no money|nothing)(?: is| left)* (?:in|on) (?:(?:my|the|her|his) )?$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text about one topic, with its amounts and the clause behind it.

    `front` is its clause before the topic, where no other topic stands there; `behind` begins
    with the topic, and `text` with whatever belongs to it.
    """

    topic: str
    front: str
    behind: str
    start: int
    end: int
    text: str
    moneys: tuple[tuple[Money, int, int], ...]
    following: str
    this_year: bool


def read_year(
    text: str, amounts: Sequence[tuple[Money, int, int]], clauses: Sequence[tuple[int, int]]
) -> tuple[tuple[tuple[int, AmountSaid], ...], tuple[tuple[int, int], ...]]:
    """What was said of the year, each with where, and the spans that said it.

    `clauses` are the spans between signs.
    """
    read = [(piece, _read(piece)) for piece in _pieces(text, amounts, clauses)]
    said = [(piece.start, one) for piece, found in read for one in found]
    spans = ((piece.start, piece.end) for piece, found in read if found or _is_open(piece))
    return tuple(said), tuple(spans)


def _pieces(
    text: str, amounts: Sequence[tuple[Money, int, int]], clauses: Sequence[tuple[int, int]]
) -> list[_Piece]:
    found: list[_Piece] = []
    for at, (begin, end) in enumerate(clauses):
        hits = sorted(
            (hit.start() + begin, topic)
            for topic, words in _TOPICS.items()
            for hit in words.finditer(text[begin:end])
        )
        hits = [hit for one, hit in enumerate(hits) if not one or hit[1] != hits[one - 1][1]]
        after = clauses[at + 1] if at + 1 < len(clauses) else (end, end)
        following = text[slice(*after)]
        year = bool(_THIS_YEAR.search(text[begin:end])) or _only_year(text, clauses[at - 1 : at])
        year = year or _is_before_this_bill(text, begin, end)
        starts = [
            _with_what_is_before(text, at, begin, amounts) if topic in _BEHIND else at
            for at, topic in hits
        ]
        for number, (_, topic) in enumerate(hits):
            start = starts[number]
            stop = starts[number + 1] if number + 1 < len(hits) else end
            inside = [one for one in amounts if start <= one[1] and one[2] <= stop]
            stated = topic == "deductible" and is_stated(text, inside)
            most = 2 if topic == "ceiling" or stated else 1
            if len(inside) > most and topic != "ceiling":
                told = topic == "fund" and _PAID.search(text[start : inside[0][2]])
                stop = inside[0][2] if told else inside[most][1]
            inside = inside[:most]
            last = number + 1 == len(hits)
            goes_on = last and (
                _goes_on(following)
                or bool(topic == "ceiling" and inside and ceiling_said.GOES_ON.match(following))
            )
            if goes_on and topic != "fund":
                stop = after[1]
                inside += [one for one in amounts if after[0] <= one[1] and one[2] <= stop][:1]
            later = following if goes_on else ""
            front = text[begin : hits[number][0]] if not number else ""
            said = front, text[hits[number][0] : stop]
            found.append(
                _Piece(topic, *said, start, stop, text[start:stop], tuple(inside), later, year)
            )
    return found


def _with_what_is_before(
    text: str, topic: int, begin: int, amounts: Sequence[tuple[Money, int, int]]
) -> int:
    """Where a piece begins: at its topic, or at what stands right before it and belongs to it."""
    nothing = _NOTHING_IN.search(text[begin:topic])
    if nothing:
        return begin + nothing.start()
    before = told_before(text[begin:topic])
    # A verb between two topics belongs to the one before it: 门槛费付清了账户里有八十.
    if before and not any(words.search(text[begin:topic]) for words in _TOPICS.values()):
        return begin + before.start()
    inside = [(start, end) for _, start, end in amounts if begin <= start and end <= topic]
    if not inside or not BEFORE_TOPIC.fullmatch(text[inside[-1][1] : topic]):
        return topic
    starts = [start for start, _ in inside]
    if len(inside) > 1 and OUT_OF.fullmatch(text[inside[-2][1] : starts[-1]]):
        starts.pop()
    if _SPENT.search(text[begin : starts[-1]]):
        return topic
    return begin if len(starts) == 1 else starts[-1]


def _only_year(text: str, before: Sequence[tuple[int, int]]) -> bool:
    """Whether the clause before speaks of this year, and of the year's sums or of nothing else."""
    said = text[slice(*before[0])] if before else ""
    about = any(words.search(said) for words in _TOPICS.values())
    return bool(_THIS_YEAR.search(said)) and (about or len(said) <= _SHORT)


def _is_before_this_bill(text: str, begin: int, end: int) -> bool:
    """Whether what was paid by then stands before a bill of now: 统筹已付20万，这次5万."""
    told = _SO_FAR_PAID.search(text, begin, end)
    return bool(told and _THIS_BILL.search(text, end)) and not _THIS_BILL.search(text[:end])


def _goes_on(clause: str) -> bool:
    """Whether a clause only goes on about what was spoken of: "，已经用完了", "，用了320"."""
    about_other = any(words.search(clause) for words in _TOPICS.values())
    goes_on = _STATE.match(clause.strip()) or is_ignorant(clause)
    return bool(goes_on) and not about_other


def _read(piece: _Piece) -> list[AmountSaid]:
    if piece.topic == "deductible":
        return _deductible(piece)
    if piece.topic == "ceiling":
        return _ceiling(piece)
    if piece.topic == "self_pay":
        paid = piece.moneys[:1]
        return [_said("in_scope_self_pay", paid[0][0].amount, piece)] if paid else []
    found = _account(piece) if piece.topic == "account" else _fund(piece)
    return [found] if found else []


def _deductible(piece: _Piece) -> list[AmountSaid]:
    text, moneys = piece.text, [money for money, _, _ in piece.moneys]
    state, left = _state(piece), _LEFT.search(text)
    if state == "untouched" and not (left and moneys):
        return [_said("deductible_used", Decimal(0), piece), *_full(moneys[:1], piece)]
    if state == "met" and not moneys:
        return [_said("deductible_left", Decimal(0), piece)]
    if not moneys:
        return []
    *full, told = _height_and_state(piece)
    if left and state != "met":
        return [*_full(full, piece), _said("deductible_left", told.amount, piece)]
    if full or state == "met" or _USED.search(_of_deductible(piece)):
        return [*_full(full, piece), _said("deductible_used", told.amount, piece)]
    return _full(moneys[:1], piece)


def _height_and_state(piece: _Piece) -> list[Money]:
    """The amounts of a deductible, how much of it is used or left last."""
    moneys = [money for money, _, _ in piece.moneys]
    if len(moneys) == _TWO:
        (_, _, ended), (_, begun, _) = piece.moneys
        if OUT_OF.fullmatch(piece.text[ended - piece.start : begun - piece.start]):
            moneys.reverse()
    return moneys


def _of_deductible(piece: _Piece) -> str:
    """The text of a piece up to where a bill is spoken of: 起付线500这次看病花了."""
    bill = _OF_BILL.search(piece.text)
    return piece.text[: bill.start()] if bill else piece.text


def _state(piece: _Piece) -> State | None:
    """How far the deductible is used by what is said of it; what is asked says nothing."""
    if _ASKED.search(piece.text) and not piece.moneys:
        return None
    return state_of(piece.front, piece.behind)


def _is_open(piece: _Piece) -> bool:
    """Whether nobody knows how much is used, which asks for no rule: 起付线用了多少不清楚."""
    so_far = _SO_FAR.search(piece.behind)
    return piece.topic == "deductible" and bool(so_far) and is_unknown(piece.front, piece.behind)


def _ceiling(piece: _Piece) -> list[AmountSaid]:
    """The year's ceiling, and what of it is used up: "额度一万已经用了9600"."""
    moneys = [money.amount for money, _, _ in piece.moneys]
    if not moneys and ceiling_said.is_far_off(piece.front + piece.text + piece.following):
        return [_said("below_ceiling", Decimal(0), piece)]
    if not moneys or _ASKED.search(piece.text):
        return []
    left, used = ceiling_said.LEFT.search(piece.text), ceiling_said.USED.search(piece.text)
    if (left or used) and len(moneys) > 1:
        paid = moneys[0] - moneys[1] if left else moneys[1]
        return [_said("ceiling_full", moneys[0], piece), _said("fund_paid", paid, piece)]
    return [_said("fund_paid" if used and not left else "ceiling_full", moneys[0], piece)]


def _full(moneys: Sequence[Money], piece: _Piece) -> list[AmountSaid]:
    return [_said("deductible_full", money.amount, piece) for money in moneys]


def _account(piece: _Piece) -> AmountSaid | None:
    if _PAST_ACCOUNT.search(piece.text):
        past = piece.moneys[:1]
        return _said("account_past", past[0][0].amount, piece) if past else None
    if piece.moneys and not _GONE.search(piece.text):
        return _said("account_current", piece.moneys[0][0].amount, piece)
    if _EMPTY.search(piece.text) and not _ASKED.search(piece.text):
        return _said("account_current", Decimal(0), piece)
    return None


def _fund(piece: _Piece) -> AmountSaid | None:
    by_then = _BY_THEN.search(piece.front) or _BY_THEN_BEHIND.search(piece.behind)
    if not (piece.this_year or by_then) or not _PAID.search(piece.text):
        return None
    if piece.moneys:
        return _said("fund_paid", piece.moneys[0][0].amount, piece)
    if _NOT_PAID.search(piece.text) and not _ASKED.search(piece.text):
        return _said("fund_paid", Decimal(0), piece)
    return None


def _said(role: str, amount: Decimal, piece: _Piece) -> AmountSaid:
    approximate = any(money.approximate for money, _, _ in piece.moneys)
    return AmountSaid(role, amount, piece.text.strip(), approximate)
