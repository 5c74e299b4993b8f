"""Damage is told in a sentence that names the file, and never becomes a draft."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from askdoc.library.reading.damage import check_text
from askdoc.library.reading.draft import Section
from askdoc.library.reading.reader import read_bytes

RULE = "第一条 在职职工在一级医院门诊就医的，由统筹基金按照规定的比例支付，其余由本人承担。\n"
LATIN_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def word() -> bytes:
    document, kept = Document(), BytesIO()
    document.add_paragraph(RULE)
    document.save(kept)
    return kept.getvalue()


def packed(**parts: bytes) -> bytes:
    """A zip of these parts beside a Word document's own."""
    kept = BytesIO(word())
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}", content)
    return kept.getvalue()


def nested() -> bytes:
    """A bomb inside an attached file inside a Word file."""
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big", bytes(20_000_000))
    return packed(attached=bomb.getvalue())


def archive_of_sheets() -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    return kept.getvalue()


def archive_in_archive() -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("inner", archive_of_sheets())
    return kept.getvalue()


SPAM = (
    "注册送彩金，百家乐、老虎机、时时彩天天开奖，首存返水，加微信领取内幕码。\n"
    "新葡京真人视讯，体育投注赔率最高，点击进入，稳赚包赢。\n"
)
DAMAGED: dict[str, tuple[str, Callable[[], bytes | str], str]] = {
    "empty": ("a.txt", lambda: b"", "file_empty"),
    "blank": ("a.md", lambda: b"\xef\xbb\xbf \n\n", "file_empty"),
    "unknown ending": ("a.xyz", lambda: RULE, "format_unknown"),
    "old Word": ("a.doc", lambda: LATIN_OFFICE, "old_word_file"),
    "old Word as docx": ("a.docx", lambda: LATIN_OFFICE, "old_word_file"),
    "Word with a password": (
        "a.docx",
        lambda: LATIN_OFFICE + "EncryptedPackage".encode("utf-16-le"),
        "word_encrypted",
    ),
    "Word cut off": ("a.docx", lambda: word()[:-2000], "word_damaged"),
    "Word without its text": (
        "a.docx",
        lambda: word().replace(b"word/styles.xml", b"word/styles.xmk"),
        "word_damaged",
    ),
    "text as PDF": ("a.pdf", lambda: RULE, "content_mismatch"),
    "PDF as text": ("a.txt", lambda: b"%PDF-1.4\n%%EOF", "content_mismatch"),
    "Word as PDF": ("a.pdf", word, "content_mismatch"),
    "page as text": ("a.txt", lambda: f"<!DOCTYPE html><p>{RULE}", "content_mismatch"),
    "text as page": ("a.html", lambda: RULE, "content_mismatch"),
    "picture as text": ("a.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(90), "content_mismatch"),
    "other archive as Word": (
        "a.docx",
        archive_of_sheets,
        "content_mismatch",
    ),
    "zip bomb": ("a.docx", lambda: packed(big=bytes(60_000_000)), "packed_too_tight"),
    "nested zip bomb": ("a.docx", nested, "packed_too_tight"),
    "archive in archive": ("a.docx", lambda: packed(one=archive_in_archive()), "packed_too_tight"),
    "binary": ("a.txt", lambda: bytes(range(1, 256)) * 20, "binary_content"),
    "zero bytes": ("a.txt", lambda: RULE.replace("，", "，\0") * 3 + "。", "nul_bytes"),
    "one endless line": ("a.txt", lambda: "医保" * 1_700_000, "line_too_long"),
    "endless line of a page": (
        "a.html",
        lambda: f"<html><p>{'医保' * 60_000}</p></html>",
        "line_too_long",
    ),
    "page of pictures": ("a.html", lambda: "<html><img src=a.png></html>", "no_text"),
    "replaced characters": (
        "a.txt",
        lambda: RULE * 3 + "基金支付\ufffd\ufffd\ufffd。",
        "lost_characters",
    ),
    "one lost in a figure": ("a.txt", lambda: RULE * 90 + "支付8\ufffd%。", "lost_characters"),
    "question marks": ("a.txt", lambda: RULE + "????????", "lost_characters"),
    "a byte lost": (
        "a.txt",
        lambda: (RULE * 3).encode().replace(b"\x81", b"", 1),
        "lost_characters",
    ),
    "kun jin kao": ("a.txt", lambda: RULE + "锟斤拷" * 4, "garbled_text"),
    "UTF-8 read as GBK": (
        "a.txt",
        lambda: (RULE * 3).encode().decode("gb18030", "ignore"),
        "garbled_text",
    ),
    "UTF-8 read as Latin": ("a.txt", lambda: (RULE * 3).encode().decode("latin-1"), "garbled_text"),
    "UTF-8 read as Windows": ("a.txt", lambda: "CafÃ© crÃ¨me, dÃ©jÃ\xa0 vu", "garbled_text"),
    "GBK read as Latin": (
        "a.txt",
        lambda: (RULE * 3).encode("gbk").decode("latin-1"),
        "garbled_text",
    ),
    "private characters": ("a.txt", lambda: RULE + "\ue123\ue124\ue125", "private_characters"),
    "adverts": ("a.txt", lambda: SPAM, "spam_content"),
    "one advert page among many": (
        "a.md",
        lambda: f"## 一\n{RULE * 60}\n## 二\n{SPAM}",
        "spam_content",
    ),
    "links": (
        "a.txt",
        lambda: "".join(f"看 https://example.org/page/{number}\n" for number in range(9)),
        "spam_content",
    ),
    "one line over and over": (
        "a.txt",
        lambda: "最新优惠活动马上参加\n" * 30 + RULE,
        "spam_content",
    ),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damage_is_told_and_the_file_is_named(damage: str, desk: Any) -> None:
    name, content, code = DAMAGED[damage]
    assert desk.refused(name, content()).code == f"library.{code}"


def test_a_pdf_cut_off_is_refused(desk: Any, press: Any) -> None:
    whole = press.pdf(press.page(press.text(RULE.strip())), press.page(press.text("第二条 完。")))
    assert desk.refused("cut.pdf", whole[:-300]).code == "library.pdf_truncated"


def test_a_pdf_that_lacks_pages_is_refused(desk: Any, press: Any) -> None:
    whole = press.pdf(press.page(press.text(RULE.strip())))
    told = whole.replace(b"/Count 1", b"/Count 7")
    assert desk.refused("pages.pdf", told).code == "library.pdf_truncated"


def test_a_pdf_with_a_password_is_refused(desk: Any, press: Any) -> None:
    locked = press.pdf(
        press.page(press.text(RULE.strip())),
        trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}>"
        f" /U <{'22' * 32}> >> /ID [<00> <00>]",
    )
    assert desk.refused("locked.pdf", locked).code == "library.pdf_encrypted"


def test_a_pdf_without_its_pages_is_refused(desk: Any) -> None:
    assert desk.refused("empty.pdf", b"%PDF-1.4\nnothing\n%%EOF\n").code == "library.pdf_damaged"


def test_a_scanned_page_is_refused_by_its_number(desk: Any, press: Any) -> None:
    scan = press.pdf(press.page(press.text(RULE.strip())), press.page(scanned=True))
    refused = desk.refused("scan.pdf", scan)
    assert (refused.code, refused.fields["pages"]) == ("library.pdf_scanned", "2")
    assert "OCR" in refused.sentence("zh")


def test_shipped_documents_and_a_warning_against_fraud_are_not_damaged(knowledge: Path) -> None:
    for file in (knowledge / "documents").rglob("*.md"):
        assert read_bytes(file.name, file.read_bytes()).sections, file
    warning = (
        "谨防骗保：凡是声称包治百病、祖传秘方、无效退款的，都不要相信，请向医保部门举报。"
        + RULE * 3
    )
    check_text("warning.txt", [Section((), None, warning)])


def test_one_strange_character_in_a_long_text_is_a_slip() -> None:
    rules = "".join(f"第{number}条 {RULE}" for number in range(60))
    check_text("slip.txt", [Section((), None, rules + "的\ufffd。\ue123")])
