"""The pages as people use them, on a phone and on a desktop: the script of the demonstration.

Each visit ends with nothing on the console and no request to anybody else (see `conftest.visit`).
"""

from typing import Any

import pytest

from .conftest import SIZES, Visit, Visiting, axe

BILL = "三级医院门诊花了1200元，其中乙类药400元，目录外100元，起付线用完了，账户没钱了，能报多少？"
EVERYWHERE = {
    "resident": ["/chat", "/appointments?department=心内科", "/me"],
    "doctor": [
        "/medicines?q=atft",
        "/medicines?id=atorvastatin-tablet&region=cn/shanghai&scheme=employee",
        "/knowledge",
        "/knowledge/findings",
        "/knowledge/conflicts",
        "/knowledge/values?region=cn/shanghai&parameter=employee.outpatient.share",
        "/knowledge/changes?region=cn/shanghai&first=2023-06-30&last=2023-07-01",
        "/sources/sh-outpatient-2023",
    ],
    "clinic_staff": [
        "/desk",
        "/desk?view=unanswered",
        "/desk?view=corrections",
        "/slot-desk",
        "/slot-desk/day?day=2026-12-02",
    ],
    "neighbour": ["/me", "/appointments?department=心内科&hospital=elsewhere"],
    "family_member": ["/appointments"],
    "administrator": ["/people", "/me"],
}
size = pytest.mark.parametrize("size", list(SIZES))
HARM = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>"\'--></textarea>{{7*7}}'


def fits(visit: Visit) -> bool:
    """Whether nothing stands beside the screen."""
    wide: bool = visit.page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return wide


@size
def test_a_resident_asks_corrects_by_a_chip_and_reports(visit: Visiting, size: str) -> None:
    home = visit(size)
    home.become("resident")
    page = home.page
    home.say(BILL)
    first = page.locator("#turn-1")
    assert "848.00" in first.locator(".legend").inner_text()
    wide = [float(one.get_attribute("width")) for one in first.locator(".who > svg rect").all()]
    assert sum(wide) == pytest.approx(100, abs=0.1)
    first.locator(".sum summary").click()
    assert "352.00" in first.locator(".total").inner_text()
    first.locator(".chip summary", has_text="三级医院").click()
    first.get_by_role("button", name="二级医院").click()
    second = page.locator("#turn-2")
    second.wait_for(timeout=30_000)
    assert "299.00" in second.locator(".legend").inner_text()
    second.get_by_role("button", name="不对").click()
    second.locator(".words input").fill("社区不是这样")
    second.locator(".words button").click()
    second.get_by_text("已转给医保专员").wait_for()
    assert fits(home)
    second.locator(".sources summary").click()
    second.locator(".sources a").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text()


@size
def test_staff_take_a_report_and_the_resident_reads_the_reply(visit: Visiting, size: str) -> None:
    resident, staff = visit(size), visit(size)
    resident.become("resident")
    resident.say("阿托伐他汀能报吗")
    resident.page.locator("#turn-1").get_by_role("button", name="看不懂").click()
    resident.page.get_by_text("已转给医保专员").wait_for()
    staff.become("clinic_staff")
    staff.page.locator(".task a", has_text="阿托伐他汀能报吗").first.click()
    staff.page.get_by_role("button", name="我来处理").click()
    staff.page.locator("#reply textarea").fill("您好，我来说明一下。")
    staff.page.locator("#reply button").click()
    resident.page.locator(".staff", has_text="您好，我来说明一下。").wait_for(timeout=10_000)
    staff.page.locator("#close textarea").fill("能报，先自付一部分。")
    staff.page.locator("#close button").click()
    staff.page.get_by_text("已答复").first.wait_for()
    assert fits(staff)
    resident.page.locator(".staff", has_text="能报，先自付一部分。").wait_for(timeout=10_000)


@size
def test_a_doctor_finds_a_medicine_by_letters_and_prints_a_slip(visit: Visiting, size: str) -> None:
    doctor = visit(size)
    doctor.become("doctor")
    page = doctor.page
    page.select_option("#region", "cn/shanghai")
    page.select_option("#scheme", "employee")
    page.locator("#q").press_sequentially("atft")
    page.locator("#found li").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#card article").wait_for()
    told = page.locator("#card").inner_text()
    assert "先自付 10%" in told
    assert "瑞舒伐他汀" in told
    page.get_by_role("button", name="复制这句话").click()
    page.get_by_text("已复制").wait_for()
    assert fits(doctor)
    page.get_by_role("link", name="给病人的大字条").click()
    page.wait_for_load_state()
    assert "阿托伐他汀" in page.locator(".slip h1").inner_text()
    assert fits(doctor)


def test_enter_never_opens_the_first_of_a_list_of_fewer_letters(visit: Visiting) -> None:
    doctor = visit()
    doctor.become("doctor")
    page = doctor.page
    held: list[Any] = []

    def late(route: Any) -> None:
        held.append(route) if route.request.url.endswith("q=atft") else route.continue_()

    page.route("**/v1/medicines?*", late)
    page.locator("#q").press_sequentially("a")
    page.locator("#found li").first.wait_for()
    page.locator("#q").press_sequentially("tft")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator("#card article").count() == 0
    assert held
    for route in held:
        route.continue_()
    page.locator("#card article").wait_for()
    assert "阿托伐他汀" in page.locator("#card h2").first.inner_text()


def test_a_reply_pressed_twice_is_written_once(visit: Visiting) -> None:
    resident, staff = visit(), visit("desktop")
    resident.become("resident")
    resident.say("什么是封顶线")
    resident.page.locator("#turn-1").get_by_role("button", name="看不懂").click()
    resident.page.get_by_text("已转给医保专员").wait_for()
    staff.become("clinic_staff")
    staff.page.locator(".task a", has_text="什么是封顶线").first.click()
    staff.page.get_by_role("button", name="我来处理").click()
    staff.page.locator("#reply textarea").fill("只写一次。")
    held: list[Any] = []

    def late(route: Any) -> None:
        held.append(route)

    staff.page.route("**/replies", late)
    for _ in range(2):
        staff.page.locator("#reply button").click()
    staff.page.wait_for_timeout(300)
    assert len(held) == 1
    held[0].continue_()
    staff.page.locator(".staff", has_text="只写一次。").first.wait_for()
    assert staff.page.locator(".staff", has_text="只写一次。").count() == 1


def test_a_talk_goes_by_keyboard_alone(visit: Visiting) -> None:
    home = visit("desktop")
    home.open("/")
    page = home.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    home.become("resident")
    page.locator("#text").focus()
    page.keyboard.type("什么是起付线")
    page.keyboard.press("Enter")
    page.locator("#turn-1").wait_for(timeout=30_000)
    assert page.evaluate("document.activeElement.id") == "text"


def test_an_emergency_stands_alone_and_first(visit: Visiting) -> None:
    home = visit()
    home.become("resident")
    home.say("我胸口疼得厉害，喘不上气，能报销吗")
    turn = home.page.locator("#turn-1")
    assert "120" in turn.locator("[role=alert]").inner_text()
    assert turn.locator(".who").count() == 0


def test_a_visitor_begins_without_a_name_and_leaves(visit: Visiting) -> None:
    home = visit()
    home.open("/")
    page = home.page
    page.select_option("select[name=region]", "cn/shandong/qingdao")
    page.get_by_role("button", name="开始提问").click()
    page.wait_for_url("**/chat")
    home.say("什么是起付线")
    assert page.locator("#turn-1").count() == 1
    page.get_by_role("button", name="退出").click()
    page.wait_for_load_state()
    home.open("/chat")
    assert page.locator("h1").inner_text() == "医保的事，问一问"
    home.open("/medicines")
    assert page.locator("#q").count() == 0


@size
def test_every_page_is_sound_for_those_who_cannot_see_it(visit: Visiting, size: str) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed (npm install axe-core)")
    found: list[str] = []
    for role, paths in EVERYWHERE.items():
        home = visit(size)
        home.open("/")
        found += serious(home, source, "/")
        home.become(role)
        if role == "resident":
            home.say(BILL)
            found += serious(home, source, "/chat turn")
        for path in paths if size == "phone" else paths[1:2]:
            home.open(path)
            found += serious(home, source, path)
        if role == "clinic_staff" and home.page.locator(".task a").count():
            home.page.locator(".task a").first.click()
            home.page.wait_for_load_state()
            found += serious(home, source, "/desk/task")
    assert found == []


def serious(visit: Visit, source: str, path: str) -> list[str]:
    assert visit.page.locator("main").count() == 1, path
    assert visit.page.get_by_text("出了点问题").count() == 0, path
    visit.page.evaluate(source)
    run: Any = visit.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{path}: {one['id']} {one['nodes'][0]['target']} {one['nodes'][0].get('failureSummary')}"
        for one in run["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def test_what_people_write_never_becomes_markup(visit: Visiting) -> None:
    resident, staff = visit("desktop"), visit("desktop")
    resident.become("resident")
    page = resident.page
    resident.say(HARM)
    page.locator("#turn-1").get_by_role("button", name="不对").click()
    page.locator("#turn-1 .words input").fill(HARM)
    page.locator("#turn-1 .words button").click()
    page.locator("#turn-1 .told:not(:empty)").wait_for()
    staff.become("clinic_staff")
    staff.page.locator(".task a", has_text="window.ran").first.click()
    staff.page.get_by_role("button", name="我来处理").click()
    for form in ("#reply", "#close"):
        staff.page.locator(f"{form} textarea").fill(HARM)
        staff.page.locator(f"{form} button").click()
        staff.page.wait_for_load_state()
        staff.page.locator(".staff").last.wait_for()
    page.locator(".staff").nth(1).wait_for(timeout=10_000)
    for view in ("closed", "corrections", "unanswered"):
        staff.open(f"/desk?view={view}")
        assert harmless(staff)
    doctor = visit("desktop")
    doctor.become("doctor")
    doctor.page.locator("#q").fill(HARM[:60])
    doctor.page.wait_for_timeout(300)
    assert harmless(doctor)
    doctor.page.goto(f"{doctor.address}/medicines?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.ran%3D1%3E")
    assert harmless(doctor)
    doctor.page.goto(f"{doctor.address}/sources/sh-outpatient-2023?article=%3Cimg%20src%3Dx%3E")
    assert harmless(doctor)
    page.reload()
    assert harmless(resident)
    assert "window.ran" in page.locator(".said").first.inner_text()


def harmless(visit: Visit) -> bool:
    """Whether nothing ran, and nothing was even made that a laxer browser would run."""
    ran: bool = visit.page.evaluate("window.ran === 1")
    return not ran and visit.page.locator("img[src=x]").count() == 0


def test_the_harm_is_real_where_nobody_guards(browser: Any) -> None:
    """The control: the same words do run on a page that takes them for markup."""
    page = browser.new_page()
    page.set_content(HARM)
    page.wait_for_function("window.ran === 1", timeout=5_000)
    page.close()
