"""What is said that a payment scope cannot be met with; within the limits nothing is proved."""

import pytest

from askdoc.assistant.reading.facts import Reading
from askdoc.bootstrap import House

from .talking import context, last

STROKE = "急性缺血性脑卒中，丁苯酞软胶囊"
DIABETES = "2型糖尿病，口服药控制不佳，度拉糖肽注射液"


def read(house: House, said: str) -> Reading:
    return context(house).read(said)


@pytest.mark.parametrize(
    "said",
    [
        f"{STROKE}今天是用药第22天，接着用医保付吗",
        f"{STROKE}连着吃满二十一天了，再吃还能报不",
        f"{STROKE}已经吃了三周多，医保还给报吗",
        "急性腦梗，恩必普軟膠囊用咗23日，仲可唔可以報",
        "Acute ischaemic stroke, day 26 of butylphthalide capsules. Is it covered?",
        f"{DIABETES}，BMI 23.6，能报吗",
        f"{DIABETES}，体重指数不到25，报不报",
        "T2DM，度易达，BMI才24，医保给付吗",
        f"{DIABETES}，首张处方是社区家庭医生开的，能报吗",
        f"{DIABETES}，我在卫生院，首次处方由我来开，医保付吗",
        "慢性心衰，LVEF 52%，诺欣妥能报吗",
        "安宫牛黄丸去药店买，能刷统筹吗",
        "药房买安宫牛黄丸放家里，没住院，也不是急症，医保付不付",
        "既没住院也没上急诊，开安宫牛黄丸报不报",
        "Is Angong Niuhuang pill from a pharmacy I buy at covered? No stay, no emergency.",
    ],
)
def test_a_scope_that_cannot_be_met_is_not_covered(house: House, said: str) -> None:
    found = last(house, said)
    assert found.outcome == "not_covered"


@pytest.mark.parametrize(
    "said",
    [
        f"{STROKE}今天用到第6天，医保报吗",
        f"{STROKE}刚用了三天，能报吗",
        f"{STROKE}前20天的能报吗，现在第24天",
        "急性缺血性脑卒中，发病第25天，还能用丁苯酞软胶囊报销吗",
        "急性缺血性脑卒中，住院第24天，今天开始用丁苯酞软胶囊，能报吗",
        f"急性缺血性脑卒中，阿司匹林吃了30天，{STROKE}医保报吗",
        f"{DIABETES}，BMI 28，能报吗",
        f"{DIABETES}，BMI要不低于25吗，能报吗",
        f"{DIABETES}，去年BMI 23，能报吗",
        f"{DIABETES}，BMI 22涨到了27，能报吗",
        f"{DIABETES}，首张处方是三甲内分泌科开的，能报吗",
        f"{DIABETES}，首张处方不是社区开的，能报吗",
        "慢性心衰，心功能三级，LVEF 33%，诺欣妥能报吗",
        "住院时医院没货，让去药店买安宫牛黄丸，能报吗",
        "急诊开的安宫牛黄丸，在药店拿的，能报吗",
        "安宫牛黄丸在医院药房拿，能报吗",
    ],
)
def test_what_may_still_be_met_stays_open(house: House, said: str) -> None:
    assert last(house, said).outcome == "conditional"


def test_what_was_said_before_still_rules_out(house: House) -> None:
    asked = "恩必普软胶囊医保能报吗，急性缺血性脑卒中"
    assert last(house, asked, "今天已经用到第24天了").outcome == "not_covered"
    assert last(house, asked, "今天已经用到第24天了", "阿托伐他汀钙片能报吗").outcome == "covered"


@pytest.mark.parametrize("said", ["BMI 27，度易达能报吗", "体重指数 31，度易达能报吗"])
def test_a_measured_value_is_no_age(house: House, said: str) -> None:
    assert "age" not in read(house, said).facts


@pytest.mark.parametrize("said", ["心衰，心功能三级，诺欣妥能报吗", "高血压二级，缬沙坦胶囊能报吗"])
def test_a_grade_of_illness_is_no_hospital(house: House, said: str) -> None:
    assert "tier" not in read(house, said).facts


@pytest.mark.parametrize(
    "said", ["高血压，三级医院开的缬沙坦胶囊", "心功能不好，三级看的，缬沙坦胶囊"]
)
def test_a_hospital_behind_an_illness_is_one(house: House, said: str) -> None:
    assert read(house, said).facts["tier"].value == "tertiary"
