"""Clinics, their residents, prescriptions and collections, and what came of reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "clinics",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("open_at_weekends", sa.Boolean, nullable=False),
        sa.Column("own_days", sa.JSON, nullable=False),
        sa.Column("feed_limit_hours", sa.Integer),
        sa.Column("fed_until", moment),
    )
    op.create_table(
        "clinic_staff",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("clinic", sa.Text, _of("clinics"), nullable=False, index=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("routes", sa.JSON, nullable=False),
    )
    op.create_table(
        "residents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("clinic", sa.Text, _of("clinics"), nullable=False, index=True),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("routes", sa.JSON, nullable=False),
        sa.Column("window_since", sa.Integer),
        sa.Column("window_until", sa.Integer),
        sa.Column("died_on", sa.Date),
    )
    op.create_table(
        "stays",
        sa.Column("resident", sa.Text, _of("residents"), primary_key=True),
        sa.Column("since", sa.Date, primary_key=True),
        sa.Column("until", sa.Date),
    )
    op.create_table(
        "contracts",
        sa.Column("resident", sa.Text, _of("residents"), primary_key=True),
        sa.Column("since", sa.Date, primary_key=True),
        sa.Column("until", sa.Date),
        sa.Column("doctor", sa.Text, nullable=False),
        sa.Column("district_hospital", sa.Text, nullable=False),
        sa.Column("municipal_hospital", sa.Text, nullable=False),
        sa.Column("served_on", sa.Date),
    )
    op.create_table(
        "prescriptions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("resident", sa.Text, _of("residents"), nullable=False, index=True),
        sa.Column("clinic", sa.Text, _of("clinics"), nullable=False, index=True),
        sa.Column("medicine", sa.Text, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("dose_per_day", sa.Text, nullable=False),
        sa.Column("quantity", sa.Text, nullable=False),
        sa.Column("doctor", sa.Text, nullable=False),
        sa.Column("diagnosis", sa.Text, nullable=False),
        sa.Column("collected_at_issue", sa.Boolean, nullable=False),
        sa.Column("stopped_on", sa.Date),
    )
    op.create_table(
        "dispensings",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("prescription", sa.Text, _of("prescriptions"), nullable=False, index=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("quantity", sa.Text, nullable=False),
    )
    op.create_table(
        "refill_cycles",
        sa.Column("prescription", sa.Text, _of("prescriptions"), primary_key=True),
        sa.Column("cycle", sa.Text, primary_key=True),
        sa.Column("resident", sa.Text, nullable=False, index=True),
        sa.Column("letter", sa.Text),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("runs_out", sa.Date, nullable=False),
        sa.Column("planned_at", moment, nullable=False),
    )
    op.create_index("refill_cycles_token", "refill_cycles", ["token"])
    op.create_index("refill_cycles_letter", "refill_cycles", ["resident", "letter"])
    op.create_table(
        "refill_tasks",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("resident", sa.Text, _of("residents"), nullable=False, index=True),
        sa.Column("clinic", sa.Text, nullable=False),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("barrier", sa.String(16)),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("closed_at", moment),
        sa.Column("closed_by", sa.Text),
        sa.Column("outcome", sa.String(32)),
    )
    op.create_index(
        "refill_tasks_once", "refill_tasks", ["resident", "letter", "kind"], unique=True
    )


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
