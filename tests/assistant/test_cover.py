"""A medicine is called covered only where neither the catalogue nor the person leaves it open."""

import importlib.util
import sys
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from askdoc.bootstrap import House

from .conftest import DAY
from .talking import last

_FILE = Path(__file__).parents[2] / "eval" / "assistant" / "cover.py"


@pytest.fixture(scope="module")
def cover() -> ModuleType:
    spec = importlib.util.spec_from_file_location("assistant_cover", _FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["assistant_cover"] = module
    spec.loader.exec_module(module)
    return module


def test_nothing_is_covered_that_the_catalogue_or_the_person_leaves_open(
    cover: ModuleType, house: House
) -> None:
    random = Random(11)
    every = list(cover.cases(house.catalogue.on(DAY), random))
    told = [(one, last(house, one.text).outcome) for one in random.sample(every, 120)]
    assert [one.text for one, found in told if found == "covered" and not one.may] == []
    # Whoever called nothing covered would pass the line above.
    may = [found for one, found in told if one.may]
    assert may.count("covered") >= 0.9 * len(may) > 0


@pytest.mark.parametrize(
    "said",
    [
        "我没参加医保，络活喜能报吗",
        "在网上买的络活喜能报销吗",
        "给我家狗吃的二甲双胍片，医保报不报",
        "车祸以后开的西乐葆，医保给报吗",
        "我哪有高血压呀，络活喜报得了不",
        "我妈有二型糖尿病，我没有，我想吃华堂宁，能报吗",
        "疑似二型糖尿病，还没确诊，诺和力能报么",
        "我有脚气，络活喜能报吗",
        "前年买的络活喜现在能报吗",
        "I don't have heart failure. Is Diovan covered?",
        "二型糖尿病已排除，诺和力能报吗",
        "查了一圈，二型糖尿病早就被医生排除了，诺和力给报不",
        "二型糖尿病已除外，诺和力可否支付",
        "除外二型糖尿病，诺和力可否支付",
        "二型糖尿病是误诊，诺和力能报吗",
        "二型糖尿病依据不足，诺和力报吗",
        "Type 2 diabetes was ruled out. Is Victoza covered?",
        "They excluded type 2 diabetes. Is Victoza covered?",
        "r/o type 2 diabetes, is Victoza covered?",
    ],
)
def test_what_speaks_against_cover_leaves_it_open(house: House, said: str) -> None:
    assert last(house, said).outcome == "conditional"


@pytest.mark.parametrize(
    "said", ["我爷爷没啥大毛病就是血压高，络活喜报不报", "老花眼没戴眼镜看不清，波依定在医保里没有"]
)
def test_without_a_payment_scope_a_denial_beside_the_matter_leaves_cover(
    house: House, said: str
) -> None:
    assert last(house, said).outcome == "covered"


def test_with_a_payment_scope_a_denial_that_was_not_read_leaves_it_open(house: House) -> None:
    plain = last(house, "二型糖尿病，诺和力能报吗")
    told = last(house, "二型糖尿病，还没打过别的针，诺和力能报吗")
    assert (plain.outcome, told.outcome) == ("covered", "conditional")


@pytest.mark.parametrize(
    "said",
    ["二型糖尿病排除其他原因，诺和力能报吗", "高血压已排除，二型糖尿病，诺和力能报吗"],
)
def test_what_is_excluded_beside_the_disease_leaves_the_disease(house: House, said: str) -> None:
    assert last(house, said).outcome == "covered"


@pytest.mark.parametrize(
    "said",
    [
        "我妈一型糖尿病，没有T2DM（二型糖尿病），诺和力能报吗",
        "没得T2DM（也就是二型糖尿病），诺和力能报吗",
        "She has obesity but no T2DM (二型糖尿病). Is Victoza covered?",
        "Obesity, never type 2 diabetes (二型糖尿病). Is Victoza covered?",
    ],
)
def test_a_denied_disease_is_denied_under_its_other_name_too(house: House, said: str) -> None:
    assert last(house, said).outcome in ("not_covered", "conditional")


@pytest.mark.parametrize(
    "said",
    [
        "得的是T2DM（二型糖尿病），诺和力能报吗",
        "He has T2DM (二型糖尿病), no heart failure. Is Victoza covered?",
    ],
)
def test_a_disease_with_its_other_name_holds(house: House, said: str) -> None:
    assert last(house, said).outcome != "not_covered"


def test_a_diagnosis_that_is_denied_later_no_longer_holds(house: House) -> None:
    first = last(house, "我爸二型糖尿病，吃的诺和力能报吗")
    assert first.outcome == "covered"
    later = last(house, "我爸二型糖尿病，吃的诺和力能报吗", "说错了，他不是糖尿病，是血压高")
    assert later.outcome != "covered"


@pytest.mark.parametrize("said", ["络活喜还剩半盒在抽屉里", "医生给换成波依定了"])
def test_a_sentence_that_only_names_a_medicine_gets_choices(house: House, said: str) -> None:
    found = last(house, said)
    assert found.kind == "ask"
    assert found.outcome is None
    assert len(found.choices) > 1


def test_a_diagnosis_that_settles_nothing_is_told_as_said_not_as_unknown(house: House) -> None:
    wide = last(house, "我爸心衰，沙库巴曲缬沙坦能报吗").text
    assert "确切的诊断（您说的是：心力衰竭" in wide
    assert "确切的诊断" not in last(house, "沙库巴曲缬沙坦能报吗").text


@pytest.mark.parametrize(
    "said",
    [
        "我妈肾性贫血，罗沙司他等明年做完手术再服，给报不",
        "孩子哮喘，布地奈德福莫特罗明年手术后再吸，医保付吗",
        "绝经后骨质疏松，地舒单抗明年住院时打，能不能报",
        "公公帕金森病，普拉克索2028年退休时再用，医保能走不",
    ],
)
def test_a_medicine_for_a_year_to_come_is_not_promised(house: House, said: str) -> None:
    assert last(house, said).outcome == "indeterminate"


@pytest.mark.parametrize(
    "said", ["我妈明年退休，高血压，络活喜能报吗", "去年做的手术，高血压，络活喜能报吗"]
)
def test_what_happens_in_another_year_leaves_today_s_cover(house: House, said: str) -> None:
    assert last(house, said).outcome == "covered"
