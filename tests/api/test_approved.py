"""An approved answer is told where it holds, and never beside another answer than its own."""

from typing import Any

from .conftest import BILL, SHANGHAI, Web

TEXT = "核对过，账户余额另算。"


def confirm(web: Web, said: str, *before: str, until: str = "2027-01-01", **scope: str) -> None:
    """Staff put their words in place of the answer to the last of these."""
    id = web.talk()
    for one in (*before, said):
        web.say(id, one)
    path = f"/v1/conversations/{id}/turns/{len(before) + 1}/verdict"
    task = web.ask("POST", path, json={"verdict": "wrong"}).json()["task"]
    web.ask("POST", f"/v1/tasks/{task}/take", "clinic_staff")
    closing = {
        "outcome": "approved_answer",
        "text": TEXT,
        "scope": {"region": "cn/shanghai"} | scope,
        "expires_on": until,
    }
    closed = web.ask("POST", f"/v1/tasks/{task}/close", "clinic_staff", json=closing)
    assert closed.status_code == 201, closed.text


def told(web: Web, *said: str, **facts: Any) -> list[str]:
    """What was approved beside the last answer of a talk of somebody new."""
    person = web.add("resident", **facts)
    id = web.talk(person)
    for one in said:
        found = web.say(id, one, person).json()
    return [one["text"] for one in found["approved"]]


def test_another_scheme_than_that_of_the_scope_is_not_told(web: Web) -> None:
    said = f"{BILL}（一号）"
    confirm(web, said, scheme="resident")
    assert told(web, said, **SHANGHAI) == []


def test_who_computes_to_other_figures_is_not_told(web: Web) -> None:
    said = f"{BILL}（二号）"
    confirm(web, said)
    assert told(web, said, **SHANGHAI) == [TEXT]
    for other in ({"status": "retired", "age": 75, "retired_year": 2010}, {"status": "retired"}):
        assert told(web, said, **(SHANGHAI | other)) == []
