"""Sample people for a demonstration: 9,000 residents who do not exist, and three to be.

The keys are known to everybody who reads this, so a database with them is for showing only:
`fill` refuses one that already holds people.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from typing import Any

from askdoc.bootstrap import House
from askdoc.identity.roles import Role
from askdoc.storage import persons
from askdoc.wording import AskdocError

COUNT = 9000
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "秀英建国桂兰志强玉珍淑华海燕明芳春梅文军"
_SHOWN: tuple[tuple[Role, str], ...] = (
    ("resident", "王秀英（示例）"),
    ("doctor", "李建国（示例医生）"),
    ("clinic_staff", "陈芳（示例专员）"),
)


class NotEmpty(AskdocError):
    """The database already holds people, who must not be mixed with made-up ones."""

    code = "sample.not_empty"


def _key(role: Role) -> tuple[str, str]:
    secret = hashlib.sha256(f"sample {role}".encode()).hexdigest()
    return secret[:16], f"ask_{secret[:16]}_{secret[:43]}"


SAMPLE_KEYS = {role: _key(role)[1] for role, _ in _SHOWN}


def fill(house: House, now: datetime, count: int = COUNT) -> None:
    """The sample people with `count` residents, once. Raises NotEmpty where real people are."""
    with house.database.writing() as kept:
        there = persons.count_persons(kept)
        if there >= count + len(_SHOWN):
            return
        if there:
            raise NotEmpty
        wrapping = house.secret.wrapping
        facts: dict[str, Any] = {"region": "", "scheme": "employee", "status": "retired", "age": 70}
        facts["retired_year"] = now.year - 12
        facts["region"] = next(path for path, one in house.book.regions.items() if _is_city(one))
        told: list[tuple[Role, dict[str, Any]]] = [
            (role, {"name": name, "phone": "", "facts": facts if role == "resident" else {}})
            for role, name in _SHOWN
        ]
        ids = persons.add_persons(kept, told, now, wrapping)
        for id, (role, _) in zip(ids, _SHOWN, strict=True):
            persons.keep_key(kept, id, SAMPLE_KEYS[role], now)
        persons.add_persons(kept, _residents(house, count), now, wrapping)


def _is_city(one: Any) -> bool:
    return bool(one.level == "city" and one.path.count("/") == 1)


def _residents(house: House, count: int) -> Iterator[tuple[Role, dict[str, Any]]]:
    cities = [path for path, one in house.book.regions.items() if one.level == "city"]
    names = product(_FAMILY, _GIVEN, _GIVEN)
    for number, (family, first, second) in zip(range(count), _around(names), strict=False):
        region = cities[number % len(cities)]
        facts: dict[str, Any] = {"region": region, "scheme": "employee", "status": "active"}
        name = f"{family}{first}{second}（示例{number}）"
        yield "resident", {"name": name, "phone": "", "facts": facts}


def _around(names: Iterator[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    every = list(names)
    while True:
        yield from every
