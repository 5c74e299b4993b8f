"""Draws the pictures of `docs/pages` from the demonstration, small enough to stand in a repository.

Run: python eval/pages/pictures.py [NAME …]    with the extras `api` and `photo`, and playwright.
Look at each before it is kept: a picture shows what no test asks for.
"""

import io
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from askdoc.sample.people import SAMPLE_KEYS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pages"
CHROMIUM = "/usr/bin/chromium"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
WIDTHS = {"phone": 360, "desktop": 800}
# Flat pages need few colours; a whole one takes ten times the room.
COLOURS = 64
BILL = "三级医院门诊花了1200元，其中乙类药400元，目录外100元，起付线用完了，账户没钱了，能报多少？"
_START = "from askdoc.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Picture:
    """Who looks at what on which screen; `whole` is the page beyond the screen too."""

    role: str
    path: str
    does: Callable[[Page], None] = lambda page: None
    whole: bool = False


def ask(page: Page) -> None:
    """Put the question whose sum is shown."""
    page.fill("#text", BILL)
    page.click("#say button")
    page.locator("article.turn[data-turn]").first.wait_for(timeout=60_000)
    # Whoever asks stands at the beginning of the answer.
    page.evaluate("document.querySelector('.turn').scrollIntoView()")


def report(page: Page) -> None:
    """Ask, and leave it to the staff, so that their inbox has something in it."""
    page.goto(page.url.rstrip("/"))
    ask(page)
    page.get_by_role("button", name="看不懂").first.click()
    page.get_by_text("已转给医保专员").wait_for()


def open_reported(page: Page) -> None:
    """The answer that was reported, which waits behind what is late."""
    reported = page.locator(".task a", has_text="1200元")
    while not reported.count():
        page.get_by_role("link", name="下一页").click()
        page.wait_for_load_state()
    reported.first.click()
    page.wait_for_load_state()


def hold(page: Page) -> None:
    """Hold the first time that is free."""
    page.get_by_role("button", name="先保留这个时间").first.click()
    page.wait_for_load_state()


def book(page: Page) -> None:
    """Hold it and confirm it."""
    hold(page)
    page.get_by_role("button", name="确认预约").first.click()
    page.wait_for_load_state()


def type_letters(page: Page) -> None:
    """Find a medicine as a doctor does."""
    page.locator("#q").press_sequentially("atft")
    page.locator("#found li").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#card article").wait_for()


def slip(page: Page) -> None:
    """The slip for the patient."""
    page.get_by_role("link", name="给病人的大字条").click()
    page.wait_for_load_state()


def send(page: Page) -> None:
    """Send reminders and kill the sender, so that something waits."""
    page.get_by_role("button", name="开始发送").click()
    for _ in range(600):
        if int(page.locator("#arrived").inner_text()) > 1_000:
            break
        page.wait_for_timeout(200)
    page.get_by_role("button", name="强行终止").click()
    page.wait_for_timeout(2_000)


_PLACE = "/medicines?region=cn/shanghai&scheme=employee"
_CARD = f"{_PLACE}&id=atorvastatin-tablet"
_TIMES = "/appointments?department=心内科&hospital=municipal&words=下周三上午"
_VALUE = "/knowledge/values?region=cn/shanghai&parameter=employee.outpatient.share"
PICTURES = {
    "chat-desktop": Picture("resident", "/chat", ask),
    "chat-phone": Picture("resident", "/chat", ask),
    "medicine-desktop": Picture("doctor", _PLACE, type_letters),
    "slip-phone": Picture("doctor", _CARD, slip),
    "appointments-phone": Picture("resident", _TIMES, hold),
    "desk-desktop": Picture("clinic_staff", "/desk"),
    "task-desktop": Picture("clinic_staff", "/desk", open_reported),
    "slot-desk-desktop": Picture("clinic_staff", "/slot-desk/day?day=2026-12-02"),
    "clinic-desktop": Picture("clinic_staff", "/clinic", whole=True),
    "conflicts-desktop": Picture("doctor", "/knowledge/conflicts"),
    "value-desktop": Picture("doctor", _VALUE),
    "sender-desktop": Picture("clinic_staff", "/demo/sender", send),
}


# What people do before anything is drawn, so that there is something to see.
BEFORE = (Picture("neighbour", "/chat", report), Picture("neighbour", _TIMES, book))


def main() -> int:
    """Draw what is named, or all of them."""
    wanted = sys.argv[1:] or list(PICTURES)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in BEFORE:
            draw(browser, address, "", picture)
        for name in wanted:
            kept = FOLDER / f"{name}.png"
            kept.write_bytes(draw(browser, address, name, PICTURES[name]))
            print(f"{kept.name} {kept.stat().st_size // 1024} kB")
        browser.close()
    return 0


def draw(browser: Browser, address: str, name: str, picture: Picture) -> bytes:
    """A picture, as a small PNG."""
    size = name.rpartition("-")[2] or "desktop"
    context = browser.new_context(viewport=SIZES[size], locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/")
    who = list(SAMPLE_KEYS).index(picture.role)
    page.locator("form:has(input[type=hidden]) button").nth(who).click()
    page.wait_for_load_state()
    page.goto(f"{address}{picture.path}")
    picture.does(page)
    page.wait_for_timeout(500)
    seen = page.screenshot(full_page=picture.whole)
    context.close()
    return small(seen, WIDTHS[size])


def small(seen: bytes, width: int) -> bytes:
    """The same, narrower and with few colours."""
    with Image.open(io.BytesIO(seen)) as whole:
        height = round(whole.height * width / whole.width)
        drawn = whole.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    drawn.quantize(COLOURS).save(kept, "PNG", optimize=True)
    return kept.getvalue()


@contextmanager
def demonstration() -> Iterator[str]:
    """`askdoc serve --demo` in folders of its own."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        told = {"ASKDOC_CONFIG": f"{home}/config", "ASKDOC_DATA": f"{home}/data"}
        words = [sys.executable, "-c", _START, "serve", "--demo", "--port", str(port)]
        with subprocess.Popen(
            words, env=os.environ | told, stdout=subprocess.PIPE, encoding="utf-8"
        ) as server:
            try:
                yield _ready(server, port)
            finally:
                server.terminate()


def _ready(server: Any, port: int) -> str:
    for line in server.stdout:
        if str(port) in line:
            return f"http://127.0.0.1:{port}"
    raise RuntimeError("the demonstration did not start")


if __name__ == "__main__":
    sys.exit(main())
