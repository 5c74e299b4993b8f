"""What a found change of a rule says in English."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("rule_changes", sa.Column("english", sa.JSON(none_as_null=True)))
