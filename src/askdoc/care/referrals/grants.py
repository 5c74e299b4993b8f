"""May this person have this slot today, by which door, and if not, when.

Every answer carries its reasons with their days, because a priority that nobody can explain
is a favour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from askdoc.care.referrals.orders import Order, order_for
from askdoc.care.referrals.slots import Pool, Slot
from askdoc.care.referrals.terms import Door, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What about a person opens doors. `combination`: the hospitals of their contract.

    `groups` are the priority groups that the person belongs to.
    """

    contracted: bool = False
    combination: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A phrase under `referrals.reason`, with what goes into it."""

    name: str
    fields: Mapping[str, str | int | date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Whether a slot is open to somebody, and why.

    `door` is how the person comes in: as anybody (`public`) or with priority. `opens` is the first
    day on which it is, or would have been, open to them.
    """

    is_open: bool
    door: Pool
    opens: date
    reasons: tuple[Reason, ...]


def grant(slot: Slot, terms: Terms, standing: Standing, today: date) -> Grant:
    """Whether the slot is open to a person of this standing today."""
    if today >= slot.public_from:
        return Grant(is_open=True, door="public", opens=slot.public_from, reasons=(_public(slot),))
    doors = open_doors(slot, terms, standing)
    if doors and slot.pool == "priority":
        told = tuple(Reason(door, {"day": slot.entitled_from}) for door in doors)
        is_open = today >= slot.entitled_from
        waiting = () if is_open else (Reason("not_yet", {"day": slot.entitled_from}),)
        return Grant(
            is_open=is_open, door="priority", opens=slot.entitled_from, reasons=(*told, *waiting)
        )
    kept = slot.pool == "priority"
    reasons = [Reason("kept_for_priority" if kept else "not_yet", {"day": slot.public_from})]
    if kept:
        reasons += [Reason(f"would_open_{door}") for door in terms.doors]
    return Grant(is_open=False, door="public", opens=slot.public_from, reasons=tuple(reasons))


def _public(slot: Slot) -> Reason:
    name = "fell_to_public" if slot.pool == "priority" else "public"
    return Reason(name, {"day": slot.public_from})


def open_doors(slot: Slot, terms: Terms, standing: Standing) -> tuple[Door, ...]:
    """The doors to priority slots that a person may use here, as the terms name them."""
    referred = order_for(standing.orders, slot.hospital.id, slot.department, slot.day)
    inside = standing.contracted and slot.hospital.id in standing.combination
    may: dict[Door, bool] = {
        "contracted_in_combination": inside,
        "contracted": standing.contracted,
        "referred": referred is not None,
        "priority_group": bool(standing.groups),
    }
    return tuple(door for door in terms.doors if may[door])
