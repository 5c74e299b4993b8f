"""The days on which a slot opens stand in the indexes by which slots are found."""

from alembic import op

revision = "0022"
down_revision = "0021"

_DAYS = ("public_from", "entitled_from")


def upgrade() -> None:
    for name, columns in (
        ("slots_wanted", ("department", "hospital", "day", "begins", *_DAYS)),
        ("slots_of_day", ("department", "day", "begins", *_DAYS, "hospital")),
    ):
        op.drop_index(name, "slots")
        op.create_index(name, "slots", columns)
