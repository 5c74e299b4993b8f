"""Finding a medicine while typing: letters, brands, Chinese, codes; and how few keys it takes."""

from datetime import date
from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin

from askdoc.medicines import load_catalogue
from askdoc.medicines.finder import Finder

COMMON = [
    "氨氯地平片",
    "硝苯地平控释片",
    "非洛地平缓释片",
    "缬沙坦胶囊",
    "厄贝沙坦片",
    "氯沙坦钾片",
    "替米沙坦片",
    "坎地沙坦酯片",
    "卡托普利片",
    "依那普利片",
    "贝那普利片",
    "培哚普利片",
    "美托洛尔缓释片",
    "比索洛尔片",
    "卡维地洛片",
    "氢氯噻嗪片",
    "吲达帕胺缓释片",
    "螺内酯片",
    "呋塞米片",
    "单硝酸异山梨酯缓释片",
    "硝酸甘油片",
    "曲美他嗪片",
    "地高辛片",
    "阿托伐他汀钙片",
    "瑞舒伐他汀钙片",
    "辛伐他汀片",
    "依折麦布片",
    "阿司匹林肠溶片",
    "氯吡格雷片",
    "替格瑞洛片",
    "华法林钠片",
    "利伐沙班片",
    "二甲双胍片",
    "格列美脲片",
    "格列齐特缓释片",
    "瑞格列奈片",
    "阿卡波糖片",
    "吡格列酮片",
    "西格列汀片",
    "达格列净片",
    "恩格列净片",
    "甘精胰岛素注射液",
    "奥美拉唑肠溶胶囊",
    "坦索罗辛缓释胶囊",
    "非那雄胺片",
    "左甲状腺素钠片",
    "别嘌醇片",
    "非布司他片",
    "沙丁胺醇吸入气雾剂",
    "孟鲁司特钠片",
]
MOST_KEYS = 12
ENTER = 1


@pytest.fixture(scope="module")
def finder(knowledge: Path) -> Finder:
    return Finder(load_catalogue(knowledge / "medicines").on(date(2026, 11, 25)).shelf)


def keys_for(name: str, finder: Finder) -> int:
    """The fewest keys: letters typed, arrows down the list, Enter."""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    fewest = []
    for count in range(1, len(letters) + 1):
        names = [hit.medicine.name for hit in finder.find(letters[:count])]
        if name in names:
            fewest.append(count + names.index(name) + ENTER)
    return min(fewest, default=99)


def test_fifty_common_medicines_take_twelve_keys_at_most(finder: Finder) -> None:
    assert len(COMMON) == 50
    keys = {name: keys_for(name, finder) for name in COMMON}
    assert max(keys.values()) <= MOST_KEYS, keys


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("atft", "阿托伐他汀钙片"),
        ("ATFT", "阿托伐他汀钙片"),
        ("立普", "阿托伐他汀钙片"),
        ("lipi", "阿托伐他汀钙片"),
        ("atorva", "阿托伐他汀钙片"),
        ("阿托伐他汀钙", "阿托伐他汀钙片"),
        ("erjiashuanggua", "二甲双胍片"),
        ("伐他汀钙", "瑞舒伐他汀钙片"),
    ],
)
def test_a_name_is_found_however_it_is_begun(typed: str, name: str, finder: Finder) -> None:
    assert name in [hit.medicine.name for hit in finder.find(typed)]


def test_a_code_finds_its_medicine(finder: Finder, knowledge: Path) -> None:
    shelf = load_catalogue(knowledge / "medicines").on(date(2026, 11, 25)).shelf
    coded = [one for one in shelf.medicines if one.codes]
    assert coded
    for one in coded[:5]:
        assert one.id in [hit.medicine.id for hit in finder.find(one.codes[0][:9])]


def test_what_begins_no_name_finds_nothing(finder: Finder) -> None:
    for typed in ("", "  ", "zzzzqq", "的", "<script>"):
        assert finder.find(typed) == []


def test_a_whole_name_stands_before_longer_ones(finder: Finder) -> None:
    assert finder.find("二甲双胍片")[0].medicine.name == "二甲双胍片"
