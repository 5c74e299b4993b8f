"""A doctor comes from letters to the answer, by what the page asks of the interface."""

from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from pypinyin import Style, lazy_pinyin

from askdoc.storage.clinic_settings import change_settings
from askdoc.storage.record_links import Record, link

from .conftest import Web

COMMON = (Path(__file__).parents[1] / "medicines" / "common.txt").read_text(encoding="utf-8")
MOST_KEYS = 12
ENTER = 1
HERE = {"region": "cn/shanghai", "scheme": "employee"}


def test_from_letters_to_the_answer_takes_twelve_keys_at_most(web: Web) -> None:
    names = COMMON.split()
    assert len(names) == 50
    keys, answered = {}, []
    for name in names:
        keys[name], id = pressed(web, name)
        card = web.ask("GET", f"/v1/medicines/{id}", "doctor", params=HERE).json()
        assert card["name"] == name
        assert card["class_shown"]
        assert card["first_pay_shown"]
        answered.append(card["scope_recorded"])
    assert max(keys.values()) <= MOST_KEYS, keys
    assert any(answered)


def pressed(web: Web, name: str) -> tuple[int, str]:
    """Keys pressed by who types until the medicine is listed: letters, arrows, Enter; its id."""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    for count in range(2, len(letters) + 1):
        told = web.ask("GET", "/v1/medicines", "doctor", params={"q": letters[:count]}).json()
        listed: list[dict[str, Any]] = told["items"]
        for arrows, one in enumerate(listed):
            if one["name"] == name:
                return count + arrows + ENTER, one["id"]
    raise AssertionError(f"{name} is not found by {letters}")


def test_the_look_up_begins_where_the_doctor_works(web: Web) -> None:
    regions = {path for path, one in web.front.house.book.regions.items() if one.level == "city"}
    here = sorted(regions)[0]
    with web.front.house.database.writing() as kept:
        change_settings(kept, "c-look-up", {"region": here})
        link(kept, web.people["doctor"], Record(clinic="c-look-up"))
    chosen = f'<option value="{here}" selected>'
    assert chosen in web.ask("GET", "/medicines", "doctor").text
    assert chosen not in web.ask("GET", "/medicines?region=", "doctor").text
    assert "selected" not in web.ask("GET", "/medicines", "administrator").text


def test_only_the_page_that_is_open_is_marked_as_open(web: Web) -> None:
    for path in ("/medicines", "/me", "/chat", "/appointments"):
        told = web.ask("GET", path, "resident", headers={"Accept": "text/html"})
        page = BeautifulSoup(told.text, "html.parser")
        marked = [str(one["href"]) for one in page.select("header nav a[aria-current]")]
        assert marked == [path]
