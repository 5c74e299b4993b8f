"""Which prescriptions are long ones, and tasks that are due on a day of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("prescriptions", sa.Column("long", sa.Boolean))
    op.add_column("tasks", sa.Column("due_on", sa.Date))
