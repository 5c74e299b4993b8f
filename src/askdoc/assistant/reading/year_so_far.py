"""What was said of the year: the deductible, the personal account, what the fund has paid.

People say these beside the bill, often with an amount that is no part of it:
"起付线500已经用完", "当年账户没钱了", "今年基金付了24万8". The pieces are read first, each with its
amount and its state, and taken out of the text; what is left is the bill.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from askdoc.assistant.reading.facts import AmountSaid
from askdoc.language import Money

_TOPICS = {
    "ceiling": re.compile(r"(?:年度|一年)?(?:额度|封顶线?|上限)|yearly cap|\bcap\b|\bceiling\b"),
    "deductible": re.compile(r"起付(?:线|标准|段|钱)?|门槛(?:费|钱)?|deductible|threshold"),
    "account": re.compile(
        r"(?:当年|今年|历年|往年|个人|医保)*(?:个人)?(?:帐户|账户)|(?:医保)?卡(?:里|上)(?:的钱|余额)?"
        r"|医保卡余额"
        r"|(?:personal|current-year|this year's)(?: personal)? account|\baccount\b"
    ),
    "fund": re.compile(
        r"今年[^，。]{0,6}报(?:销)?(?:掉|了|过)|(?:统筹)?基金|统筹|医保(?=[^，。]{0,6}(?:付|报|给"
        r"|支))|insurance fund|pooled fund|\bfunds?\b"
    ),
}
_ASKED = re.compile(r"多少|几(?:成|多|钱|钿|块)|怎么|吗|how much|what")
_MET = re.compile(
    r"(?:用|扣|付|交|花|抵|缴|走|整|使)(?:完|光|满|足|尽|脱|过头)|(?:已经?|都|早就?|全)满"
    r"|满[了的]|(?<![没未不])满(?=$|[，。 哦呀啊])"
    r"|用掉了$|够了|达到|达标|到(?:头|顶|线|了)|完了|清零"
    r"|过(?:了|掉|脱|线|头)|早过"
    r"|(?:already |all )?\bused(?: too| as well| already)?\s*$"
    r"|used up|\bdone\b|\bmet\b|reached|exhausted|fully used|all used"
)
_UNTOUCHED = re.compile(
    r"(?:没|未|尚未)(?:有)?(?:开始)?(?:使?用|扣|动|交|付)|一[点分](?:都|也)?(?:还)?(?:没|未)"
    r"|not (?:been )?(?:used|touched)|(?:have|has)n't (?:been )?(?:used|touched)|untouched|unused"
    r"|haven't used|none of"
)
_LEFT = re.compile(r"还?剩|还差|剩余|剩下|\bleft\b|remaining|\bto go\b")
_USED = re.compile(r"(?:已|累计|用|(?<!起)付|扣|交|花|抵)|\bused\b|\bpaid\b")
_EMPTY = re.compile(
    r"(?:没(?:有)?|无|呒没?)(?:什么|今年的)?(?:余额|钱|钞票|得钱|了)|没得(?:钱)?|无余额|余额?(?:为"
    r"|是)?(?:0|零)|[为是归清]零|清空|空|(?:为|是|剩)?(?<!\d)0(?!\d)"
    r"|(?:用|花)(?:完|光)|不剩|no money|nothing|empty|no balance|\bzero\b"
)
_PAID = re.compile(r"付|报|支|给|赔|paid|reimbursed|covered")
_NOT_PAID = re.compile(
    r"(?:没|未)(?:有)?[^，。]{0,3}(?:付|报|给|用)|n't (?:yet )?paid|not (?:yet )?paid"
)
_THIS_YEAR = re.compile(
    r"今年|本年|年度|年内|一年|累计|以来|到现在|至今|目前|额度|this (?:insurance )?year|so far"
    r"|year to date"
)
_PAST_ACCOUNT = re.compile(r"历年|往年|past account")
_SHORT = 10
_TWO = 2
# Topics that may stand behind their amount: 500块起付线, "300 yuan left in the account".
_BEHIND = ("deductible", "account")
# How a clause begins that only tells the state of what the clause before it named.
_STATE = re.compile(
    r"(?:他|她|我|伊|也)?(?:今年|目前|现在|到现在)?(?:已经?|都|早就?|全|还|就)*"
    r"(?:(?:用|扣|抵)(?:了|掉|完|光|满|足)|(?:付|交|花|缴|整)(?:完|光|满|足|清)|剩|差(?!不多)|没用"
    r"|没动|未用|满|过了|过掉|够)"
    r"|(?:already |all |i have |i've )*(?:used|met|left|nothing)"
)
_STATES = re.compile(
    r"(?:元|块钱?)?(?:已经?|都|还|就|now|already|of it|and|\s)*"
    r"(?:(?:用|扣|抵|付|交|花)(?:了|掉)?|剩(?:下|余)?|差|used|left|paid|with)\s*"
)
# An amount behind one of these was spent, whatever topic follows it without a sign.
_SPENT = re.compile(
    r"(?:[上这]一?[次回趟张]|第[一二][次回趟]|还是|也是|门诊|住院|看病|配药|花了?|一共|总共|共|总价|费用|账单|刷了|bill|total|cost|spent)(?:是|为|of|was)?\s*$"
)
# Said before the deductible: it is used up, or not used at all.
_MET_BEFORE = re.compile(
    r"(?:used up|met|reached|exhausted|finished|gone through)(?: all)?(?: of)?"
    r"(?: (?:my|the|her|his|their|this year's))? $"
)
_NONE_OF = re.compile(r"\bnone of (?:my|the|her|his|their) $")
_NOTHING_IN = re.compile(r"(?:no money|nothing)(?: is| left)* (?:in|on) (?:(?:my|the|her|his) )?$")
# An amount right before a topic belongs to it: 500块起付线, 三百的门槛, my 500 deductible.
_BEFORE_TOPIC = re.compile(
    r"(?:的|那个|那条|个|条|那|这个|yuan|rmb|left|remaining|still|in|on|of|my|the|her|his|their"
    r"|\s)*$"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text about one topic, with its amounts and the clause behind it."""

    topic: str
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
    return tuple(said), tuple((piece.start, piece.end) for piece, found in read if found)


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
        starts = [
            _with_what_is_before(text, at, begin, amounts) if topic in _BEHIND else at
            for at, topic in hits
        ]
        for number, (_, topic) in enumerate(hits):
            start = starts[number]
            stop = starts[number + 1] if number + 1 < len(hits) else end
            inside = [one for one in amounts if start <= one[1] and one[2] <= stop]
            most = 2 if topic == "ceiling" or _is_stated(text, topic, inside) else 1
            if len(inside) > most and topic != "ceiling":
                stop = inside[most][1]
            inside = inside[:most]
            goes_on = number + 1 == len(hits) and _goes_on(following)
            if goes_on and topic != "fund":
                stop = after[1]
                inside += [one for one in amounts if after[0] <= one[1] and one[2] <= stop][:1]
            later = following if goes_on else ""
            found.append(_Piece(topic, start, stop, text[start:stop], tuple(inside), later, year))
    return found


def _is_stated(text: str, topic: str, inside: Sequence[tuple[Money, int, int]]) -> bool:
    """Whether the second amount tells the state of the first: 起付线400还剩140."""
    if topic != "deductible" or len(inside) < _TWO:
        return False
    return bool(_STATES.fullmatch(text[inside[0][2] : inside[1][1]]))


def _with_what_is_before(
    text: str, topic: int, begin: int, amounts: Sequence[tuple[Money, int, int]]
) -> int:
    """Where a piece begins: at its topic, or at what stands right before it and belongs to it."""
    nothing = _NOTHING_IN.search(text[begin:topic])
    if nothing:
        return begin + nothing.start()
    before = _MET_BEFORE.search(text[begin:topic]) or _NONE_OF.search(text[begin:topic])
    if before:
        return begin + before.start()
    first = True
    for _, start, end in amounts:
        if begin <= start and end <= topic:
            if _BEFORE_TOPIC.fullmatch(text[end:topic]) and not _SPENT.search(text[begin:start]):
                return begin if first else start
            first = False
    return topic


def _only_year(text: str, before: Sequence[tuple[int, int]]) -> bool:
    """Whether the clause before speaks of this year, and of the year's sums or of nothing else."""
    said = text[slice(*before[0])] if before else ""
    about = any(words.search(said) for words in _TOPICS.values())
    return bool(_THIS_YEAR.search(said)) and (about or len(said) <= _SHORT)


def _goes_on(clause: str) -> bool:
    """Whether a clause only goes on about what was spoken of: "，已经用完了", "，用了320"."""
    about_other = any(words.search(clause) for words in _TOPICS.values())
    return bool(_STATE.match(clause.strip())) and not about_other


def _read(piece: _Piece) -> list[AmountSaid]:
    if piece.topic == "deductible":
        return _deductible(piece)
    if piece.topic == "ceiling":
        return _ceiling(piece)
    found = _account(piece) if piece.topic == "account" else _fund(piece)
    return [found] if found else []


def _deductible(piece: _Piece) -> list[AmountSaid]:
    text, moneys = piece.text, [money for money, _, _ in piece.moneys]
    if _ASKED.search(text) and not moneys:
        return []
    left = _LEFT.search(text)
    if _UNTOUCHED.search(text) and not (left and moneys):
        return [_said("deductible_used", Decimal(0), piece), *_full(moneys[:1], piece)]
    if _MET.search(text):
        if not moneys:
            return [_said("deductible_left", Decimal(0), piece)]
        return [_said("deductible_used", moneys[-1].amount, piece)]
    if not moneys:
        return []
    if left:
        return [*_full(moneys[:-1], piece), _said("deductible_left", moneys[-1].amount, piece)]
    if _USED.search(text):
        return [*_full(moneys[:-1], piece), _said("deductible_used", moneys[-1].amount, piece)]
    return _full(moneys[:1], piece)


def _ceiling(piece: _Piece) -> list[AmountSaid]:
    """The year's ceiling, and what of it is used up: "额度一万已经用了9600"."""
    moneys = [money for money, _, _ in piece.moneys]
    if not moneys or _ASKED.search(piece.text):
        return []
    used = _USED.search(piece.text)
    if used and len(moneys) > 1:
        return [
            _said("ceiling_full", moneys[0].amount, piece),
            _said("fund_paid", moneys[1].amount, piece),
        ]
    return [_said("fund_paid" if used else "ceiling_full", moneys[0].amount, piece)]


def _full(moneys: Sequence[Money], piece: _Piece) -> list[AmountSaid]:
    return [_said("deductible_full", money.amount, piece) for money in moneys]


def _account(piece: _Piece) -> AmountSaid | None:
    if _PAST_ACCOUNT.search(piece.text):
        past = piece.moneys[:1]
        return _said("account_past", past[0][0].amount, piece) if past else None
    if piece.moneys:
        return _said("account_current", piece.moneys[0][0].amount, piece)
    if _EMPTY.search(piece.text) and not _ASKED.search(piece.text):
        return _said("account_current", Decimal(0), piece)
    return None


def _fund(piece: _Piece) -> AmountSaid | None:
    if not piece.this_year or not _PAID.search(piece.text):
        return None
    if piece.moneys:
        return _said("fund_paid", piece.moneys[0][0].amount, piece)
    if _NOT_PAID.search(piece.text) and not _ASKED.search(piece.text):
        return _said("fund_paid", Decimal(0), piece)
    return None


def _said(role: str, amount: Decimal, piece: _Piece) -> AmountSaid:
    approximate = any(money.approximate for money, _, _ in piece.moneys)
    return AmountSaid(role, amount, piece.text.strip(), approximate)
