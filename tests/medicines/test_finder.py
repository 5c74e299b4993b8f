"""Finding a medicine while typing: letters, brands, Chinese, codes; and how few keys it takes."""

from datetime import date
from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin

from askdoc.medicines import load_catalogue
from askdoc.medicines.finder import Finder

COMMON = (Path(__file__).parent / "common.txt").read_text(encoding="utf-8").split()
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
