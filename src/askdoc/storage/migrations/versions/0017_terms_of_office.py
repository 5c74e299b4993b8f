"""How many roles a person was given, so that the tokens of an earlier one stop."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("persons", sa.Column("term", sa.Integer, nullable=False, server_default="1"))
