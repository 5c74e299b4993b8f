"""The words around a number that make it money, or keep it from being money.

Every check looks at a few characters beside the number only, so that reading stays linear.
"""

import re
from decimal import Decimal
from typing import Literal

from askdoc.language.measure_words import measure_follows
from askdoc.language.number_runs import NumberRun, begins_word
from askdoc.language.numerals import HAN_DIGITS
from askdoc.language.spans import Reason

RangeKind = Literal["range", "dash", "other"]

_NEAR = 14
_PREFIX = re.compile(r"(?:(?<![A-Za-z$])(?i:rmb|cny)|人民币|¥)[: ]?$")
_UNIT = re.compile(
    r" ?(?:块钱|块(?![膏药糖肉豆石表纱肌斑])|[元圆]整?(?![月旦素宝件气胡神])|人民币"
    r"|(?i:(?:yuan|rmb|cny)(?![A-Za-z])))(?: ?人民币)?"
)
_OTHER_CURRENCY_BEFORE = re.compile(r"(?:[$€£]|美元|港[币元]|欧元|(?i:usd|hkd|eur|gbp|jpy)) ?$")
_OTHER_CURRENCY_AFTER = re.compile(
    r" ?(?:[$€£]|[美日港欧澳加韩]元|[美港台日韩澳]币|美金|英镑|卢布|泰铢"
    r"|(?i:dollars?|euros?|pounds?|usd|hkd|eur|gbp|jpy)(?![A-Za-z]))"
)
_MINUS = re.compile(r"(?:(?<![0-9A-Za-z元块万千百毛角分%)-])[-−]|负)$")
# 1k, 1.2w, and what is said of the next places behind them: 1w2, 3k5. Not weeks: 4w后.
_SLANG_UNIT = re.compile(
    r"(?P<unit>[kKwW])(?P<rest>[0-9]{0,4})(?![A-Za-z0-9]|\.[0-9]|[后前内疗复]| ?(?:ago|later|post))"
)
_NOT_SPENT = re.compile(r"(?:孕|术后|产后|疗程|每|随访|q)$")
_PLACES = {"k": 3, "w": 4}
_JOINERS: tuple[tuple[re.Pattern[str], RangeKind], ...] = (
    (re.compile(r" ?[~到至] ?"), "range"),
    (re.compile(r" ?[-–—−] ?"), "dash"),
    (re.compile(r"[/:*×xX+=^_]"), "other"),
)
_APPROXIMATE_BEFORE = re.compile(
    r"(?:大概|大约|约莫|(?<![预签节履合])约|差不多|将近|接近|近|不到|超过|不超过|至少|最多|起码"
    r"|(?i:about|around|roughly|approximately|nearly|almost|over|under))[花付用要是了交收 ]{0,3}$"
)
_APPROXIMATE_AFTER = re.compile(r" ?(?:左右|上下|以[上下内]|出头|不到|(?i:or so)\b)")
_CHANGE = re.compile(
    r"零?(?:(?P<mao>[0-9一二两三四五六七八九]) ?[毛角]"
    r"(?:(?P<fen>[0-9一二三四五六七八九])(?![0-9.])分?)?"
    r"|(?P<only_fen>[0-9一二三四五六七八九])分(?![钟之期别成担]))"
)
_SHORT_CHANGE = re.compile(
    r"(?:[0-9](?![0-9]|[.,][0-9])|[一二三四五六七八九])(?![零一二三四五六七八九]?[十百千万亿元块])"
)
# What may follow 两块五 without making the 五 the head of another word.
_AFTER_CHANGE = re.compile(
    r"(?=$|[^\u4e00-\u9fff0-9]|[的了吧呢啊吗左上下钱是每一能可报付不够贵便还就买要对怎给算有我你他她自目乙甲丙都全])"
)
_UNREADABLE_CHANGE = re.compile(r"[0-9]{2,}(?![0-9]|[.,][0-9]|[十百千万亿元块])")
_OTHER_MEANING_BEFORE = re.compile(
    r"(?:第|分之|(?:住院|病历|门诊|床|卡|单|账)号|电话|手机|号码|身份证|编[码号]|代码|邮编|拨|打|热线|血压|血糖"
    r"|血脂|体温|体重|身高|心率|脉搏|糖化(?:血红蛋白)?|尿酸|肌酐|房间|(?i:\btel|\bphone"
    r"|\bcall|\bdial|\bcode|\bid|\bno\.?|\bversion))(?:[是为有到了:]|都|快|已经|大概|大约| ){0,3}$"
)
_AGE_BEFORE = re.compile(
    r"(?:年龄|年纪|岁数|今年|虚岁|[我你他她]|爸爸?|妈妈?|[父母]亲|爷爷|奶奶|老[人伴])"
    r"(?:[是为有到:]|都|已经|快| ){0,2}$"
    r"|\b(?i:aged?|(?:mother|father|mum|mom|dad|wife|husband|s?he) is|i am|i'm|s?he's) $"
)
_OLDEST = 120
_LIST_MARK_BEFORE = re.compile(r"(?:^|[ (])$")
_LIST_MARK_AFTER = re.compile(r"[、.)]")
_YEAR_LIKE = re.compile(r"(?:19|20)[0-9]{2}")
_SPENDING_BEFORE = re.compile(
    r"[花付费共价钱交收报额用缴扣计掉掏出元¥类药总]|起付线?|门槛|自费|目录外|其中|里头|里面"
    r"|剩|约|大概|门诊 ?$|住院 ?$|急诊 ?$|共 ?$|(?i:cost|pa(?:y|id)|spent|bill|total"
    r"|price|fee)"
)
_LONG_NUMBER = 8
# Numbers that people call, where somebody comes or is called behind them.
_CALLED = re.compile(
    r"(?:110|119|120|122)(?:[^0-9，。,.]{0,4})(?:接|来|到|送|急救|救护|车|电话|的人)"
)


def prefix_start(text: str, start: int, free_from: int) -> int:
    """Where the amount begins: before its currency sign, or at the number.

    Signs before `free_from` belong to the amount before.
    """
    low = max(free_from, start - _NEAR)
    found = _PREFIX.search(text[low:start])
    return low + found.start() if found else start


def unit_end(text: str, end: int) -> int:
    """Where the unit of yuan after the number ends; `end` itself when there is none."""
    found = _UNIT.match(text, end)
    return found.end() if found else end


def other_currency_around(text: str, start: int, end: int) -> bool:
    """Whether the number is an amount of another currency."""
    before = _OTHER_CURRENCY_BEFORE.search(text[max(0, start - _NEAR) : start])
    return bool(before or _OTHER_CURRENCY_AFTER.match(text, end))


def is_negative(text: str, start: int) -> bool:
    """Whether a minus stands before the amount."""
    return bool(_MINUS.search(text[max(0, start - 2) : start]))


def range_kind(text: str, left: NumberRun, right: NumberRun) -> RangeKind | None:
    """How two numbers are joined; None when they stand apart."""
    if right.start - left.end > 3:
        return None
    between = text[left.end : right.start]
    if between == " " and left.text.isdigit() and len(left.text) <= 3:
        # 1 200 may be thousands set apart or two numbers.
        return "other" if re.fullmatch(r"[0-9]{3}(?:\.[0-9]+)?", right.text) else None
    return next((kind for sign, kind in _JOINERS if sign.fullmatch(between)), None)


def slang_amount(text: str, run: NumberRun) -> tuple[Decimal, int] | None:
    """The yuan of 1k, 1.2w or 3w6 and where it ends; None when no such unit follows."""
    found = _SLANG_UNIT.match(text, run.end)
    if found is None or run.value is None or not run.is_arabic or is_attached(text, run.start):
        return None
    places = _PLACES[found["unit"].lower()]
    rest = found["rest"]
    if len(rest) > places or (rest and "." in run.text):
        return None
    if _NOT_SPENT.search(text[max(0, run.start - _NEAR) : run.start]):
        return None
    behind = int(rest) * 10 ** (places - len(rest)) if rest else 0
    return run.value * 10**places + behind, found.end()


def approximate_around(text: str, start: int, end: int) -> bool:
    """Whether the person said that the amount is no exact one, or only a bound."""
    before = _APPROXIMATE_BEFORE.search(text[max(0, start - _NEAR) : start])
    return bool(before or _APPROXIMATE_AFTER.match(text, end))


def change_after(text: str, at: int, coin: bool = False) -> tuple[Decimal, int, bool]:
    """The 角 and 分 that follow, where they end, and False when they cannot be read.

    With `coin` the number before was of 角, so that a digit counts 分.
    """
    none = Decimal(0), at, True
    unit = text[at - 1]
    if unit not in "块元圆毛角":
        return none
    if not coin and (found := _CHANGE.match(text, at)):
        return _read_change(text, found)
    short = _SHORT_CHANGE.match(text, at)
    if short is None:
        unreadable = _UNREADABLE_CHANGE.match(text, at) if unit == "块" else None
        if unreadable is None or measure_follows(text, unreadable.end()):
            return none
        return Decimal(0), unreadable.end(), False
    if coin and text.startswith("分", short.end()):
        return _digit(short[0]) / 100, short.end() + 1, True
    if measure_follows(text, short.end()) or begins_word(text, at):
        return none
    change = _digit(short[0]) / (100 if coin else 10)
    if short[0].isascii() or _AFTER_CHANGE.match(text, short.end()):
        return change, short.end(), True
    # 两块五 or a word that begins with 五? After 元 it is nearly always the word.
    return none if unit in "元圆" else (Decimal(0), short.end(), False)


def _read_change(text: str, found: re.Match[str]) -> tuple[Decimal, int, bool]:
    mao, fen = _digit(found["mao"]), _digit(found["fen"] or found["only_fen"])
    if found["fen"] and not found[0].endswith("分") and measure_follows(text, found.end()):
        # 3毛5盒: the 5 belongs to the boxes.
        return mao / 10, found.start("fen"), True
    return mao / 10 + fen / 100, found.end(), True


def _digit(sign: str | None) -> Decimal:
    if not sign:
        return Decimal(0)
    digit = sign[0].replace("两", "二")
    return Decimal(digit) if digit.isascii() else Decimal(HAN_DIGITS.index(digit))


def is_attached(text: str, start: int) -> bool:
    """Whether the number is the tail of a longer sign: B12, 白介素-11, .5."""
    before = text[max(0, start - 2) : start]
    return bool(re.search(r"[A-Za-z0-9_.#]$|\w-$", before))


def looks_like_money(text: str, run: NumberRun) -> bool:
    """Whether a number without a unit can be an amount at all."""
    if measure_follows(text, run.end):
        return False
    before = text[max(0, run.start - _NEAR) : run.start]
    if _OTHER_MEANING_BEFORE.search(before) or _CALLED.match(text, run.start):
        return False
    if run.value is not None and run.value <= _OLDEST and _AGE_BEFORE.search(before):
        return False
    if run.is_arabic:
        return not is_attached(text, run.start) and _is_plain_arabic(text, run)
    if run.text[0] in "百千万亿":
        return before[-1:] in tuple("上近数好成")
    return len(run.text) > 1 and bool(re.search(r"[十百千万亿廿卅]", run.text))


def _is_plain_arabic(text: str, run: NumberRun) -> bool:
    if run.text.isdigit() and len(run.text) >= _LONG_NUMBER:
        return False
    if run.text.count(".") > 1:
        return False
    is_list_mark = (
        len(run.text) <= 2
        and _LIST_MARK_BEFORE.search(text[max(0, run.start - 1) : run.start])
        and _LIST_MARK_AFTER.match(text, run.end)
    )
    return not is_list_mark


def bare_reason(text: str, run: NumberRun) -> Reason | None:
    """Why a number without a unit is not read: 2026 may be a year unless spending was named."""
    if not _YEAR_LIKE.fullmatch(run.text):
        return None
    before = text[max(0, run.start - _NEAR) : run.start]
    return None if _SPENDING_BEFORE.search(before) else "ambiguous"
