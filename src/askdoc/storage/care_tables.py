"""Tables of clinics, residents, prescriptions and collections, and of what came of reminders.

Persons stand here under the id of the clinic's own records, without a name. Doses and quantities
are kept as text: SQLite would make floats of them.
"""

from decimal import Decimal, InvalidOperation

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    TypeDecorator,
)

from askdoc.storage.tables import Moment, metadata


class Exact(TypeDecorator[Decimal]):
    """A decimal number, to the last digit; text that is none reads as NaN, so that only its own
    row is refused, not the whole list that it is read with."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        try:
            return Decimal(value)
        except InvalidOperation:
            return Decimal("NaN")


def _of(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.id", ondelete="CASCADE")


clinics = Table(
    "clinics",
    metadata,
    Column("id", Text, primary_key=True),
    # Whose rules hold there; without it no change of a policy value is looked for.
    Column("region", Text),
    Column("open_at_weekends", Boolean, nullable=False),
    # Days of its own: {"2026-12-24": false}.
    Column("own_days", JSON, nullable=False),
    Column("feed_limit_hours", Integer),
    # Up to when its records are known here; None before the first import.
    Column("fed_until", Moment),
)

clinic_staff = Table(
    "clinic_staff",
    metadata,
    Column("id", Text, primary_key=True),
    Column("clinic", Text, _of("clinics"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("routes", JSON, nullable=False),
)

residents = Table(
    "residents",
    metadata,
    Column("id", Text, primary_key=True),
    # None: of no clinic that is known here. Slots open to all need none.
    Column("clinic", Text, _of("clinics"), index=True),
    Column("lang", String(2), nullable=False),
    Column("routes", JSON, nullable=False),
    Column("window_since", Integer),
    Column("window_until", Integer),
    Column("died_on", Date),
    # As what they are insured, as far as the clinic knows it.
    Column("scheme", String(16)),
    Column("status", String(16)),
    # Priority groups that the policy of slots names.
    Column("groups", JSON, nullable=False, server_default="[]"),
)

stays = Table(
    "stays",
    metadata,
    Column("resident", Text, _of("residents"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
)

contracts = Table(
    "contracts",
    metadata,
    Column("resident", Text, _of("residents"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
    Column("doctor", Text, nullable=False),
    Column("district_hospital", Text, nullable=False),
    Column("municipal_hospital", Text, nullable=False),
    Column("served_on", Date),
)

prescriptions = Table(
    "prescriptions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("resident", Text, _of("residents"), nullable=False, index=True),
    Column("clinic", Text, _of("clinics"), nullable=False, index=True),
    Column("medicine", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("dose_per_day", Exact, nullable=False),
    Column("quantity", Exact, nullable=False),
    Column("doctor", Text, nullable=False),
    Column("diagnosis", Text, nullable=False),
    Column("collected_at_issue", Boolean, nullable=False),
    Column("stopped_on", Date),
    # Whether the record calls it a long prescription; None: it does not say.
    Column("long", Boolean),
)

dispensings = Table(
    "dispensings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("prescription", Text, _of("prescriptions"), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("quantity", Exact, nullable=False),
)

# What was reminded of: each prescription and collection once, for good.
refill_cycles = Table(
    "refill_cycles",
    metadata,
    Column("prescription", Text, _of("prescriptions"), primary_key=True),
    Column("cycle", Text, primary_key=True),
    Column("resident", Text, nullable=False, index=True),
    # The cycle in the name of its letter; None for one that was told nothing, to compare.
    Column("letter", Text),
    Column("token", String(32), nullable=False),
    Column("day", Date, nullable=False),
    Column("runs_out", Date, nullable=False),
    Column("planned_at", Moment, nullable=False),
    Index("refill_cycles_letter", "resident", "letter"),
    Index("refill_cycles_token", "token"),
)

# Deliveries of continuous prescriptions: each step as it was taken, never changed.
delivery_steps = Table(
    "delivery_steps",
    metadata,
    Column("delivery", String(32), primary_key=True),
    # The unique place of a step: of two people who take the next one at once, one does.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("prescription", Text, _of("prescriptions"), nullable=False, index=True),
    Column("step", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("detail", Text, nullable=False),
)

# Changes of rules that wait for a doctor's word, or had it.
rule_changes = Table(
    "rule_changes",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("clinic", Text, _of("clinics"), nullable=False, index=True),
    Column("medicine", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("source", Text, nullable=False),
    # About, old, new and source in English, where the program found the change by itself.
    Column("english", JSON(none_as_null=True)),
    # The kinds of residents whom it touches, one of which is enough; none: all.
    Column("whom", JSON, nullable=False, server_default="[]"),
    Column("state", String(16), nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Moment),
)
