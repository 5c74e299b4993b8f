"""Which record an account is, and what a patient is to who speaks for them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    with op.batch_alter_table("persons") as persons:
        for column, table in (("resident", "residents"), ("staff", "clinic_staff")):
            persons.add_column(sa.Column(column, sa.Text))
            persons.create_foreign_key(
                f"persons_{column}_fkey", table, [column], ["id"], ondelete="SET NULL"
            )
            persons.create_index(f"persons_{column}", [column], unique=True)
    relation = sa.Column("relation", sa.String(8), nullable=False, server_default="other")
    op.add_column("family", relation)
    for table in ("chat_people", "enrolment_codes"):
        op.execute(f"UPDATE {table} SET relation = 'other' WHERE relation = 'family'")
