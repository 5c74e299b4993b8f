"""The demonstration as it is served, and a browser that notes what it should not see."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from askdoc.api.app import build_app
from askdoc.api.front import Front
from askdoc.bootstrap import House
from askdoc.cli.serve import DEMO_NOW
from askdoc.sample.clinic import Size
from askdoc.sample.house import sample_house
from askdoc.sample.people import SAMPLE_KEYS, fill
from askdoc.sample.stage import Stage
from askdoc.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
# The demonstration shows 9,000 residents and 3,000 reminders; the suite has time for fewer.
SIZE = Size(residents=600, due=300)
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


def axe() -> str | None:
    """The source of axe-core, where somebody installed it (`npm install axe-core`)."""
    named = os.environ.get("ASKDOC_AXE")
    file = Path(named) if named else ROOT / "node_modules" / "axe-core" / "axe.min.js"
    return file.read_text(encoding="utf-8") if file.is_file() else None


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory, knowledge: Path) -> Iterator[str]:
    """The address of the demonstration, with a few sample residents."""
    import uvicorn

    home = tmp_path_factory.mktemp("demo")
    given = {"HOME": str(home), "ASKDOC_KNOWLEDGE": str(knowledge)}
    house = sample_house(House(read_settings(given)))
    fill(house, DEMO_NOW, SIZE)
    stage = Stage(house.settings)
    front = Front(house, clock=lambda: DEMO_NOW, stage=stage)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(build_app(front), port=port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    stage.kill()
    server.should_exit = server.force_exit = True
    thread.join(timeout=10)
    house.database.close()


@dataclass
class Visit:
    """A page in a browser of its own, and what went wrong on it."""

    page: Any
    address: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def become(self, role: str) -> None:
        """Enter as one of the sample people."""
        self.open("/")
        at = list(SAMPLE_KEYS).index(role)
        self.page.locator("form:has(input[type=hidden]) button").nth(at).click()
        self.page.wait_for_load_state()

    def say(self, text: str) -> None:
        before = self.page.locator("article.turn[data-turn]").count()
        self.page.fill("#text", text)
        self.page.click("#say button")
        self.page.locator("article.turn[data-turn]").nth(before).wait_for(timeout=30_000)


Visiting = Callable[..., Visit]


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no /usr/bin/chromium")
    with sync.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def visit(browser: Any, served: str) -> Iterator[Visiting]:
    """Open a browser of a size; in the end nothing was asked of others and nothing complained."""
    visits: list[Visit] = []
    with ExitStack() as stack:

        def visiting(size: str = "phone", lang: str = "zh-CN") -> Visit:
            context = browser.new_context(viewport=SIZES[size], locale=lang)
            stack.callback(context.close)
            found = Visit(context.new_page(), served)
            visits.append(found)
            page, wrong = found.page, found.wrong
            page.on(
                "console",
                lambda one: wrong.append(one.text) if one.type in ("error", "warning") else None,
            )
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on(
                "request",
                lambda one: None if one.url.startswith(served) else wrong.append(one.url),
            )
            return found

        yield visiting
    wrong = [one.wrong for one in visits]
    assert wrong == [[] for _ in visits]
