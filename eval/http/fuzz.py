"""Sends what the description of the interface allows, and what it does not, to every route.

`python eval/http/fuzz.py [EXAMPLES] [PART]` tries every route, or those with PART in their path. It
prints each failure: an error of ours (5xx), a status or a content type that is not described, a
body of another shape; and each route that let nobody in, or did for nobody what was asked, which
would show nothing. Exit code 1 when there is any.
"""

import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from staffed import Staffed, staffed
from starlette.testclient import TestClient

from askdoc.api.app import build_app
from askdoc.api.front import Front
from askdoc.bootstrap import House
from askdoc.identity.limits import Limit
from askdoc.identity.roles import Role
from askdoc.settings import read_settings
from askdoc.testing import memory_pay

# A stream that stays open for minutes is tried by its own tests.
_SKIPPED = ("/v1/conversations/{id}/events",)
_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
_MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
_SHUT = (401, 403, 404)


@dataclass(slots=True)
class Found:
    """What was sent, what failed, and what each route answered."""

    sent: int = 0
    failures: list[str] = field(default_factory=list)
    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def shut(self) -> list[str]:
        """Routes that let nobody in."""
        return [one for one, seen in self.statuses.items() if not set(seen).difference(_SHUT)]

    @property
    def refused(self) -> list[str]:
        """Routes that did what was asked for nobody."""
        return [one for one, seen in self.statuses.items() if min(seen) >= 300]


def fuzz(front: Front, examples: int, part: str = "") -> Found:
    """Try every route with this part: what is allowed as each role, what is not as one after the
    other."""
    front.persons = front.addresses = Limit(10**9, 10**9, memory_pay())
    app = build_app(front)
    client, found = TestClient(app), Found()
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    place: Staffed | None = None
    for result in schema.get_all_operations():
        operation: Any = result.ok()
        if operation.path in _SKIPPED or part not in operation.path:
            continue
        place = place or staffed(front, client)
        for mode in _MODES:
            sender = _Sender(place, mode, found)
            try:
                _run(given(operation.as_strategy(generation_mode=mode))(sender.send), examples)
            except Unsatisfiable:
                # A route without anything to send wrongly.
                continue
        if operation.method.upper() != "GET":
            # Whom and what it changed or took away is there again for the next one.
            place = None
    return found


@dataclass(slots=True)
class _Sender:
    """Sends what was made up, to what is there and to what is not, in turns."""

    place: Staffed
    mode: GenerationMode
    found: Found
    number: int = -1

    def send(self, case: Any) -> None:
        """Send one request by everybody, or a wrong one by somebody."""
        self.number += 1
        if self.number % 2 == 0:
            self._aim(case)
        roles = list(self.place.tokens)
        if self.mode is GenerationMode.NEGATIVE:
            roles = [roles[self.number % len(roles)]]
        for role in roles:
            self._send_as(role, case)

    def _aim(self, case: Any) -> None:
        """At an object that is there, with the names of what is there in a sound request."""
        for piece, parameters in self.place.objects.items():
            if piece in case.path:
                known = (one for one in parameters.items() if f"{{{one[0]}}}" in case.path)
                case.path_parameters.update(known)
        if self.mode is GenerationMode.POSITIVE:
            # Every other time what was made up in several fields stands beside the known names.
            kinds = (str, int, dict, list) if self.number % 4 == 0 else (str, int)
            case.body = _named(case.body, self.place.said, kinds)
            case.query = _named(case.query, self.place.said, kinds)

    def _send_as(self, role: Role, case: Any) -> None:
        token = self.place.tokens[role]
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
        # A key that was made up would be refused before anything else is looked at.
        case.headers.pop("X-API-Key", None)
        case.cookies = {}
        self.found.sent += 1
        response = case.call()
        self.found.statuses[f"{case.method} {case.path}"][response.status_code] += 1
        try:
            case.validate_response(response, checks=_checks())
        except (Failure, FailureGroup) as failed:
            causes = failed.exceptions if isinstance(failed, FailureGroup) else [failed]
            self.found.failures += [
                f"{case.method} {case.path} as {role}: {one}"[:800] for one in causes
            ]


def _named(said: Any, known: Mapping[str, Any], kinds: tuple[type, ...]) -> Any:
    """The same with what is known in its fields of that name, where they are of these kinds."""
    if isinstance(said, dict):
        return {
            name: known[name] if _is_known(name, one, known, kinds) else _named(one, known, kinds)
            for name, one in said.items()
        }
    return [_named(one, known, kinds) for one in said] if isinstance(said, list) else said


def _is_known(name: str, one: Any, known: Mapping[str, Any], kinds: tuple[type, ...]) -> bool:
    is_whole = isinstance(one, (dict, list))
    return (
        name in known
        and isinstance(one, kinds)
        and is_whole == isinstance(known[name], (dict, list))
    )


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


def _checks() -> list[Any]:
    load_all_checks()
    return [schemathesis.checks.CHECKS.get_one(name) for name in _CHECKS]


def main() -> int:
    """Run it over a database of its own."""
    warnings.simplefilter("ignore")
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    part = sys.argv[2] if len(sys.argv) > 2 else ""
    with tempfile.TemporaryDirectory() as folder:
        house = House(read_settings({"HOME": folder}))
        found = fuzz(Front(house), examples, part)
        house.database.close()
    for one in dict.fromkeys(found.failures):
        print(one, end="\n\n")
    for route in found.shut:
        print(f"{route}: let nobody in, {dict(found.statuses[route])}")
    for route in found.refused:
        print(f"{route}: did it for nobody, {dict(found.statuses[route])}")
    routes = len(found.statuses)
    print(f"{found.sent} requests to {routes} routes, {len(found.failures)} failures")
    is_sound = found.sent and not (found.failures or found.shut or found.refused)
    return 0 if is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
