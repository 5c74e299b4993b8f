"""Web pages: what a visitor reads, in whatever encoding the page was written."""

import pytest

from askdoc.library.reading.draft import Draft
from askdoc.library.reading.reader import read_bytes

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>门诊待遇_某市医保局</title>
<style>.gone {{ display: none }}</style><script>var a = "脚本里的字";</script></head><body>
<nav>首页 新闻 办事</nav><form><h1>门诊待遇</h1>
<p style="display:none">隐藏的广告</p><p class="gone">样式隐藏的字</p><div hidden>收起的字</div>
<!-- 注释里的字 --><h2>报多少</h2>
<p>在职职工在一级医院<b>门诊</b>就医，<del>不予支付</del>基金支付80%。</p>
<table><caption>起付线</caption><tr><th>人员</th><th>金额</th></tr>
<tr><td rowspan="2">在职</td><td>500元</td></tr><tr><td>700元</td></tr></table>
<h2>怎么办</h2><ul><li>带上医保卡</li><li>到窗口登记</li></ul></form>
<footer>版权所有</footer></body></html>"""


def read(charset: str = "utf-8", encoding: str = "") -> Draft:
    return read_bytes("page.html", PAGE.format(charset=charset).encode(encoding or charset))


def test_headings_lists_and_tables_become_sections() -> None:
    draft = read()
    assert (draft.title, draft.format) == ("门诊待遇", "html")
    assert [(section.path, section.text.split("\n")) for section in draft.sections] == [
        (
            ("报多少",),
            [
                "在职职工在一级医院门诊就医，基金支付80%。",
                *("起付线", "| 人员 | 金额 |", "| --- | --- |"),
                *("| 在职 | 500元 |", "| 在职 | 700元 |"),
            ],
        ),
        (("怎么办",), ["带上医保卡", "到窗口登记"]),
    ]


@pytest.mark.parametrize("unread", ["脚本", "首页", "广告", "样式", "收起", "注释", "不予", "版权"])
def test_what_a_visitor_does_not_read_is_left_out(unread: str) -> None:
    assert unread not in "".join(section.text for section in read().sections)


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gbk"), ("gbk", "gb18030"), ("utf-8", "gbk"), ("gbk", "utf-8"), ("big5", "utf-16")],
)
def test_a_page_is_read_right_whatever_it_says_of_itself(charset: str, encoding: str) -> None:
    assert read(charset, encoding).sections == read().sections


def test_layout_tables_are_read_as_text() -> None:
    page = "<html><body><table><tr><td><p>第一段话。</p><p>第二段话。</p></td></tr></table></body>"
    assert read_bytes("layout.html", page.encode()).sections[0].text == "第一段话。\n第二段话。"
