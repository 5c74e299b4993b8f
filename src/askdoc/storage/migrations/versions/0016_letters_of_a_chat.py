"""An index by which the letters of one chat are found."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_index("letters_chat", "letters", ["channel", "chat", "begun_at"])
