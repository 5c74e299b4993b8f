"""Numbers of a message that are no amounts: ages, years, stays and days.

They are read before the amounts, which then leave them alone. What a reader would not guess: a
number without 岁 is taken for an age only right behind a person, or alone between two signs.
"""

import re
from datetime import date
from decimal import Decimal

from askdoc.assistant.answer import Subject
from askdoc.assistant.reading.facts import AmountSaid, Fact
from askdoc.assistant.reading.stay_number import IN_HOSPITAL, stays_counted
from askdoc.language import (
    DaySaid,
    Normalised,
    find_counts,
    find_days,
    find_money,
    normalise,
    read_numeral,
)

Span = tuple[int, int]
_AGE = re.compile(r"(\d{1,3}) ?(?:周?岁|years? old\b|-year-old|yo\b|y/o)")
_NUMERAL = r"\d{2,3}|[二三四五六七八九]十[一二三四五六七八九]?|十[一二三四五六七八九]"
_BARE_AGE = re.compile(
    r"(?:老(?=\w{1,3}了)\w"
    r"|[他她伊我俺汉爸妈爹娘豆窦伴公婆爷奶父母妻夫儿女囡子娃妹姐哥弟姨叔舅姑孙姥]|爱人|媳妇|对象"
    r"|先生|太太|丈人|亲家|朋友|同事|邻居|同学|老乡|师傅|崽|仔|囝|老头|老太太?|老先生|病人|患者"
    r"|老病号|今年"
    r"|年届|年近|年过|年已|年方|(?<![线槛额已用])(?:[年刚已快])?满了?|pt|本人"
    r"|(?:岁数|年龄|年纪)[^，。\d]{0,5}[，,]?(?:应该)?[是为]?|(?:退休|在职|职保"
    r"|居保|职工|居民|医保)(?=\d\d[^\d元块万%年月岁]|\d\d$"
    r"|[二三四五六七八九]十[一二三四五六七八九]?"
    r"(?:[没未签有在看到去，,。、 ]|$))"
    r"|\b(?:he|she|i)(?:'s| is|'m| am| were| was|'d be| turn| turns)|\baged?"
    r"|\b(?:now|turned|turning|just)"
    r"|\b(?:wife|husband|mother|father|mum|mom|dad|patient|son|daughter|kid|child|grandma|grandpa"
    r"|brother|sister|in-law)(?: is|'s|,| \(|\()?)"
    rf" ?(?:今年|已经|都|快|也|应该|其实|才|是)*,? ?(?P<age>{_NUMERAL})(?![\d.%])(?:多|了|的)?"
    r"(?! ?(?:元|块|万|千|百|毛|折|成|年|月|天|片|盒|粒|支|瓶|个|次|号|级|型|分|点|mg|ml|yuan|rmb))"
)
# A number of two digits that stands alone between signs.
_LONE_AGE = re.compile(
    r"(?<![a-z][，。 ,、;])(?:^|[，。 ,、;])(?P<age>[1-9]\d"
    r"|[二三四五六七八九]十[一二三四五六七八九]?(?=了|[，。、,;]))"
    r"(?:了)?(?=[，。 ,、;]|$)(?!,\d{3}(?!\d)|[ ,]+[a-z])"
)
_LONE_AGE_EN = re.compile(
    r"(?:^(?!\d+\W*$)|[a-z], "
    r"|\b(?:retired|retiree|pensioner|employee|resident|senior|adult|active),? )"
    r"(?P<age>[1-9]\d?)(?=, (?!\d)[a-z]| \(|[.;]|$)"
)
# In front of whom it is: 69上海居保, 73退休, 58女, 44男.
_AGE_BEFORE_WHOM = re.compile(
    r"(?:^|[，。 ,、;；:(])(?P<age>[1-9]\d|[二三四五六七八九]十[一二三四五六七八九]?)(?:了)?"
    r"(?=(?!元|块|万|千|百|毛|天|个|年|月|号|日|盒|片|支|粒|瓶|次|回|分|点|多|来"
    r"|几)(?:[\u4e00-\u9fff]{2,3}市?)??"
    r"(?:的)?(?:老年|成年|在职|退休)?(?:职工|居民|医保|职保|居保|社保|参保|在职|退休|退的|一档"
    r"|二档|新农合)"
    r"|(?:男|女)(?:性|的|士)?(?:[，。 ,、;；:]|$|[\u4e00-\u9fff]{2,3}(?:职|居|医保|参保|退休"
    r"|在职)))"
)
_RETIRED = re.compile(
    r"(?<!\d)(?P<year>\d{4}|\d{2}|[零〇一二三四五六七八九]{2,4}) ?年"
    r"(?:\d{1,2}月(?:份)?)?(?:底|初)?(?:[^，。；,;\d]{0,8}?)退(?:休|的|个|了|下)"
    r"|(?<!\d)(?P<early>\d{4}(?= ?(?:退|retired))|\d{2}(?=退[的个]))"
    r"|(?:retired|retirement)(?: from [^,.;\d]{1,40}?)?,? ?(?:\(|back |already )?"
    r"(?:in |since |from |around )?"
    r"(?P<since>\d{4})"
)
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
# Numbers that measure, grade or multiply.
_MEASURED = re.compile(
    r"(?:bmi|血糖|血压|糖化(?:血红蛋白)?|体重|身高|肌酐|尿酸|白蛋白|血脂|hba1c|egfr|ldl|lvef|\bef"
    r"|低密度|高密度|胆固醇|甘油三酯|蛋白尿|尿蛋白|血红蛋白|血小板|白细胞|嗜酸|转氨酶|血钾|眼压"
    r"|射血分数|骨密度|心率|u?acr\b|tsh|psa|inr|bnp|ige|easi|pasi|das28|评分)"
    r"[^，。,;0-9]{0,5}\d+(?:[./]\d+)?"
    r"|\b(?:level|type|grade|class|stage|phase|tier|number|no\.?) ?\d+|\d+ ?(?:型|期|级|档|度|号)"
    r"|(?:选项?|选择|方案|拣|\b(?:option|choice)) ?[1-9](?!\d|[.,]\d|[元块万千百毛角])"
    r"|(?:乘以?|×|\bby) ?\d+(?:\.\d+)?|第 ?\d+"
)
# Whom one calls: 叫了120, 打12345问过, "called 120"; 打了120块针 is an amount.
_CALLED = re.compile(
    r"(?:拨打?|打|叫|呼|喊)(?:了|过|通|个|的|电话|给|一下|急救)*"
    r"(?P<called>1[12]\d|12\d{3})(?![\d.]|,\d| ?(?:元|块|钱|折|针|片|粒))"
    r"|(?<!\d)(?P<came>1[12]\d|12\d{3})(?=急救|救护|热线|电话|(?:的)?车|拉|送[到来去]|接|来了"
    r"|已经来)"
    r"|\b(?:call(?:ed|ing)?|dial(?:led|ed|ling)?|ring|rang|phoned?) (?:the )?"
    r"(?P<dialled>1[12]\d|12\d{3})(?![\d.]|,\d| ?(?:yuan|rmb))"
)
# The numbers that a person gives to what is listed: 1社区 2二级 3三级, 1号我 2号我爸.
_LISTED = re.compile(
    r"(?:(?<=[，。；：、,;:（( ])|^|(?<=[\u4e00-\u9fff]))(?P<place>[1-9])"
    r"(?=(?:号|[、.)）]| )?(?!元|块|毛|角|万|千|百|盒|片|支|瓶|粒|袋|天|岁|年|月|级|档|个|次|成|折)"
    r"[\u4e00-\u9fff])"
)
_FIRST_YEAR, _OLDEST = 1950, 120
# Two digits of a year below this are of this century.
_CENTURY = 50
# So far away nobody counts to the day: 两年前, 三个月后.
_FAR = re.compile(r"[年月](?:之|以)?[前后]|\b(?:years?|months?) (?:ago|later)")
# What medicines are sold by.
_PACKS = ("盒", "支", "瓶", "袋", "贴", "板", "针", "片", "粒", "丸")

_SPOKEN = re.compile(r"[零一二两三四五六七八九十百千万]{2,}")
_WRITTEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def read_numbers(
    source: Normalised, masked: str, subject: Subject, today: date
) -> tuple[list[Fact], list[Span]]:
    """Age, year of retirement, stay and day, and the spans of the numbers that are no amounts."""
    found: list[Fact] = []
    spans: list[Span] = []
    retired = _RETIRED.search(masked)
    if retired:
        year = _year(retired["year"] or retired["early"] or retired["since"])
        if _FIRST_YEAR <= year <= today.year:
            found.append(Fact("retired_year", year, "said", subject, retired[0]))
            spans.append(retired.span())
    measured = [measure.span() for measure in _MEASURED.finditer(masked)]
    age = _age(source, masked, [*spans, *measured])
    if age is not None:
        found.append(Fact("age", age[0], "said", subject, source.text[slice(*age[1])]))
        spans.append(age[1])
    stay = next(stays_counted(masked), None)
    if stay is not None:
        found.append(Fact("admissions", stay.before, "said", subject, stay.words))
        spans.append(stay.span)
        if IN_HOSPITAL.search(stay.words):
            found.append(Fact("setting", "inpatient", "said", subject, stay.words))
    days = _exact_days(source, today)
    if len({day.day for day in days}) == 1:
        start, end = days[0].span
        words = source.original[start:end]
        found.append(Fact("day", days[0].day.isoformat(), "said", subject, words))
    spans += _listed(masked)
    spans += (called.span(called.lastgroup or 0) for called in _CALLED.finditer(masked))
    return found, [*spans, *measured]


def _listed(masked: str) -> list[Span]:
    """The numbers of a list that counts from one; a single number counts nothing."""
    found = list(_LISTED.finditer(masked))
    begin = next((at for at, one in enumerate(found) if one["place"] == "1"), len(found))
    counted = [
        one.span() for place, one in enumerate(found[begin:], start=1) if one["place"] == str(place)
    ]
    return counted if len(counted) > 1 else []


def _year(said: str) -> int:
    year = int(said.translate(_DIGITS))
    if year > 99:
        return year
    return year + (2000 if year < _CENTURY else 1900)


def _age(source: Normalised, masked: str, taken: list[Span]) -> tuple[int, Span] | None:
    """The age that was said, and where: with 岁, behind a person, or as a number on its own."""
    for said in _AGE.finditer(source.text):
        if int(said[1]) <= _OLDEST and not _is_wrong(source.text, said.start()):
            return int(said[1]), said.span()
    for count in find_counts(source):
        start, end = source.text_span(count.span)
        whole = count.unit == "岁" and count.value == int(count.value) <= _OLDEST
        if whole and not _is_wrong(source.text, start):
            return int(count.value), (start, end)
    for pattern in (_BARE_AGE, _AGE_BEFORE_WHOM, _LONE_AGE, _LONE_AGE_EN):
        for bare in pattern.finditer(masked):
            start, end = bare.span("age")
            number = int(bare["age"]) if bare["age"].isdigit() else read_numeral(bare["age"])
            free = not any(start < other[1] and other[0] < end for other in taken)
            if free and number is not None and number <= _OLDEST:
                return int(number), (start, end)
    return None


def _is_wrong(text: str, start: int) -> bool:
    """Whether what begins here was said not to be so: 不是四岁，是十四岁."""
    return text[:start].endswith(("不是", "并非"))


def _exact_days(source: Normalised, today: date) -> list[DaySaid]:
    return [
        day for day in find_days(source, today) if day.grain == "day" and not _is_far(day, source)
    ]


def _is_far(day: DaySaid, source: Normalised) -> bool:
    return _FAR.search(source.text[slice(*source.text_span(day.span))]) is not None


def vague_days(source: Normalised, today: date) -> tuple[str, ...]:
    """Words for a time that is no single day and does not hold today: 去年, 上个月."""
    exact = _exact_days(source, today)
    retired = _RETIRED.search(source.text)
    span = retired.span() if retired else (0, 0)
    found = list(exact) if len({day.day for day in exact}) > 1 else []
    for said in find_days(source, today):
        start, end = source.text_span(said.span)
        same_year = said.day.year == today.year
        holds_today = same_year and (said.grain == "year" or said.day.month == today.month)
        is_open = said.grain != "day" or _is_far(said, source)
        if is_open and not holds_today and not (start < span[1] and span[0] < end):
            found.append(said)
    return tuple(source.original[one.span[0] : one.span[1]] for one in found)


def multiplied(amounts: tuple[AmountSaid, ...], source: Normalised) -> tuple[AmountSaid, ...]:
    """A unit price and a number of packs make the whole bill, where no whole was said."""
    prices = [one for one in amounts if one.role == "unit_price"]
    counts = {one.value: one for one in find_counts(source) if one.unit in _PACKS and one.value > 1}
    if len(prices) != 1 or len(counts) != 1 or any(one.role == "total" for one in amounts):
        return amounts
    price, (count,) = prices[0], counts.values()
    start, end = count.span
    words = f"{price.words} × {source.original[start:end]}"
    whole = AmountSaid("total", price.amount * count.value, words, price.approximate)
    return tuple(whole if one is price else one for one in amounts)


def numbers_in(text: str) -> frozenset[Decimal]:
    """Every amount and bare number of a text, whatever part it plays."""
    source = normalise(text)
    written = {Decimal(found[0].replace(",", "")) for found in _WRITTEN.finditer(source.text)}
    numerals = (read_numeral(found[0]) for found in _SPOKEN.finditer(source.text))
    spoken = {Decimal(one) for one in numerals if one is not None}
    return frozenset(written | spoken | {money.amount for money in find_money(source)})


def where_said(amount: Decimal, text: str) -> int:
    """Where a text last says an amount, in letters; its length when it does not."""
    return max(_places(amount, text), default=len(normalise(text).text))


def times_said(amount: Decimal, text: str) -> int:
    """How often a text says an amount."""
    return len(_places(amount, text))


def _places(amount: Decimal, text: str) -> set[int]:
    source = normalise(text)
    of_money = {
        source.text_span(money.span)[0] for money in find_money(source) if money.amount == amount
    }
    written = {
        found.start()
        for found in _WRITTEN.finditer(source.text)
        if Decimal(found[0].replace(",", "")) == amount
    }
    return of_money | written
