"""What a person confirmed and was carried out, once; whom a hand-over is for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "deeds",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column(
            "conversation",
            sa.String(32),
            sa.ForeignKey("conversations.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("doer", sa.Text, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("deed", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    recipient = sa.Column("recipient", sa.String(16), nullable=False, server_default="staff")
    op.add_column("hand_overs", recipient)
