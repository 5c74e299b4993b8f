"""What every request meets: problems in the caller's language, ids, limits, health, the schema."""

import importlib
import importlib.util
import pkgutil
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

import askdoc
from askdoc.api.app import build_app
from askdoc.api.front import Front
from askdoc.api.language import preferred
from askdoc.api.problems import STATUS
from askdoc.bootstrap import House
from askdoc.settings import read_settings
from askdoc.wording.errors import all_error_kinds

from .conftest import BILL, Web


def test_a_problem_speaks_the_caller_s_language(web: Web) -> None:
    for lang, title in (("zh-CN,zh;q=0.9,en;q=0.8", "没有找到"), ("en-GB", "Not found")):
        told = web.ask("GET", "/v1/nothing", headers={"Accept-Language": lang})
        assert told.headers["content-type"] == "application/problem+json"
        assert (told.status_code, told.json()["title"]) == (404, title)
        assert told.json()["request_id"] == told.headers["X-Request-ID"]
    assert [preferred(one) for one in ("", "fr, en;q=0.1", "en;q=0, zh", "en;q=x")] == [
        "zh",
        "en",
        "zh",
        "zh",
    ]


def test_every_status_belongs_to_an_error_that_there_is(web: Web) -> None:
    for module in pkgutil.walk_packages(askdoc.__path__, "askdoc."):
        importlib.import_module(module.name)
    assert set(STATUS) - {kind.code for kind in all_error_kinds()} <= {"library.no_such_document"}


def test_a_request_keeps_its_id_and_is_never_stored_by_others(web: Web) -> None:
    told = web.ask("GET", "/v1/me", headers={"X-Request-ID": "abc-12345"})
    assert told.headers["X-Request-ID"] == "abc-12345"
    assert told.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in told.headers["Content-Security-Policy"]
    odd = web.ask("GET", "/v1/me", headers={"X-Request-ID": "x\x7f<script>"})
    assert "script" not in odd.headers["X-Request-ID"]


def test_more_than_any_question_needs_is_refused(web: Web) -> None:
    told = web.client.post("/v1/answers", content=b"x" * 70_000)
    assert (told.status_code, told.json()["code"]) == (413, "api.too_large")

    def parts() -> Any:
        for _ in range(70):
            yield b" " * 1000

    headers = {"Authorization": f"Bearer {web.token(web.people['resident'])}"}
    told = web.client.post("/v1/answers", content=parts(), headers=headers)
    assert told.status_code == 413


def test_the_same_sum_as_on_the_command_line(web: Web) -> None:
    person = {"region": "cn/shanghai", "scheme": "employee", "status": "active"}
    visit = {"day": "2026-11-23", "setting": "outpatient", "tier": "primary"}
    case = {
        "person": person,
        "visit": visit,
        "items": [{"class": "A", "amount": "300"}],
        "year": {"deductible_used": "320", "account_current": "0"},
    }
    told = web.ask("POST", "/v1/cost", json=case).json()
    assert (told["figures"]["fund_pays"], told["figures"]["person_pays"]) == ("96.00", "204.00")
    later = case | {"items": [{"class": "A", "amount": "400"}]}
    found = web.ask("POST", "/v1/explain", json={"before": case, "after": later}).json()
    assert sum(float(one["amount"]) for one in found["parts"]) == float(found["difference"])
    wrong = case | {"person": person | {"region": "cn/nowhere"}}
    refused = web.ask("POST", "/v1/cost", json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (400, "policy.sheet")


def test_a_value_is_told_with_its_history_and_what_changed(web: Web) -> None:
    path = "/v1/policy/values/employee.outpatient.deductible?region=cn/shanghai&day=2026-11-25"
    told = web.ask("GET", path).json()
    assert told["in_force"]
    assert all(one["source"] for one in told["in_force"])
    assert len(told["history"]) >= len(told["in_force"])
    path = "/v1/policy/changes?region=cn/shanghai&first=2023-06-30&last=2023-07-01"
    changed = web.ask("GET", path).json()["items"]
    assert "employee.outpatient.share" in {one["parameter"] for one in changed}
    same = web.ask("GET", path.replace("2023-06-30", "2023-07-01")).json()["items"]
    assert same == []


def test_without_its_database_it_is_alive_and_not_ready(tmp_path: Path, knowledge: Path) -> None:
    given = {"HOME": str(tmp_path), "ASKDOC_KNOWLEDGE": str(knowledge)}
    house = House(read_settings(given))
    with TestClient(build_app(Front(house))) as client:
        assert client.get("/readyz").json() == {"state": "ready"}
        file = house.database.file
        assert file is not None
        house.database.close()
        for one in file.parent.glob(f"{file.name}*"):
            one.unlink()
        gone = client.get("/readyz")
        assert (gone.status_code, gone.json()["code"]) == (503, "storage.unreachable")
        assert client.get("/healthz").json() == {"state": "alive"}
        assert 'route="/readyz",status="503"' in client.get("/metrics").text


def test_metrics_name_nobody(web: Web) -> None:
    id = web.talk()
    web.say(id, BILL)
    shown = web.client.get("/metrics").text
    assert 'askdoc_answers_total{kind="answer"} 1.0' in shown
    assert "/v1/conversations/{id}/turns" in shown
    assert id not in shown
    assert web.people["resident"] not in shown


@pytest.fixture
def fuzz(monkeypatch: pytest.MonkeyPatch) -> Any:
    file = Path(__file__).resolve().parents[2] / "eval" / "http" / "fuzz.py"
    monkeypatch.syspath_prepend(file.parent)
    spec = importlib.util.spec_from_file_location("fuzz", file)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    # Its dataclasses look for their module by its name.
    monkeypatch.setitem(sys.modules, "fuzz", found)
    spec.loader.exec_module(found)
    return found.fuzz


@pytest.mark.filterwarnings("default")
def test_whatever_is_sent_the_answer_has_the_shape_that_is_described(
    house: House, fuzz: Any
) -> None:
    found = fuzz(Front(house), 1)
    assert found.sent > 400
    assert found.failures == []
    # Where nobody gets in, nothing is shown.
    assert found.shut == []


@pytest.mark.filterwarnings("default")
def test_a_route_that_breaks_is_noticed(house: House, fuzz: Any) -> None:
    """The control: a defect fails the run above."""
    front = Front(house)
    del front.metrics.registry
    assert any("/metrics" in one for one in fuzz(front, 1).failures)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.text(max_size=60))
def test_any_text_is_answered_or_refused_as_described(web: Web, said: str) -> None:
    told = web.ask("POST", "/v1/answers", json={"question": said})
    assert told.status_code in (200, 422), told.text
