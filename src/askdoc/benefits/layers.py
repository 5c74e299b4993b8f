"""What pays after the basic fund: serious-illness insurance, medical aid, gross layers.

Serious-illness bands measure the in-scope self-pay of the whole year: a visit gets what the
year's sum gives after it, less what it gave before it.
"""

from decimal import Decimal
from typing import cast

from askdoc.benefits.bill import OPEN_END, Bill
from askdoc.benefits.case import ZERO, fen
from askdoc.policy import ScaleBand, Value


def in_scope_self_pay(bill: Bill) -> Decimal:
    """What of this visit counts towards serious-illness insurance, in yuan."""
    counted = (
        bill["account_first"]
        + bill["deductible"]
        + bill["co_pay"]
        + bill["above_ceiling"]
        - bill["supplementary"]
    )
    rule = bill.find("serious_illness.counts_first_pay")
    return counted + bill["first_pay"] if rule.content is True else counted


def serious_illness(bill: Bill) -> None:
    """Serious-illness insurance on the year's in-scope self-pay above the line."""
    scale = bill.find(bill.name("serious_illness", "scale"))
    counted = in_scope_self_pay(bill)
    if scale.standing != "set" or not counted:
        return
    if not _is_listed_disease(bill):
        return
    line, line_value = bill.number(bill.name("serious_illness", "line"))
    if line is None:
        bill.miss(f"policy:{line_value.parameter}")
        return
    values = [scale, line_value]
    line = fen(line * _hardship(bill, "line_factor", Decimal(1), values))
    points = _hardship(bill, "share_points", ZERO, values)
    most = _most(bill, values)
    before = bill.case.year.in_scope_self_pay
    bands = _bands(bill, scale)
    paid = min(most, _by_bands(before + counted, line, bands, points)) - min(
        most, _by_bands(before, line, bands, points)
    )
    if paid:
        bill.note("serious_illness", paid, *values, line=line, counted=before + counted)


def _is_listed_disease(bill: Bill) -> bool:
    diseases = bill.find(bill.name("serious_illness", "diseases"))
    if diseases.standing != "set" or not isinstance(diseases.content, tuple):
        return True
    if bill.case.visit.disease is not None:
        return bill.has_disease(diseases.content)
    chosen = bill.choices.decide("serious_illness_disease", ("no", "yes"), main="no")
    if chosen == "no":
        bill.assume("not_a_listed_disease")
    return chosen == "yes"


def _hardship(bill: Bill, figure: str, otherwise: Decimal, values: list[Value]) -> Decimal:
    found, value = bill.number(f"serious_illness.{figure}")
    if found is None or bill.facts["group"] == "none":
        return otherwise
    values.append(value)
    return found


def _most(bill: Bill, values: list[Value]) -> Decimal:
    value = bill.find(bill.name("serious_illness", "ceiling"))
    if value.standing != "set":
        return OPEN_END
    values.append(value)
    return bill.content(value)


def _bands(bill: Bill, scale: Value) -> tuple[ScaleBand, ...]:
    found = bill.chosen(scale)
    if not isinstance(found, tuple):
        raise TypeError(f"{scale.parameter} holds no scale")
    return tuple(band for band in found if isinstance(band, ScaleBand))


def _by_bands(
    counted: Decimal, line: Decimal, bands: tuple[ScaleBand, ...], points: Decimal
) -> Decimal:
    paid, low = ZERO, line
    for band in bands:
        high = counted if band.up_to is None else min(counted, band.up_to)
        if high > low:
            paid += fen((high - low) * min(Decimal(1), band.share + points))
            low = high
    return paid


def medical_aid(bill: Bill) -> None:
    """Medical aid on what is left of the in-scope self-pay, by person group."""
    if bill.facts["group"] == "none":
        return
    left = in_scope_self_pay(bill) - bill["serious_illness"]
    rate, value = bill.number("medical_aid.share")
    if rate is None:
        bill.miss(f"policy:{value.parameter}")
        rate = cast(Decimal, bill.choices.decide("medical_aid_share", (ZERO, Decimal(1))))
    line, line_value = bill.number("medical_aid.line")
    if line is None:
        bill.miss(f"policy:{line_value.parameter}")
        line = cast(Decimal, bill.choices.decide("medical_aid_line", (left, ZERO)))
    paid = fen(max(ZERO, left - line) * rate)
    most = bill.find("medical_aid.ceiling")
    if most.standing == "set":
        paid = min(paid, max(ZERO, bill.content(most) - bill.case.year.aid_used))
    if paid:
        bill.note("medical_aid", paid, value, line_value, share=rate, left=left)


def gross_layers(bill: Bill) -> None:
    """Layers that each pay a share of the gross bill (a proposed norm, nobody's rule)."""
    names = {
        "serious_illness": "serious_illness",
        "medical_aid": "medical_aid",
        "charity": "supplementary",
    }
    for layer, figure in names.items():
        rate, value = bill.number(f"layers.{layer}")
        if rate:
            bill.note(figure, fen(bill["total"] * rate), value, share=rate, layer=layer)
