"""What is typed into the staff's forms: refused it stays, kept it is shown, and it never runs."""

from typing import Any

import pytest

from .conftest import Visit, Visiting, axe
from .test_pages import fits, harmless, serious
from .test_slot_pages import press

# As long as the shortest of the fields lets it be.
HARM = "<img src=x onerror=window.ran=1>"
DAY = "2026-12-07"


@pytest.fixture(scope="module")
def source() -> str | None:
    return axe()


def check(visit: Visit, source: str | None, where: str) -> None:
    assert harmless(visit), where
    assert fits(visit), where
    if source is not None:
        assert serious(visit, source, where) == []


def fill(form: Any, **typed: str) -> None:
    for name, said in typed.items():
        form.locator(f"[name={name}]").fill(said)


def test_forms_of_people(visit: Visiting, source: str | None) -> None:
    office = visit("desktop")
    office.become("administrator")
    office.page.locator("summary", has_text="新增人员").click()
    form = office.page.locator("form[action='/people']")
    form.locator("select").select_option("doctor")
    fill(form, name=HARM, resident=HARM, clinic=HARM, staff=HARM)
    press(office, "新增并显示访问码")
    assert office.page.locator("[role=alert]").count() == 1
    assert form.locator("[name=name]").input_value() == HARM
    assert form.locator("select").input_value() == "doctor"
    check(office, source, "/people refused")
    fill(form, resident="")
    press(office, "新增并显示访问码")
    assert office.page.locator("[role=status] code").count() == 1
    check(office, source, "/people added")
    office.page.locator("summary", has_text="改换身份或诊所").click()
    form = office.page.locator("form[action$='/role']")
    form.locator("select").select_option("clinic_staff")
    fill(form, clinic=HARM)
    press(office, "确定改换")
    check(office, source, "/people changed")


def test_forms_of_the_slot_desk(visit: Visiting, source: str | None) -> None:
    staff, home = visit("desktop"), visit()
    staff.become("clinic_staff")
    staff.open(f"/slot-desk/day?day={DAY}")
    staff.page.locator("summary", has_text="新增出诊").click()
    form = staff.page.locator("form[action='/slot-desk/sessions']")
    form.locator("select").select_option("municipal")
    fill(form, department=HARM, doctor=HARM, begins="10:00", ends="10:10", persons="2")
    press(staff, "发布")
    assert "没有填对" in staff.page.locator("[role=alert]").inner_text()
    assert form.locator("[name=ends]").get_attribute("aria-invalid") == "true"
    assert form.locator("[name=department]").input_value() == HARM
    check(staff, source, "/slot-desk/day refused")
    fill(form, ends="11:00")
    press(staff, "发布")
    assert HARM in staff.page.locator("section[aria-labelledby=sessions]").inner_text()
    check(staff, source, "/slot-desk/day published")
    home.become("neighbour")
    home.open(f"/appointments?hospital=municipal&words=12月7日&department={HARM}")
    assert HARM in home.page.locator(".choices-list").inner_text()
    check(home, source, "/appointments found")
    staff.page.locator("li", has_text=HARM).locator("summary").first.click()
    press(staff, "确定停诊")
    check(staff, source, "/slot-desk/day withdrawn")


def test_answers_of_the_platform(visit: Visiting, source: str | None) -> None:
    home, staff = visit(), visit("desktop")
    home.become("neighbour")
    for words in (f"下周 骨科 一 {HARM}", f"下周 骨科 二 {HARM}"):
        home.open("/appointments")
        home.page.locator("#requests summary").click()
        home.page.fill("#requests input[name=words]", words)
        press(home, "提交申请")
        check(home, source, "/appointments asked")
    staff.become("clinic_staff")
    staff.open("/slot-desk")
    first = staff.page.locator(".tasks > li", has_text="骨科 一")
    first.locator("summary", has_text="约上了").click()
    names = ("hospital", "department", "doctor", "number")
    typed = dict.fromkeys(names, HARM) | {"day": DAY, "begins": "09:00", "ends": "08:30"}
    fill(first.locator("form").first, **typed)
    first.get_by_role("button", name="填好了").first.click()
    staff.page.wait_for_load_state()
    assert first.locator("[name=ends]").get_attribute("aria-invalid") == "true"
    assert first.locator("[name=number]").input_value() == HARM
    check(staff, source, "/slot-desk refused")
    fill(first.locator("form").first, ends="09:30")
    first.get_by_role("button", name="填好了").first.click()
    staff.page.wait_for_load_state()
    second = staff.page.locator(".tasks > li", has_text="骨科 二")
    second.locator("summary", has_text="没约上").click()
    fill(second, note=HARM)
    second.get_by_role("button", name="填好了").last.click()
    staff.page.wait_for_load_state()
    assert second.count() == 0
    home.open("/appointments")
    assert home.page.locator("main").inner_text().count(HARM) >= 5
    check(home, source, "/appointments answered")
