"""Which amount of a question plays which part of a bill.

Words between two amounts may belong to the one before or to the one behind ("400 是乙类，100 自费",
"乙类 400 自费 100"), so that a whole clause is read at once: the reading that gives the most
amounts a part wins, and no word is used twice. What a reader would not guess: a part that
nobody named stays None and is asked about, and what a person paid is never taken for a bill.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from askdoc.assistant.reading.amount_parts import CLAUSE, Place, assigned, place_of, settled_role
from askdoc.assistant.reading.facts import AmountSaid
from askdoc.assistant.reading.first_pay import own_shares
from askdoc.assistant.reading.lexicon import BILL_ROLES, Lexicon
from askdoc.assistant.reading.year_so_far import read_year
from askdoc.language import Money, Normalised, find_money, find_shares

_NUMBER_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
# A blank that parts two statements, as in messages without punctuation; not one inside "200 元".
_PAUSE = re.compile(
    r"(?<=[\u4e00-\u9fff\d%]) (?=[\u4e00-\u9fff\d])(?! ?(?:元|块|毛|角|万|盒|片|支|瓶|粒|袋|天|岁"
    r"|年|级|档|个|次))"
)
# The rest of a bill, or all of it, named as class A: no amount of its own.
_REST = re.compile(
    r"(?:其余|其他|其它|剩下|余下|剩余|别的|另外的|余|the rest|everything else|the remainder|rest"
    r"|remainder)"
    r"(?:的)?(?:部分)?(?:药)?(?:也)?(?:都|全部|全|均)?(?:是|为|算|属|is|are|was"
    r"|being)?\s*(?:all )?(?:甲类?(?:药品?)?|class a)"
    r"|(?:全部|全都|全|都|均)(?:是|为|算|属)?(?:于)?甲类?(?:药品?)?|(?:all|everything"
    r"|entirely) (?:is |of it )?class a"
)
# The rest of a bill as a class that has a price of its own: the amount is what the others leave.
_REST_OF = re.compile(
    r"(?:其余|其他|其它|剩下|余下|剩余|别的|另外的|余|the rest|everything else|the remainder|rest)"
    r"(?:的)?(?:部分|药)?(?:也|就|都|全部|全|均)*(?:是|为|算|属于?|is|are|was)?\s*(?:all )?"
    r"(?:(?P<class_b>乙类|class b)|(?P<off_catalogue>丙类|自费|目录外|off[- ]catalogue))"
    r"(?!药?(?:费|有|是)?\s*[0-9一二两三四五六七八九十])"
)
# A part that the whole does not hold: 3000不含自费500, 3,000 plus 500 off-catalogue.
_NOT_WITHIN = re.compile(
    r"(?:不含|不包括|不包含|不算上?|没算上?|外加|另加|\bplus|\bexcluding|\bexcl\.?"
    r"|\bnot (?:including|counting)|\bon top of|\bwithout counting)[^，。；,;\d]{0,16}$"
)
# 一年总共报450块封顶: how much there is in a year, whatever stands before it.
_CEILING_BEHIND = re.compile(
    r" ?(?:元|块)?(?:钱)?(?:就|为|的|是)?(?:封顶|到顶)(?!线?(?:以|之)?[上外])"
)
# The kinds of fee that a bill adds up, of which none is the whole: 挂号50，检查300，药费450.
_FEE = re.compile(
    r"(?:挂号|诊查|诊疗|诊察|检查|检验|化验|拍片|药|西药|中药|治疗|手术|床位|材料|护理|麻醉|输液)(?:费用?|钱)?"
    r"(?:是|花了?|要|用了|交了|收了|共|：|:)?\s*$"
    r"|\b(?:consultation|registration|examinations?|tests?|lab|scans?|medicines?|drugs?|treatment"
    r"|surgery|bed|materials?|nursing)(?: fees?| costs?)?(?: was| were| is| of|:)?\s*$"
)
# An amount that is said not to be it: "是650不是560".
_NOT_IT = re.compile(r"(?:不是|并非|而不是|唔系|唔係|勿是|\bnot|instead of) ?$")
_WRONG_BEHIND = re.compile(
    r"(?:元|块钱?)?(?:(?:是|那个|也|都|又|给|我)*(?:写|打|看|说|讲|记|搞|弄|报)(?:错|岔))"
)
_SPENDING = re.compile(
    r"花|费|账单|单子|总|共|(?<![支可能])付(?![吗么不没嘛])|付了|付多少|报多少|自费|乙类|门诊\d|住院\d|spent|bill|cost|total|paid|yuan|rmb"
)
# A gloss in brackets that says a word again: "a negotiated drug (谈判药)".
_BARE_BRACKET = re.compile(r"[(（]( ?\d[\d,.]*(?:元|块|yuan)? ?)[)）]")
_GLOSS = re.compile(r"[(（][^()（）\d一二两三四五六七八九十百千万]{1,12}[)）]")
_SCOPE_NOT_MET = re.compile(
    r"不(?:太)?(?:符合|满足|够)[^，。；]{0,10}(?:限定|支付|报销|条件|范围|规定)|(?:限定|限制|支付"
    r"|报销)[^，。；]{0,8}不(?:符合|满足)"
    r"|outside its (?:payment )?(?:scope|restriction)|not meet"
)
# Words that make a share one of the person's, right before it.
_SHARE_FRONT = re.compile(r"(?:要)?(?:先行|先)?(?:自付|自负|付)(?:比例)?(?:是|为|的)?\s*$")
_OF_YEAR = (
    *("deductible_used", "deductible_left", "deductible_full", "account_current"),
    *("account_past", "fund_paid", "below_ceiling", "in_scope_self_pay", "ceiling_full"),
)
_LEAST_FEES = 2
_PARTS = ("class_a", "class_b", "negotiated", "off_catalogue", "scope_not_met")


def read_amounts(
    source: Normalised,
    masked: str,
    medicines: Sequence[tuple[int, int]],
    numbers: Sequence[tuple[int, int]],
    lexicon: Lexicon,
) -> tuple[tuple[AmountSaid, ...], tuple[tuple[int, int], ...]]:
    """Every amount of a text with its part, and the spans that speak of the year so far.

    `masked` is the text without medicine names. The spans of `medicines` and of other `numbers`
    (ages, years) hold no amounts.
    """
    found = [(money, *source.text_span(money.span)) for money in find_money(source)]
    found = [
        one
        for one in found
        if not any(start < one[2] and one[1] < end for start, end in (*medicines, *numbers))
    ]
    found = [one for one in found if not is_not_it(masked, one[1], one[2])]
    plain = _BARE_BRACKET.sub(r" \1 ", _GLOSS.sub(lambda gloss: " " * len(gloss[0]), masked))
    paused = _with_pauses(plain, lexicon)
    year, spans = read_year(paused, found, clauses(paused))
    found = [one for one in found if not any(s <= one[1] and one[2] <= e for s, e in spans)]
    text = _without_questions(_blanked(paused, spans), source, lexicon)
    places = [
        place_of(
            text,
            one,
            found[index - 1][2] if index else 0,
            found[index + 1][1] if index + 1 < len(found) else len(text),
            lexicon,
        )
        for index, one in enumerate(found)
    ]
    roles = [settled_role(role, text, place, lexicon) for role, place in assigned(places)]
    roles = [
        "ceiling_full" if _CEILING_BEHIND.match(text, place.end) else role
        for role, place in zip(roles, places, strict=True)
    ]
    unmet = _unmet(text, places, roles)
    roles = ["scope_not_met" if at == unmet else role for at, role in enumerate(roles)]
    spans_said = [(one.start, one.end, role) for role, one in zip(roles, places, strict=True)]
    own = own_shares(source, masked, lexicon, spans_said)
    amounts = tuple(
        AmountSaid(
            role,
            place.money.amount,
            _words(source, place.money),
            place.money.approximate,
            own.get(at),
        )
        for at, (role, place) in enumerate(zip(roles, places, strict=True))
    )
    amounts = _with_what_is_beside(amounts, places, text)
    settled = amounts if _only_measures(medicines, places, masked) else _only_total(amounts)
    starts = [place.start for place in places]
    placed = [*zip(starts, _without_fees(list(settled), starts, text), strict=True), *year]
    return tuple(amount for _, amount in sorted(placed, key=lambda one: one[0])), spans


def _only_measures(
    medicines: Sequence[tuple[int, int]], places: Sequence[Place], masked: str
) -> bool:
    """Whether bare numbers beside a medicine are values of a test rather than a bill."""
    bare = all(not place.money.unit_said for place in places)
    return bool(medicines) and bare and not _SPENDING.search(masked)


def is_not_it(masked: str, start: int, end: int) -> bool:
    """Whether the amount that stands here was said to be wrong: 不是560, 560写错了."""
    return bool(_NOT_IT.search(masked[:start]) or _WRONG_BEHIND.match(masked, end))


def rest_is_class_a(masked: str) -> bool:
    """Whether the rest of the bill, or all of it, was said to be class A."""
    return bool(_REST.search(masked))


def with_rest(amounts: tuple[AmountSaid, ...], masked: str) -> tuple[AmountSaid, ...]:
    """The amounts with the rest of the bill where it was said to be class B or off catalogue."""
    said = _REST_OF.search(masked)
    total = next((one.amount for one in amounts if one.role == "total"), None)
    if said is None or said.lastgroup is None or total is None:
        return amounts
    parts = [one for one in amounts if one.role in _PARTS]
    rest = total - sum(one.amount for one in parts)
    if rest <= 0 or any(one.role == said.lastgroup for one in parts):
        return amounts
    return (*amounts, AmountSaid(said.lastgroup, rest, said[0].strip()))


def _with_what_is_beside(
    amounts: tuple[AmountSaid, ...], places: Sequence[Place], text: str
) -> tuple[AmountSaid, ...]:
    """The amounts with parts that the whole was said not to hold added to it."""
    beside = [
        one.amount
        for one, place in zip(amounts, places, strict=True)
        if one.role in _PARTS and _NOT_WITHIN.search(text[: place.start])
    ]
    whole = [one for one in amounts if one.role == "total"]
    if not beside or len(whole) != 1:
        return amounts
    added = replace(whole[0], amount=whole[0].amount + sum(beside))
    return tuple(added if one is whole[0] else one for one in amounts)


def _without_fees(amounts: list[AmountSaid], starts: list[int], text: str) -> list[AmountSaid]:
    """The amounts with no fee as the whole bill where several fees and no whole were said."""
    fees = [
        at
        for at, (one, start) in enumerate(zip(amounts, starts, strict=True))
        if one.role in (None, "total") and _FEE.search(text[:start])
    ]
    said = any(one.role == "total" for at, one in enumerate(amounts) if at not in fees)
    if len(fees) < _LEAST_FEES or said:
        return amounts
    return [replace(one, role=None) if at in fees else one for at, one in enumerate(amounts)]


def with_whole_paid(amounts: tuple[AmountSaid, ...], cost_is_asked: bool) -> tuple[AmountSaid, ...]:
    """What was paid as the whole bill, where it is asked what remains and no whole was said."""
    paid = [one for one in amounts if one.role == "paid"]
    parts = sum(one.amount for one in amounts if one.role in _PARTS)
    open_ = any(one.role in (None, "total") for one in amounts)
    is_whole = cost_is_asked and len(paid) == 1 and not open_ and 0 < parts <= paid[0].amount
    return tuple(
        replace(one, role="total" if is_whole else "person_paid") if one.role == "paid" else one
        for one in amounts
    )


def clauses(text: str) -> list[tuple[int, int]]:
    """The spans between signs that end a clause."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for sign in CLAUSE.finditer(text):
        if not _NUMBER_COMMA.match(text, sign.start()):
            spans.append((begin, sign.start()))
            begin = sign.end()
    return [one for one in (*spans, (begin, len(text))) if one[0] < one[1]]


def _with_pauses(masked: str, lexicon: Lexicon) -> str:
    """Blanks that part statements as commas; behind a word for a part they only part its amount."""
    letters = list(masked)
    for pause in _PAUSE.finditer(masked):
        before = masked[max(0, pause.start() - 12) : pause.start()]
        hits = lexicon.before.find(before)
        if not (hits and hits[-1].end == len(before) and masked[pause.end()].isdigit()):
            letters[pause.start()] = "，"
    return "".join(letters)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "，" * (end - start)
    return "".join(letters)


def _unmet(text: str, places: Sequence[Place], roles: Sequence[str | None]) -> int | None:
    """Which amount fails its payment scope: the last loose one before it is said so."""
    said = _SCOPE_NOT_MET.search(text)
    if said is None:
        return None
    before = [
        at
        for at, (role, place) in enumerate(zip(roles, places, strict=True))
        if role is None and place.end <= said.start()
    ]
    return before[-1] if before else None


def _words(source: Normalised, money: Money) -> str:
    start, end = money.span
    return source.original[start:end]


def _without_questions(masked: str, source: Normalised, lexicon: Lexicon) -> str:
    """The text with what names no part blanked: 自费多少 asks, 自付10% speaks of a share."""
    letters = list(masked)
    spans = [(hit.start, hit.end) for hit in lexicon.asks.find(masked) if hit.meaning == "cost"]
    spans += [(hit.start, hit.end) for hit in lexicon.shares.find(masked)]
    spans += [found.span() for found in _REST.finditer(masked)]
    for share in find_shares(source):
        start, end = source.text_span(share.span)
        front = _SHARE_FRONT.search(masked[:start])
        spans.append((front.start() if front else start, end))
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _only_total(amounts: tuple[AmountSaid, ...]) -> tuple[AmountSaid, ...]:
    """The only amount that plays no part is the whole bill, when it comes first and can be."""
    loose = [one for one in amounts if one.role is None]
    first = next((one for one in amounts if one.role not in _OF_YEAR), None)
    if len(loose) != 1 or first is not loose[0] or any(o.role == "total" for o in amounts):
        return amounts
    if any(one.role not in (None, "person_paid", "difference", *BILL_ROLES) for one in amounts):
        return amounts
    parts = sum(one.amount for one in amounts if one.role in _PARTS)
    if loose[0].amount < parts:
        return amounts
    whole = AmountSaid("total", loose[0].amount, loose[0].words, loose[0].approximate)
    return tuple(whole if one.role is None else one for one in amounts)
