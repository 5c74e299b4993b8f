"""What a message says that a payment scope cannot be met with: day 24, BMI 22.8, from a pharmacy.

What a reader would not guess: only what can rule cover out is read here. A value that is said to
lie within a limit, or a first prescription of a specialist, proves nothing to the fund.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from askdoc.language import read_numeral
from askdoc.medicines import Mention

# Kinds of what is said, each before its value: "days=24", "bmi=22.8", "first=primary".
DAYS, FIRST, AWAY_FROM_BEDS = "days", "first", "away_from_beds"
_NUMBER = r"(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,4})"
_DAY_OF = re.compile(
    rf"第{_NUMBER}(?:天|日)"
    r"|\bday (?P<day>\d{1,3})\b|\b(?P<nth>\d{1,3})(?:st|nd|rd|th) day\b"
)
# Days that are counted from something else than the first dose.
_OTHER_DAYS = re.compile(
    r"(?:发病|起病|得病|病后|病程|住院|入院|术后|手术后?|出院|卒中|中风|化疗|放疗|请假|隔离|病倒|发烧|月经|怀孕)"
    r"(?:以来|开始|到现在|今天|已经?|是|的|后|了)*$"
    r"|\b(?:hospital|admission|stay|illness|stroke|surgery|post-op)[ :-]*$"
)
_TAKES = re.compile(
    r"[用吃服打输食]|疗程|治疗| {2}"
    r"|\b(?:tak(?:es|ing|en)|on it|using|used|course|treatment|given|giving)\b"
)
_FOR_DAYS = re.compile(
    rf"(?:连续?|一直|已经?|总共|共|都)*(?:用药|服药|吃药|口服|使用|服用|治疗|用|吃|服|打|食)"
    rf"(?:了|过|满|到|够|足|咗)+(?:已经?|整整|有|都|足足)*{_NUMBER}(?P<unit>天|日|周|个?星期|个?礼拜|个月)"
    r"|\b(?:been )?(?:on|taking|taken|had|using) (?:it |this |the capsules? |the medicine )?"
    r"(?:for )(?:already )?(?P<day>\d{1,3}) days\b|\bafter (?P<nth>\d{1,3}) days of\b"
)
_IN_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "个星期": 7, "个礼拜": 7, "个月": 28}
_SENTENCE = re.compile(r"[^。；！？!?;\n]*")
# The first days of a course are asked about, not the ones that come.
_FIRST_DAYS = re.compile(r"[前头][^，。；,;]{0,6}(?:天|日|周)|\bfirst \w+ days\b")
_MEASURES = {
    "bmi": r"(?<![a-z])bmi(?![a-z])|体重指数|体质指数|身体质量指数|body mass index",
    "lvef": r"(?<![a-z])(?:lv)?ef(?:值)?(?![a-z])|(?:左室|左心室)?射血分数|ejection fraction",
}
_VALUE = re.compile(
    r"[^\d，。；,;]{0,10}?"
    r"(?P<below>不到|低于|小于|不足|没到|未到|少于|不满|才不到|<|below|under|less than)?"
    r" ?(?P<value>\d{2}(?:\.\d{1,2})?)(?![\d.]*\d)"
    r"(?! ?%? ?(?:涨|升|增|降|减|掉|长|到|→|~|-|至))"
    r"(?P<up>以上|及以上|或以上|or (?:more|above|over))?"
)
# What the rule asks for, or what was so at another time.
_NOT_NOW = re.compile(
    r"要求|必须|需要?|规定|限(?!制)|要(?!是)|得|不低于|不小于|至少|大于等于|≥|>=|目标|正常|标准"
    r"|[去前]年|以前|之前|原来|原先|过去|曾|本来|减到|降到|瘦到|不是|如果|要是|假如|万一"
    r"|\b(?:must|should|needs?|at least|required|limit|target|used to|was|before|if|last year"
    r"|not)\b"
)
_SPECIALISED = (
    r"(?:二级|三级|二甲|三甲|专科|上级|大医院|内分泌|心内|不是|不在|不能|能不能|可不可以|可以"
    r"|能否|必须|吗)"
)
_PRIMARY = r"(?:社区|家庭医生|家医|签约医生|卫生院|卫生室|村医|村里|一级|基层|街道|乡镇)"
_FIRST_BY = re.compile(
    r"(?:首张|首次|首个|第一张|头一张|首诊|初次|首)(?:的)?(?:处方|方子|药方|方)"
    rf"(?:(?!{_SPECIALISED})[^，。；？！]){{0,12}}?(?:{_PRIMARY}|(?P<me>我)(?:这|这边|这里|们|自己|来)*开)"
    rf"|{_PRIMARY}(?:(?!{_SPECIALISED})[^，。；？！]){{0,10}}?(?:开|出|写)(?:的|了|出)*(?:首张|首次|第一张|头一张)"
    r"|\bfirst prescription (?:(?!specialist|hospital|secondary|tertiary)[^.;?!]){0,30}?"
    r"\b(?P<en>community|family doctor|primary|village|gp|clinic)\b"
)
_IN_PRIMARY = re.compile(rf"{_PRIMARY}|\b(?:community|family doctor|primary|gp)\b")
_PHARMACY = re.compile(
    r"(?<!医院)(?<!院内)(?<!门诊)(?<!住院)(?<!急诊)(?<!中心)(?:药店|药房|药局|药铺|药行|药妆店)"
    r"|\b(?:drug ?store|chemist|pharmacy)\b"
)
_BOUGHT = re.compile(r"[买购配拿备刷囤]|\b(?:buy|bought|get|got|buying|getting|pick(?:ed)? up)\b")
_STAY = re.compile(
    r"住(?:了|过|着)?院|病房|\b(?:in-?patient|ward|hospitali[sz]ed|admitted|hospital stay|stay)\b"
)
_EMERGENCY = re.compile(r"急诊|急救|抢救|急症|急病|救护|icu|\b(?:emergency|er)\b")
_DENIED = re.compile(
    r"(?:[无未非冇唔]|不(?!得不|料|久|管)|没(?!几|多久|想到)|\b(?:not|no|nor|neither|without)\b|n't)"
    r"[^，。；,;.]{0,14}$"
)


def scope_said(masked: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """What rules cover out, as kind=value, in a lower-case text without medicine names."""
    found: list[str] = []
    rows = {tuple(row.id for row in one.resolution.medicines) for one in mentions}
    if len(rows) <= 1 and (days := _days(masked)) is not None:
        found.append(f"{DAYS}={days}")
    for name, words in _MEASURES.items():
        if (value := _measured(masked, words)) is not None:
            found.append(f"{name}={value}")
    if _first_in_primary(masked):
        found.append(f"{FIRST}=primary")
    if _is_away_from_beds(masked):
        found.append(f"{AWAY_FROM_BEDS}=yes")
    return tuple(found)


def joined_scope(before: Iterable[str], now: Iterable[str]) -> tuple[str, ...]:
    """What was said before and now; of each kind the newest."""
    kinds = {one.partition("=")[0]: one for one in (*before, *now)}
    return tuple(kinds.values())


def _days(masked: str) -> int | None:
    """The day of the course that is reached."""
    if _FIRST_DAYS.search(masked):
        return None
    return max((days for days in _all_days(masked)), default=None)


def _all_days(masked: str) -> Iterator[int]:
    for found in _DAY_OF.finditer(masked):
        begin = _begin(masked, found.start(), "。；！？!?;\n")
        sentence = _SENTENCE.match(masked, begin)
        takes = sentence and _TAKES.search(sentence[0])
        if takes and not _OTHER_DAYS.search(masked[: found.start()]):
            yield _whole(found["n"] or found["day"] or found["nth"])
    for found in _FOR_DAYS.finditer(masked):
        yield _whole(found["n"] or found["day"] or found["nth"]) * _IN_DAYS[found["unit"] or "天"]


def _measured(masked: str, words: str) -> Decimal | None:
    """The value that is told once; nothing where several are told, or what a rule asks for."""
    values: set[Decimal] = set()
    for name in re.finditer(words, masked):
        found = _VALUE.match(masked, name.end())
        if found is None or found["up"]:
            continue
        clause = masked[_begin(masked, name.start(), "，。；！？,;!?\n") : found.start("value")]
        if _NOT_NOW.search(clause.replace(found["below"] or "", "") if found["below"] else clause):
            return None
        values.add(Decimal(found["value"]) - (Decimal("0.01") if found["below"] else 0))
    return values.pop() if len(values) == 1 else None


def _first_in_primary(masked: str) -> bool:
    """Whether the first prescription is one of a community doctor."""
    return any(
        found["me"] is None or _IN_PRIMARY.search(masked) for found in _FIRST_BY.finditer(masked)
    )


def _is_away_from_beds(masked: str) -> bool:
    """Whether it is bought in a pharmacy, or a stay and an emergency are both denied."""
    stays, urgent = [*_STAY.finditer(masked)], [*_EMERGENCY.finditer(masked)]
    bought = _PHARMACY.search(masked) and _BOUGHT.search(masked)
    return bool(bought or (stays and urgent)) and all(
        _DENIED.search(masked[: one.start()]) for one in (*stays, *urgent)
    )


def _begin(text: str, at: int, signs: str) -> int:
    return max(text.rfind(sign, 0, at) for sign in signs) + 1


def _whole(said: str) -> int:
    return int(read_numeral(said) or 0)
