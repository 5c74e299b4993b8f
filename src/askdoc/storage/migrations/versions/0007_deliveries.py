"""Deliveries of continuous prescriptions, step by step."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    prescription = sa.ForeignKey("prescriptions.id", ondelete="CASCADE")
    op.create_table(
        "delivery_steps",
        sa.Column("delivery", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("prescription", sa.Text, prescription, nullable=False, index=True),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
