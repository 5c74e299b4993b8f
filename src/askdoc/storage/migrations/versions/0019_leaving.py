"""A slot stays taken while its hospital has not yet cancelled what was given back."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
_LIVE = "state IN ('held', 'unknown', 'booked', 'attended', 'missed', 'leaving')"


def upgrade() -> None:
    op.drop_index("bookings_one_taking", "bookings")
    op.create_index(
        "bookings_one_taking",
        "bookings",
        ["slot"],
        unique=True,
        sqlite_where=sa.text(_LIVE),
        postgresql_where=sa.text(_LIVE),
    )
