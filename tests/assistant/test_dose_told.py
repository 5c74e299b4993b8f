"""Words of a dose that only tell of it; a question of how much to take is sent on as before."""

import pytest

from askdoc.bootstrap import House

from .talking import last


@pytest.mark.parametrize(
    "said",
    [
        "氨氯地平片吃多少年了都记不清了，这药医保报吗",
        "我妈二甲双胍片一天三次饭后吃，背得比我熟，属于甲类还是乙类",
        "降压药怎么吃我知道，就问缬沙坦胶囊能不能报",
        "不管吃几片，阿卡波糖片在医保目录里吗",
        "美多芭一天几次都要定闹钟。医保给报吗，属于哪一类",
        "血脂药一天吃几粒我听医生的，阿托伐他汀钙片能报不",
        "吃多少瓶都数不过来了，替米沙坦片医保报不报",
    ],
)
def test_a_dose_that_is_only_told_asks_nothing(house: House, said: str) -> None:
    found = last(house, said)
    assert found.kind == "answer"
    assert found.medicines


@pytest.mark.parametrize(
    "said",
    [
        "美多芭一天吃几次，能不能报",
        "美多芭一天吃几次好？医保能报吗",
        "阿托伐他汀吃多少都可以吗，能报吗",
        "氨氯地平一天吃多少也行吗",
        "二甲双胍饭前吃还是饭后吃，医保报不报",
        "这药怎么吃",
        "缬沙坦能不能减半吃",
    ],
)
def test_a_dose_that_is_asked_is_sent_on(house: House, said: str) -> None:
    assert last(house, said).kind == "decline"


@pytest.mark.parametrize(
    "said",
    [
        "青岛职工医保在职，第二次住院起付线是不是减半，三级医院的",
        "深圳职工一档在职，二级医院再住一次院门槛费是不是翻倍",
        "青岛职工在职，想着这下该消停了，谁知今年第二次住院，三级医院起付线多少",
        "上海退休职工，门诊报几成？药钱一个月吃多少钱都得自己记着",
    ],
)
def test_a_rule_is_no_dose(house: House, said: str) -> None:
    found = last(house, said)
    assert found.kind == "answer"
    assert found.values
