"""Slots, chats and codes name a patient as the clinic's records do; what opens doors is a contract.

Who had a slot or a chat without being in any clinic's records becomes a resident of no clinic.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
# SQLite's keys have no names of their own; these are those that PostgreSQL gave.
_NAMES = {"fk": "%(table_name)s_%(column_0_name)s_fkey"}
_OF_SLOTS = ("referral_orders", "bookings", "slot_wishes", "slot_requests")


def upgrade() -> None:
    with op.batch_alter_table("residents") as residents:
        residents.alter_column("clinic", existing_type=sa.Text, nullable=True)
        groups = sa.Column("groups", sa.JSON, nullable=False, server_default="[]")
        residents.add_column(groups)
    _name_residents()
    for table in _OF_SLOTS:
        with op.batch_alter_table(table, naming_convention=_NAMES) as kept:
            kept.drop_constraint(f"{table}_person_fkey", type_="foreignkey")
    _carry_over()
    op.drop_table("slot_people")
    for table in (*_OF_SLOTS, "slot_notices"):
        with op.batch_alter_table(table) as kept:
            kept.alter_column("person", existing_type=sa.String(64), type_=sa.Text)
            kept.create_foreign_key(f"{table}_person_fkey", "residents", ["person"], ["id"])
    for table, at_the_end in (("chat_people", "SET NULL"), ("enrolment_codes", "CASCADE")):
        with op.batch_alter_table(table) as kept:
            name = f"{table}_resident_fkey"
            kept.create_foreign_key(name, "residents", ["resident"], ["id"], ondelete=at_the_end)


def _name_residents() -> None:
    named = (
        ("slot_people", "id"),
        ("slot_notices", "person"),
        ("chat_people", "resident"),
        ("enrolment_codes", "resident"),
    )
    for table, column in named:
        op.execute(
            "INSERT INTO residents (id, lang, routes) "
            f"SELECT named.id, 'zh', '[]' FROM (SELECT DISTINCT {column} AS id FROM {table}) named "
            "WHERE named.id IS NOT NULL AND named.id NOT IN (SELECT id FROM residents)"
        )


def _carry_over() -> None:
    """Groups, and contracts where the clinic's records hold none.

    On which day such a contract began was never kept: it counts from today.
    """
    kept = op.get_bind()
    people = kept.execute(sa.text('SELECT id, contracted, combination, "groups" FROM slot_people'))
    signed = set(kept.scalars(sa.text("SELECT resident FROM contracts")))
    for id, contracted, combination, groups in people.all():
        told = {"groups": _text(groups), "id": id}
        kept.execute(sa.text('UPDATE residents SET "groups" = :groups WHERE id = :id'), told)
        if contracted and id not in signed:
            _sign(kept, id, _list(combination) or [""])


def _sign(kept: sa.Connection, resident: str, hospitals: list[str]) -> None:
    row = (
        "INSERT INTO contracts (resident, since, doctor, district_hospital, municipal_hospital) "
        "VALUES (:resident, :since, '', :district, :municipal)"
    )
    # A contract names two: further ones stand in one of the day before.
    for number, first in enumerate(range(0, len(hospitals), 2)):
        pair = [*hospitals[first : first + 2], ""][:2]
        since = (datetime.now(UTC).date() - timedelta(days=number)).isoformat()
        told = {"resident": resident, "since": since, "district": pair[0], "municipal": pair[1]}
        kept.execute(sa.text(row), told)


def _list(told: Any) -> list[str]:
    return list(json.loads(told) if isinstance(told, str) else told)


def _text(told: Any) -> str:
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
