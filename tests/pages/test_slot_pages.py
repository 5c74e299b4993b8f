"""Slots, one's own details and people on the pages: with the race of two phones for one slot."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from typing import Any

import httpx
import pytest

from askdoc.cli.serve import DEMO_NOW

from .conftest import SIZES, Visit, Visiting
from .test_pages import HARM, fits, harmless

size = pytest.mark.parametrize("size", list(SIZES))
FIND = "/appointments?department=心内科&hospital={hospital}&words={words}"
_WEEKS = count()


def opened(visit: Visit, words: str = "", hospital: str = "municipal") -> None:
    visit.open(FIND.format(hospital=hospital, words=words))


def free(visit: Visit) -> list[str]:
    return [str(one) for one in visit.page.locator(".choices-list .when").all_inner_texts()]


def press(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name).first.click()
    visit.page.wait_for_load_state()


def held(visit: Visit) -> Any:
    return visit.page.locator(".booking.s-held")


def leave_all(*visits: Visit) -> None:
    """Give back what earlier tests left."""
    for one in visits:
        one.open("/appointments")
        while held(one).count():
            press(one, "不要了")


@size
def test_two_phones_race_for_one_slot(visit: Visiting, size: str) -> None:
    first, second = visit(size), visit(size)
    first.become("resident")
    second.become("neighbour")
    leave_all(first, second)
    for one in (first, second):
        opened(one, "下周三上午")
    wanted = free(first)[0]
    assert free(second)[0] == wanted
    assert len(free(first)) >= 3
    assert wanted.startswith("12月2日（周三）上午")
    press(first, "先保留这个时间")
    assert held(first).locator(".when").inner_text() == wanted
    assert "为您保留到 09:45" in held(first).inner_text()
    press(second, "先保留这个时间")
    told = second.page.locator("[role=alert]").inner_text()
    assert "别人约走了" in told
    assert "下面是现在还能约的时间" in told
    assert wanted not in free(second)
    assert len(free(second)) >= 2
    assert held(second).count() == 0
    press(first, "确认预约")
    assert first.page.locator(".booking.s-booked .kind").first.inner_text() == "已预约"
    assert fits(first)
    assert fits(second)
    first.page.locator(".booking.s-booked summary").first.click()
    press(first, "确定取消")
    assert first.page.locator(".booking.s-booked").count() == 0


def test_pressing_at_one_moment_gives_the_slot_to_exactly_one(visit: Visiting) -> None:
    """Both requests leave before either is answered: the server decides, not who drew first."""
    phones = [visit(), visit()]
    for one, who in zip(phones, ("resident", "neighbour"), strict=True):
        one.become(who)
    leave_all(*phones)
    sent = []
    for one in phones:
        opened(one, "下周三上午")
        form = one.page.locator("form[action='/appointments/hold']").first
        fields = {
            str(field.get_attribute("name")): str(field.get_attribute("value"))
            for field in form.locator("input").all()
        }
        cookie = one.page.context.cookies()[0]
        sent.append((fields, {str(cookie["name"]): str(cookie["value"])}))
    assert sent[0][0]["slot"] == sent[1][0]["slot"]
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda told: pressed(phones[0].address, *told), sent))
    assert sorted("别人约走了" in one for one in found) == [False, True]
    leave_all(*phones)


def pressed(address: str, fields: dict[str, str], cookies: dict[str, str]) -> str:
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    with httpx.Client(cookies=cookies, headers=headers, follow_redirects=True) as client:
        told = client.post(f"{address}/appointments/hold", data=fields)
    assert told.status_code == 200
    return told.text


@size
def test_the_fee_with_and_without_a_referral_says_how_sure_it_is(
    visit: Visiting, size: str
) -> None:
    home = visit(size)
    home.become("neighbour")
    opened(home, hospital="elsewhere")
    fee = home.page.locator(".fee")
    told = fee.inner_text()
    assert "您付 420.00 元" in told
    assert "您付 300.00 元" in told
    assert "待核实" in told
    assert "请向当地医保窗口确认" in told
    fee.locator("summary").click()
    assert fee.locator(".sources a").count() >= 1
    fee.locator("input[name=amount]").fill("200")
    press(home, "重新算")
    assert "200.00 元" in home.page.locator(".fee").inner_text()
    assert fits(home)


@size
def test_a_son_books_moves_and_cancels_for_his_mother(visit: Visiting, size: str) -> None:
    mother, son = visit(size), visit(size)
    mother.become("resident")
    leave_all(mother)
    son.become("family_member")
    son.open("/appointments")
    assert "王秀英" in son.page.locator(".tabs").inner_text()
    opened(son, "下周五下午")
    press(son, "先保留这个时间")
    press(son, "确认预约")
    mother.open("/appointments")
    booked = mother.page.locator(".booking.s-booked").first
    before = booked.locator(".when").inner_text()
    assert before.startswith("12月4日（周五）下午")
    son.page.get_by_role("link", name="改时间").first.click()
    son.page.wait_for_load_state()
    other = next(one for one in free(son) if one != before)
    son.page.locator(".choices-list li", has_text=other).get_by_role("button").click()
    son.page.wait_for_load_state()
    now = son.page.locator(".booking.s-booked").first
    assert now.locator(".when").inner_text() == other
    now.locator("summary").click()
    press(son, "确定取消")
    assert son.page.locator(".booking.s-booked").count() == 0
    assert fits(son)


@size
def test_what_staff_book_elsewhere_is_applied_for_until_they_entered_it(
    visit: Visiting, size: str
) -> None:
    home, staff = visit(size), visit(size)
    home.become("resident")
    home.open("/appointments")
    home.page.locator("#requests summary").click()
    words = f"下周 示例市第二医院 骨科 {size}"
    home.page.fill("#requests input[name=words]", words)
    press(home, "提交申请")
    mine = home.page.locator(".booking", has_text=words)
    assert "已申请" in mine.inner_text()
    assert "已预约" not in mine.inner_text()
    staff.become("clinic_staff")
    staff.open("/slot-desk")
    asked = staff.page.locator(".tasks > li", has_text=words)
    assert "王秀英" in asked.inner_text()
    asked.locator("summary", has_text="约上了").click()
    given = {
        "hospital": "示例市第二医院",
        "department": "骨科",
        "doctor": "示例医生",
        "number": "P1",
        "day": "2026-12-03",
        "begins": "09:00",
        "ends": "09:30",
    }
    for name, said in given.items():
        asked.locator(f"[name={name}]").first.fill(said)
    asked.get_by_role("button", name="填好了").first.click()
    staff.page.wait_for_load_state()
    assert staff.page.locator(".tasks > li", has_text=words).count() == 0
    home.open("/appointments")
    told = home.page.locator(".booking.s-arranged").first.inner_text()
    assert "已预约" in told
    assert "12月3日（周四）上午9:00-9:30" in told
    assert fits(home)
    assert fits(staff)


@size
def test_a_hospital_cancels_a_day_and_who_had_booked_sees_it_gone(
    visit: Visiting, size: str
) -> None:
    home, staff = visit(size), visit(size)
    home.become("resident")
    leave_all(home)
    # A Monday of its own for each size.
    day = date(2026, 11, 30) + timedelta(weeks=next(_WEEKS))
    assert day > DEMO_NOW.date()
    home.open(f"/appointments?department=心内科&hospital=district&words={day.month}月{day.day}日")
    press(home, "先保留这个时间")
    press(home, "确认预约")
    staff.become("clinic_staff")
    staff.open(f"/slot-desk/day?day={day}&hospital=district")
    coming = staff.page.locator("section[aria-labelledby=coming]")
    assert "王秀英" in coming.inner_text()
    # The day has not come: nobody can have stayed away.
    staff.page.get_by_role("button", name="未到").first.click()
    staff.page.wait_for_load_state()
    assert "不能再改" in staff.page.locator("[role=alert]").inner_text()
    staff.open(f"/slot-desk/day?day={day}&hospital=district")
    staff.page.locator("summary", has_text="医院停诊").click()
    press(staff, "确定停诊")
    assert "医院已停诊" in staff.page.locator("section[aria-labelledby=sessions]").inner_text()
    home.open("/appointments")
    assert home.page.locator(".booking.s-booked").count() == 0
    assert fits(staff)


@size
def test_one_s_own_details_are_seen_changed_and_erased(visit: Visiting, size: str) -> None:
    home = visit(size)
    home.become("neighbour")
    home.open("/me")
    age = home.page.locator("input[name=age]")
    before = age.input_value()
    age.fill("75")
    press(home, "保存")
    assert home.page.locator("input[name=age]").input_value() == "75"
    home.page.locator("input[name=age]").fill("七十")
    assert home.page.evaluate("!document.querySelector('input[name=age]').checkValidity()")
    home.page.locator("input[name=age]").fill(before)
    press(home, "保存")
    assert fits(home)
    stranger = visit(size)
    stranger.open("/")
    stranger.page.get_by_role("button", name="开始提问").click()
    stranger.page.wait_for_url("**/chat")
    stranger.open("/me")
    stranger.page.locator("input[name=name]").fill("王先生")
    press(stranger, "保存")
    press(stranger, "全部清空")
    assert stranger.page.locator("input[name=name]").input_value() == ""
    stranger.page.locator("summary", has_text="删除账号").click()
    press(stranger, "确定删除")
    stranger.open("/me")
    assert stranger.page.locator("h1").inner_text() == "医保的事，问一问"


def test_family_is_let_in_and_shut_out_on_the_page(visit: Visiting) -> None:
    son, neighbour = visit(), visit()
    son.become("family_member")
    son.open("/me")
    number = son.page.locator("code").first.inner_text()
    neighbour.become("neighbour")
    neighbour.open("/me")
    neighbour.page.locator("input[name=member]").fill(number)
    press(neighbour, "加进来")
    assert "王小明" in neighbour.page.locator("section[aria-labelledby=family]").inner_text()
    son.open("/appointments")
    assert "李桂兰" in son.page.locator(".tabs").inner_text()
    press(neighbour, "不再让他看")
    son.open("/appointments")
    assert "李桂兰" not in son.page.locator("main").inner_text()


@size
def test_an_administrator_adds_a_doctor_shows_the_key_once_and_ends_it(
    visit: Visiting, size: str
) -> None:
    office = visit(size)
    office.become("administrator")
    assert office.page.locator("h1").inner_text() == "人员"
    office.page.locator("summary", has_text="新增人员").click()
    office.page.select_option("select[name=role]", "doctor")
    office.page.locator("input[name=clinic]").fill("示例诊所")
    press(office, "新增并显示访问码")
    key = office.page.locator("[role=status] code").inner_text()
    assert key.startswith("ask_")
    here = office.page.locator("section[aria-labelledby=keys] .place").inner_text()
    office.open(f"/people/{here}")
    assert key not in office.page.content()
    assert fits(office)
    doctor = visit(size)
    assert entered(doctor, key)
    press(office, "停用")
    assert "已停用" in office.page.locator("section[aria-labelledby=keys]").inner_text()
    office.page.locator("summary", has_text="删除这个人").click()
    press(office, "确定删除")
    assert here not in office.page.content()


def test_an_administrator_changes_a_role_and_the_old_sign_in_stops(visit: Visiting) -> None:
    office, person = visit(), visit()
    office.become("administrator")
    office.page.locator("summary", has_text="新增人员").click()
    office.page.select_option("select[name=role]", "clinic_staff")
    press(office, "新增并显示访问码")
    key = office.page.locator("[role=status] code").inner_text()
    entered(person, key)
    assert person.page.locator("h1").count() == 1
    office.page.locator("summary", has_text="改换身份或诊所").click()
    form = office.page.locator("form[action$='/role']")
    form.locator("select").select_option("doctor")
    form.get_by_role("button").click()
    office.page.wait_for_load_state()
    new = office.page.locator("[role=status] code").inner_text()
    assert new != key
    assert fits(office)
    person.open("/me")
    assert person.page.locator("h1").inner_text() == "医保的事，问一问"
    assert entered(person, new)


def entered(visit: Visit, key: str) -> bool:
    visit.open("/")
    visit.page.locator("details summary").last.click()
    visit.page.fill("input[type=password]", key)
    visit.page.get_by_role("button", name="登录").click()
    visit.page.wait_for_load_state()
    # Browsers advise a field for a name beside every password; ours is a key without one.
    visit.wrong[:] = [one for one in visit.wrong if "username" not in one]
    return visit.page.locator("#q").count() == 1


def test_what_people_write_into_forms_never_becomes_markup(visit: Visiting) -> None:
    home, staff = visit("desktop"), visit("desktop")
    home.become("neighbour")
    home.open("/appointments")
    home.page.locator("#requests summary").click()
    home.page.fill("#requests input[name=words]", HARM)
    press(home, "提交申请")
    assert harmless(home)
    home.open("/appointments?department=%3Cimg%20src%3Dx%20onerror%3Dwindow.ran%3D1%3E")
    assert harmless(home)
    home.open("/me")
    home.page.locator("input[name=name]").fill(HARM)
    press(home, "保存")
    assert harmless(home)
    staff.become("clinic_staff")
    staff.open("/slot-desk")
    assert "window.ran" in staff.page.content()
    assert harmless(staff)
