"""Chat beside a medicine takes no cover away; what speaks against cover still does."""

import pytest

from askdoc.bootstrap import House

from .talking import last


@pytest.mark.parametrize(
    "said",
    [
        "中午吃了碗羊肉泡馍，下午去配药，原发性高血压，氨氯地平片医保报吗",
        "医生让我少喝鸡汤少吃烤鸭，血脂高开了瑞舒伐他汀钙片，能报吗",
        "老婆炖了只老母鸡等我回家喝，2型糖尿病，二甲双胍片报不报",
        "早上遛狗回来量血压高了，高血压，缬沙坦胶囊能报吗",
        "我属牛的，高血压，氨氯地平片能报吗",
        "原发性高血压，没有心衰，诺欣妥的限定我吃不准，能报吗",
        "原发性高血压，目录条文我看不懂，诺欣妥给报吗",
        "HTN（原发性高血压），无HF，诺欣妥在支付范围内吗",
        "原发性高血压，诺欣妥，以前的药名记不清了，报不报",
        "Primary hypertension, no HF. Is Entresto covered?",
    ],
)
def test_chat_takes_no_cover_away(house: House, said: str) -> None:
    assert last(house, said).outcome == "covered"


@pytest.mark.parametrize(
    "said",
    [
        "给家里的羊吃的氨氯地平片能报吗",
        "高血压的猪吃缬沙坦胶囊报不",
        "我家那头牛用二甲双胍片能报吗",
        "鸡病了，阿托伐他汀钙片给它吃能报吗",
        "遛狗时发现狗病了，给狗吃氨氯地平片报不报",
        "我养羊，羊病了吃二甲双胍片能报吗",
        "属狗的，可药是给猫吃的，氨氯地平片报吗",
        "医生说不准是不是心衰，诺欣妥能报吗",
        "拿不准是原发性高血压还是别的，诺欣妥报不",
        "吃不准有没有原发性高血压，诺欣妥能报吗",
        "原发性高血压弄不清有没有，诺欣妥能报吗",
        "无HTN，诺欣妥能报吗",
        "HF待查，诺欣妥能报吗",
        "r/o AF, is rivaroxaban covered?",
        "拿不出处方，诺欣妥，原发性高血压，能报吗",
    ],
)
def test_what_speaks_against_cover_still_does(house: House, said: str) -> None:
    assert last(house, said).outcome != "covered"


def test_an_adjective_of_illness_is_no_hospital(house: House) -> None:
    found = last(house, "Primary hypertension; is Entresto covered?")
    assert not [one for one in found.understood if one.fact == "tier"]
