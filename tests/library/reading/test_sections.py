"""From lines to passages: what is an article, what stays together, what a cut must carry along."""

from collections.abc import Sequence

import pytest

from askdoc.library.reading.blocks import Block, Heading, Paragraph, Table
from askdoc.library.reading.outline import numbered
from askdoc.library.reading.sections import sections_of

SENTENCE = "参保人员在定点医疗机构发生的符合规定的医疗费用由统筹基金按照比例支付。"


def lines(*texts: str) -> Sequence[Block]:
    return [Paragraph(text) for text in texts]


def test_chapters_sections_articles_and_items_nest() -> None:
    found = sections_of(
        lines(
            "第一章 总则",
            "第一条 目的。",
            "第二章 待遇",
            "第一节 门诊",
            "第二条 支付。",
            "第二节 住院",
            "第三条 起付。",
        )
    )
    assert [section.path for section in found] == [
        ("第一章 总则", "第一条"),
        ("第二章 待遇", "第一节 门诊", "第二条"),
        ("第二章 待遇", "第二节 住院", "第三条"),
    ]


def test_short_items_stay_in_the_sentence_they_belong_to() -> None:
    (only,) = sections_of(lines("第五条 下列费用不予支付：", "（一）境外就医；", "（二）美容。"))
    assert only.article == "第五条"
    assert only.text == "下列费用不予支付：\n（一）境外就医；\n（二）美容。"


def test_every_passage_of_a_long_list_says_what_the_list_is() -> None:
    items = [f"（{number}）{SENTENCE * 3}" for number in "一二三四五六七八九"]
    found = sections_of(lines("第五条 下列费用不予支付：", *items))
    assert len(found) > 1
    assert all(section.text.startswith("下列费用不予支付：\n（") for section in found)
    assert {section.article for section in found} == {"第五条"}
    assert all(len(section.text) <= 600 for section in found)


def test_a_list_inside_one_long_paragraph_keeps_its_lead_too() -> None:
    listed = "".join(f"（{number}）{SENTENCE[:-1] * 2}；" for number in "一二三四五六七八九十")
    found = sections_of(lines(f"第五条 有下列情形之一的，不予支付：{listed}"))
    assert len(found) > 1
    assert all(section.text.startswith("有下列情形之一的，不予支付：") for section in found)


def test_titled_items_with_enough_text_are_cited_on_their_own() -> None:
    found = sections_of(
        lines("二、怎样申请", "（一）申请条件", SENTENCE * 4, "（二）申请材料", SENTENCE * 4)
    )
    assert [section.article for section in found] == ["二、（一）", "二、（二）"]
    assert found[0].path == ("二、怎样申请", "（一）申请条件")


def test_a_long_article_is_cut_at_sentence_ends_under_one_citation() -> None:
    found = sections_of(lines("第九条 " + SENTENCE * 40))
    assert len(found) > 1
    assert {(section.path, section.article) for section in found} == {(("第九条",), "第九条")}
    assert all(section.text.endswith("。") and len(section.text) <= 600 for section in found)
    assert "".join(section.text for section in found) == SENTENCE * 40


def test_a_table_is_cut_between_rows_and_each_piece_has_caption_and_header() -> None:
    rows = tuple((f"药品{number}", SENTENCE) for number in range(60))
    found = sections_of([Paragraph("表3 药品"), Table("", ("名称", "说明"), rows)])
    assert len(found) > 1
    for section in found:
        assert section.text.startswith("表3 药品\n| 名称 | 说明 |\n| --- | --- |\n| 药品")
        assert all(line.count("|") == 3 for line in section.text.split("\n")[1:])
    assert sum(section.text.count("药品") - 1 for section in found) == 60


def test_a_row_longer_than_a_passage_is_not_cut() -> None:
    long_row = ("名称", SENTENCE * 30)
    found = sections_of([Table("表", ("甲", "乙"), (long_row, ("丙", "丁")))])
    assert any(SENTENCE * 30 in section.text for section in found)


def test_the_unit_line_above_a_table_joins_its_caption() -> None:
    blocks = [
        Paragraph("表1 起付线"),
        Paragraph("单位：元"),
        Table("", ("级", "额"), (("一", "5"),)),
    ]
    assert sections_of(blocks)[0].text.startswith("表1 起付线 单位：元\n| 级 |")


def test_marked_headings_enclose_numbered_lines() -> None:
    found = sections_of(
        [
            Heading("办事指南", 1),
            Heading("门诊", 2),
            *lines("一、条件", "职工。"),
            Heading("住院", 2),
            *lines("带卡。"),
        ]
    )
    assert [section.path for section in found] == [
        ("办事指南", "门诊", "一、条件"),
        ("办事指南", "住院"),
    ]


def test_an_annex_begins_anew() -> None:
    found = sections_of(lines("第一条 目的。", "附件2", "一、条件", "职工。"))
    assert found[1].path == ("附件2", "一、条件")


def test_the_lines_of_a_table_of_contents_are_left_out() -> None:
    found = sections_of(lines("第一条 总则………… 3", "第二条 门诊......12", "第一条 目的。"))
    assert [section.text for section in found] == ["目的。"]


@pytest.mark.parametrize(
    "line",
    [
        "第八条规定的人员",
        "第八条、第九条",
        "第八条第二款",
        "第三章规定的",
        "1.5倍",
        "2026年",
        "一级医院",
        "第八条所称",
    ],
)
def test_a_reference_or_figure_is_no_number_of_the_outline(line: str) -> None:
    assert numbered(line) is None


@pytest.mark.parametrize(
    ("line", "marker", "title"),
    [
        ("第八条　参保人员应当持卡就医。", "第八条", "第八条"),
        ("第八条为了规范，制定本办法。", "第八条", "第八条"),
        ("第十七条之一 参保人员。", "第十七条之一", "第十七条之一"),
        ("第八条（缴费） 用人单位应当缴费。", "第八条", "第八条（缴费）"),
        ("第二章　门诊", "第二章", "第二章 门诊"),
        ("第12条 参保。", "第12条", "第12条"),
        ("一、申请条件", "一、", "一、申请条件"),
        ("（二）参保人员应当申请。", "（二）", "（二）"),
        ("（二）申请条件。参保人员应当申请。", "（二）", "（二）申请条件"),
        ("1.带上身份证", "1.", "1. 带上身份证"),
        ("附件 1：", "附件1", "附件1"),
    ],
)
def test_a_number_is_read_with_its_title(line: str, marker: str, title: str) -> None:
    found = numbered(line)
    assert found is not None
    assert (found.marker, found.title) == (marker, title)


@pytest.mark.parametrize("count", range(1, 40))
def test_passages_are_neither_too_short_nor_too_long(count: int) -> None:
    texts = [f"（{number % 9 + 1}）{SENTENCE * (1 + number * 7 % 5)}" for number in range(count)]
    found = sections_of(lines("第五条 下列费用由个人承担：", *texts, "此外" + SENTENCE * 50))
    sizes = [len(section.text) for section in found]
    assert max(sizes) <= 600
    assert min(sizes) >= 80
