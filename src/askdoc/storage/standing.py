"""What opens doors for a person: the contract, the groups, the referral orders."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select

from askdoc.care.feed import Contract
from askdoc.care.referrals.grants import Standing
from askdoc.care.referrals.orders import Order, complete
from askdoc.storage.booking_office import Office, lock_person
from askdoc.storage.care_tables import contracts, residents
from askdoc.storage.inserting import insert_into
from askdoc.storage.prepared import Prepared
from askdoc.storage.slot_tables import hospitals, orders

_DAYS = ("made_on", "valid_until")
_LISTS = ("used_listed", "used_unlisted")


def sign(office: Office, contract: Contract) -> None:
    """Keep a contract; signed again on the same day, it is as said last."""
    row = {name: getattr(contract, name) for name in contract.__slots__}
    with office.database.writing() as connection:
        lock_person(connection, contract.resident)
        told = insert_into(connection, contracts).on_conflict_do_update(
            index_elements=["resident", "since"], set_=row
        )
        connection.execute(told, row)


def refer(office: Office, order: Order) -> str:
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
    with office.database.writing() as connection:
        lock_person(connection, order.person)
        connection.execute(insert(orders), row)
    return id


_PERSON = Prepared(
    select(residents.c.id, residents.c.groups).where(residents.c.id == bindparam("person"))
)
# A clinic's records call a hospital by its id, or by its name.
_COMBINATION = Prepared(
    select(hospitals.c.id)
    .select_from(
        contracts.outerjoin(
            hospitals,
            or_(
                hospitals.c.id.in_((contracts.c.district_hospital, contracts.c.municipal_hospital)),
                hospitals.c.name.in_(
                    (contracts.c.district_hospital, contracts.c.municipal_hospital)
                ),
            ),
        )
    )
    .where(contracts.c.resident == bindparam("person"), contracts.c.since <= bindparam("today"))
    .where(or_(contracts.c.until.is_(None), contracts.c.until >= bindparam("today")))
    .order_by(hospitals.c.id)
)
_ORDERS = Prepared(
    select(orders.c.told).where(
        orders.c.person == bindparam("person"), orders.c.valid_until >= bindparam("today")
    )
)


def standing_of(connection: Connection, person: str, today: date) -> Standing:
    """The person's standing today; of somebody unknown, none."""
    row = _PERSON.first(connection, {"person": person})
    return Standing() if row is None else standing_from(connection, row, today)


def standing_from(connection: Connection, row: Row[Any], today: date) -> Standing:
    """As `standing_of`, from the person's row."""
    asked = {"person": row.id, "today": today}
    kept = _ORDERS.rows(connection, asked)
    chosen = [one.id for one in _COMBINATION.rows(connection, asked)]
    return Standing(
        contracted=bool(chosen),
        combination=tuple(one for one in chosen if one is not None),
        orders=tuple(_order(told) for (told,) in kept),
        groups=tuple(row.groups),
    )


def _plain(order: Order) -> dict[str, Any]:
    told = {name: getattr(order, name) for name in Order.__slots__}
    return told | {name: told[name].isoformat() for name in _DAYS}


def _order(told: dict[str, Any]) -> Order:
    days = {name: date.fromisoformat(told[name]) for name in _DAYS}
    lists = {name: tuple(told[name]) for name in _LISTS}
    return Order(**(told | days | lists))
