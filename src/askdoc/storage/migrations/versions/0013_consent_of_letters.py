"""What a letter may say, in how few signs, and whether it needs a consent; of which chat one is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("letters", sa.Column("named", sa.Text))
    op.add_column("letters", sa.Column("brief", sa.Text))
    needs = sa.Column("needs_consent", sa.Boolean, nullable=False, server_default=sa.true())
    op.add_column("letters", needs)
    op.add_column("consents", sa.Column("chat", sa.String(32)))
