"""A medicine that is not recorded is named, wherever in the sentence it stands."""

from collections.abc import Callable

import pytest

from askdoc.assistant.reading.unknown_name import name_asked_for
from askdoc.bootstrap import House
from askdoc.language import simplify

from .conftest import DAY

Asked = Callable[[str], str | None]


@pytest.fixture(scope="module")
def asked(house: House) -> Asked:
    around = house.context(DAY, {}, 0, None).surroundings()
    return lambda text: name_asked_for(simplify(text), around)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我爸在吃某宁片，这药在不在目录里", "某宁片"),
        ("医生开了清嗓颗粒，能报吗", "清嗓颗粒"),
        ("配了益脾散 在目录里吗", "益脾散"),
        ("上海职工，三级医院开的固骨胶囊，报多少", "固骨胶囊"),
        ("我妈打了伐纳单抗注射液，自费的吗", "伐纳单抗注射液"),
        ("孩子发烧配的小儿豉翘清热颗粒，医保管吗", "小儿豉翘清热颗粒"),
        ("药店买的云南白药膏能刷医保卡吗", "云南白药膏"),
        ("老伴一直吃复方丹参片，报吗", "复方丹参片"),
        ("每天吃三七片，属于甲类吗", "三七片"),
        ("医生给开了桂枝茯苓丸和益母草膏，哪个能报", "桂枝茯苓丸"),
        ("用了卤米松软膏三天，进不进医保", "卤米松软膏"),
        ("滴的玻璃酸滴眼液能报多少", "玻璃酸滴眼液"),
        ("社区能不能配开喉剑喷雾剂", "开喉剑喷雾剂"),
        ("藿香正气水能报吗", "藿香正气水"),
        ("退休职工，门诊配藿香正气口服液，能报吗", "藿香正气口服液"),
        ("請問複方甘草片能報嗎", "复方甘草片"),
        ("PD-1注射液能报吗", "PD-1注射液"),
        ("吃了两盒银翘解毒丸，能报销吗", "银翘解毒丸"),
        ("这次开了一种叫苏合香丸的药", "苏合香丸"),
        ("替妥尤单抗能报吗", "替妥尤单抗"),
        ("Is Xyzumab covered?", "Xyzumab"),
        ("Does my insurance cover Xyzumab?", "Xyzumab"),
        ("My dad takes foobarine tablets, are they covered?", "foobarine tablets"),
    ],
)
def test_an_unknown_name_is_found_where_it_stands(asked: Asked, text: str, name: str) -> None:
    assert asked(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "名片丢了怎么办",
        "胸片的照片给我看看",
        "白色的药片，多少钱",
        "这种片贵吗",
        "哪种胶囊好",
        "胶囊怎么样",
        "汤药报多少",
        "开了中成药，报不报",
        "每次两片，一天三次",
        "早晚各一片",
        "医生让我打针",
        "打吊针要多少钱",
        "配了三十片",
        "药膏多少钱",
        "退烧针多少钱",
        "我要两盒",
        "拍胸片多少钱",
        "中药饮片怎么报",
        "人群疏散，片区医院",
        "three tablets a day",
        "My tablets are gone",
    ],
)
def test_an_ordinary_word_is_no_name(asked: Asked, text: str) -> None:
    assert asked(text) is None
