"""The tables of the outbox: letters, who opted out, and when a chat last spoke."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from askdoc.storage.tables import Moment, metadata

letters = Table(
    "letters",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("topic", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("cycle", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("routes", JSON, nullable=False),
    Column("said", Text, nullable=False),
    Column("lang", String(2), nullable=False),
    Column("choices", JSON, nullable=False),
    Column("unasked", Boolean, nullable=False),
    Column("window_since", Integer),
    Column("window_until", Integer),
    Column("edit_of", Text),
    Column("named", Text),
    Column("brief", Text),
    Column("needs_consent", Boolean, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("not_after", Moment),
    Column("put_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("next_at", Moment),
    # Where it goes now: the channel and chat of the route in use.
    Column("route", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("rescues", Integer, nullable=False),
    Column("token", String(32)),
    Column("reason", Text, nullable=False),
    Column("message_id", Text),
    Column("recalled", Boolean, nullable=False),
    Column("begun_at", Moment),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("topic", "subject", "cycle", "kind", name="letters_name"),
    Index("letters_waiting", "unasked", "next_at"),
    Index("letters_begun", "channel", "begun_at"),
    Index("letters_accepted", "channel", "message_id"),
    Index("letters_chat", "channel", "chat", "begun_at"),
    Index("letters_recipient", "recipient", "topic"),
)

opted_out = Table(
    "opted_out",
    metadata,
    Column("recipient", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("since", Moment, nullable=False),
)

heard = Table(
    "heard",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)
