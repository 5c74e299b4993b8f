"""A name resolves to one, several or none; nothing fuzzy ever does."""

import pytest

from askdoc.medicines import CatalogueOnDay, Resolution, resolve


def names(found: Resolution) -> list[str]:
    return [medicine.name for medicine in found.medicines]


@pytest.mark.parametrize(
    ("query", "name", "by"),
    [
        ("甲乙双胍片", "甲乙双胍片", "exact"),
        ("甲乙雙胍緩釋片", "甲乙双胍缓释片", "exact"),
        (" 甲乙双胍 片 ", "甲乙双胍片", "exact"),
        ("甲乙双胍片0.5g", "甲乙双胍片", "exact"),
        ("甲乙双胍胶囊", "甲乙双胍片", "form"),
        ("双胍老名", "甲乙双胍片", "alias"),
        ("好糖宁", "甲乙双胍片", "brand"),
        ("ＧＯＯＤＳＵＧＡＲ", "甲乙双胍片", "brand"),
        ("好糖宁（甲乙双胍片）", "甲乙双胍片", "brand"),
        ("盐酸甲乙双胍片", "甲乙双胍片", "salt"),
        ("丙丁他汀", "丙丁他汀钙片", "salt"),
        ("secondstatin tablets", "丙丁他汀钙片", "english"),
        ("fourthdipine / firstformin", "甲乙双胍戊己地平片", "english"),
        ("盐酸甲乙双胍缓释片（IV）", "盐酸甲乙双胍缓释片(Ⅳ)", "exact"),
        ("甲乙双胍缓释片Ⅳ", "盐酸甲乙双胍缓释片(Ⅳ)", "salt"),
        ("XA10BAA001", "甲乙双胍片", "code"),
        ("xa10baa001a001 010101521", "甲乙双胍片", "code"),
    ],
)
def test_a_name_that_is_right_resolves(
    small: CatalogueOnDay, query: str, name: str, by: str
) -> None:
    found = resolve(query, small)
    assert (found.kind, names(found), found.matched_by) == ("one", [name], by)


def test_a_bare_ingredient_gives_every_form_and_class(small: CatalogueOnDay) -> None:
    found = resolve("甲乙双胍", small)
    assert found.kind == "several"
    assert [one.payment_class for one in found.medicines] == ["A", "B", "negotiated"]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("甲乙双胍注射液", "form_not_listed"),
        ("庚辛鲁肽片", "form_not_listed"),
        ("壬癸片", "form_not_listed"),
        ("甲乙双胍缓释片Ⅱ", "numeral_not_listed"),
        ("甲乙双瓜片", "not_recorded"),
        ("jyshg", "not_recorded"),
        ("戊己地平片", "not_recorded"),
        ("甲乙双胍丙丁他汀片", "not_recorded"),
        ("寅卯酸镁片", "not_recorded"),
        ("寅卯酸", "not_recorded"),
        ("", "empty"),
        ("（）", "not_recorded"),
        ("XA10BAA001A0", "malformed_code"),
        ("XA10BAZ999", "unknown_code"),
        ("XA10BAA001N001", "form_not_listed"),
    ],
)
def test_everything_else_resolves_to_nothing(
    small: CatalogueOnDay, query: str, problem: str
) -> None:
    found = resolve(query, small)
    assert (found.kind, found.medicines, found.problem) == ("none", (), problem)
    assert len(found.candidates) <= 5


@pytest.mark.parametrize(
    ("query", "offered", "why"),
    [
        ("甲乙双瓜", "甲乙双胍片", "pinyin"),
        ("jiayishuanggua", "甲乙双胍片", "pinyin"),
        ("jysg", "甲乙双胍片", "initials"),
        ("甲乙双哌", "甲乙双胍片", "spelling"),
        ("甲乙双胍注射液", "甲乙双胍片", "other_form"),
        ("XA10BAZ999", "甲乙双胍片", "same_category"),
    ],
)
def test_what_may_have_been_meant_is_offered(
    small: CatalogueOnDay, query: str, offered: str, why: str
) -> None:
    first = resolve(query, small).candidates[0]
    assert (first.name, first.why) == (offered, why)


def test_an_unpaid_strength_of_the_same_name_is_not_hidden(small: CatalogueOnDay) -> None:
    assert names(resolve("子丑雄胺片", small)) == ["子丑雄胺片", "子丑雄胺片1mg"]
    assert names(resolve("子丑雄胺片1毫克", small)) == ["子丑雄胺片1mg"]
    assert names(resolve("子丑雄胺片5mg", small)) == ["子丑雄胺片"]


def test_english_forms_of_two_groups_resolve_to_nothing(small: CatalogueOnDay) -> None:
    assert resolve("firstformin tablet SR", small).problem == "form_not_listed"
    assert names(resolve("firstformin SR", small)) == ["甲乙双胍缓释片"]


def test_every_shipped_name_alias_and_brand_finds_its_own_medicine(
    shipped: CatalogueOnDay,
) -> None:
    lost = [
        (text, medicine.name)
        for medicine in shipped.medicines
        for text in (medicine.name, *medicine.aliases, *medicine.brands, medicine.english)
        if medicine not in resolve(text, shipped).medicines
    ]
    assert lost == []


def test_the_class_that_depends_on_the_form_is_asked_about(shipped: CatalogueOnDay) -> None:
    found = resolve("二甲双胍", shipped)
    assert {one.payment_class for one in found.medicines} == {"A", "B", "negotiated"}
    assert [one.payment_class for one in resolve("二甲双胍缓释片", shipped).medicines] == ["B"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("阿托伐他汀 立普妥", "阿托伐他汀钙片"),
        ("立普妥/阿托伐他汀", "阿托伐他汀钙片"),
        ("阿卡波糖（就是拜唐苹那种）", "阿卡波糖片"),
        ("二甲双胍（缓释片）", "二甲双胍缓释片"),
        ("非那雄胺（1毫克的）", "非那雄胺片1mg"),
        ("恩扎卢胺胶囊", "恩扎卢胺软胶囊"),
        ("稳心冲剂", "稳心颗粒"),
        ("DS8201", "注射用德曲妥珠单抗"),
    ],
)
def test_a_name_said_twice_described_or_with_a_wide_word_resolves(
    shipped: CatalogueOnDay, query: str, name: str
) -> None:
    assert (resolve(query, shipped).query, names(resolve(query, shipped))) == (query, [name])


@pytest.mark.parametrize(
    "query",
    ["立普妥 络活喜", "波立维 泰嘉", "泰瑞沙奥西替尼胶丸素", "布地格福（30）", "坦索罗辛胶囊"],
)
def test_two_medicines_or_an_unknown_description_resolve_to_nothing(
    shipped: CatalogueOnDay, query: str
) -> None:
    assert resolve(query, shipped).kind == "none"
