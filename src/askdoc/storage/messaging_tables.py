"""The tables of messaging: what came in, chats and their people, codes, consents, stops, budgets.

The inbox forgets what a message said as soon as it is answered; its id stays, so that a message
which the platform sends again is known.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from askdoc.storage.tables import Moment, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("sender", Text),
    Column("at", Moment, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("said", Text),
    Column("choice", Text),
    Column("media_kind", String(8)),
    Column("media_ref", Text),
    Column("pressed_on", Text),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("channel", "message_id", name="inbox_once"),
    Index("inbox_waiting", "state", "number"),
    Index("inbox_of_chat", "channel", "chat", "state"),
)

chats = Table(
    "chats",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("lang", String(2)),
    Column("acting", String(32)),
    Column("consented_at", Moment),
    Column("names_medicines", Boolean, nullable=False),
    Column("stopped_at", Moment),
    Column("blocked_at", Moment),
    Column("declined_at", Moment),
    Column("heard_at", Moment),
    Column("offers", JSON, nullable=False),
    Column("wrong_codes", Integer, nullable=False),
    Column("wrong_since", Moment),
    Column("lease", String(32)),
    Column("leased_until", Moment),
    UniqueConstraint("channel", "chat", name="chats_once"),
)

chat_people = Table(
    "chat_people",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("chat", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("relation", String(8), nullable=False),
    Column("resident", ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="SET NULL")),
    Column("profile", JSON, nullable=False),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("resident", ForeignKey("residents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("relation", String(8), nullable=False),
    Column("profile", JSON, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

consents = Table(
    "consents",
    metadata,
    Column("number", Integer, primary_key=True),
    # A resident, or a chat.
    Column("who", Text, nullable=False, index=True),
    # The one chat that a resident's word is about; none: every way to them.
    Column("chat", String(32)),
    Column("kind", String(16), nullable=False),
    Column("way", String(16), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

stops = Table(
    "stops",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("who", Text, nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("at", Moment, nullable=False),
)

budgets = Table(
    "budgets",
    metadata,
    Column("name", String(64), primary_key=True),
    # Microseconds since 1970 at which the next send is in its turn.
    Column("next_at", BigInteger, nullable=False),
)
