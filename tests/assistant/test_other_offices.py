"""What other offices pay is said not to be here, and a wage never makes a bill."""

import pytest

from askdoc.bootstrap import House

from .conftest import DAY
from .talking import last

ASKED = (
    "职工医保，失业了，失业金一个月发多少，发几个月",
    "我在深圳上班，职工医保，工资8600一个月，养老金以后能领多少",
    "爸爸过世了，上海退休职工，丧葬费能领多少，养老金6200元",
    "我怀孕了，上海职工医保，月薪9300，产假发多少钱",
    "青岛职工医保，在职，刚生了宝宝，每月工资7400元，生育津贴能领几个月",
    "请问育儿补贴一年几多钱",
    "单位给认了工伤，工资6800，误工费给多少",
    "我买了商业保险，还有职工医保，商业保险能赔我多少",
    "I'm employed in Hangzhou on 9,800 yuan a month. How much maternity allowance will I get?",
    "My salary is 7,600 yuan, employee insurance in Shenzhen. What pension will I draw?",
)


@pytest.mark.parametrize("said", ASKED)
def test_another_office_s_matter_is_said_not_to_be_here(house: House, said: str) -> None:
    told = last(house, said)
    assert (told.kind, told.outcome, told.figures) == ("nothing_found", "indeterminate", {})
    assert any(word in told.text for word in ("经办", "those who handle it"))


@pytest.mark.parametrize(
    "said",
    [
        "上海职工医保，在职，月薪9000元，三级医院门诊花了700元全甲类，起付线用完了，付多少",
        "上海职工医保，在职，三级医院门诊花了700元全甲类，起付线用完了，付多少，工资一万二",
    ],
)
def test_a_wage_beside_a_bill_is_no_part_of_it(house: House, said: str) -> None:
    totals = [one.amount for one in house.context(DAY, {}, 0, None).read(said).amounts]
    assert [str(one) for one in totals if one] == ["700.00"]
    assert last(house, said).figures


def test_who_gives_birth_is_no_child(house: House) -> None:
    context = house.context(DAY, {}, 0, None)
    assert context.read("上海职工医保，下个月要生宝宝，住院花了8000元").subject == "self"
    assert context.read("宝宝发烧住院花了3000元，上海居民医保").subject == "child"


@pytest.mark.parametrize(
    "said",
    [
        "我们是住上海的香港家庭，女儿6岁，上海居民医保，二级医院门诊起付线多少",
        "四川来的，在杭州上班，杭州职工医保，在职，三级医院门诊起付线多少",
        "武汉学生，在上海读大学，上海居民医保，三级医院门诊起付线多少",
        "福建媳妇，嫁到青岛，青岛居民医保，社区门诊起付线多少",
        "我老家是湖南，在深圳上班，深圳职工医保一档，门诊起付线多少",
        "澳门同胞，上海职工医保，在职，二级医院门诊起付线多少",
        "台湾夫妻，杭州居民医保，成年，三级医院住院起付线多少",
        "我是北京出生，上海退休，上海职工医保，二级医院住院起付线多少",
        "I am from Hong Kong and insured in Shanghai as an employee. What is the deductible?",
        "Hong Kong student, Shanghai resident insurance. What is the outpatient deductible?",
    ],
)
def test_where_somebody_comes_from_is_no_place_of_care(house: House, said: str) -> None:
    read = house.context(DAY, {}, 0, None).read(said)
    assert (read.place, read.unrecorded) == (None, None)
    assert read.region is not None


@pytest.mark.parametrize(
    "said",
    [
        "上海职工，去香港看病花了5000元",
        "杭州参保，在北京住院花了9000元",
        "上海职工，转诊到武汉一家三级医院住院花了9000元",
        "上海职工，打算到南京的一家三级医院看门诊，花了700元",
    ],
)
def test_care_elsewhere_stays_care_elsewhere(house: House, said: str) -> None:
    assert house.context(DAY, {}, 0, None).read(said).place == "elsewhere"
