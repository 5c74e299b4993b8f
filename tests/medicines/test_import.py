"""A published list becomes medicines; what is refused is said row by row."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from askdoc.medicines import (
    Catalogue,
    Edition,
    Imported,
    ScopeFacts,
    decide,
    load_catalogue,
    resolve,
    store_edition,
)
from askdoc.medicines.edition_import import read_edition
from askdoc.medicines.errors import (
    EditionNameBad,
    EditionsOverlap,
    ImportEmpty,
    ImportNoHeader,
    ImportNothingTaken,
    ImportUnreadable,
    StoredDamaged,
)
from askdoc.wording import AskdocError

HEADER = "药品名称,甲乙类,剂型,部分,备注,协议有效期,医保支付标准,医保药品编码\n"
ROWS = """子寅霉素,甲,口服常释剂型,西药部分,,,,
连辰清片(胶囊),医保乙类,,中成药部分,,,,
卯辰替尼片,乙,,西药,限成人。,2025年1月1日至2025年12月31日,1.17元(25mg/片),
巳午花,,,基金予以支付的中药饮片,,,,
未申花,,,不得纳入基金支付范围的中药饮片,,,,
,甲,片,西药部分,,,,
戌亥片,,,西药部分,,,,
戌亥片,丙,,西药部分,,,,
戌亥,甲,奇怪剂型,西药部分,,,,
戌亥片,甲,,别的部分,,,,
子寅霉素,甲,口服常释剂型,西药部分,,,,
甲丑片,甲,,西药部分,,,,
甲丑片,乙,,西药部分,,,,
乙丑片,乙,,西药部分,,下个月,很便宜,XX123
"""
EDITION = Edition(
    "list-2024",
    {"zh": "测试", "en": "test"},
    date(2025, 1, 1),
    date(2025, 12, 31),
    "a list",
    "secondary",
)


@pytest.fixture(scope="module")
def small_catalogue() -> Catalogue:
    return load_catalogue(Path(__file__).parent / "knowledge")


def read(tmp_path: Path, content: bytes, small: Catalogue, name: str = "list.csv") -> Imported:
    file = tmp_path / name
    file.write_bytes(content)
    return read_edition(file, small.forms)


def test_every_row_is_taken_or_refused_with_its_reason(
    tmp_path: Path, small_catalogue: Catalogue
) -> None:
    found = read(tmp_path, (HEADER + ROWS).encode(), small_catalogue)
    assert [(one.row, one.reason) for one in found.refused] == [
        (7, "no_name"),
        (8, "no_class"),
        (9, "unknown_class"),
        (10, "unknown_form"),
        (11, "unknown_part"),
        (12, "duplicate"),
        (13, "class_conflict"),
        (14, "class_conflict"),
    ]
    assert [(one.row, one.reason) for one in found.unread] == [
        (15, "agreement_unread"),
        (15, "standard_unread"),
        (15, "unknown_code"),
    ]
    assert [(one.name, one.is_paid) for one in found.pieces] == [
        ("巳午花", True),
        ("未申花", False),
    ]
    assert [one.name for one in found.medicines] == [
        "子寅霉素",
        "连辰清片",
        "连辰清胶囊",
        "卯辰替尼片",
        "乙丑片",
    ]
    taken = {int(one.place) for one in found.medicines}
    assert len(taken) + len(found.refused) + len(found.pieces) == found.rows


def test_a_negotiated_row_keeps_its_agreement_and_limit(
    tmp_path: Path, small_catalogue: Catalogue
) -> None:
    medicine = read(tmp_path, (HEADER + ROWS).encode(), small_catalogue).medicines[3]
    assert medicine.payment_class == "negotiated"
    assert medicine.agreement is not None
    assert medicine.agreement.ends == date(2025, 12, 31)
    assert medicine.restriction is not None
    assert medicine.payment_standard is not None
    assert str(medicine.payment_standard.amounts[0].amount) == "1.17"


def test_gbk_and_excel_give_the_same(tmp_path: Path, small_catalogue: Catalogue) -> None:
    expected = read(tmp_path, (HEADER + ROWS).encode("utf-8-sig"), small_catalogue)
    names = [one.name for one in expected.medicines]
    chinese = read(tmp_path, (HEADER + ROWS).encode("gb18030"), small_catalogue)
    assert [one.name for one in chinese.medicines] == names
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某某目录"])
    sheet.append([])
    for line in (HEADER + ROWS).splitlines():
        sheet.append(line.split(","))
    book.create_sheet("说明").append(["凡例"])
    book.save(tmp_path / "list.xlsx")
    excel = read_edition(tmp_path / "list.xlsx", small_catalogue.forms)
    assert [one.name for one in excel.medicines] == names
    assert excel.refused[0].reason == "sheet_without_header"
    assert excel.refused[1].row == 9


def test_the_class_column_may_have_no_name(tmp_path: Path, small_catalogue: Catalogue) -> None:
    found = read(
        tmp_path,
        "编号,药品分类,,药品名称\n1,x,甲,子寅片\n2,x,乙,丑卯片\n".encode(),
        small_catalogue,
    )
    assert [one.payment_class for one in found.medicines] == ["A", "B"]


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "list.csv", ImportEmpty),
        (b",,\n,,\n", "list.csv", ImportEmpty),
        ("药品\n阿\n".encode(), "list.csv", ImportNoHeader),
        (b"\x00\x01\x02\x00", "list.csv", ImportUnreadable),
        (b"not a workbook", "list.xlsx", ImportUnreadable),
        (b"PK\x03\x04 broken", "list.xlsx", ImportUnreadable),
        (b"\xff\xff\xff\xff,\xff", "list.csv", ImportUnreadable),
        ("药品名称,甲乙类\n阿片,丙\n".encode(), "list.csv", ImportNothingTaken),
    ],
)
def test_a_file_that_is_no_list_ends_in_one_sentence(
    tmp_path: Path, small_catalogue: Catalogue, content: bytes, name: str, error: type[AskdocError]
) -> None:
    with pytest.raises(error) as raised:
        read(tmp_path, content, small_catalogue, name)
    assert all(name in raised.value.sentence(lang) for lang in ("zh", "en"))


def test_a_missing_file_is_said(tmp_path: Path, small_catalogue: Catalogue) -> None:
    with pytest.raises(ImportUnreadable) as raised:
        read_edition(tmp_path / "absent.csv", small_catalogue.forms)
    assert raised.value.sentence("zh") == "无法读取 absent.csv：没有这个文件。"


def stored(tmp_path: Path, small: Catalogue, edition: Edition = EDITION) -> Path:
    folder = tmp_path / "editions"
    store_edition(read(tmp_path, (HEADER + ROWS).encode(), small), edition, folder)
    return folder


def test_a_stored_edition_answers_for_its_own_days(
    tmp_path: Path, small_catalogue: Catalogue, small_folder: Path
) -> None:
    folder = stored(tmp_path, small_catalogue)
    catalogue = load_catalogue(small_folder, folder)
    past, today = catalogue.on(date(2025, 12, 31)), catalogue.on(date(2026, 1, 1))
    medicine = resolve("卯辰替尼片", past).medicines[0]
    assert (medicine.edition, medicine.agreement is not None) == ("list-2024", True)
    assert resolve("卯辰替尼片", today).kind == "none"
    assert resolve("甲乙双胍片", past).kind == "none"
    decision = decide(medicine, ScopeFacts(age=30), past.day, past)
    assert (decision.outcome, decision.missing) == ("conditional", ("payment_scope",))
    assert decide(medicine, ScopeFacts(), today.day, today).outcome == "indeterminate"


def test_storing_again_replaces_and_leaves_nothing_else(
    tmp_path: Path, small_catalogue: Catalogue
) -> None:
    folder = stored(tmp_path, small_catalogue)
    stored(tmp_path, small_catalogue)
    assert [file.name for file in folder.iterdir()] == ["list-2024.json"]


def test_an_import_fills_the_shipped_edition_and_never_overrules_it(
    tmp_path: Path, small_catalogue: Catalogue, small_folder: Path
) -> None:
    shipped = small_catalogue.editions[0]
    rows = (
        "药品名称,甲乙类,剂型\n甲乙双胍,乙,口服常释剂型\n甲乙双胍,乙,注射剂\n"
        "壬癸丸,乙,\n壬癸片,乙,\n"
    )
    folder = tmp_path / "editions"
    store_edition(read(tmp_path, rows.encode(), small_catalogue), shipped, folder)
    on = load_catalogue(small_folder, folder).on(date(2026, 3, 1))
    classes = {
        name: [one.payment_class for one in resolve(name, on).medicines]
        for name in ("甲乙双胍片", "甲乙双胍注射液", "壬癸丸", "壬癸片")
    }
    assert classes == {
        "甲乙双胍片": ["A"],
        "甲乙双胍注射液": ["B"],
        "壬癸丸": ["A"],
        "壬癸片": ["B"],
    }


def test_an_imported_row_without_a_remarks_column_is_never_covered_outright(
    tmp_path: Path, small_catalogue: Catalogue, small_folder: Path
) -> None:
    folder = tmp_path / "editions"
    imported = read(tmp_path, "药品名称,甲乙类\n壬寅片,甲\n".encode(), small_catalogue)
    store_edition(imported, EDITION, folder)
    on = load_catalogue(small_folder, folder).on(date(2025, 6, 1))
    decision = decide(resolve("壬寅片", on).medicines[0], ScopeFacts(), on.day, on)
    assert (decision.outcome, decision.missing) == ("conditional", ("payment_scope",))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: text.replace('"class": "A"', '"class": "Z"'),
        lambda text: text.replace('"format": 1', '"format": 9'),
        lambda text: text.replace('"from": "2025-01-01"', '"from": "never"'),
    ],
)
def test_a_damaged_stored_edition_is_said(
    tmp_path: Path, small_catalogue: Catalogue, small_folder: Path, damage: object
) -> None:
    folder = stored(tmp_path, small_catalogue)
    file = folder / "list-2024.json"
    assert callable(damage)
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(StoredDamaged, match="list-2024"):
        load_catalogue(small_folder, folder)


def test_editions_may_not_overlap_or_leave_their_folder(
    tmp_path: Path, small_catalogue: Catalogue, small_folder: Path
) -> None:
    late = Edition("late", EDITION.name, date(2026, 5, 1), None, "a list", "secondary")
    with pytest.raises(EditionsOverlap):
        load_catalogue(small_folder, stored(tmp_path, small_catalogue, late))
    bad = Edition("../up", EDITION.name, EDITION.begins, EDITION.ends, "a list", "secondary")
    with pytest.raises(EditionNameBad):
        stored(tmp_path, small_catalogue, bad)


def test_what_was_refused_is_kept(tmp_path: Path, small_catalogue: Catalogue) -> None:
    file = stored(tmp_path, small_catalogue) / "list-2024.json"
    assert len(json.loads(file.read_text(encoding="utf-8"))["refused"]) == 8
