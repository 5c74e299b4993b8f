"""Medicines are found in sentences, and a known half never stands for an unknown name."""

import pytest

from askdoc.medicines import CatalogueOnDay, find_mentions


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
