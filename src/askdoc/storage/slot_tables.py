"""The tables of slots: schedules, bookings, referral orders, the waiting list, notices.

`bookings_one_taking` is the truth about a slot: whatever the code does, the database keeps two live
bookings of one slot apart. `LIVE` is written out, because an index and the queries that are to use
it must say the same words.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from askdoc.care.referrals.bookings import TAKING
from askdoc.storage.tables import Moment, metadata

LIVE = "state IN ({})".format(", ".join(f"'{state}'" for state in TAKING))

hospitals = Table(
    "hospitals",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("tier", String(16), nullable=False),
    Column("own_terms", JSON(none_as_null=True)),
    # The clinic whose staff keep its schedule; None: nobody over HTTP.
    Column("keeper", Text),
)

doctors = Table(
    "doctors",
    metadata,
    Column("hospital", String(64), ForeignKey("hospitals.id"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
)

slots = Table(
    "slots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hospital", String(64), ForeignKey("hospitals.id"), nullable=False),
    Column("department", Text, nullable=False),
    Column("doctor", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("begins", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    # Which of the persons of one half hour.
    Column("place", Integer, nullable=False),
    Column("pool", String(16), nullable=False),
    Column("entitled_from", Date, nullable=False),
    Column("public_from", Date, nullable=False),
    Column("is_offered", Boolean, nullable=False),
    # How the hospital's own system calls it; None: a slot of our own schedule.
    Column("ref", Text),
    ForeignKeyConstraint(["hospital", "doctor"], ["doctors.hospital", "doctors.id"]),
    UniqueConstraint("hospital", "doctor", "day", "begins", "place", name="slots_name"),
    UniqueConstraint("hospital", "ref", name="slots_ref"),
    # What is not open yet is passed over without being read.
    Index(
        "slots_wanted", "department", "hospital", "day", "begins", "public_from", "entitled_from"
    ),
    Index(
        "slots_of_day", "department", "day", "begins", "public_from", "entitled_from", "hospital"
    ),
    Index("slots_of_date", "day", "hospital"),
)

orders = Table(
    "referral_orders",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", Text, ForeignKey("residents.id"), nullable=False, index=True),
    Column("to_hospital", String(64), nullable=False),
    Column("department", Text, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("told", JSON, nullable=False),
)

bookings = Table(
    "bookings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("slot", Integer, ForeignKey("slots.id"), nullable=False),
    Column("person", Text, ForeignKey("residents.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("door", String(16), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("held_until", Moment),
    Column("key", String(64)),
    Column("replaces", String(32)),
    Column("wish", String(32)),
    UniqueConstraint("person", "key", name="bookings_key"),
    Index(
        "bookings_one_taking",
        "slot",
        unique=True,
        sqlite_where=text(LIVE),
        postgresql_where=text(LIVE),
    ),
    Index(
        "bookings_held",
        "held_until",
        sqlite_where=text("state = 'held'"),
        postgresql_where=text("state = 'held'"),
    ),
    Index("bookings_person", "person", "state"),
)

wishes = Table(
    "slot_wishes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", Text, ForeignKey("residents.id"), nullable=False, index=True),
    Column("department", Text, nullable=False),
    Column("hospital", String(64)),
    Column("doctor", String(64)),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("begins", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("because", String(32)),
    Column("since", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Index("slot_wishes_waiting", "department", "state", "place", "since"),
)

notices = Table(
    "slot_notices",
    metadata,
    Column("key", String(96), primary_key=True),
    Column("person", Text, ForeignKey("residents.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("booking", String(32), index=True),
    Column("alternatives", JSON, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("told_at", Moment),
    Index(
        "slot_notices_due",
        "due_at",
        sqlite_where=text("told_at IS NULL"),
        postgresql_where=text("told_at IS NULL"),
    ),
)

requests = Table(
    "slot_requests",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", Text, ForeignKey("residents.id"), nullable=False, index=True),
    Column("wanted", JSON, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("result", JSON(none_as_null=True)),
)
