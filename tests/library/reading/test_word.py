"""Word files: headings, tables in their place, numbers that Word computes, tracked changes."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from askdoc.library.reading.draft import Draft
from askdoc.library.reading.reader import read_bytes
from askdoc.library.reading.word_numbers import written


def read(document: Any) -> Draft:
    kept = BytesIO()
    document.save(kept)
    return read_bytes("notice.docx", kept.getvalue())


def test_headings_and_tables_come_in_reading_order() -> None:
    document = Document()
    document.add_heading("某市居民医疗保险问答", 0)
    document.add_heading("门诊", 1)
    document.add_paragraph("居民在社区医院就医，比例见下表。")
    document.add_paragraph("门诊支付比例")
    table = document.add_table(rows=3, cols=3)
    texts = ["类别", "一级", "二级", "居民", "60%", "50%", "居民", "65%", "55%"]
    for cell, text in zip((cell for row in table.rows for cell in row.cells), texts, strict=True):
        cell.text = text
    document.add_heading("住院", 1)
    document.add_paragraph("居民住院先付起付线。")
    draft = read(document)
    assert draft.title == "某市居民医疗保险问答"
    assert [section.path for section in draft.sections] == [("门诊",), ("住院",)]
    assert draft.sections[0].text.split("\n") == [
        "居民在社区医院就医，比例见下表。",
        "门诊支付比例",
        "| 类别 | 一级 | 二级 |",
        "| --- | --- | --- |",
        "| 居民 | 60% | 50% |",
        "| 居民 | 65% | 55% |",
    ]


def test_merged_cells_are_repeated_and_two_header_rows_become_one() -> None:
    document = Document()
    table = document.add_table(rows=4, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "人员"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "支付比例"
    table.cell(1, 1).text, table.cell(1, 2).text = "一级", "二级"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "在职"
    for y, x, text in ((2, 1, "80%"), (2, 2, "70%"), (3, 1, "85%"), (3, 2, "75%")):
        table.cell(y, x).text = text
    lines = read(document).sections[0].text.split("\n")
    assert lines[0] == "| 人员 | 支付比例 / 一级 | 支付比例 / 二级 |"
    assert lines[2:] == ["| 在职 | 80% | 70% |", "| 在职 | 85% | 75% |"]


def test_an_article_number_that_word_computes_is_cited() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0">'
            '<w:start w:val="7"/><w:numFmt w:val="chineseCountingThousand"/>'
            '<w:lvlText w:val="第%1条 "/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    for text in ("参保人员应当持医保凭证就医。", "医疗机构应当核对凭证。"):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        place = properties.get_or_add_numPr()
        place.get_or_add_numId().val, place.get_or_add_ilvl().val = 90, 0
    assert [section.article for section in read(document).sections] == ["第七条", "第八条"]


def test_numbers_are_written_as_word_shows_them() -> None:
    shown = [written(count, "chineseCounting") for count in (10, 11, 20, 21, 101, 110, 120)]
    assert shown == ["十", "十一", "二十", "二十一", "一百零一", "一百一十", "一百二十"]
    others = [(3, "upperLetter"), (9, "lowerRoman"), (4, "decimalEnclosedCircle"), (5, "decimal")]
    assert [written(*one) for one in others] == ["C", "ix", "④", "5"]


def test_deleted_struck_and_hidden_text_is_not_read_but_inserted_text_is() -> None:
    document = Document()
    paragraph = document.add_paragraph("参保人员住院")
    paragraph.add_run("不予支付").font.strike = True
    paragraph.add_run("暂停支付").font.hidden = True
    run = "<w:r><w:t>{}</w:t></w:r>"
    paragraph._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1">{run.format("按规定支付")}</w:ins>')
    )
    paragraph._p.append(
        parse_xml(f'<w:moveFrom {nsdecls("w")} w:id="2">{run.format("移走的")}</w:moveFrom>')
    )
    assert read(document).sections[0].text == "参保人员住院按规定支付"


def test_text_in_a_content_control_is_read() -> None:
    document = Document()
    paragraph = document.add_paragraph("本办法自印发之日起施行。")._p
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    paragraph.addprevious(control)
    control.find(qn("w:sdtContent")).append(paragraph)
    assert read(document).sections[0].text == "本办法自印发之日起施行。"
