"""Medicines are found in sentences, and a known half never stands for an unknown name."""

import pytest

from askdoc.medicines import CatalogueOnDay, Resolution, find_mentions, resolve


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("我妈每天吃甲乙双胍缓释片和好糖宁", ["甲乙双胍缓释片", "好糖宁"]),
        ("高血压病人开了丙丁他汀能报吗", ["丙丁他汀"]),
        ("甲乙双胍能换成缓释片吗", ["甲乙双胍"]),
        ("盐酸甲乙双胍缓释片（Ⅳ）多少钱", ["盐酸甲乙双胍缓释片（Ⅳ）"]),
        ("Is Goodsugar covered?", ["Goodsugar"]),
        ("Goodsugary things", []),
        ("XA10BAA001A001 能报吗", ["XA10BAA001A001"]),
        ("什么药能报", []),
    ],
)
def test_names_are_found_where_they_stand(
    small: CatalogueOnDay, text: str, said: list[str]
) -> None:
    found = find_mentions(text, small)
    assert [one.text for one in found] == said
    assert all(text[slice(*one.span)] == one.text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "甲乙双胍丙丁格列净片能报吗",
        "丙丁格列净甲乙双胍片",
        "医生开了左丙丁他汀",
        "甲乙双胍丙丁他汀都吃",
        "罗丙丁他汀能报吗",
        "丙丁他汀素能报吗",
    ],
)
def test_a_longer_unknown_name_resolves_to_nothing(small: CatalogueOnDay, text: str) -> None:
    assert [one.resolution.kind for one in find_mentions(text, small)] == ["none"]


# Each sentence stands with the rows of its mentions in order; "" is one that resolves to nothing.
TWO_NAMES = [
    ("氨氯地平 络活喜能报吗", "氨氯地平片"),
    ("络活喜 氨氯地平能报吗", "氨氯地平片"),
    ("立普妥（阿托伐他汀钙片）多少钱", "阿托伐他汀钙片"),
    ("阿托伐他汀钙片【立普妥】多少钱", "阿托伐他汀钙片"),
    ("泰嘉（氯吡格雷片）能报多少", "氯吡格雷片"),
    ("利伐沙班/拜瑞妥能报吗", "利伐沙班片"),
    ("络活喜氨氯地平片能报吗", "氨氯地平片"),
    ("奥氮平片欧兰宁能报吗", "奥氮平片"),
    ("二甲双胍 格华止在目录里吗", "二甲双胍片"),
    ("美托洛尔（倍他乐克）能报吗", "美托洛尔缓释片 + 美托洛尔片"),
    ("螺内酯 安体舒通都写着，能报吗", "螺内酯片"),
    ("立普妥、络活喜都能报吗", "阿托伐他汀钙片", "氨氯地平片"),
    ("立普妥 络活喜都能报吗", "阿托伐他汀钙片", "氨氯地平片"),
    ("代文（络活喜也在吃）能报吗", "缬沙坦胶囊", "氨氯地平片"),
    ("缬沙坦 氨氯地平一起吃", "缬沙坦胶囊", "氨氯地平片"),
    ("拜瑞妥/利伐沙班是不是一种药", "利伐沙班片", "利伐沙班片"),
    ("拜瑞妥（利伐沙班）是不是一种药", "利伐沙班片", "利伐沙班片"),
    ("波立维、泰嘉哪个便宜", "氯吡格雷片", "氯吡格雷片"),
    ("氨氯地平（5mg的片）能报吗", "氨氯地平片"),
    ("阿卡波糖（就是拜唐苹那种）能报吗", "阿卡波糖片"),
    ("二甲双胍（就是格华止）能报吗", "二甲双胍片"),
    ("二甲双胍（缓释片）能报吗", "二甲双胍缓释片"),
    ("非洛地平（5毫克的缓释片）能报吗", "非洛地平缓释片"),
    ("恩替卡韦（每天一次）能报吗", "恩替卡韦片"),
    ("塞来昔布（医生开的）能报吗", "塞来昔布胶囊"),
    ("厄贝沙坦（150mg）能报吗", "厄贝沙坦片"),
    ("非那雄胺（1mg）能报吗", "非那雄胺片1mg"),
    ("司美格鲁肽注射液（减重用的）能报吗", "司美格鲁肽注射液(减重)"),
    ("奥美拉唑（打的针剂）能报吗", "奥美拉唑注射剂"),
    ("缬沙坦（代文 络活喜）能报吗", "缬沙坦胶囊", "缬沙坦胶囊", "氨氯地平片"),
    ("Lipitor (atorvastatin) covered?", "阿托伐他汀钙片"),
    ("诺欣妥（缬沙坦的复方）能报吗", "沙库巴曲缬沙坦钠片"),
    ("诺欣妥含有缬沙坦，能报吗", "沙库巴曲缬沙坦钠片"),
    ("诺欣妥，缬沙坦，都能报吗", "沙库巴曲缬沙坦钠片", "缬沙坦胶囊"),
    ("Entresto, the valsartan combination, covered?", "沙库巴曲缬沙坦钠片"),
]
VERBS = [
    ("在药店看见络活喜片，能报吗", "氨氯地平片"),
    ("听说阿卡波糖能报", "阿卡波糖片"),
    ("以前吃过卡托普利", "卡托普利片"),
    ("医生配的替米沙坦", "替米沙坦片"),
    ("上周配诺欣妥了", "沙库巴曲缬沙坦钠片"),
    ("打了利拉鲁肽针", "利拉鲁肽注射液"),
    ("这次达格列净能报吗", "达格列净片"),
    ("改用瑞格列奈行吗", "瑞格列奈片"),
    ("先格列美脲再西格列汀", "格列美脲片", "西格列汀片"),
    ("加了依折麦布", "依折麦布片"),
    ("跟华法林一起吃", "华法林钠片"),
    ("络活喜，还有代文", "氨氯地平片", "缬沙坦胶囊"),
    ("而可定能报", "瑞舒伐他汀钙片"),
    ("停立普妥换可定", "阿托伐他汀钙片", "瑞舒伐他汀钙片"),
    ("病人格列美脲吃了三年", "格列美脲片"),
    ("老人阿卡波糖能报吗", "阿卡波糖片"),
    ("目前只吃一种螺内酯", "螺内酯片"),
    ("另外再配阿哌沙班", "阿哌沙班片"),
    ("医保覆盖泽布替尼吗", "泽布替尼胶囊"),
    ("氨氯地平早晚各一片", "氨氯地平片"),
    ("氨氯地平两片一次", "氨氯地平片"),
    ("立普妥20毫克一片多少钱", "阿托伐他汀钙片"),
    ("二甲双胍糖尿病能用吗", "二甲双胍片 + 二甲双胍缓释片 + 盐酸二甲双胍缓释片(Ⅳ)"),
]
WIDE_FORMS = [
    ("安可坦胶囊能报吗", "恩扎卢胺软胶囊"),
    ("恩必普胶囊能报吗", "丁苯酞软胶囊"),
    ("艾地骨化醇胶囊能报吗", "艾地骨化醇软胶囊"),
    ("度拉糖肽针剂能报吗", "度拉糖肽注射液"),
    ("达必妥针多少钱", "度普利尤单抗注射液"),
    ("艾瑞卡吊针能报吗", "注射用卡瑞利珠单抗"),
    ("诺和锐针头能报吗", "门冬胰岛素注射液"),
    ("万托林气雾能报吗", "沙丁胺醇吸入气雾剂"),
    ("沙丁胺醇喷雾能报吗", "沙丁胺醇吸入气雾剂"),
    ("稳心冲剂能报吗", "稳心颗粒"),
    ("洛赛克针能报吗", "奥美拉唑注射剂"),
    ("通心络片能报吗", ""),
    ("依普利酮缓释片能报吗", ""),
    ("坦索罗辛胶囊能报吗", ""),
    ("格列美脲针能报吗", ""),
    ("思力华喷雾能报吗", ""),
    ("立普妥药膏能报吗", ""),
]
WRITING = [
    ("阿司 匹林肠溶片能报吗", "阿司匹林肠溶片"),
    ("恩格 列净能报吗", "恩格列净片"),
    ("ＰＬＡＶＩＸ能报吗", "氯吡格雷片"),
    ("Plavix片能报吗", "氯吡格雷片"),
    ("格华止 XR能报吗", "二甲双胍缓释片"),
    ("格华止 ok吗", "二甲双胍片"),
    ("司美格魯肽針能報嗎", "司美格鲁肽注射液"),
    ("碳酸鈣D3能報嗎", "碳酸钙D3片"),
    ("DS-8201能报吗", "注射用德曲妥珠单抗"),
    ("诺和灵３０Ｒ能报吗", "精蛋白人胰岛素混合注射液(30R)"),
]
NOTHING = [
    ("阿托法他汀能报吗",),
    ("立晋妥能报吗",),
    ("看见一只兔子",),
    ("血压正常，先停一停",),
    ("这种片能报吗",),
    ("吊针多少钱",),
    ("医生让我换一种胶囊",),
    ("名片丢了",),
]


@pytest.mark.parametrize("sentence", [*TWO_NAMES, *VERBS, *WIDE_FORMS, *WRITING, *NOTHING])
def test_names_are_found_the_way_people_talk(
    shipped: CatalogueOnDay, sentence: tuple[str, ...]
) -> None:
    text, *rows = sentence
    found = find_mentions(text, shipped)
    assert [names(one.resolution) for one in found] == rows
    # A conversation keeps the words of a mention and resolves them again.
    assert [names(resolve(one.text, shipped)) for one in found] == rows


@pytest.mark.parametrize(
    "text",
    [
        "医生开了异厄贝沙坦能报吗",
        "听说新替米沙坦能报吗",
        "复方卡托普利片能报吗",
        "看见复方 卡托普利片",
        "海格列美脲片能报吗",
        "罗 卡托普利能报吗",
        "左 非洛地平片能报吗",
        "卡托普利 素能报吗",
        "氢氯噻嗪卡托普利片能报吗",
        "二甲双胍恩格列净片能报吗",
        "瑞舒伐他汀依折麦布片能报吗",
        "跟氟西格列汀能报吗",
        "西格列汀（Ⅱ）能报吗",
        "司美格鲁肽（白蛋白结合型）能报吗",
        "格列美脲（缓释的）能报吗",
        "门冬胰岛素（50）能报吗",
        "门冬胰岛素（50的，我妈在用）能报吗",
        "立普妥（氟伐他汀钙片）能报吗",
        "安理申（利斯的明）能报吗",
        "安理申（医生开的利斯的明片）能报吗",
        "络活喜（氨氯地平缓释片）能报吗",
        "泰瑞沙奥西替尼片能报吗",
    ],
)
def test_ordinary_words_never_hide_that_a_name_is_longer(
    shipped: CatalogueOnDay, text: str
) -> None:
    assert [one.resolution.kind for one in find_mentions(text, shipped)] == ["none"]


def names(resolution: Resolution) -> str:
    return " + ".join(medicine.name for medicine in resolution.medicines)
