"""Text and Markdown files."""

import pytest

from askdoc.library.reading.reader import read_bytes

TEXT = """某市门诊办法

第一条 在职职工在一级医院门诊就医的，由统筹基金支付80%。
第二条 退休人员在一级医院门诊就医的，由统筹基金支付90%。
"""


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    draft = read_bytes("rule.txt", TEXT.replace("\n", "\r\n").encode(encoding))
    assert draft.title == "某市门诊办法"
    assert [section.article for section in draft.sections] == ["第一条", "第二条"]
    assert draft.sections[1].text == "退休人员在一级医院门诊就医的，由统筹基金支付90%。"


def test_traditional_text_in_big5_is_read() -> None:
    said = "參加職工醫療保險的人員，在一級醫院門診就醫的費用由統籌基金支付。"
    assert read_bytes("old.txt", said.encode("big5")).sections[0].text == said


def test_wrapped_lines_are_joined_and_own_lines_are_kept() -> None:
    wrapped = (
        "本市职工在一级医院门诊就医的费用由统\n筹基金按照规定支付，其余的部分由本人\n"
        "承担，可以用个人账户的钱。\n"
    )
    assert "统筹基金" in read_bytes("mail.txt", wrapped.encode()).sections[0].text
    own = "带上身份证\n到服务窗口登记并且领取一张就诊卡\n等候叫号\n"
    assert read_bytes("own.txt", f"办事\n{own}".encode()).sections[0].text == own.strip()


def test_rows_with_tabs_are_a_table() -> None:
    draft = read_bytes("tabs.txt", "办法\n比例如下：\n人员\t比例\n在职\t80%\n退休\t90%\n".encode())
    assert draft.sections[0].text.split("\n")[-2:] == ["| 在职 | 80% |", "| 退休 | 90% |"]


MARKDOWN = """---
region: cn/shanghai
---
# 门诊怎么报

## 在职
在职职工到一级医院，
基金付 **80%**，~~不付~~其余自付。

| 医院 | 比例 |
|---|---|
| 一级 | 80% |

## 退休
1. 带上医保卡
2. 到窗口登记
"""


def test_markdown_gives_front_matter_headings_lists_and_tables() -> None:
    draft = read_bytes("how.md", MARKDOWN.encode())
    assert draft.front_matter == "region: cn/shanghai\n"
    assert draft.title == "门诊怎么报"
    assert [(section.path, section.text) for section in draft.sections] == [
        (
            ("在职",),
            "在职职工到一级医院，基金付 80%，其余自付。\n"
            "| 医院 | 比例 |\n| --- | --- |\n| 一级 | 80% |",
        ),
        (("退休",), "1. 带上医保卡\n2. 到窗口登记"),
    ]


def test_a_rule_at_the_head_of_markdown_is_no_front_matter() -> None:
    draft = read_bytes("plain.md", "---\n在职职工到一级医院就医，由基金支付。\n".encode())
    assert draft.front_matter is None
    assert "由基金支付" in draft.sections[0].text


def test_a_file_without_a_title_is_called_by_its_name() -> None:
    assert read_bytes("门诊.txt", "在职职工到一级医院就医，由基金支付。".encode()).title == "门诊"
