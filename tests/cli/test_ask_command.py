"""`askdoc ask`: what a person types, and what comes back."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import Command

DAY = ("--day", "2026-11-23")
FULL = (
    "上海在职职工，三级医院门诊花了1200元，其中乙类药400元，目录外100元，"
    "起付线已经用了320元，能报多少？"
)


def asked(askdoc: Command, question: str, *more: str) -> dict[str, Any]:
    ran = askdoc("ask", question, *DAY, *more, "--json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


def test_a_complete_question_is_answered_with_its_sum_and_sources(askdoc: Command) -> None:
    found = asked(askdoc, FULL)
    assert found["kind"] == "answer"
    assert found["outcome"] == "covered"
    assert found["figures"]["fund_pays"] == "616.00"
    assert found["figures"]["person_pays"] == "584.00"
    assert {"region", "scheme", "status", "tier", "setting"} == {
        one["fact"] for one in found["understood"]
    }
    assert all(one["origin"] == "said" for one in found["understood"])
    assert found["sources"]
    assert all(one["title"] for one in found["sources"])
    assert found["confidence"] == "unverified"
    assert "待核实" in found["text"]


def test_the_answer_has_every_key_of_the_contract(askdoc: Command) -> None:
    keys = {
        "kind",
        "outcome",
        "text",
        "understood",
        "figures",
        "steps",
        "sources",
        "missing",
        "choices",
        "confidence",
    }
    assert keys <= set(asked(askdoc, FULL))


@pytest.mark.parametrize(
    "question",
    [
        "我在上海，在职，三甲门诊一共1200块，乙类400，目录外100，起付线用了320，报多少",
        "上海在職職工，三級醫院門診花了１２００元，其中乙類藥４００元，目錄外１００元，起付線已經用了３２０元，能報多少？",
        "三级医院门诊花了一千二，乙类药四百元，目录外一百元，起付线已用三百二十元，上海在职职工能报多少",
        "Shanghai active employee, tertiary hospital outpatient, spent 1200 yuan, "
        "class B 400 yuan, off catalogue 100 yuan, deductible used 320 yuan, "
        "how much is reimbursed?",
    ],
)
def test_other_words_for_the_same_bill_give_the_same_sum(askdoc: Command, question: str) -> None:
    assert asked(askdoc, question)["figures"]["fund_pays"] == "616.00"


def test_every_amount_in_the_text_is_a_figure_a_step_or_what_was_said(askdoc: Command) -> None:
    found = asked(askdoc, FULL)
    known = {Decimal(one) for one in found["figures"].values()}
    known |= {Decimal(one["figure"]) for one in found["steps"]}
    known |= {Decimal(said) for said in re.findall(r"\d+", FULL)}
    for range_ in (found["range"]["person_pays"], found["range"]["paid_for"]):
        known |= {Decimal(one) for one in range_}
    said = {Decimal(one) for one in re.findall(r"(\d+\.\d\d)元", found["text"])}
    assert said <= known


def test_it_asks_back_one_question_with_choices(askdoc: Command) -> None:
    found = asked(askdoc, "三级医院门诊花了1200元，能报多少")
    assert found["kind"] == "ask"
    assert found["missing"] == ["region"]
    assert len(found["choices"]) >= 4
    assert found["text"].count("？") == 1


def test_without_questions_it_gives_a_range_and_what_narrows_it(askdoc: Command) -> None:
    found = asked(askdoc, "杭州住院花了3万，能报多少", "--no-questions")
    assert found["kind"] == "answer"
    low, high = (Decimal(one) for one in found["range"]["person_pays"])
    assert low < high
    assert found["range"]["narrowed_by"]
    assert Decimal(found["figures"]["person_pays"]) == high
    assert {"scheme", "status", "tier"} <= set(found["missing"])


def test_what_a_person_paid_is_not_taken_for_the_bill(askdoc: Command) -> None:
    found = asked(askdoc, "上海在职，三级医院门诊我自己付了300元，能报多少", "--no-questions")
    assert found["kind"] == "ask"
    assert found["missing"] == ["amount"]


def test_a_number_without_a_part_is_named(askdoc: Command) -> None:
    found = asked(askdoc, "上海在职三级医院门诊花了1200元，还有77元，能报多少")
    assert "77元" in found["text"]


def test_parts_above_the_total_are_asked_about(askdoc: Command) -> None:
    found = asked(askdoc, "上海在职三级医院门诊花了300元，其中乙类药400元，能报多少")
    assert found["kind"] == "ask"
    assert not found["figures"]


def test_a_place_without_rules_is_said_to_be_unknown(askdoc: Command) -> None:
    found = asked(askdoc, "北京职工三级医院门诊花了1000元能报多少")
    assert (found["kind"], found["outcome"]) == ("nothing_found", "indeterminate")
    assert not found["figures"]


def test_denied_facts_are_not_taken(askdoc: Command) -> None:
    found = asked(askdoc, "不是职工，是上海居民，社区门诊花了200元能报多少", "--no-questions")
    said = {one["fact"]: one["shown"] for one in found["understood"]}
    assert said["scheme"] == "居民医保"


def test_the_same_bill_is_compared_across_tiers(askdoc: Command) -> None:
    found = asked(askdoc, "上海在职，三级医院门诊花了1200元，同样的病去社区看能省多少")
    assert found["kind"] == "answer"
    assert found["figures"]["person_pays:primary:none"] == "640.00"
    assert found["figures"]["person_pays:tertiary:none"] == "710.00"
    assert "70.00元" in found["text"]


def test_a_brand_leads_to_its_class_and_number_in_the_list(askdoc: Command) -> None:
    found = asked(askdoc, "立普妥在医保目录里吗")
    assert found["outcome"] == "covered"
    assert "阿托伐他汀钙片" in found["text"]
    assert "乙类" in found["text"]
    assert "474" in found["sources"][0]["article"]


def test_a_class_that_depends_on_the_form_is_given_for_each(askdoc: Command) -> None:
    found = asked(askdoc, "二甲双胍是甲类还是乙类")
    assert "甲类" in found["text"]
    assert "乙类" in found["text"]
    assert len(found["choices"]) >= 2


@pytest.mark.parametrize("name", ["神奇消痛片", "克拉霉素"])
def test_an_unrecorded_name_is_never_called_uncovered(askdoc: Command, name: str) -> None:
    found = asked(askdoc, f"{name}在医保目录里吗")
    assert found["outcome"] in (None, "indeterminate")
    assert found["kind"] == "nothing_found"
    assert "不代表医保不报" in found["text"]


def test_the_purpose_decides_where_one_ingredient_is_listed_and_not(askdoc: Command) -> None:
    found = asked(askdoc, "诺和盈医保能报吗")
    assert found["outcome"] == "not_covered"
    assert found["sources"]


def test_after_the_last_known_day_nothing_is_said_about_cover(askdoc: Command) -> None:
    ran = askdoc("ask", "立普妥在医保目录里吗", "--day", "2027-01-01", "--json")
    found = json.loads(ran.out)
    assert found["outcome"] == "indeterminate"
    assert "2026-12-31" in found["text"]


def test_two_names_of_one_ingredient_come_with_a_warning(askdoc: Command) -> None:
    found = asked(askdoc, "可定和瑞舒伐他汀是不是一种药")
    assert "相同" in found["text"]
    assert "医生" in found["text"]


def test_an_english_question_is_answered_in_english(askdoc: Command) -> None:
    found = asked(askdoc, "Is Lipitor covered?")
    assert "class B" in found["text"]


def test_an_unrelated_question_gets_examples_and_somebody_to_ask(askdoc: Command) -> None:
    found = asked(askdoc, "今天天气怎么样")
    assert found["kind"] == "nothing_found"
    assert len(found["text"].splitlines()) >= 4


def test_the_profile_fills_what_is_not_said_and_gives_way_to_what_is(askdoc: Command) -> None:
    askdoc("profile", "set", "region=cn/shanghai", "scheme=employee", "status=active")
    mine = asked(askdoc, "三级医院门诊花了1200元，能报多少")
    assert {one["fact"]: one["origin"] for one in mine["understood"]}["region"] == "profile"
    retired = asked(askdoc, "我退休了，三级医院门诊花了1200元，能报多少", "--no-questions")
    assert {one["fact"]: one["origin"] for one in retired["understood"]}["status"] == "said"


def test_a_question_about_a_parent_does_not_borrow_the_profile(askdoc: Command) -> None:
    askdoc("profile", "set", "region=cn/shanghai", "scheme=employee", "status=active")
    found = asked(askdoc, "我妈三级医院门诊花了1200元，能报多少")
    assert found["kind"] == "ask"
    assert found["missing"] == ["insured"]
    origins = {one["fact"]: one["origin"] for one in found["understood"]}
    assert origins["region"] == "assumed"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_no_question_ends_in_a_stack_trace(askdoc: Command, words: str) -> None:
    ran = askdoc("ask", f"问{words}", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["text"]
