"""As what residents are insured, and which of them a change of a rule touches."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("residents", sa.Column("scheme", sa.String(16)))
    op.add_column("residents", sa.Column("status", sa.String(16)))
    whom = sa.Column("whom", sa.JSON, nullable=False, server_default="[]")
    op.add_column("rule_changes", whom)
