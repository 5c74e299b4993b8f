"""What an outside model states must be said by the sentence behind it, and by a source in force."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from askdoc.assistant.answer import Answer, Cited, Understood
from askdoc.assistant.outside.citable import citable
from askdoc.assistant.outside.citations import uncited_claims
from askdoc.assistant.outside.evidence import Evidence
from askdoc.assistant.outside.guard import check_prose, check_words
from askdoc.assistant.outside.outside_model import OutsideModel
from askdoc.assistant.outside.prose import read_prose
from askdoc.bootstrap import House
from askdoc.library.document import Passage
from askdoc.testing import Behaviour, HostileModel, ScriptedModel

from .conftest import DAY
from .talking import talk

RULE = "处方药要凭医生处方才能买。长期处方由家庭医生评估以后开具。"
OTHER = "备案以后可以直接结算。"
QUESTION = "第一次长期处方由谁开？"


def facts(house: House, *lines: str, **more: Any) -> Evidence:
    """A turn whose lines all stand in a source in force, unless `more` says otherwise."""
    context = house.context(DAY, {}, 0, None)
    answer = Answer("answer", lines, brief=lines)
    given = {"citable": frozenset(range(len(lines))), **more}
    return Evidence(context.read(QUESTION), (answer,), lines, "zh", context.read, **given)


def found(text: str, evidence: Evidence) -> list[str]:
    return [why for why, _ in uncited_claims(read_prose(text, evidence), evidence)]


@pytest.mark.parametrize(
    "text",
    [
        "您好，先看这一句：{1}",
        "您好，关于长期处方：{1}",
        "关于处方药的问题，请看：{1} 有不明白的再问我。",
        "请记得：长期处方由家庭医生评估以后开具。{1}",
        "另外，备案以后可以直接结算：{2}",
    ],
)
def test_a_claim_that_its_citation_says_passes(house: House, text: str) -> None:
    assert found(text, facts(house, RULE, OTHER)) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{1} 处方药都能买。", "uncited"),
        ("{1} 长期处方由家庭医生评估以后开具。", "uncited"),
        ("{1}\n您的家庭医生不懂。", "uncited"),
        ("处方药能买：{1}", "unsupported"),
        ("处方药都能买：{1}", "unsupported"),
        ("能买处方药：{1}", "unsupported"),
        ("长期处方由家庭医生开具：{1}", "unsupported"),
        ("关于处方药，都能买：{1}", "unsupported"),
        ("备案以后可以直接结算：{1}", "unsupported"),
        ("长期处方由家庭医生评估以后开具：{2}", "unsupported"),
        ("prescriptions are here: {1}", "unsupported"),
    ],
)
def test_a_claim_without_its_citation_is_struck(house: House, text: str, why: str) -> None:
    assert found(text, facts(house, RULE, OTHER)) == [why]


def test_a_sentence_that_no_source_in_force_says_proves_nothing(house: House) -> None:
    text = "请记得：长期处方由家庭医生评估以后开具。{1}"
    assert found(text, facts(house, RULE)) == []
    assert found(text, facts(house, RULE, citable=frozenset())) == ["unfounded"]


def test_a_receipt_says_what_was_done(house: House) -> None:
    done = "您的备案已经提交，编号在下面。"
    assert found("您的备案已经提交：{1}", facts(house, RULE)) == ["unsupported"]
    assert found("您的备案已经提交。{1}", facts(house, RULE, receipts=(done,))) == []


def passage(**more: Any) -> Passage:
    given = Passage(
        id="d#h",
        document="d",
        title={"zh": "题", "en": "title"},
        path=("开长期处方",),
        article=None,
        text=RULE,
        kind="rule",
        region="cn/shanghai",
        schemes=("employee",),
        begins=date(2026, 1, 1),
        begins_unknown=False,
        ends=DAY,
        confidence="official",
        sources=(),
    )
    return replace(given, **more)


def answer_of(passages: tuple[Passage, ...], **known: str) -> Answer:
    understood = tuple(
        Understood(name, value, value, "said", "self", "") for name, value in known.items()
    )
    return Answer("answer", (RULE,), passages=passages, understood=understood)


HERE = {"region": "cn/shanghai", "scheme": "employee"}


@pytest.mark.parametrize(
    ("told", "known", "day", "stands"),
    [
        ({}, HERE, DAY, True),
        ({}, HERE, DAY + timedelta(1), False),
        ({"begins": DAY + timedelta(1), "ends": None}, HERE, DAY, False),
        ({"ends": None}, HERE | {"day": "2025-12-31"}, DAY, False),
        ({"ends": None}, HERE | {"day": "2026-01-01"}, DAY, True),
        ({}, HERE | {"scheme": "resident"}, DAY, False),
        ({}, {"region": "cn/shanghai"}, DAY, True),
        ({}, HERE | {"region": "cn/beijing"}, DAY, False),
        ({}, {"scheme": "employee"}, DAY, False),
        ({"region": "cn"}, HERE, DAY, True),
        ({"kind": "history"}, HERE, DAY, False),
        ({"text": OTHER}, HERE, DAY, False),
    ],
)
def test_a_passage_stands_for_its_days_place_and_scheme(
    told: dict[str, Any], known: dict[str, str], day: date, stands: bool
) -> None:
    answer = answer_of((passage(**told),), **known)
    assert bool(citable((RULE,), (answer,), day)) is stands


def test_a_sum_stands_on_sources_that_have_begun() -> None:
    bare = Answer("answer", (RULE,))
    source = Cited("s", "S", None, DAY, False, "official")
    assert not citable((RULE,), (bare,), DAY)
    assert citable((RULE,), (replace(bare, sources=(source,)),), DAY)
    assert not citable((RULE,), (replace(bare, sources=(source,)),), DAY - timedelta(1))
    assert not citable((OTHER,), (replace(bare, sources=(source,)),), DAY)


def test_what_the_library_found_may_be_cited(house: House) -> None:
    plain = talk(house, QUESTION)[-1].answer
    place = next(at for at, line in enumerate(plain.brief, 1) if "长期处方，要由" in line)
    for said, why in (
        (f"您好，关于长期处方：{{{place}}}", []),
        (f"长期处方要由医生的人开：{{{place}}}", ["unsupported"]),
        (f"您好：{{{place}}} 长期处方要由医生的人开。", ["uncited"]),
    ):
        outside = OutsideModel(ScriptedModel(messages=[AIMessage(said)]))
        turned = talk(house, QUESTION, outside=outside)[-1]
        assert turned.phrased is not None
        assert sorted({one.why for one in turned.phrased.struck}) == why
        assert "要由医生的人" not in turned.answer.text


@pytest.mark.parametrize(
    ("behaviour", "why"), [("cites_nothing", "uncited"), ("cites_wrongly", "unsupported")]
)
def test_a_model_that_cites_nothing_or_wrongly_is_caught_by_its_citations(
    house: House, behaviour: Behaviour, why: str
) -> None:
    plain = talk(house, QUESTION)[-1].answer
    caught = talk(house, QUESTION, outside=OutsideModel(HostileModel(behaviour=behaviour)))[-1]
    assert caught.phrased is not None
    assert {one.why for one in caught.phrased.struck} == {why}
    assert set(caught.answer.lines) <= set(plain.lines)
    believing = OutsideModel(HostileModel(behaviour=behaviour), guard=check_words)
    believed = talk(house, QUESTION, outside=believing)[-1]
    assert set(believed.answer.lines) - set(plain.lines)


@pytest.mark.parametrize("said", ["可以的", "能", "您都可以", "不能", "是的", "you can"])
def test_yes_or_no_alone_is_an_answer_and_not_a_lead_in(house: House, said: str) -> None:
    evidence = facts(house, RULE)
    assert "answering" in {
        one.why for one in check_prose(read_prose(f"{said}：{{1}}", evidence), evidence)
    }
