"""Sheets with one-time codes: readable by a phone, telling nothing, refused whole when wrong."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from askdoc.policy import Book
from askdoc.reception.enrolment import digest
from askdoc.sheets import BadRoster, Sheet, page, read_roster
from askdoc.storage.enrolments import SqlEnrolments

from .conftest import START, Counter

LINK = "https://t.me/askdoc_bot?start={code}"
pytest.importorskip("segno")


def roster(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text(text, encoding="utf-8-sig")
    return file


def test_a_list_of_residents_becomes_sheets_whose_codes_link(
    counter: Counter, tmp_path: Path, book: Book
) -> None:
    told = "resident,label,relation,region\nr1,我,self,cn/shanghai\nr2,妈妈,parent,\n"
    wanted = read_roster(roster(tmp_path, told), "nurse-1", book)
    codes = SqlEnrolments(counter.database).make_codes(wanted, START)
    sheets = [Sheet(one.label, code) for one, code in zip(wanted, codes, strict=True)]
    shown = page(sheets, LINK, "曲阳社区", "zh")
    assert shown.count("<section>") == 2
    assert "r1" not in shown
    counter.says("/start")
    counter.presses("同意")
    for code in codes:
        assert f"{code[:5]} {code[5:]}" in shown
        assert "已关联" in counter.says(f"/start {code}")[0]


def test_a_phone_reads_the_square(tmp_path: Path) -> None:
    cv2 = pytest.importorskip("cv2")
    import segno

    link = LINK.replace("{code}", "23456ABCDE")
    rows = np.array([list(row) for row in segno.make(link, error="m", micro=False).matrix])
    framed = np.pad(rows, 4)
    picture = np.kron(255 - framed * 255, np.ones((8, 8))).astype(np.uint8)
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == link


def test_markup_in_a_label_is_printed_as_it_is() -> None:
    shown = page([Sheet("<script>x</script>", "23456ABCDE")], LINK, "<b>社区", "zh")
    assert "<script" not in shown
    assert "<b>" not in shown


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",我,self", "resident"),
        ("r1,我,cousin", "relation"),
        ("r1," + "长" * 21 + ",self", "label"),
        ("r1,我,self,extra", "columns"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_made(
    tmp_path: Path, book: Book, row: str, reason: str
) -> None:
    file = roster(tmp_path, f"resident,label,relation\nr0,我,self\n{row}\n")
    with pytest.raises(BadRoster) as refused:
        read_roster(file, "nurse-1", book)
    assert refused.value.fields == {"row": 3, "reason": reason}


def test_codes_are_not_in_the_database_and_end(
    counter: Counter, tmp_path: Path, book: Book
) -> None:
    wanted = read_roster(roster(tmp_path, "resident,label\nr1,我\n"), "nurse-1", book)
    enrolments = SqlEnrolments(counter.database)
    (code,) = enrolments.make_codes(wanted, START)
    for file in tmp_path.glob("askdoc.db*"):
        assert code.encode() not in file.read_bytes()
    inbox = counter.receptionist.inbox
    assert inbox.enrolment(digest(code), START + timedelta(days=29)) is not None
    assert inbox.enrolment(digest(code), START + timedelta(days=30)) is None
    assert enrolments.withdraw_codes("r1", START) == 1
    assert inbox.enrolment(digest(code), START) is None


def test_a_consent_at_the_desk_holds_until_it_is_withdrawn(counter: Counter) -> None:
    enrolments = SqlEnrolments(counter.database)
    assert not enrolments.has_agreed("r1", "reminders")
    enrolments.record_consent("r1", "reminders", "desk", "nurse-1", START, given=True)
    assert enrolments.has_agreed("r1", "reminders")
    enrolments.record_consent("r1", "reminders", "telephone", "nurse-2", START, given=False)
    assert not enrolments.has_agreed("r1", "reminders")
