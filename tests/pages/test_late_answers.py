"""An answer that comes late never takes the place of a newer one."""

from typing import Any

from .conftest import Visit, Visiting

NOTED = """
window.shown = [];
const arrived = document.getElementById('arrived');
new MutationObserver(() => window.shown.push(Number(arrived.textContent)))
  .observe(arrived, {childList: true, characterData: true, subtree: true});
"""


def test_a_count_that_comes_late_never_goes_back(visit: Visiting) -> None:
    staff = visit("desktop")
    staff.become("clinic_staff")
    held: list[Any] = []
    answers = iter(range(100, 200))

    def counted(route: Any) -> None:
        told = {"arrived": next(answers), "waiting": 0, "marked": 0, "unmarked": 0, "kills": 0}
        if not held:
            held.append((route, told))
            return
        route.fulfill(json=told | {"sending": True})

    staff.page.route("**/demo/count", counted)
    staff.open("/demo/sender")
    staff.page.evaluate(NOTED)
    until(staff, 102)
    route, told = held[0]
    route.fulfill(json=told | {"sending": True})
    shown = until(staff, 104)
    assert shown == sorted(shown)
    assert told["arrived"] not in shown


def until(visit: Visit, count: int) -> list[int]:
    """The counts that were shown, once this one was among them."""
    for _ in range(100):
        shown: list[int] = visit.page.evaluate("window.shown")
        if count in shown:
            return shown
        visit.page.wait_for_timeout(200)
    raise AssertionError(f"{count} was never shown")


def test_of_two_verdicts_the_one_that_was_pressed_last_is_shown_and_kept(visit: Visiting) -> None:
    resident = visit("desktop")
    resident.become("resident")
    resident.say("什么是起付线")
    page, held = resident.page, []

    def late(route: Any) -> None:
        held.append(route) if not held else route.continue_()

    page.route("**/verdict", late)
    turn = page.locator("#turn-1")
    turn.get_by_role("button", name="有用").click()
    page.wait_for_timeout(200)
    turn.get_by_role("button", name="看不懂").click()
    page.wait_for_timeout(500)
    held[0].continue_()
    turn.locator("[aria-pressed=true]").first.wait_for()
    page.wait_for_timeout(1000)
    assert turn.locator("[aria-pressed=true]").all_inner_texts() == ["看不懂"]
    assert "医保专员" in turn.locator(".told").inner_text()
    page.reload()
    assert page.locator("#turn-1 [aria-pressed=true]").all_inner_texts() == ["看不懂"]
