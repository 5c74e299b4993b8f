"""A running application over a database of its own, with one person of each role."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from askdoc.api.app import build_app
from askdoc.api.front import Front
from askdoc.bootstrap import House
from askdoc.identity.limits import Limit
from askdoc.identity.roles import ROLES, Role
from askdoc.identity.tokens import Holder, issue_token
from askdoc.settings import read_settings
from askdoc.storage import persons
from askdoc.storage.desk_tables import persons as rows
from askdoc.testing import memory_pay

NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
SHANGHAI = {"region": "cn/shanghai", "scheme": "employee", "status": "active"}
BILL = "三级医院门诊花了700元，其中乙类药200元，起付线已经用完了，账户没钱了，能报多少？"
_KEYS = count(1)


@dataclass
class Clock:
    """A clock that tests turn."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: int) -> None:
        self.now += timedelta(**time)


@dataclass
class Web:
    """The application as a caller sees it."""

    front: Front
    client: TestClient
    clock: Clock
    people: dict[Role, str] = field(default_factory=dict)

    def add(self, role: Role, name: str = "", **facts: Any) -> str:
        house = self.front.house
        words = {"name": name, "phone": "", "facts": facts}
        with house.database.writing() as kept:
            (id,) = persons.add_persons(kept, [(role, words)], NOW, house.secret.wrapping)
        return id

    def token(self, person: str) -> str:
        """A token of the person's newest term."""
        house, asked = self.front.house, select(rows.c.term).where(rows.c.id == person)
        with house.database.reading() as kept:
            holder = Holder(person, kept.scalar(asked) or 1)
        return issue_token(holder, self.clock.now, house.secret.signing)

    def ask(self, method: str, path: str, who: str | None = "resident", **sent: Any) -> Any:
        """A request by a person, named by role or id; a fresh key for each change."""
        headers = dict(sent.pop("headers", {}))
        if who is not None:
            person = self.people.get(who, who)  # type: ignore[call-overload]
            headers["Authorization"] = f"Bearer {self.token(person)}"
        if method not in ("GET", "HEAD"):
            headers.setdefault("Idempotency-Key", f"test-{next(_KEYS)}")
        return self.client.request(method, path, headers=headers, **sent)

    def talk(self, who: str = "resident") -> str:
        opened = self.ask("POST", "/v1/conversations", who)
        assert opened.status_code == 201, opened.text
        id: str = opened.json()["id"]
        return id

    def say(self, conversation: str, text: str, who: str = "resident", **sent: Any) -> Any:
        path = f"/v1/conversations/{conversation}/turns"
        return self.ask("POST", path, who, json={"text": text}, **sent)


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory, knowledge: Path) -> Iterator[House]:
    home = tmp_path_factory.mktemp("home")
    given = {
        "HOME": str(home),
        "ASKDOC_KNOWLEDGE": str(knowledge),
        "ASKDOC_DATA": str(home / "data"),
        "ASKDOC_CONFIG": str(home / "config"),
    }
    found = House(read_settings(given))
    yield found
    found.database.close()


@pytest.fixture
def web(house: House) -> Iterator[Web]:
    clock = Clock()
    front = Front(house, clock=clock)
    # All tests call from one address.
    front.addresses = Limit(10**6, 10**6, memory_pay(), 10)
    # All tests call from one address, and all processes count together.
    front.addresses = Limit(10**9, 10**9, memory_pay())
    with TestClient(build_app(front), raise_server_exceptions=True) as client:
        found = Web(front, client, clock)
        for role in ROLES:
            facts = SHANGHAI if role == "resident" else {}
            found.people[role] = found.add(role, f"示例{role}", **facts)
        yield found
