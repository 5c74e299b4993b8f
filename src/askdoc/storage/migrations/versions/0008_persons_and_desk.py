"""Persons with their keys, whose a conversation is, and the desk: tasks, replies, verdicts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _persons()
    _desk()
    _requests()
    _tasks_of_old_hand_overs()


def _persons() -> None:
    op.create_table(
        "persons",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "person_keys",
        sa.Column("person", sa.String(32), _of("persons"), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("person", sa.String(32), _of("persons"), nullable=False, index=True),
        sa.Column("hashed", sa.LargeBinary, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "family",
        sa.Column("resident", sa.String(32), _of("persons"), primary_key=True),
        sa.Column("member", sa.String(32), _of("persons"), primary_key=True, index=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "belongings",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(32), _of("conversations"), nullable=False, unique=True),
        sa.Column("person", sa.String(32), _of("persons"), nullable=False, index=True),
    )


def _desk() -> None:
    op.create_table(
        "tasks",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("conversation", sa.String(32), _of("conversations"), nullable=False, index=True),
        sa.Column("turn", sa.Integer),
        sa.Column("verdict", sa.String(16)),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("owner", sa.String(32)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String(32)),
    )
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("task", sa.String(32), _of("tasks"), nullable=False, unique=True),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("answered", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("scope", sa.JSON, nullable=False),
        sa.Column("expires_on", sa.Date),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "messages",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(32), _of("conversations"), nullable=False, index=True),
        sa.Column("task", sa.String(32), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "verdicts",
        sa.Column("conversation", sa.String(32), _of("conversations"), primary_key=True),
        sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("person", sa.String(32), _of("persons"), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("object", sa.String(64), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Index("audit_by_object", "object"),
    )


def _tasks_of_old_hand_overs() -> None:
    op.execute(
        "INSERT INTO tasks (id, kind, conversation, summary, opened_at, state) "
        "SELECT id, 'hand_over', conversation, summary, opened_at, state FROM hand_overs "
        "ORDER BY number"
    )


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
