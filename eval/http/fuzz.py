"""Sends what the description of the interface allows, and what it does not, to every route.

`python eval/http/fuzz.py [EXAMPLES]` prints each failure: an error of ours (5xx), a status or a
content type that is not described, a body of another shape. Exit code 1 when there is any.
"""

import sys
import tempfile
import warnings
from collections.abc import Callable
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from starlette.testclient import TestClient

from askdoc.api.app import build_app
from askdoc.api.front import Front
from askdoc.bootstrap import House
from askdoc.identity.limits import Limit
from askdoc.identity.roles import ROLES
from askdoc.identity.tokens import issue_token
from askdoc.settings import read_settings
from askdoc.storage import desk, persons

# A stream that stays open for minutes is tried by its own tests.
_SKIPPED = ("/v1/conversations/{id}/events",)
_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
_MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def fuzz(front: Front, examples: int) -> tuple[int, list[str]]:
    """How many requests were sent, and the failures."""
    front.persons = front.addresses = Limit(10**9, 10**9)
    app = build_app(front)
    failures: list[str] = []
    sent = 0
    tokens, objects = _prepared(front, TestClient(app))
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    for result in schema.get_all_operations():
        operation: Any = result.ok()
        if operation.path in _SKIPPED:
            continue
        for mode in _MODES:

            def send(case: Any) -> None:
                nonlocal sent
                sent += 1
                failures.extend(_tried(case, tokens[sent % len(tokens)], objects))

            try:
                strategy = operation.as_strategy(generation_mode=mode)
                _run(given(strategy)(send), examples)
            except Unsatisfiable:
                # A route without anything to send wrongly.
                continue
    return sent, failures


def _run(test: Callable[[], None], examples: int) -> None:
    steady = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    steady(test)()


def _tried(case: Any, token: str, objects: dict[str, str]) -> list[str]:
    """The failures of one request, sent by a person of some role to an object that is there."""
    for name, id in objects.items():
        if name in case.path and "{id}" in case.path:
            case.path_parameters["id"] = id
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
    case.cookies = {}
    try:
        case.call_and_validate(checks=_checks())
    except (Failure, FailureGroup) as failed:
        causes = failed.exceptions if isinstance(failed, FailureGroup) else [failed]
        return [f"{case.method} {case.path}: {one}"[:800] for one in causes]
    return []


def _checks() -> list[Any]:
    load_all_checks()
    return [schemathesis.checks.CHECKS.get_one(name) for name in _CHECKS]


def _prepared(front: Front, client: TestClient) -> tuple[list[str], dict[str, str]]:
    """A token of each role, and objects that are there."""
    house = front.house
    with house.database.writing() as kept:
        told = [(role, {"name": "示例", "phone": "", "facts": {}}) for role in ROLES]
        ids = persons.add_persons(kept, told, front.clock(), house.secret.wrapping)
    tokens = [issue_token(id, front.clock(), house.secret.signing) for id in ids]
    headers = {"Authorization": f"Bearer {tokens[0]}", "Idempotency-Key": "fuzz-1"}
    talk = client.post("/v1/conversations", headers=headers).json()["id"]
    path = f"/v1/conversations/{talk}/turns"
    for number, text in enumerate(("阿托伐他汀能报吗", "找人", "确认")):
        headers["Idempotency-Key"] = f"fuzz-turn-{number}"
        client.post(path, headers=headers, json={"text": text})
    with house.database.reading() as kept:
        (task,) = desk.tasks_in(kept, talk) or (None,)
    objects = {"/conversations/": talk, "/people/": ids[1]}
    return tokens, objects | ({"/tasks/": task.id} if task else {})


def main() -> int:
    """Run it over a database of its own."""
    warnings.simplefilter("ignore")
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        house = House(read_settings({"HOME": folder}))
        sent, failures = fuzz(Front(house), examples)
        house.database.close()
    for one in dict.fromkeys(failures):
        print(one, end="\n\n")
    print(f"{sent} requests, {len(failures)} failures")
    return 1 if failures or not sent else 0


if __name__ == "__main__":
    sys.exit(main())
