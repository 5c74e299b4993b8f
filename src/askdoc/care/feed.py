"""A clinic's nightly records: rows of a table, each taken or refused with its number and why.

A row is known by its id: the same row again changes nothing, a corrected one replaces what was
there. One table holds rows of one kind, which its columns tell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from askdoc.care.prescriptions import BadPrescription, Dispensing, Prescription
from askdoc.policy.dimensions import STATUSES
from askdoc.wording import AskdocError

Kind = Literal["residents", "prescriptions", "dispensings", "contracts", "stays"]
_COLUMNS: dict[Kind, tuple[str, ...]] = {
    "dispensings": ("id", "prescription", "day", "quantity"),
    "prescriptions": ("id", "resident", "medicine", "issued_on", "dose_per_day", "quantity"),
    "residents": ("id", "channel", "chat"),
    "contracts": ("resident", "since", "doctor"),
    "stays": ("resident", "admitted_on"),
}
# What names a row where it has no id of its own.
_NAMES: dict[Kind, tuple[str, ...]] = {
    "contracts": ("resident", "since"),
    "stays": ("resident", "admitted_on"),
}
# Whether a name of a medicine means exactly one; its id, or why not.
Resolve = Callable[[str], "str | Unresolved"]


class UnknownColumns(AskdocError):
    """No kind of table has these columns."""

    code = "refills.unknown_columns"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A medicine's name that means none (`medicine_unknown`) or several (`medicine_several`)."""

    reason: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: its number in the file, why, and what stood there."""

    row: int
    reason: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentRow:
    """A resident as a clinic tells it; without channel and chat there is no way to them.

    `groups` are the priority groups of slots; None: the file says nothing of them. `agreed_on`: the
    day on which they agreed to be reminded, as the clinic wrote it down. `scheme` and `status`: as
    what they are insured; empty: the clinic does not know it, None: the file says nothing of it.
    """

    id: str
    channel: str = ""
    chat: str = ""
    lang: str = "zh"
    died_on: date | None = None
    groups: tuple[str, ...] | None = None
    agreed_on: date | None = None
    scheme: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A row that the clinic took back: a collection that never happened."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A resident's agreement with a family doctor, and the hospitals chosen with it (1+1+1).

    `until` is its last day, `served_on` the last day on which something was done under it.
    """

    resident: str
    since: date
    until: date | None
    doctor: str
    district_hospital: str = ""
    municipal_hospital: str = ""
    served_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in hospital, as a clinic tells it."""

    resident: str
    since: date
    until: date | None


@dataclass(slots=True)
class Feed:
    """What a file held. `rows` remembers the number of each row, for what is refused later."""

    residents: list[ResidentRow] = field(default_factory=list)
    prescriptions: list[Prescription] = field(default_factory=list)
    dispensings: list[Dispensing | Removed] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    rows: dict[tuple[Kind, str], int] = field(default_factory=dict)


class _Refusal(Exception):
    """Why a row is refused; never leaves this file."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.said = said


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row is read against: its clinic, the last day that can have happened, medicines."""

    clinic: str
    last_day: date
    resolve: Resolve


def read_table(rows: Sequence[Sequence[str]], reading: Reading) -> Feed:
    """The rows below a header. Raises UnknownColumns; a wrong row is refused, not raised."""
    heads = [head.strip().lower() for head in rows[0]] if rows else []
    kind = next((one for one, needed in _COLUMNS.items() if set(needed) <= set(heads)), None)
    if kind is None:
        raise UnknownColumns(
            found=", ".join(heads), known=" / ".join(", ".join(one) for one in _COLUMNS.values())
        )
    feed = Feed()
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            told = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
            take_row(feed, kind, number, told, reading)
    return feed


def take_row(
    feed: Feed, kind: Kind, number: int, told: Mapping[str, str], reading: Reading
) -> None:
    """Add one row to a feed, or the reason why not."""
    try:
        id = "/".join(_needed(told, name) for name in _NAMES.get(kind, ("id",)))
        known = feed.rows.get((kind, id))
        if known is not None:
            raise _Refusal("twice", str(known))
        _READERS[kind](feed, told, reading)
    except _Refusal as refusal:
        feed.refused.append(RefusedRow(number, refusal.reason, refusal.said))
    except BadPrescription as refusal:
        feed.refused.append(RefusedRow(number, str(refusal.fields["matter"]), ""))
    else:
        feed.rows[kind, id] = number


def _resident(feed: Feed, told: Mapping[str, str], reading: Reading) -> None:
    lang = told.get("lang") or "zh"
    if lang not in ("zh", "en"):
        raise _Refusal("lang", lang)
    if bool(told.get("channel")) != bool(told.get("chat")):
        raise _Refusal("half_a_way", told.get("channel") or told.get("chat", ""))
    scheme, status = told.get("scheme"), told.get("status")
    if scheme and scheme not in STATUSES:
        raise _Refusal("scheme", scheme)
    if status and status not in STATUSES.get(scheme or "", ()):
        raise _Refusal("insured_as", status)
    feed.residents.append(
        ResidentRow(
            id=told["id"],
            channel=told.get("channel", ""),
            chat=told.get("chat", ""),
            lang=lang,
            died_on=_day(told, "died_on", reading) if told.get("died_on") else None,
            groups=tuple(told["groups"].split()) if "groups" in told else None,
            agreed_on=_day(told, "agreed_on", reading) if told.get("agreed_on") else None,
            scheme=scheme,
            status=status,
        )
    )


def _prescription(feed: Feed, told: Mapping[str, str], reading: Reading) -> None:
    named = reading.resolve(_needed(told, "medicine"))
    if isinstance(named, Unresolved):
        raise _Refusal(named.reason, told["medicine"])
    issued = _day(told, "issued_on", reading)
    # A stop may be known ahead; everything else has happened.
    stopped = _any_day(told, "stopped_on") if told.get("stopped_on") else None
    if stopped is not None and stopped < issued:
        raise _Refusal("stopped_before", told["stopped_on"])
    feed.prescriptions.append(
        Prescription(
            id=told["id"],
            resident=_needed(told, "resident"),
            clinic=reading.clinic,
            medicine=named,
            issued_on=issued,
            dose_per_day=_amount(told, "dose_per_day"),
            quantity=_amount(told, "quantity"),
            doctor=told.get("doctor", ""),
            diagnosis=told.get("diagnosis", ""),
            collected_at_issue=(told.get("collected_at_issue") or "true").lower() != "false",
            stopped_on=stopped,
            long=_said_to_be(told, "long"),
        )
    )


def _dispensing(feed: Feed, told: Mapping[str, str], reading: Reading) -> None:
    if (told.get("cancelled") or "false").lower() == "true":
        feed.dispensings.append(Removed(told["id"]))
        return
    quantity = _amount(told, "quantity")
    if quantity <= 0:
        raise _Refusal("quantity", told["quantity"])
    day = _day(told, "day", reading)
    feed.dispensings.append(Dispensing(told["id"], _needed(told, "prescription"), day, quantity))


def _contract(feed: Feed, told: Mapping[str, str], reading: Reading) -> None:
    since = _any_day(told, "since")
    until = _any_day(told, "until") if told.get("until") else None
    if until is not None and until < since:
        raise _Refusal("ends_before", told["until"])
    feed.contracts.append(
        Contract(
            resident=told["resident"],
            since=since,
            until=until,
            doctor=_needed(told, "doctor"),
            district_hospital=told.get("district_hospital", ""),
            municipal_hospital=told.get("municipal_hospital", ""),
            served_on=_day(told, "served_on", reading) if told.get("served_on") else None,
        )
    )


def _stay(feed: Feed, told: Mapping[str, str], reading: Reading) -> None:
    since = _day(told, "admitted_on", reading)
    until = _day(told, "discharged_on", reading) if told.get("discharged_on") else None
    if until is not None and until < since:
        raise _Refusal("ends_before", told["discharged_on"])
    feed.stays.append(Stay(told["resident"], since, until))


_READERS: dict[Kind, Callable[[Feed, Mapping[str, str], Reading], None]] = {
    "residents": _resident,
    "prescriptions": _prescription,
    "dispensings": _dispensing,
    "contracts": _contract,
    "stays": _stay,
}


def _needed(told: Mapping[str, str], name: str) -> str:
    found = told.get(name, "")
    if not found:
        raise _Refusal("empty", name)
    return found


def _day(told: Mapping[str, str], name: str, reading: Reading) -> date:
    found = _any_day(told, name)
    if found > reading.last_day:
        raise _Refusal("in_future", told[name])
    return found


def _any_day(told: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(_needed(told, name))
    except ValueError:
        raise _Refusal("no_day", told[name]) from None


def _said_to_be(told: Mapping[str, str], name: str) -> bool | None:
    said = told.get(name, "").lower()
    if said not in ("true", "false", ""):
        raise _Refusal("yes_or_no", said)
    return said == "true" if said else None


def _amount(told: Mapping[str, str], name: str) -> Decimal:
    try:
        return Decimal(_needed(told, name))
    except InvalidOperation:
        raise _Refusal("no_number", told[name]) from None
