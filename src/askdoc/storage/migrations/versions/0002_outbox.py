"""The outbox: letters, who opted out, and when a chat last spoke."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "letters",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("cycle", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("routes", sa.JSON, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("choices", sa.JSON, nullable=False),
        sa.Column("unasked", sa.Boolean, nullable=False),
        sa.Column("window_since", sa.Integer),
        sa.Column("window_until", sa.Integer),
        sa.Column("edit_of", sa.Text),
        sa.Column("not_before", moment, nullable=False),
        sa.Column("not_after", moment),
        sa.Column("put_at", moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_at", moment),
        sa.Column("route", sa.Integer, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("rescues", sa.Integer, nullable=False),
        sa.Column("token", sa.String(32)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text),
        sa.Column("recalled", sa.Boolean, nullable=False),
        sa.Column("begun_at", moment),
        sa.Column("changed_at", moment, nullable=False),
        sa.UniqueConstraint("topic", "subject", "cycle", "kind", name="letters_name"),
    )
    op.create_index("letters_waiting", "letters", ["unasked", "next_at"])
    op.create_index("letters_begun", "letters", ["channel", "begun_at"])
    op.create_index("letters_accepted", "letters", ["channel", "message_id"])
    op.create_index("letters_recipient", "letters", ["recipient", "topic"])
    op.create_table(
        "opted_out",
        sa.Column("recipient", sa.Text, primary_key=True),
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("since", moment, nullable=False),
    )
    op.create_table(
        "heard",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("chat", sa.Text, primary_key=True),
        sa.Column("at", moment, nullable=False),
    )
