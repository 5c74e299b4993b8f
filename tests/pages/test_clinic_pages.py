"""A clinic's pages and the script of its demonstration.

The whole demonstration (9,000 residents, 3,000 reminders) is `eval/faults/demo.py`; here the same
script goes over the sample of `conftest.SIZE`.
"""

import csv
from collections.abc import Callable
from io import BytesIO
from typing import Any
from unicodedata import normalize

import pdfplumber
import pytest

from .conftest import SIZE, SIZES, Visit, Visiting, axe
from .test_pages import fits, serious

size = pytest.mark.parametrize("size", list(SIZES))
PATHS = (
    "/clinic",
    "/clinic/lists/due",
    "/clinic/lists/calls",
    "/clinic/lists/tasks",
    "/clinic/lists/forecast",
    "/clinic/lists/cohort",
    "/clinic/report",
    "/clinic/changes",
    "/demo/sender",
)


def number(visit: Visit, name: str) -> int:
    return int(visit.page.locator(f"[data-count={name}]").inner_text())


def until(visit: Visit, is_so: Callable[[], bool], seconds: int = 120) -> None:
    for _ in range(seconds * 5):
        if is_so():
            return
        visit.page.wait_for_timeout(200)
    raise AssertionError(visit.page.locator("main").inner_text())


def arrived(visit: Visit) -> int:
    return int(visit.page.locator("#arrived").inner_text())


def press(visit: Visit, label: str) -> None:
    visit.page.get_by_role("button", name=label).click()
    visit.page.wait_for_load_state()


def test_a_killed_sender_loses_no_reminder_and_a_lack_of_stock_lands_on_the_doctor_s_list(
    visit: Visiting,
) -> None:
    staff, resident, doctor = visit("desktop"), visit("phone"), visit("desktop")
    staff.become("clinic_staff")
    staff.open("/demo")
    press(staff, "开始发送")
    until(staff, lambda: arrived(staff) > SIZE.due // 3)
    press(staff, "强行终止")
    assert number(staff, "kills") == 1
    assert number(staff, "waiting") > 0
    press(staff, "开始发送")
    until(staff, lambda: arrived(staff) >= SIZE.due and number(staff, "waiting") == 0)
    assert arrived(staff) == SIZE.due
    assert number(staff, "unmarked") == 0
    press(staff, "强行终止")

    resident.become("resident")
    resident.open("/demo")
    press(resident, "有困难")
    press(resident, "断货")
    assert "哪里有药" in resident.page.locator(".answer").inner_text()
    assert fits(resident)

    doctor.become("doctor")
    doctor.open("/clinic/lists/tasks")
    row = doctor.page.locator("tbody tr", has_text="断货")
    assert "示例0000" in row.inner_text()
    row.locator("select").select_option("delivered")
    row.get_by_role("button", name="记下").click()
    row.wait_for(state="detached")
    doctor.open("/clinic/lists/outcomes")
    assert "已配送" in doctor.page.locator("tbody").inner_text()


@size
def test_staff_see_what_is_due_end_a_call_and_take_the_list_home(
    visit: Visiting, size: str
) -> None:
    staff = visit(size)
    staff.become("clinic_staff")
    page = staff.page
    staff.open("/clinic")
    assert page.locator(".tile b").first.inner_text().isdigit()
    assert page.locator(".weeks svg[role=img] rect").count() > 4
    page.locator(".weeks details summary").first.click()
    assert page.locator(".weeks details table").first.is_visible()
    assert fits(staff)
    page.locator(".t-due").click()
    page.wait_for_load_state()
    assert page.locator("tbody tr").count() == 50
    # Who is due is told by name, and by the record that the name belongs to.
    assert page.locator("tbody .who", has_text="（示例").count() == 50
    assert page.locator("tbody th .hint").first.inner_text().startswith("示例0")
    page.get_by_role("link", name="下一页").click()
    page.wait_for_load_state()
    assert fits(staff)
    with page.expect_download() as started:
        page.get_by_role("link", name="下载表格").click()
    with open(started.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][0] == "居民"
    assert len(rows) > 100


def test_a_changed_rule_is_seen_by_the_doctor_first_and_then_told_once(visit: Visiting) -> None:
    staff, doctor = visit("phone"), visit("desktop")
    staff.become("clinic_staff")
    staff.open("/clinic/changes")
    staff.page.get_by_role("link", name="阿卡波糖").click()
    assert "由医生决定" in staff.page.locator("main").inner_text()
    assert staff.page.get_by_role("button", name="同意").count() == 0
    doctor.become("doctor")
    doctor.open("/clinic/changes")
    doctor.page.get_by_role("link", name="阿卡波糖").click()
    told = doctor.page.locator("main").inner_text()
    assert "示例版目录（不是真实目录" in told
    assert "2027-01-01" in told
    assert "阿卡波糖片" in doctor.page.locator("tbody").inner_text()
    doctor.page.get_by_role("button", name="同意").click()
    doctor.page.get_by_text("已同意，通知已放入待发").wait_for()
    doctor.open("/knowledge/changes?region=cn/shanghai&first=2026-12-31&last=2027-01-01")
    assert "当地长期处方用量" in doctor.page.locator("tbody").inner_text()


def test_a_call_that_was_made_leaves_the_list(visit: Visiting) -> None:
    staff = visit()
    staff.become("clinic_staff")
    staff.open("/clinic/lists/calls")
    rows = staff.page.locator("tbody tr")
    before = rows.count()
    who = rows.first.locator("th").inner_text()
    rows.first.locator("select").select_option("refilled")
    rows.first.get_by_role("button", name="记下").click()
    staff.page.locator("tbody th", has_text=who).wait_for(state="detached")
    staff.open("/clinic/lists/calls")
    assert rows.count() == before - 1


def test_the_page_for_monday_is_one_page(visit: Visiting) -> None:
    staff = visit("desktop")
    staff.become("clinic_staff")
    staff.open("/clinic/report")
    with pdfplumber.open(BytesIO(staff.page.pdf(format="A4"))) as printed:
        assert len(printed.pages) == 1
        told = normalize("NFKC", printed.pages[0].extract_text())
    assert "该续方" in told
    assert "对照组" in told


@size
def test_a_clinic_s_pages_are_sound_for_those_who_cannot_see_them(
    visit: Visiting, size: str
) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed (npm install axe-core)")
    staff = visit(size)
    staff.become("clinic_staff")
    found: list[Any] = []
    for path in PATHS:
        staff.open(path)
        found += serious(staff, source, path)
        assert fits(staff), path
    assert found == []
