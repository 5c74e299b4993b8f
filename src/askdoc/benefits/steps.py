"""The steps of a bill, by the names that a region's payment order uses.

Each step takes from what the steps before it left. The order is policy data; and/or,
rounding and what a step means are here.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import cast

from askdoc.benefits.bill import OPEN_END, Bill
from askdoc.benefits.case import ZERO, Item, fen
from askdoc.benefits.layers import gross_layers, medical_aid, serious_illness
from askdoc.policy import Value


def off_catalogue(bill: Bill) -> None:
    """Items outside the catalogue or outside their payment scope: the person pays all."""
    rule = bill.find("off_catalogue.fund_share")
    out = sum((item.total for item in bill.case.items if _is_out(bill, item)), ZERO)
    bill.note("off_catalogue", fen(out), *([rule] if out else []))


def _is_out(bill: Bill, item: Item) -> bool:
    if item.item_class == "off_catalogue":
        return True
    if item.scope_met is None:
        bill.miss("scope_met")
        return bill.choices.decide("scope_met", (False, True)) is False
    return not item.scope_met


def _in_scope(bill: Bill) -> list[Item]:
    return [item for item in bill.case.items if not _is_out(bill, item)]


def over_standard(bill: Bill) -> None:
    """The part of a price above the payment standard: the person pays it."""
    over = sum((min(item.over_standard, item.total) for item in _in_scope(bill)), ZERO)
    bill.note("over_standard", fen(over))


def first_pay(bill: Bill) -> None:
    """The part of class B and negotiated items that is paid before the split."""
    paid, values, shares = ZERO, [], []
    for item in _in_scope(bill):
        if item.item_class not in ("B", "negotiated"):
            continue
        share, value = _first_pay_share(bill, item)
        paid += fen((item.total - min(item.over_standard, item.total)) * share)
        if share not in shares:
            shares.append(share)
        if value is not None and value not in values:
            values.append(value)
    bill.note("first_pay", paid, *values, shares=tuple(shares))
    left = bill["total"] - bill["off_catalogue"] - bill["over_standard"] - paid
    bill.note("eligible", left)
    bill.amounts["left"] = left


def _first_pay_share(bill: Bill, item: Item) -> tuple[Decimal, Value | None]:
    if item.first_pay_share is not None:
        return item.first_pay_share, None
    own = bill.find(bill.name("first_pay", "medicines"))
    if own.standing == "set" and item.medicine is not None:
        shares = dict(cast(tuple[tuple[str, Decimal], ...], own.content))
        if item.medicine in shares:
            return shares[item.medicine], own
    figures = ("negotiated", "class_b") if item.item_class == "negotiated" else ("class_b",)
    for figure in figures:
        share, value = bill.number(bill.name("first_pay", figure))
        if share is not None:
            bill.assume("first_pay_default")
            return share, value
        if value.source:
            break
    bill.miss("first_pay_share")
    return cast(Decimal, bill.choices.decide("first_pay_share", (Decimal(1), ZERO))), None


def account_first(bill: Bill) -> None:
    """Money of the current-year account that is used before the deductible."""
    balance = bill.case.year.account_current
    if balance is None:
        bill.assume("account_empty")
        options = (ZERO, bill["left"])
        balance = cast(Decimal, bill.choices.decide("account_current", options, main=ZERO))
    paid = min(balance, bill["left"])
    bill.note("account_first", paid, balance=balance)
    bill.amounts["left"] -= paid


def deductible(bill: Bill) -> None:
    """What the person pays before the split, less what is used up or taken off."""
    topic = bill.settings_topic()
    if _is_met(bill, topic):
        return
    full, value = bill.number(bill.name(topic, "deductible"))
    if full is None:
        bill.miss(f"policy:{value.parameter}")
        full = cast(Decimal, bill.choices.decide("deductible", (bill["left"], ZERO)))
    cut, cut_value = bill.number(bill.name(topic, "deductible_cut"))
    due = max(ZERO, full - (cut or ZERO))
    used, values = _deductible_used(bill, topic, due, value)
    paid = min(max(ZERO, due - used), bill["left"])
    if cut:
        values.insert(0, cut_value)
    bill.note("deductible", paid, value, *values, full=due, used=used)
    bill.amounts["left"] -= paid
    bill.note("base", bill["left"])


def _is_met(bill: Bill, topic: str) -> bool:
    """Whether nothing is left of the year's deductible, however high it was."""
    if bill.case.year.deductible_left != 0:
        return False
    period = bill.find(bill.name(topic, "deductible_period"))
    if period.content == "admission":
        return False
    bill.note("deductible_met", ZERO, period)
    bill.note("base", bill["left"])
    return True


def _deductible_used(
    bill: Bill, topic: str, due: Decimal, rule: Value
) -> tuple[Decimal, list[Value]]:
    year = bill.case.year
    said = year.deductible_used
    if said is None and year.deductible_left is not None:
        said = max(ZERO, due - year.deductible_left)
    if due == 0 or said == 0:
        return ZERO, []
    period = bill.find(bill.name(topic, "deductible_period"))
    if period.content == "admission":
        by_stays = any(name == "admissions" for name, _ in rule.conditions)
        if year.stay_deductible_met and not by_stays and said is not None and said >= due:
            # Nobody has confirmed that each stay has its own: the person's word goes first.
            bill.assume("stay_deductible_met")
            options = (due, ZERO)
            return cast(Decimal, bill.choices.decide("stay_deductible", options, main=due)), [
                period
            ]
        if said is not None:
            bill.assume("deductible_each_stay")
        return ZERO, [period]
    if said is None:
        bill.assume("deductible_unused")
        said = cast(Decimal, bill.choices.decide("deductible_used", (ZERO, due), main=ZERO))
    return said, [period]


def share(bill: Bill) -> None:
    """The fund's part of what is left after the deductible."""
    topic = bill.settings_topic()
    rate, value = bill.number(bill.name(topic, "share"))
    values = [value]
    if rate is None:
        bill.miss(f"policy:{value.parameter}")
        rate, values = cast(Decimal, bill.choices.decide("share", (ZERO, Decimal(1)))), []
    level = rate
    added, value = bill.number(bill.name(topic, "share_points"))
    values += [value] if added else []
    lost = _points_lost(bill, topic, values)
    bill.share = min(Decimal(1), max(ZERO, level + (added or ZERO) - lost))
    paid = fen(bill["base"] * bill.share)
    bill.note("fund_pays", paid, *values, share=bill.share, level=level, lost=lost)
    bill.note("co_pay", bill["base"] - paid)


def _points_lost(bill: Bill, topic: str, values: list[Value]) -> Decimal:
    lost, value = bill.number(bill.name(topic, "referral_cut"))
    values += [value] if lost else []
    if not is_away(bill):
        return lost or ZERO
    away, value = bill.number("offsite.share_cut")
    bill.wants_filing = _wants_filing(bill)
    if away is None:
        bill.miss(f"policy:{value.parameter}")
        return cast(Decimal, bill.choices.decide("offsite_cut", (Decimal(1), ZERO)))
    values += [value] if away else []
    return (lost or ZERO) + away


def _wants_filing(bill: Bill) -> bool:
    if bill.facts["filed"] != "none" or bill.facts["referral"] == "emergency":
        return False
    exempt = bill.find(bill.name("offsite", "no_filing_places"))
    if not isinstance(exempt.content, tuple):
        return True
    place = f"{bill.case.visit.place}/"
    return not any(place.startswith(f"{one}/") for one in exempt.content)


def is_away(bill: Bill) -> bool:
    """Whether the care is outside the city whose pool insures the person."""
    place, home = bill.case.visit.place, bill.policy.book.pool(bill.case.person.region)
    return place is not None and not f"{place}/".startswith(f"{home}/")


def ceiling(bill: Bill) -> None:
    """What the fund may still pay this year; the rest falls back to the person."""
    most, values = _yearly_ceiling(bill)
    if most is None:
        bill.assume("ceiling_not_recorded")
        return
    left = max(ZERO, most - bill.case.year.fund_paid)
    over = max(ZERO, bill["fund_pays"] - left)
    if over:
        bill.amounts["fund_pays"] -= over
        bill.note("above_ceiling", over, *values, ceiling=most, left=left)


def _yearly_ceiling(bill: Bill) -> tuple[Decimal | None, list[Value]]:
    topic = bill.settings_topic()
    for name in (bill.name(topic, "ceiling"), bill.name("", "ceiling")):
        value = bill.find(name)
        if value.standing == "abolished":
            return OPEN_END, [value]
        if value.standing == "set":
            return bill.content(value), [value]
    part, part_value = bill.number(bill.name(topic, "ceiling_wage_share"))
    if part is None:
        return None, []
    wage, wage_value = bill.number("average_wage")
    if wage is not None:
        return fen(part * wage), [part_value, wage_value]
    if bill.case.year.below_ceiling:
        bill.assume("below_ceiling")
        return OPEN_END, [part_value]
    bill.miss(f"policy:{wage_value.parameter}")
    chosen = bill.choices.decide("ceiling", (OPEN_END, ZERO), main=OPEN_END)
    return cast(Decimal, chosen), [part_value]


def supplementary(bill: Bill) -> None:
    """The supplementary fund's part of what is above the ceiling, where a region has one."""
    if not bill["above_ceiling"]:
        return
    rate, value = bill.number(bill.name("supplementary", "share"))
    if rate:
        paid = fen(bill["above_ceiling"] * rate)
        bill.note("supplementary", paid, value, share=rate)


def account(bill: Bill) -> None:
    """Account money that pays the person's part of what is in scope; it moves no fund money."""
    year = bill.case.year
    balance = (year.account_past or ZERO) + (year.account_current or ZERO)
    owed = bill["first_pay"] + bill["deductible"] + bill["co_pay"] + bill["above_ceiling"]
    paid_for = bill["supplementary"] + bill["serious_illness"] + bill["medical_aid"]
    left = max(ZERO, balance - bill["account_first"])
    bill.amounts["account_later"] = min(left, max(ZERO, owed - paid_for))


STEPS: dict[str, Callable[[Bill], None]] = {
    "off_catalogue": off_catalogue,
    "over_standard": over_standard,
    "first_pay": first_pay,
    "account_first": account_first,
    "deductible": deductible,
    "share": share,
    "ceiling": ceiling,
    "supplementary": supplementary,
    "serious_illness": serious_illness,
    "medical_aid": medical_aid,
    "gross_layers": gross_layers,
    "account": account,
}
