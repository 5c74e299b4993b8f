"""The page about the interface names every route, and says truly who may call it."""

import re
from pathlib import Path

from askdoc.identity.roles import ROLES, Role

from .conftest import Web
from .test_leaks import NAMED, body_of, routes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "http.md"
ROW = re.compile(r"^\| `([A-Z ]+) (/[^`]*)` \| ([RFDSA]+|-) \|", re.MULTILINE)
LETTERS: dict[Role, str] = {
    "resident": "R",
    "family_member": "F",
    "doctor": "D",
    "clinic_staff": "S",
    "administrator": "A",
}


def told() -> dict[tuple[str, str], str]:
    """Who may make each call, as the page says."""
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    found = [((way, path), who) for ways, path, who in rows for way in ways.split()]
    assert len(found) == len(dict(found))
    return dict(found)


def test_the_page_names_every_route_and_no_other(web: Web) -> None:
    assert sorted(told()) == sorted(routes(web))


def test_whom_the_page_names_gets_through_and_nobody_else(web: Web) -> None:
    for (way, path), who in told().items():
        sent = body_of(path) if way != "GET" else None
        where = path.format(id="0" * 32, parameter="x", **NAMED)
        if who == "-":
            assert web.ask(way, where, None, json=sent).status_code != 401, (way, path)
            continue
        for role in ROLES:
            if path == "/v1/me" and way == "DELETE" and LETTERS[role] in who:
                # Erased, they could call nothing more: tried by its own test.
                continue
            refused = web.ask(way, where, role, json=sent).status_code == 403
            assert refused == (LETTERS[role] not in who), (way, path, role)
