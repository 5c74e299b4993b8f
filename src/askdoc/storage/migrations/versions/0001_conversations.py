"""Conversations, their turns, and what was handed over to a person."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("speaker", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turn_count", sa.Integer, nullable=False),
        sa.Column("state", sa.JSON),
    )
    op.create_table(
        "turns",
        sa.Column("conversation", sa.String(32), _conversation_id(), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("understood", sa.JSON, nullable=False),
        sa.Column("tools", sa.JSON, nullable=False),
        sa.Column("policy_values", sa.JSON, nullable=False),
        sa.Column("passages", sa.JSON, nullable=False),
    )
    op.create_table(
        "hand_overs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("conversation", sa.String(32), _conversation_id(), nullable=False, index=True),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
    )


def _conversation_id() -> sa.ForeignKey:
    return sa.ForeignKey("conversations.id", ondelete="CASCADE")
