"""PDF files with real Chinese text: paragraphs, headings, tables over page ends."""

from collections.abc import Sequence
from typing import Any

from askdoc.library.reading.draft import Draft
from askdoc.library.reading.reader import read_bytes

HEADER, FOOTER = "某市医疗保障局文件", "— {} —"
TABLE = [["人员类别", "机构等级", "支付比例"], ["在职", "一级", "80%"], [None, "二级", "70%"]]
NEXT_PAGE = [["人员类别", "机构等级", "支付比例"], ["", "三级", "60%"], ["退休", "一级", "90%"]]


def circular(press: Any) -> Draft:
    """Three pages: a title, chapters, a wrapped paragraph and a table over a page end."""
    first, second = press.table(TABLE, 300), press.table(NEXT_PAGE, 80)
    pages: list[tuple[Sequence[Any], Sequence[Any]]] = [
        (
            [
                (150, 80, 18, "某市职工医疗保险门诊办法"),
                *press.text(
                    "第一章 总则",
                    "第一条 为了规范职工医疗保险门诊待遇，保障参保人员的基本医疗需",
                    "求，制定本办法。",
                    "第二条 支付比例按下表执行：",
                ),
                (72, 290, 11, "表1 支付比例"),
                *first.lines,
            ],
            first.rules,
        ),
        ([*second.lines, *press.text("第三条 本办法自印发之日起施行。", top=200)], second.rules),
        (press.text("第四条 本办法由某市医疗保障局解释。"), ()),
    ]
    made = [
        press.page([(200, 40, 9, HEADER), *lines, (290, 820, 9, FOOTER.format(number))], rules)
        for number, (lines, rules) in enumerate(pages, 1)
    ]
    return read_bytes("circular.pdf", press.pdf(*made))


def test_the_title_is_the_largest_line_and_articles_are_cited(press: Any) -> None:
    draft = circular(press)
    assert (draft.title, draft.format) == ("某市职工医疗保险门诊办法", "pdf")
    assert [section.article for section in draft.sections] == [
        "第一条",
        "第二条",
        "第三条",
        "第四条",
    ]
    assert draft.sections[0].path == ("第一章 总则", "第一条")


def test_chinese_lines_are_joined_without_a_blank(press: Any) -> None:
    said = circular(press).sections[0].text
    assert said == "为了规范职工医疗保险门诊待遇，保障参保人员的基本医疗需求，制定本办法。"


def test_a_table_over_a_page_end_is_one_with_its_caption_and_merged_cells(press: Any) -> None:
    assert circular(press).sections[1].text.split("\n") == [
        "支付比例按下表执行：",
        "表1 支付比例",
        "| 人员类别 | 机构等级 | 支付比例 |",
        "| --- | --- | --- |",
        "| 在职 | 一级 | 80% |",
        "| 在职 | 二级 | 70% |",
        "| 在职 | 三级 | 60% |",
        "| 退休 | 一级 | 90% |",
    ]


def test_headers_footers_and_page_numbers_are_left_out(press: Any) -> None:
    said = "".join(section.text for section in circular(press).sections)
    assert HEADER not in said
    assert "—" not in said


def test_a_paragraph_goes_on_over_a_page_end(press: Any) -> None:
    one = press.page(
        press.text("本市参保人员在定点医疗机构发生的门诊费用由统筹基金按照规定的比", top=700)
    )
    two = press.page(
        press.text("例支付，其余由本人承担。参保人员应当凭医保凭证就医并当场结算费用。", top=80)
    )
    draft = read_bytes("two.pdf", press.pdf(one, two))
    assert "规定的比例支付" in draft.sections[0].text


def test_a_hyphenated_word_is_mended(press: Any) -> None:
    lines = press.text(
        "Outpatient treatment of employees is paid by the medical insur-",
        "ance fund. The person pays the rest of the bill and keeps the receipt.",
    )
    draft = read_bytes("english.pdf", press.pdf(press.page(lines)))
    assert "medical insurance fund. The person" in draft.sections[0].text
