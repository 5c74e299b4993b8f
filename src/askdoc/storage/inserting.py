"""Inserts that may meet a row that is there: each database's own words for it."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(kept: Connection, table: Table) -> Any:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if kept.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
