"""Slots: schedules, bookings, people's standing, the waiting list, notices, requests."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
_LIVE = "state IN ('held', 'unknown', 'booked', 'attended', 'missed')"


def upgrade() -> None:
    _schedule()
    _bookings()
    _beside()


def _schedule() -> None:
    op.create_table(
        "hospitals",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("tier", sa.String(16), nullable=False),
        sa.Column("own_terms", sa.JSON),
    )

    op.create_table(
        "doctors",
        sa.Column("hospital", sa.String(64), sa.ForeignKey("hospitals.id"), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )

    op.create_table(
        "slots",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hospital", sa.String(64), sa.ForeignKey("hospitals.id"), nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("doctor", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("begins", sa.Integer, nullable=False),
        sa.Column("ends", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("pool", sa.String(16), nullable=False),
        sa.Column("entitled_from", sa.Date, nullable=False),
        sa.Column("public_from", sa.Date, nullable=False),
        sa.Column("is_offered", sa.Boolean, nullable=False),
        sa.Column("ref", sa.Text),
        sa.ForeignKeyConstraint(["hospital", "doctor"], ["doctors.hospital", "doctors.id"]),
        sa.UniqueConstraint("hospital", "doctor", "day", "begins", "place", name="slots_name"),
        sa.UniqueConstraint("hospital", "ref", name="slots_ref"),
    )
    op.create_index("slots_wanted", "slots", ["department", "hospital", "day", "begins"])
    op.create_index("slots_of_day", "slots", ["department", "day", "begins"])
    op.create_index("slots_of_date", "slots", ["day", "hospital"])


def _bookings() -> None:
    op.create_table(
        "slot_people",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("contracted", sa.Boolean, nullable=False),
        sa.Column("combination", sa.JSON, nullable=False),
        sa.Column("groups", sa.JSON, nullable=False),
    )

    op.create_table(
        "referral_orders",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("slot_people.id"), nullable=False),
        sa.Column("to_hospital", sa.String(64), nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
    )
    op.create_index("ix_referral_orders_person", "referral_orders", ["person"])
    op.create_table(
        "bookings",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("slot", sa.Integer, sa.ForeignKey("slots.id"), nullable=False),
        sa.Column("person", sa.String(64), sa.ForeignKey("slot_people.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("door", sa.String(16), nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.Column("key", sa.String(64)),
        sa.Column("replaces", sa.String(32)),
        sa.Column("wish", sa.String(32)),
        sa.UniqueConstraint("person", "key", name="bookings_key"),
    )
    op.create_index(
        "bookings_one_taking",
        "bookings",
        ["slot"],
        unique=True,
        sqlite_where=sa.text(_LIVE),
        postgresql_where=sa.text(_LIVE),
    )
    op.create_index(
        "bookings_held",
        "bookings",
        ["held_until"],
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index("bookings_person", "bookings", ["person", "state"])


def _beside() -> None:
    op.create_table(
        "slot_wishes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("slot_people.id"), nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("hospital", sa.String(64)),
        sa.Column("doctor", sa.String(64)),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.Column("begins", sa.Integer, nullable=False),
        sa.Column("ends", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("because", sa.String(32)),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
    )
    op.create_index("slot_wishes_waiting", "slot_wishes", ["department", "state", "place", "since"])
    op.create_index("ix_slot_wishes_person", "slot_wishes", ["person"])
    op.create_table(
        "slot_notices",
        sa.Column("key", sa.String(96), primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("booking", sa.String(32)),
        sa.Column("alternatives", sa.JSON, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "slot_notices_due",
        "slot_notices",
        ["due_at"],
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    )
    op.create_index("ix_slot_notices_booking", "slot_notices", ["booking"])
    op.create_table(
        "slot_requests",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("slot_people.id"), nullable=False),
        sa.Column("wanted", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.JSON),
    )
    op.create_index("ix_slot_requests_person", "slot_requests", ["person"])
    op.create_index("ix_slot_requests_state", "slot_requests", ["state"])
