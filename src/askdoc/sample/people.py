"""Sample people for a demonstration: 9,000 residents who do not exist, and six to be.

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
from askdoc.sample.clinic import WHOLE, Size, fill_clinic, resident, sample_region
from askdoc.sample.slots import city_with_referrals, fill_slots
from askdoc.storage import persons
from askdoc.storage.record_links import link_residents
from askdoc.wording import AskdocError

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "秀英建国桂兰志强玉珍淑华海燕明芳春梅文军"
# By what they are called, their role and their name.
_SHOWN: tuple[tuple[str, Role, str], ...] = (
    ("resident", "resident", "王秀英（示例）"),
    ("doctor", "doctor", "李建国（示例医生）"),
    ("clinic_staff", "clinic_staff", "陈芳（示例专员）"),
    ("neighbour", "resident", "李桂兰（示例）"),
    ("family_member", "family_member", "王小明（示例）"),
    ("administrator", "administrator", "周敏（示例管理员）"),
)


class NotEmpty(AskdocError):
    """The database already holds people, who must not be mixed with made-up ones."""

    code = "sample.not_empty"


def _key(name: str) -> tuple[str, str]:
    secret = hashlib.sha256(f"sample {name}".encode()).hexdigest()
    return secret[:16], f"ask_{secret[:16]}_{secret[:43]}"


SAMPLE_KEYS = {name: _key(name)[1] for name, _, _ in _SHOWN}


def fill(house: House, now: datetime, size: Size = WHOLE) -> None:
    """The sample people and their clinic, once. Raises NotEmpty where real people are."""
    people = _fill_people(house, now, size.residents)
    if people:
        shown, others = people
        fill_clinic(house, shown, now, size)
        fill_slots(house, shown, now)
        with house.database.writing() as kept:
            link_residents(kept, {resident(at): one for at, one in enumerate(others)})


def _fill_people(
    house: House, now: datetime, count: int
) -> tuple[dict[str, str], list[str]] | None:
    """Keep the people; ids by what they are called, and those of the others in order; None when
    they are kept already."""
    with house.database.writing() as kept:
        there = persons.count_persons(kept)
        if there >= count + len(_SHOWN):
            return None
        if there:
            raise NotEmpty
        wrapping = house.secret.wrapping
        facts: dict[str, Any] = {"region": "", "scheme": "employee", "status": "retired", "age": 70}
        facts["retired_year"] = now.year - 12
        facts["region"] = sample_region(house.book)
        away = city_with_referrals(house)
        told_of = {
            "resident": facts,
            "neighbour": {"region": away, "scheme": "resident", "status": "senior", "age": 72},
        }
        told: list[tuple[Role, dict[str, Any]]] = [
            (role, {"name": shown, "phone": "", "facts": told_of.get(name, {})})
            for name, role, shown in _SHOWN
        ]
        ids = persons.add_persons(kept, told, now, wrapping)
        for id, (name, _, _) in zip(ids, _SHOWN, strict=True):
            persons.keep_key(kept, id, SAMPLE_KEYS[name], now)
        others = persons.add_persons(kept, _residents(house, count), now, wrapping)
    return {name: id for id, (name, _, _) in zip(ids, _SHOWN, strict=True)}, others


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
