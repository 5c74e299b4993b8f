"""Changes of rules that wait for a doctor's word, or had it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    clinic = sa.ForeignKey("clinics.id", ondelete="CASCADE")
    op.create_table(
        "rule_changes",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("clinic", sa.Text, clinic, nullable=False, index=True),
        sa.Column("medicine", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
    )
