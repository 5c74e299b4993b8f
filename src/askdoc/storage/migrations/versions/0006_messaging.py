"""Messaging: what came in, chats and their people, codes, consents, stops, budgets."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _inbox()
    _chats()
    _records()


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("sender", sa.Text),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("kept_at", _moment(), nullable=False),
        sa.Column("said", sa.Text),
        sa.Column("choice", sa.Text),
        sa.Column("media_kind", sa.String(8)),
        sa.Column("media_ref", sa.Text),
        sa.Column("pressed_on", sa.Text),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.UniqueConstraint("channel", "message_id", name="inbox_once"),
    )
    op.create_index("inbox_waiting", "inbox", ["state", "number"])
    op.create_index("inbox_of_chat", "inbox", ["channel", "chat", "state"])


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("lang", sa.String(2)),
        sa.Column("acting", sa.String(32)),
        sa.Column("consented_at", _moment()),
        sa.Column("names_medicines", sa.Boolean, nullable=False),
        sa.Column("stopped_at", _moment()),
        sa.Column("blocked_at", _moment()),
        sa.Column("declined_at", _moment()),
        sa.Column("heard_at", _moment()),
        sa.Column("offers", sa.JSON, nullable=False),
        sa.Column("wrong_codes", sa.Integer, nullable=False),
        sa.Column("wrong_since", _moment()),
        sa.Column("lease", sa.String(32)),
        sa.Column("leased_until", _moment()),
        sa.UniqueConstraint("channel", "chat", name="chats_once"),
    )
    chat = sa.ForeignKey("chats.id", ondelete="CASCADE")
    conversation = sa.ForeignKey("conversations.id", ondelete="SET NULL")
    op.create_table(
        "chat_people",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("chat", sa.String(32), chat, nullable=False, index=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("relation", sa.String(8), nullable=False),
        sa.Column("resident", sa.Text, index=True),
        sa.Column("conversation", sa.String(32), conversation),
        sa.Column("profile", sa.JSON, nullable=False),
    )


def _records() -> None:
    op.create_table(
        "enrolment_codes",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("resident", sa.Text, nullable=False, index=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("relation", sa.String(8), nullable=False),
        sa.Column("profile", sa.JSON, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("expires_at", _moment(), nullable=False),
        sa.Column("used_at", _moment()),
    )
    op.create_table(
        "consents",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("who", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("at", _moment(), nullable=False),
    )
    op.create_table(
        "stops",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("who", sa.Text, nullable=False, index=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("at", _moment(), nullable=False),
    )
    op.create_table(
        "budgets",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("next_at", sa.BigInteger, nullable=False),
    )


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)
