"""The clinic whose staff keep a hospital's schedule."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("hospitals", sa.Column("keeper", sa.Text))
