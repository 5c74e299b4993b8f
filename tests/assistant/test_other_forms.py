"""One medicine named twice is told once; other forms of an ingredient are told with their class."""

import pytest

from askdoc.bootstrap import House

from .talking import last


@pytest.mark.parametrize(
    ("said", "medicine"),
    [
        ("拜唐苹，阿卡波糖片50毫克，属于哪类", "阿卡波糖片"),
        ("格华止就是二甲双胍，能报吗", "二甲双胍片"),
        ("买的保列治，非那雄胺5毫克的，前列腺增生，这个非那雄胺能报吗", "非那雄胺片"),
        ("给我的是可定，瑞舒伐他汀钙片，医保有吗", "瑞舒伐他汀钙片"),
    ],
)
def test_a_medicine_named_twice_is_told_once(house: House, said: str, medicine: str) -> None:
    found = last(house, said)
    assert found.medicines == (medicine,)
    assert found.outcome in ("covered", "conditional")


@pytest.mark.parametrize(
    ("said", "medicines"),
    [
        ("二甲双胍片和二甲双胍缓释片能报吗", 2),
        ("二甲双胍和格列美脲片能报吗", 4),
        ("原来吃二甲双胍缓释片，换成二甲双胍能报吗", 3),
    ],
)
def test_two_that_are_asked_about_are_both_told(house: House, said: str, medicines: int) -> None:
    assert len(last(house, said).medicines) == medicines


@pytest.mark.parametrize(
    "said",
    [
        "我爸吃普瑞巴林胶囊，同样成分有没有别的剂型",
        "普瑞巴林胶囊同成分的其他剂型是几类",
        "普瑞巴林胶囊 同一成分 換個劑型 醫保有沒有",
        "pregabalin capsules: is there another form with the same ingredient on the list?",
    ],
)
def test_other_forms_are_told_with_their_class(house: House, said: str) -> None:
    found = last(house, said)
    assert "普瑞巴林胶囊" in found.medicines
    assert any(
        "普瑞巴林缓释片" in line and ("谈判" in line or "egotiated" in line) for line in found.lines
    )


def test_no_other_form_that_is_recorded_is_no_word_of_the_catalogue(house: House) -> None:
    found = last(house, "硝苯地平控释片同成分有没有其他剂型")
    assert any("没有收录同成分的其他剂型" in line for line in found.lines)


def test_without_the_question_only_the_medicine_is_told(house: House) -> None:
    assert not any("缓释片" in line for line in last(house, "普瑞巴林胶囊能报吗").lines)
