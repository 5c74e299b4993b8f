"""Nothing that is said is passed over: an extra fact shows, and a changed fact changes its figures.

Each question is complete by itself. An extra fact put into it must be among what was understood,
change the figures, be asked about, or stand in the text with its own words.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest

from askdoc.assistant.answer import Answer
from askdoc.assistant.dialogue import Dialogue, dialogue_record
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.turned import Turned
from askdoc.benefits import Case, Item, Person, Visit, Year, cost
from askdoc.bootstrap import House
from askdoc.policy import Book

from .conftest import DAY, Ask

QUESTIONS: dict[str, tuple[str, ...]] = {
    "cost": (
        "上海在职职工，三级医院门诊花了700元，能报多少？",
        "上海在职职工，社区医院门诊花了430元，其中乙类药130元，要自己付多少？",
        "上海在职职工，二级医院住院花了16000元，自己要出多少钱？",
        "杭州在职职工，签约了家庭医生，三级医院门诊花了820元，能报多少？",
        "杭州在职职工，三级医院住院花了23000元，能报销多少？",
        "青岛退休职工，二级医院门诊花了960元，报多少？",
        "青岛在职职工，三级医院住院花了31000元，其中目录外2000元，自己付多少？",
        "青岛在職職工，社區醫院門診花了210元，能報多少？",
        "深圳一档在职职工，三级医院住院花了18000元，能报多少？",
        "上海老年居民，社区医院门诊花了190元，能报多少？",
        "上海在职职工，三级医院急诊花了1100元，能报多少？",
        "Active employee in Shanghai, tertiary hospital outpatient bill 700 yuan, how much is "
        "reimbursed?",
    ),
    "compare": (
        "上海在职职工，三级医院门诊花了700元，去社区能省多少？",
        "上海在职职工，二级医院门诊花了520元，在哪里看便宜？",
        "青岛退休职工，三级医院门诊花了960元，去社区医院能省多少钱？",
        "杭州在职职工，签约了家庭医生，三级医院门诊花了820元，换社区能省多少？",
        "青岛在职职工，三级医院住院花了31000元，去二级医院能省多少？",
        "Active employee in Shanghai, tertiary hospital outpatient bill 700 yuan, how much would "
        "I save at a community clinic?",
    ),
    "rule": (
        "上海在职职工门诊起付线是多少？",
        "上海退休职工三级医院门诊报百分之几？",
        "杭州在职职工住院起付线是多少？",
        "青岛在职职工门诊封顶线是多少？",
        "上海老年居民住院报销比例是多少？",
        "青岛退休职工社区门诊报几成？",
        "上海在職職工住院封頂線是多少？",
        "What is the outpatient deductible of an active employee in Shanghai?",
    ),
    "medicine": (
        "瑞舒伐他汀能报吗？",
        "阿卡波糖是甲类还是乙类？",
        "氯吡格雷在医保目录里吗？",
        "氨氯地平片医保报不报？",
        "沙库巴曲缬沙坦能走医保吗？",
        "美托洛尔缓释片在目录里吗？",
        "上海在职职工，非布司他能报吗？",
        "厄贝沙坦在目錄裏嗎？",
        "Is acarbose covered?",
    ),
    "policy": (
        "长处方最多能开几天的药？",
        "什么是双通道？",
        "去外地看病怎么备案？",
        "处方过期了怎么办？",
        "家庭共济是什么意思？",
        "断缴以后多久能恢复待遇？",
        "What is a long prescription?",
    ),
}


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra fact: how it is said, how it may be told again, and the facts that it sets."""

    said: str
    told: tuple[str, ...]
    facts: tuple[str, ...] = ()


EXTRAS = {
    "an amount": Extra("另外还花了77元", ("77",)),
    "an open amount": Extra("另外还花了三百多", ("三百多", "300多")),
    "an account": Extra("医保卡里还有93元", ("93",)),
    "the fund's sum": Extra("今年医保已经报了4100元", ("4100",)),
    "the deductible": Extra("起付线已经用了210元", ("210",)),
    "what was paid": Extra("自己付了66元", ("66",)),
    "a medicine": Extra("还在吃依折麦布", ("依折麦布",)),
    "an unknown medicine": Extra("还在吃清嗓宁颗粒", ("清嗓宁",)),
    "a denial": Extra("不是异地备案", ("备案", "filing", "filed"), ("filed",)),
    "no referral": Extra("没有转诊", ("转诊", "自行前往", "refer"), ("referral",)),
    "a mother": Extra("我妈也要用", ("母亲", "mother")),
    "two persons": Extra("我爸和我妈都要用", ("父亲", "father")),
    "a diagnosis": Extra("查出来有痛风", ("痛风", "gout")),
    "a tier": Extra("后来又去了二级医院", ("二级", "secondary"), ("tier",)),
    "another scheme": Extra("以前参加居民医保", ("居民", "resident"), ("scheme", "insured")),
    "a status": Extra("还是大学生", ("学生", "student"), ("status", "insured")),
    "an age": Extra("今年47岁", ("47",), ("age",)),
    "a sex": Extra("女性", ("女", "female"), ("sex",)),
    "a year of retirement": Extra("2006年退休", ("2006",), ("retired_year",)),
    "a family doctor": Extra("已经签约家庭医生", ("签约", "contract"), ("contracted",)),
    "a hardship": Extra("是低保户", ("低保", "low-income", "low income"), ("group",)),
    "a day": Extra("2026年4月2日看的", ("2026-04-02",), ("day",)),
    "a vague time": Extra("是前年的事", ("前年",)),
    "a stay": Extra("今年第三次住院", ("住过", "stay", "inpatient"), ("admissions",)),
    "another place": Extra("人在杭州看的病", ("杭州", "Hangzhou"), ("region", "place")),
    "a place unknown": Extra("人在成都看的病", ("成都", "异地", "another"), ("place",)),
    "a first-pay share": Extra("乙类要先自付27%", ("27%",)),
    "a share": Extra("医院说报83%", ("83%",)),
}


def shows(before: Answer, after: Turned, extra: Extra) -> bool:
    """Whether the answer to the question with the extra fact shows that fact.

    A question back may leave it to the answer that follows: then the state must hold it.
    """
    answer = after.answer
    values = {one.fact: one.value for one in before.understood}
    new = {one.fact for one in answer.understood if values.get(one.fact) != one.value}
    text = " ".join((answer.text, *(way.label for way in answer.choices)))
    if answer.kind == "ask":
        text += json.dumps(dialogue_record(after.dialogue)["stack"], ensure_ascii=False)
    return bool(
        new & set(extra.facts)
        or set(extra.facts) & set(answer.missing) - set(before.missing)
        or any(words in text for words in extra.told)
    )


def cases() -> list[Any]:
    return [
        pytest.param(family, extra, id=f"{family}: {extra}")
        for family in QUESTIONS
        for extra in EXTRAS
    ]


@pytest.fixture(scope="module")
def plainly(answered: Ask) -> Callable[[str], Answer]:
    """The answer to a question without anything extra, each asked once."""
    return lru_cache(maxsize=None)(answered)


def test_there_are_enough_questions() -> None:
    assert sum(len(questions) for questions in QUESTIONS.values()) >= 40


@pytest.mark.parametrize("family", QUESTIONS)
def test_each_question_is_complete_by_itself(plainly: Callable[[str], Answer], family: str) -> None:
    assert {plainly(question).kind for question in QUESTIONS[family]} == {"answer"}


@pytest.mark.parametrize(("family", "extra"), cases())
def test_an_extra_fact_is_never_passed_over(
    house: House, plainly: Callable[[str], Answer], family: str, extra: str
) -> None:
    """Every other question of the family, the fact before it and behind it in turn."""
    first = list(EXTRAS).index(extra) % 2
    ignored = []
    for number, question in enumerate(QUESTIONS[family][first::2]):
        fact = EXTRAS[extra].said
        said = f"{question}{fact}。" if number % 2 else f"{fact}，{question}"
        turned = converse(said, Dialogue(), house.context(DAY, {}, 0, None))
        if not shows(plainly(question), turned, EXTRAS[extra]):
            ignored.append(said)
    assert not ignored, "\n".join(ignored)


# One fact changed

TEXT = (
    "上海在职职工，三级医院门诊花了1600元，其中乙类药400元，目录外100元，乙类先自付10%，"
    "起付线已经用了320元，账户余额0元，能报多少？"
)
CASE = Case(
    Person("cn/shanghai", scheme="employee", status="active"),
    Visit(DAY, setting="outpatient", tier="tertiary"),
    (
        Item(item_class="A", amount=Decimal(1100)),
        Item(item_class="B", amount=Decimal(400), first_pay_share=Decimal("0.1")),
        Item(item_class="off_catalogue", amount=Decimal(100)),
    ),
    Year(deductible_used=Decimal(320), account_current=Decimal(0)),
)
Change = Callable[[Case], Case]


def item(number: int, **told: Any) -> Change:
    """One line of the bill changed; the rest stays."""

    def change(case: Case) -> Case:
        items = list(case.items)
        items[number] = replace(items[number], **told)
        return replace(case, items=tuple(items))

    return change


def person(**told: Any) -> Change:
    return lambda case: replace(case, person=replace(case.person, **told))


def visit(**told: Any) -> Change:
    return lambda case: replace(case, visit=replace(case.visit, **told))


def year(**told: Any) -> Change:
    return lambda case: replace(case, year=replace(case.year, **told))


def both(*changes: Change) -> Change:
    def change(case: Case) -> Case:
        for one in changes:
            case = one(case)
        return case

    return change


CHANGES: dict[str, tuple[tuple[str, str], Change]] = {
    "tier": (("三级", "二级"), visit(tier="secondary")),
    "community": (("三级", "社区"), visit(tier="primary", institution="community")),
    "setting": (("门诊", "住院"), visit(setting="inpatient")),
    "status": (
        ("在职职工", "退休职工，2006年退休，66岁"),
        person(status="retired", retired_year=2006, age=66),
    ),
    "age above the limit": (
        ("在职职工", "退休职工，2006年退休，76岁"),
        person(status="retired", retired_year=2006, age=76),
    ),
    "scheme": (("在职职工", "老年居民，70岁"), person(scheme="resident", status="senior", age=70)),
    "total": (("1600", "2600"), item(0, amount=Decimal(2100))),
    "class B": (
        ("乙类药400", "乙类药600"),
        both(item(0, amount=Decimal(900)), item(1, amount=Decimal(600))),
    ),
    "class B of a fen": (
        ("乙类药400元", "乙类药400.01元"),
        both(item(0, amount=Decimal("1099.99")), item(1, amount=Decimal("400.01"))),
    ),
    "off the catalogue": (
        ("目录外100", "目录外300"),
        both(item(0, amount=Decimal(900)), item(2, amount=Decimal(300))),
    ),
    "first-pay share": (("10%", "25%"), item(1, first_pay_share=Decimal("0.25"))),
    "negotiated": (("乙类药400", "谈判药400"), item(1, item_class="negotiated")),
    "above the standard": (
        ("乙类先自付", "乙类超支付标准50元，乙类先自付"),
        item(1, over_standard=Decimal(50)),
    ),
    "deductible used": (("320", "120"), year(deductible_used=Decimal(120))),
    "deductible used up": (
        ("已经用了320元", "已经用完了"),
        year(deductible_used=None, deductible_left=Decimal(0)),
    ),
    "deductible left": (
        ("已经用了320元", "还剩45元"),
        year(deductible_used=None, deductible_left=Decimal(45)),
    ),
    "account": (("余额0元", "余额90元"), year(account_current=Decimal(90))),
    "the fund's sum": (
        ("，能报", "，今年医保已经报了9000元，能报"),
        year(fund_paid=Decimal(9000)),
    ),
    "day": (("三级医院", "2023年6月30日在三级医院"), visit(day=date(2023, 6, 30))),
    "region": (
        ("上海", "青岛"),
        person(region="cn/shandong/qingdao"),
    ),
    "region and contract": (
        ("上海", "杭州签约家庭医生"),
        person(region="cn/zhejiang/hangzhou", contracted=True),
    ),
    "no contract": (
        ("上海", "杭州没有签约家庭医生"),
        person(region="cn/zhejiang/hangzhou", contracted=False),
    ),
}


def test_the_bill_itself_is_reckoned_exactly(answered: Ask, book: Book) -> None:
    assert answered(TEXT).figures == cost(CASE, book).figures.as_text()


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_fact_changes_exactly_the_figures_that_depend_on_it(
    answered: Ask, book: Book, change: str
) -> None:
    words, changed = CHANGES[change]
    assert words[0] in TEXT
    before, after = cost(CASE, book).figures.as_text(), cost(changed(CASE), book).figures.as_text()
    found = answered(TEXT.replace(*words, 1), asked=2)
    told = {name for name, figure in found.figures.items() if figure != before[name]}
    assert told == {name for name, figure in after.items() if figure != before[name]}
    assert found.figures == after


def test_most_changes_change_a_figure(book: Book) -> None:
    before = cost(CASE, book).figures
    same = {name for name, (_, by) in CHANGES.items() if cost(by(CASE), book).figures == before}
    assert same <= {"negotiated", "the fund's sum", "class B of a fen"}
