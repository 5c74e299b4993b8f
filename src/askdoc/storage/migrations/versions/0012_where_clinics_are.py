"""The region whose rules hold at a clinic."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("clinics", sa.Column("region", sa.Text))
