"""`askdoc slots refer` and `askdoc clinic discharge`: to the hospital, and home from it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from askdoc.bootstrap import House
from askdoc.care.discharge import Discharge
from askdoc.care.referrals.days_said import day_words
from askdoc.care.referrals.orders import URGENCIES, Order
from askdoc.care.rules import follow_up_time, whole
from askdoc.china_days import today_of
from askdoc.cli.tables import lines
from askdoc.cli.words import BadOption, print_json
from askdoc.storage.discharges import keep_discharge
from askdoc.storage.standing import refer as keep_order
from askdoc.wording import Lang, phrase


def order_of(house: House, words: dict[str, str], used: tuple[list[str], list[str]]) -> Order:
    """The order as it was typed; without an end it holds as long as the default says.

    `used` are medicines of the catalogue and others. Raises BadOption.
    """
    today = today_of(datetime.now(UTC))
    valid = timedelta(days=whole(house.defaults, "referral_valid_days"))
    urgency = next((one for one in URGENCIES if one == words["urgency"]), None)
    if urgency is None:
        raise BadOption(option="--urgency", said=words["urgency"], allowed=", ".join(URGENCIES))
    return Order(
        person=words["person"],
        from_place=words["from_place"],
        to_hospital=words["to_hospital"],
        department=words["department"],
        reason=words["reason"],
        diagnosis=words["diagnosis"],
        made_on=today,
        valid_until=today + valid,
        urgency=urgency,
        used_listed=tuple(used[0]),
        used_unlisted=tuple(used[1]),
    )


def refer(house: House, order: Order, none_used: bool, lang: Lang, json: bool) -> None:
    """Keep a referral. Raises IncompleteOrder."""
    kept = replace(order, none_used=none_used)
    id = keep_order(house.booking_office, kept)
    if json:
        print_json({"id": id, "order": kept})
        return
    told = {"to": kept.to_hospital, "department": kept.department}
    until = day_words(kept.valid_until, lang)
    lines([phrase("referrals.cli.referred", lang, **told, until=until, id=id)])


def discharge(house: House, told: Discharge, lang: Lang, json: bool) -> None:
    """Hand a patient back to the community. Raises NoCommunityClinic."""
    follow_up = follow_up_time(house.defaults)
    done = keep_discharge(house.database, told, follow_up, datetime.now(UTC))
    if json:
        print_json(done)
        return
    fields = {"clinic": done.clinic, "count": len(done.prescriptions), "number": done.task}
    until = day_words(done.due_on, lang)
    lines([phrase("refills.discharged", lang, resident=told.resident, until=until, **fields)])
    if done.unclear:
        lines([phrase("refills.unclear", lang, count=len(done.unclear)), ", ".join(done.unclear)])
