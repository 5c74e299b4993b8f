"""Earlier persons by what was said of them, medicines by half their name, rules beside a bill."""

import pytest

from askdoc.bootstrap import House

from .talking import facts, last, talk

FIRST = "病人，上海居民医保71岁，二级医院门诊500，全甲，起付线已满，个人付多少"
SECOND = "下一位病人，上海职工在职，三级医院门诊800，全甲类，起付线满，账户0，付多少"
BILL = "上海职工在职，三级医院门诊700全甲类，起付线满了，账户空，付多少"


@pytest.mark.parametrize(
    "said",
    [
        *(
            "回到前一个，要是三级呢",
            "上一位要是三级呢",
            "居民那位要是三级呢",
            "前面那位病人去三级呢",
        ),
        *("居民醫保那位，三級呢", "居民医保的那个人去三级呢", "the previous patient, at tertiary?"),
    ],
)
def test_the_patient_before_is_meant(house: House, said: str) -> None:
    told = last(house, FIRST, SECOND, said, speaker="doctor")
    assert (facts(told)["scheme"], facts(told)["age"]) == ("resident", 71)
    assert told.figures["person_pays"] == "250.00"


def test_and_then_the_later_one_again(house: House) -> None:
    told = last(house, FIRST, SECOND, "居民那位要是三级呢", "在职那位去二级呢", speaker="doctor")
    assert told.figures["person_pays"] == "200.00"


@pytest.mark.parametrize(
    ("first", "said", "row"),
    [
        ("门冬胰岛素注射液医保分类", "甘精的呢", "甘精胰岛素"),
        ("阿托伐他汀钙片在目录里吗", "瑞舒伐的呢", "瑞舒伐他汀"),
        ("阿托伐他汀钙片在目录里吗", "那辛伐呢", "辛伐他汀"),
        ("阿托伐他汀鈣片報不報", "換成瑞舒伐呢", "瑞舒伐他汀"),
    ],
)
def test_half_a_name_is_completed_from_the_one_before(
    house: House, first: str, said: str, row: str
) -> None:
    told = last(house, first, said)
    assert [name.startswith(row) for name in told.medicines] == [True]
    assert "没有读懂" not in told.text


def test_what_completes_no_name_is_no_medicine(house: House) -> None:
    assert last(house, "阿托伐他汀钙片在目录里吗", "樱花呢").medicines in ((), ("阿托伐他汀钙片",))


def test_a_form_that_it_is_not_is_not_taken(house: House) -> None:
    for said in ("是普通片 不是缓释的", "不是缓释的，是普通片"):
        assert last(house, "格华止能报不", said).medicines == ("二甲双胍片",)


@pytest.mark.parametrize("said", ["我爸呢，也换这个行不行，报不报", "我爸也吃这个，报吗"])
def test_this_one_is_the_medicine_of_the_last_answer(house: House, said: str) -> None:
    told = last(house, "我爸房颤吃华法林能报吗", "我妈吃拜瑞妥呢", said)
    assert told.medicines == ("利伐沙班片",)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "签约家庭医生要什么材料",
            "对了临时备案的有效期多长啊",
            "转诊怎么办手续",
            "異地備案點樣辦",
        ),
        *("长期备案要带什么证件", "家庭医生签约去哪里办", "how do I file for care in another city"),
    ],
)
def test_a_rule_that_is_asked_beside_a_bill_changes_nothing_of_it(house: House, said: str) -> None:
    aside = last(house, BILL, said)
    assert aside.figures == {}
    back = last(house, BILL, said, "刚才那笔去二级呢")
    assert back.figures == last(house, BILL, "刚才那笔去二级呢").figures


def test_what_is_supposed_of_a_step_still_changes_the_bill(house: House) -> None:
    bill = "杭州退休职工70岁，社区卫生服务中心门诊900甲类，起付线没用过，没签约，付多少"
    assert facts(last(house, bill, "要是签约了呢"))["contracted"] is True


def test_where_a_medicine_is_continued_is_no_comparison(house: House) -> None:
    turn = talk(house, "那大医院开过以后，能回社区接着配吗")[-1]
    assert turn.answer.kind == "answer"
    assert turn.called[0].tool in ("find_procedure", "find_policy")


@pytest.mark.parametrize(
    "said",
    ["哦她以前吃华法林，INR一直控制不好", "她华法林用了两年，控制不好", "要是华法林从来没吃过呢"],
)
def test_what_was_taken_before_is_no_new_question(house: House, said: str) -> None:
    told = last(house, "我妈房颤，里先安给报吗", said)
    assert told.medicines == ("甲苯磺酸艾多沙班片",)
    assert told.outcome == "conditional"


def test_of_two_that_were_likened_one_is_looked_up(house: House) -> None:
    told = last(house, "保列治和保法止是一回事吗", "脱发的呢，用保法止")
    assert told.outcome == "not_covered"


def test_two_more_that_are_named_are_likened_too(house: House) -> None:
    turn = talk(house, "立普妥和阿托伐他汀钙片是不是一样的药", "那立普妥和可定呢")[-1]
    assert [one.tool for one in turn.called] == ["compare_ingredients"]
