"""The tables, as the newest migration leaves them (a test compares the two)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

from askdoc.assistant.talk.transcript import in_utc

# Alembic's own name is left to whoever else keeps tables in the same database.
VERSION_TABLE = "askdoc_version"
metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite keeps no time zone, so it is given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is None:
            return value and value.replace(tzinfo=UTC)
        return value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Any:
        # As the library writes it, in a fourth of the time: a turn writes five.
        return _written if dialect.name == "sqlite" else super().bind_processor(dialect)


def _written(value: datetime | None) -> str | None:
    if value is None:
        return None
    return in_utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


def _conversation_id() -> ForeignKey:
    return ForeignKey("conversations.id", ondelete="CASCADE")


conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("turn_count", Integer, nullable=False),
    Column("state", JSON(none_as_null=True)),
)

turns = Table(
    "turns",
    metadata,
    Column("conversation", _conversation_id(), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("said", Text, nullable=False),
    Column("lang", String(2), nullable=False),
    Column("answer", JSON, nullable=False),
    Column("understood", JSON, nullable=False),
    Column("tools", JSON, nullable=False),
    Column("policy_values", JSON, nullable=False),
    Column("passages", JSON, nullable=False),
)

# What was carried out under an idempotency key; the row and its doer's work are one transaction.
deeds = Table(
    "deeds",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("conversation", _conversation_id(), nullable=False, index=True),
    Column("doer", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Column("deed", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
