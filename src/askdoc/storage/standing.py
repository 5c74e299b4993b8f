"""What opens doors for a person: the contract, the groups, the referral orders."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from askdoc.care.referrals.grants import Standing
from askdoc.care.referrals.orders import Order, complete
from askdoc.storage.slot_desk import Desk, lock_person
from askdoc.storage.slot_tables import orders, people

_DAYS = ("made_on", "valid_until")
_LISTS = ("used_listed", "used_unlisted")


def sign(desk: Desk, person: str, combination: Iterable[str], groups: Iterable[str]) -> None:
    """Keep a contract with the hospitals of its combination, and the person's groups."""
    told = {"contracted": True, "combination": list(combination), "groups": list(groups)}
    with desk.database.writing() as connection:
        lock_person(connection, person)
        connection.execute(update(people).where(people.c.id == person).values(told))


def refer(desk: Desk, order: Order) -> str:
    """Keep a referral order; its id. Raises IncompleteOrder."""
    complete(order)
    id = secrets.token_hex(16)
    row = {
        "id": id,
        "person": order.person,
        "to_hospital": order.to_hospital,
        "department": order.department,
        "valid_until": order.valid_until,
        "told": _plain(order),
    }
    with desk.database.writing() as connection:
        lock_person(connection, order.person)
        connection.execute(insert(orders), row)
    return id


_PERSON = select(people).where(people.c.id == bindparam("person"))
_ORDERS = select(orders.c.told).where(
    orders.c.person == bindparam("person"), orders.c.valid_until >= bindparam("today")
)


def standing_of(connection: Connection, person: str, today: date) -> Standing:
    """The person's standing today; of somebody unknown, none."""
    row = connection.execute(_PERSON, {"person": person}).one_or_none()
    return Standing() if row is None else standing_from(connection, row, today)


def standing_from(connection: Connection, row: Row[Any], today: date) -> Standing:
    """As `standing_of`, from the person's row."""
    kept = connection.execute(_ORDERS, {"person": row.id, "today": today})
    return Standing(
        contracted=row.contracted,
        combination=tuple(row.combination),
        orders=tuple(_order(told) for told in kept.scalars()),
        groups=tuple(row.groups),
    )


def _plain(order: Order) -> dict[str, Any]:
    told = {name: getattr(order, name) for name in Order.__slots__}
    return told | {name: told[name].isoformat() for name in _DAYS}


def _order(told: dict[str, Any]) -> Order:
    days = {name: date.fromisoformat(told[name]) for name in _DAYS}
    lists = {name: tuple(told[name]) for name in _LISTS}
    return Order(**(told | days | lists))
