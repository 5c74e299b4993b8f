"""A user's own files: read section by section with tables, or refused in a sentence."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from askdoc.library.reading import Draft, Limits, UnreadableFile, read_file

ARTICLES = (
    "灯塔药柜管理办法\n\n第一章 总则\n\n第一条 灯塔药柜每周三上午发放胰岛素冷藏袋，"
    "凭医保电子凭证领取，每人每次限领一个，领取时由工作人员当面登记。\n\n"
    "第二条 灯塔药柜由社区卫生服务中心管理，损坏的药柜由中心修理，"
    "修理期间到附近的中心领取冷藏袋，不另收费用。\n"
)


def pdf_of(lines: list[str]) -> bytes:
    """A one-page PDF whose Chinese letters are in a font that every reader knows."""
    shown = "".join(
        f"BT /F1 12 Tf 72 {760 - 20 * at} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
        for at, line in enumerate(lines)
    )
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    descendant = (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"{page} << /Font << /F1 4 0 R >> >> >>",
        f"{font} /DescendantFonts [5 0 R] >>",
        descendant,
        f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
    ]
    made = b"%PDF-1.4\n"
    starts: list[int] = []
    for number, told in enumerate(objects, 1):
        starts.append(len(made))
        made += f"{number} 0 obj\n{told}\nendobj\n".encode("latin-1")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    foot = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + head.encode() + foot.encode()


def docx_of() -> bytes:
    """A Word file with a heading, an article and a table with a caption."""
    made = docx.Document()
    made.add_heading("灯塔药柜管理办法", 1)
    made.add_paragraph("第一条 灯塔药柜每周三上午发放胰岛素冷藏袋，凭医保电子凭证领取，当面登记。")
    made.add_paragraph("表1 各中心的药柜")
    table = made.add_table(rows=2, cols=2)
    for at, text in enumerate(("中心", "药柜数", "梅林中心", "三个")):
        table.cell(at // 2, at % 2).text = text
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def bomb() -> bytes:
    """A Word file that unpacks to far more than a document can hold."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b"0" * 300_000_000)
    return held.getvalue()


def read(folder: Path, name: str, content: bytes) -> Draft:
    file = folder / name
    file.write_bytes(content)
    return read_file(file)


def all_text(draft: Draft) -> str:
    return "\n".join(section.text for section in draft.sections)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_is_read_in_the_encodings_that_people_have(tmp_path: Path, encoding: str) -> None:
    draft = read(tmp_path, "notice.txt", ARTICLES.encode(encoding))
    assert [section.article for section in draft.sections] == ["第一条", "第二条"]
    assert "胰岛素冷藏袋" in draft.sections[0].text
    assert any("第一章" in title for title in draft.sections[0].path)


def test_markdown_keeps_its_front_matter_apart(tmp_path: Path) -> None:
    text = f"---\nregion: cn\n---\n# 办法\n\n{ARTICLES}"
    draft = read(tmp_path, "notice.md", text.encode())
    assert draft.front_matter is not None
    assert "region: cn" in draft.front_matter
    assert "region" not in all_text(draft)


def test_a_web_page_loses_scripts_and_keeps_its_table(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset='gbk'><title>灯塔药柜</title><script>var x=1</script></head>"
        "<body>"
        "<p>第一条 灯塔药柜每周三上午发放胰岛素冷藏袋，凭医保电子凭证领取，领取时当面登记。</p>"
        "<table><tr><th>中心</th><th>药柜数</th></tr><tr><td>梅林中心</td><td>三个</td></tr></table>"
        "</body></html>"
    )
    text = all_text(read(tmp_path, "page.html", page.encode("gbk")))
    assert "胰岛素冷藏袋" in text
    assert "var x" not in text
    assert "| 中心 | 药柜数 |" in text
    assert "| 梅林中心 | 三个 |" in text


def test_a_word_file_keeps_articles_and_the_table_with_its_caption(tmp_path: Path) -> None:
    draft = read(tmp_path, "notice.docx", docx_of())
    text = all_text(draft)
    assert "第一条" in {section.article for section in draft.sections}
    assert "表1 各中心的药柜" in text
    assert "| 梅林中心 | 三个 |" in text


def test_a_pdf_with_chinese_text_is_read(tmp_path: Path) -> None:
    lines = ["灯塔药柜管理办法", "第一条 灯塔药柜每周三上午发放胰岛素冷藏袋，凭医保电子凭证领取，"]
    draft = read(
        tmp_path, "notice.pdf", pdf_of([*lines, "领取时由工作人员当面登记，每人限领一个。"])
    )
    assert "胰岛素冷藏袋" in all_text(draft)
    assert "第一条" in {section.article for section in draft.sections}


SPAM = ("加微信免费领取彩票大奖，点击 http://win.example/a 注册送现金\n" * 80).encode()
DAMAGED = {
    "truncated.pdf": (pdf_of(["灯塔药柜"] * 5)[:-300], "library.pdf_"),
    "not-a.pdf": (b"%PDF-1.4\n" + b"\x00\x01garbage" * 200, "library.pdf_"),
    "bomb.docx": (bomb(), "library.packed_too_tight"),
    "torn.docx": (docx_of()[:2000], "library.word_damaged"),
    "line.txt": ("药" * 3_500_000, "library.line_too_long"),
    "empty.txt": (b"", "library.file_empty"),
    "blank.md": (b" \n\n\t\n", "library."),
    "nul.txt": (ARTICLES.replace("药", "药\0").encode(), "library.nul_bytes"),
    "spam.txt": (SPAM, "library.spam_content"),
    "lost.txt": (
        ARTICLES.replace("药", "�").replace("的", "�").encode(),
        "library.lost_characters",
    ),
    "garbled.txt": (("锟斤拷" * 20 + "\n").encode() * 10, "library.garbled_text"),
    "picture.pdf": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "library.content_mismatch"),
    "page.docx": (b"<html><body>text</body></html>", "library."),
    "notes.xyz": (ARTICLES.encode(), "library.format_unknown"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused_in_a_sentence_that_names_it(tmp_path: Path, name: str) -> None:
    content, code = DAMAGED[name]
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, name, content.encode() if isinstance(content, str) else content)
    assert refused.value.code.startswith(code)
    for lang in ("zh", "en"):
        sentence = refused.value.sentence(lang)
        assert name in sentence
        assert str(tmp_path) not in sentence


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as missing:
        read_file(tmp_path / "nobody.pdf")
    assert missing.value.code == "library.file_missing"
    with pytest.raises(UnreadableFile) as folder:
        read_file(tmp_path)
    assert folder.value.code == "library.not_a_file"


def test_the_limits_end_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(ARTICLES, encoding="utf-8")
    with pytest.raises(UnreadableFile) as large:
        read_file(file, Limits(file_bytes=10))
    assert large.value.code == "library.file_too_large"
    with pytest.raises(UnreadableFile) as slow:
        read_file(file, Limits(wall_seconds=0.01))
    assert slow.value.code == "library.too_slow"
