"""Tables of persons, of what is theirs, and of the desk where people answer people.

A person's names stand sealed in one column; the key to them is in another table, so that erasing
one row there makes every copy unreadable.
"""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from askdoc.storage.tables import Moment, metadata


def _of(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.id", ondelete="CASCADE")


persons = Table(
    "persons",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("opened_at", Moment, nullable=False),
    # Which patient's record the account is, and which member of a clinic's staff.
    Column("resident", Text, ForeignKey("residents.id", ondelete="SET NULL")),
    Column("staff", Text, ForeignKey("clinic_staff.id", ondelete="SET NULL")),
    # Counts the roles they were given: a token holds for the one in which it was made.
    Column("term", Integer, nullable=False, server_default="1"),
    Index("persons_resident", "resident", unique=True),
    Index("persons_staff", "staff", unique=True),
)

person_keys = Table(
    "person_keys",
    metadata,
    Column("person", String(32), _of("persons"), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("person", String(32), _of("persons"), nullable=False, index=True),
    Column("hashed", LargeBinary, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

family = Table(
    "family",
    metadata,
    Column("resident", String(32), _of("persons"), primary_key=True),
    Column("member", String(32), _of("persons"), primary_key=True, index=True),
    Column("since", Moment, nullable=False),
    # What the resident is to the member.
    Column("relation", String(8), nullable=False, server_default="other"),
)

belongings = Table(
    "belongings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("conversation", String(32), _of("conversations"), nullable=False, unique=True),
    Column("person", String(32), _of("persons"), nullable=False, index=True),
)

tasks = Table(
    "tasks",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("conversation", String(32), _of("conversations"), index=True),
    Column("turn", Integer),
    Column("verdict", String(16)),
    Column("clinic", Text, _of("clinics"), index=True),
    Column("resident", Text, _of("residents"), index=True),
    # `staff` or `doctor`, and which doctor of the clinic's records.
    Column("recipient", String(16), nullable=False, server_default="staff"),
    Column("addressee", Text),
    # The reminder or the request for a slot that it comes of.
    Column("about", Text),
    Column("barrier", String(16)),
    Column("summary", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    # The last day for it; without one the desk's hours say until when.
    Column("due_on", Date),
    Column("state", String(16), nullable=False, index=True),
    Column("owner", Text),
    Column("closed_at", Moment),
    Column("outcome", String(32)),
    Index("tasks_once", "resident", "about", "kind", unique=True),
)

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("task", String(32), _of("tasks"), nullable=False, unique=True),
    Column("outcome", String(32), nullable=False),
    Column("asked", Text, nullable=False),
    Column("answered", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("scope", JSON, nullable=False),
    Column("expires_on", Date),
    Column("by", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("conversation", String(32), _of("conversations"), index=True),
    Column("task", String(32), _of("tasks"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("conversation", String(32), _of("conversations"), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("verdict", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("person", String(32), _of("persons"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("status", Integer),
    Column("sealed", LargeBinary),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person", String(32), nullable=False),
    Column("action", String(32), nullable=False),
    Column("object", String(64), nullable=False),
    Column("request", String(64), nullable=False),
    Index("audit_by_object", "object"),
)
