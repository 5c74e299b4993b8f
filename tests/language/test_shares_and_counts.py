"""Shares between 0 and 1, and counts of boxes, days and years of age."""

from decimal import Decimal

import pytest

from askdoc.language import find_counts, find_shares


@pytest.mark.parametrize(
    ("said", "value", "form"),
    [
        ("80%", "0.8", "percent"),
        ("５０％", "0.5", "percent"),
        ("0.5%", "0.005", "percent"),
        ("80 percent", "0.8", "percent"),
        ("百分之七十", "0.7", "percent"),
        ("百分之八十五点五", "0.855", "percent"),
        ("百分之百", "1", "percent"),
        ("八成", "0.8", "tenths"),
        ("8成", "0.8", "tenths"),
        ("九成五", "0.95", "tenths"),
        ("八成半", "0.85", "tenths"),
        ("一半", "0.5", "half"),
        ("三分之二", str(Decimal(2) / 3), "fraction"),
        ("七折", "0.7", "discount"),
        ("八五折", "0.85", "discount"),
    ],
)
def test_a_share_is_read(said: str, value: str, form: str) -> None:
    text = f"能报{said},对吗"
    (share,) = find_shares(text)
    assert (share.value, share.form, text[slice(*share.span)]) == (Decimal(value), form, said)


@pytest.mark.parametrize(
    "text",
    [
        "120%",
        "几成",
        "七八成",
        "百分之几",
        "成人",
        "八成是感冒",
        "大半",
        "骨折",
        "60%-80%",
        "完成",
        "70",
        "",
    ],
)
def test_what_is_no_single_share_is_left_out(text: str) -> None:
    assert find_shares(text) == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("3盒", [("3", "盒")]),
        ("两盒半", [("2.5", "盒")]),
        ("半片", [("0.5", "片")]),
        ("14天", [("14", "天")]),
        ("一天三次", [("1", "天"), ("3", "次")]),
        ("每周三次", [("3", "次")]),
        ("我妈七十岁", [("70", "岁")]),
        ("70周岁", [("70", "岁")]),
        ("3岁半", [("3.5", "岁")]),
        ("一个半月", [("1.5", "个月")]),
        ("半个月", [("0.5", "个月")]),
        ("3个星期", [("3", "周")]),
        ("30 tablets", [("30", "片")]),
        ("70-year-old", [("70", "岁")]),
        ("20片*2盒", [("20", "片"), ("2", "盒")]),
        ("1200元5盒", [("5", "盒")]),
    ],
)
def test_counts_come_with_their_unit(text: str, counts: list[tuple[str, str]]) -> None:
    found = [(count.value, count.unit) for count in find_counts(text)]
    assert found == [(Decimal(value), unit) for value, unit in counts]


@pytest.mark.parametrize(
    "text",
    [
        "2026年",
        "第3天",
        "十几天",
        "两三天",
        "七十多岁",
        "1-2片",
        "B12片",
        "一次性",
        "一支付",
        "上半年",
        "二甲双胍片",
    ],
)
def test_what_is_no_single_count_is_left_out(text: str) -> None:
    assert find_counts(text) == []
