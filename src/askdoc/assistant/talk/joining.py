"""What is said now, joined with what was said before.

A fact said now replaces the one said earlier, and with it what hung on it: another scheme makes
the old status void, another whole bill its old parts. Nothing of one person is used for another.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from askdoc.assistant.answer import Subject, Understood
from askdoc.assistant.dialogue import PERSON_FACTS
from askdoc.assistant.reading.against import OF_DISEASE
from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading
from askdoc.assistant.reading.scope_said import joined_scope
from askdoc.assistant.talk.back_references import brings_another_bill
from askdoc.medicines import CatalogueOnDay, Mention
from askdoc.medicines.other_form import form_not_listed, in_form_said
from askdoc.policy.dimensions import STATUSES

# Parts of one bill; the others count over the year and outlive it.
_OF_ONE_BILL = (
    *("total", "class_a", "class_b", "negotiated", "off_catalogue", "scope_not_met"),
    *("over_standard", "unit_price"),
)
_INSURANCE = ("scheme", "grade")
_CLASSES = ("class_a", "class_b", "negotiated", "off_catalogue")
_VISIT = {"tier", "setting"}
_PAID = re.compile(r"付|掏|出|拿|交|paid|pay")
_INSIDE = re.compile(r"里面|里头|其中|当中|之中|里边|入面|有一部分|of it|of which|of that|includ")
# A form that it is not: 不是缓释的.
_NO_FORM = re.compile(r"(?:不是|并非|不要|没有?|唔系|not )[^，。；,; ]{1,6}")
# Statuses that go by age alone.
_BY_AGE = ("child", "adult", "senior")
_DEDUCTIBLE = {"deductible_used", "deductible_left"}
_HANG_ON = {
    "scheme": ("status", "grade", "retired_year"),
    "status": ("retired_year",),
    "tier": ("institution",),
    "region": ("grade",),
    "place": ("referral", "filed"),
}


def joined(before: Reading, now: Reading, corrected: bool = False) -> Reading:
    """One reading of both; `now` wins, and what it contradicts is gone.

    `corrected`: another total is no other bill, so that its parts stay.
    """
    now = _with_its_whole(_without_who_sent(before, now))
    before = _as_whole(before, now)
    facts = _without_contradicted(before.facts, now, before.region)
    # Two tiers that are set side by side now are not the one tier of before.
    facts = {name: fact for name, fact in facts.items() if name not in now.conflicts}
    moved = now.region is not None or now.unrecorded is not None
    return replace(
        now,
        text=now.text if now.asks else f"{before.text} {now.text}"[-500:],
        lang=now.lang,
        subject=before.subject if not now.persons else now.subject,
        facts={**facts, **now.facts},
        conflicts={
            **{name: said for name, said in before.conflicts.items() if name not in now.facts},
            **now.conflicts,
        },
        region=now.region if moved else before.region,
        unrecorded=now.unrecorded if moved else before.unrecorded,
        place=now.place or (None if moved else before.place),
        amounts=_amounts(before, now, corrected),
        first_pay_share=before.first_pay_share
        if now.first_pay_share is None
        else now.first_pay_share,
        mentions=now.mentions or before.mentions,
        diagnoses=tuple(dict.fromkeys((*_still_held(before.diagnoses, now), *now.diagnoses))),
        asks=now.asks or before.asks,
        figures=now.figures or before.figures,
        going_to=now.going_to,
        vague_days=now.vague_days or before.vague_days,
        primary=now.primary or before.primary,
        purposes=now.purposes or (() if now.mentions else before.purposes),
        rest_class_a=now.rest_class_a or before.rest_class_a,
        lacking=tuple(dict.fromkeys((*_not_found(before.lacking, now), *now.lacking))),
        against=tuple(dict.fromkeys((*_still_against(before.against, now), *now.against))),
        doubted=tuple(dict.fromkeys((*_not_found(before.doubted, now), *now.doubted))),
        scope_said=joined_scope(() if now.mentions else before.scope_said, now.scope_said),
    )


def _without_who_sent(before: Reading, now: Reading) -> Reading:
    """The reading without the city of the insurance, where it only says who referred: 深圳转的.

    Care stays where it was.
    """
    named = {now.region, now.place} - {None}
    if named != {before.region} or "referral" not in now.facts or now.facts.keys() & _VISIT:
        return now
    return replace(now, region=None, place=None)


def _with_its_whole(now: Reading) -> Reading:
    """A visit of its own with one loose amount: that is its whole bill."""
    parts = {one.role for one in now.amounts} & {*_OF_ONE_BILL}
    if parts == {"class_a"} and now.facts.keys() >= _VISIT:
        return replace(now, amounts=tuple(map(_as_total, now.amounts)))
    loose = [one for one in now.amounts if one.role in (None, "person_paid")]
    if len(loose) != 1 or parts or not now.facts.keys() >= _VISIT or _PAID.search(now.text):
        return now
    amounts = (replace(one, role="total") if one in loose else one for one in now.amounts)
    return replace(now, amounts=tuple(amounts))


def _as_total(one: AmountSaid) -> AmountSaid:
    return replace(one, role="total") if one.role == "class_a" else one


def _as_whole(before: Reading, now: Reading) -> Reading:
    """The bill of before, told as class A alone, as the whole that parts told now stand in."""
    roles = {one.role for one in before.amounts} & {*_OF_ONE_BILL}
    parts = sum(one.amount for one in now.amounts if one.role in _CLASSES)
    whole = before.amount("class_a")
    inside = _INSIDE.search(now.text) and parts > 0
    if roles != {"class_a"} or not inside or whole is None or parts > whole:
        return before
    return replace(before, amounts=tuple(map(_as_total, before.amounts)))


def _still_held(diagnoses: tuple[str, ...], now: Reading) -> tuple[str, ...]:
    """The diagnoses of before that are not denied now."""
    return tuple(one for one in diagnoses if one not in now.lacking)


def _firm(now: Reading) -> set[str]:
    return {*now.diagnoses} - {*now.doubted}


def _not_found(diagnoses: tuple[str, ...], now: Reading) -> tuple[str, ...]:
    """Those of before that are not said to be established now."""
    return tuple(one for one in diagnoses if one not in _firm(now))


def _still_against(kinds: tuple[str, ...], now: Reading) -> tuple[str, ...]:
    """What spoke against cover before; an established diagnosis answers what hung on it."""
    return tuple(one for one in kinds if not (one in OF_DISEASE and _firm(now)))


def _without_contradicted(
    before: Mapping[str, Fact], now: Reading, home: str | None = None
) -> dict[str, Fact]:
    """The facts of before that what is said now leaves standing; `home`: the region of before."""
    kept = dict(before)
    said = {name: str(fact.value) for name, fact in now.facts.items()}
    for name, path in (("region", now.region), ("place", now.place)):
        if path is not None and not (name == "region" and path == home):
            said[name] = path
    for name, value in said.items():
        if name not in kept or str(kept[name].value) != value:
            for hanging in _HANG_ON.get(name, ()):
                if not (name == "scheme" and name not in kept and _fits(kept, hanging, value)):
                    kept.pop(hanging, None)
    if "age" in said and str(_value(before, "age")) not in (said["age"], "None"):
        # Another age makes another resident of somebody: 老年居民 of 58 is none.
        by_age = kept.get("status")
        if by_age is not None and by_age.value in _BY_AGE:
            del kept["status"]
    if now.mentions:
        kept.pop("medicine", None)
    if "retired_year" in said and "status" not in said and _value(kept, "status") == "active":
        # 2008年退的 says it too.
        del kept["status"]
    status = said.get("status")
    scheme = kept.get("scheme")
    misfit = scheme is not None and status and status not in STATUSES[str(scheme.value)]
    if misfit and "scheme" not in said:
        del kept["scheme"]
    return kept


def _fits(kept: Mapping[str, Fact], hanging: str, scheme: str) -> bool:
    """Whether what was said before the scheme was named belongs to it: a grade is an employee's."""
    if hanging == "status" and hanging in kept:
        return kept[hanging].value in STATUSES[scheme]
    return scheme == "employee"


def _amounts(before: Reading, now: Reading, corrected: bool) -> tuple[AmountSaid, ...]:
    roles = {one.role for one in now.amounts}
    if roles & _DEDUCTIBLE:
        roles |= _DEDUCTIBLE
    kept = [one for one in before.amounts if one.role not in roles and one.amount not in now.not_it]
    if "total" in roles:
        kept = [one for one in kept if one.role is not None]
    same = corrected or before.amount("total") in now.not_it or _is_of_same(before, now)
    if "total" in roles and not same:
        kept = [one for one in kept if one.role not in _OF_ONE_BILL]
    whole = before.amount("total")
    parts = [one.amount for one in now.amounts if one.role in _CLASSES]
    if whole is not None and sum(parts) > whole:
        # More than the whole of before: the parts of another bill.
        kept = [one for one in kept if one.role not in (*_OF_ONE_BILL, None)]
    setting = now.facts.get("setting")
    if setting and setting.value != _value(before.facts, "setting"):
        kept = [one for one in kept if one.role not in _DEDUCTIBLE]
    return (*kept, *now.amounts)


def _is_of_same(before: Reading, now: Reading) -> bool:
    """Whether another whole that stands alone is one of the bill so far: 要是花了5000呢."""
    whole = now.amount("total")
    parts = sum(one.amount for one in before.amounts if one.role in _CLASSES)
    own = {one.role for one in now.amounts} & {*_OF_ONE_BILL} - {"total"}
    elsewhere = now.facts.keys() & {*_VISIT, "day"} or now.region or now.place
    fits = whole is not None and parts <= whole
    return fits and not (own or elsewhere or now.rest_class_a or brings_another_bill(now))


def _value(facts: Mapping[str, Fact], name: str) -> object:
    return facts[name].value if name in facts else None


def with_person(reading: Reading, told: Mapping[str, Fact]) -> Reading:
    """The reading with what was said of its person earlier in the conversation."""
    kept = _without_contradicted(told, reading)
    kept = {name: fact for name, fact in kept.items() if name not in reading.conflicts}
    moved = (
        reading.region is not None or reading.unrecorded is not None or reading.place is not None
    )
    region, strange = kept.pop("region", None), kept.pop("unrecorded", None)
    if not moved or (reading.region is None and reading.unrecorded is None):
        region_path = reading.region or (str(region.value) if region else None)
        strange_name = reading.unrecorded or (str(strange.value) if strange else None)
    else:
        region_path, strange_name = reading.region, reading.unrecorded
    return replace(
        reading,
        facts={**kept, **reading.facts},
        region=region_path,
        unrecorded=strange_name if region_path is None else None,
    )


def of_person(reading: Reading) -> dict[str, Fact]:
    """What the reading says of its person, to be remembered."""
    facts = {
        name: fact
        for name, fact in reading.facts.items()
        if name in PERSON_FACTS and fact.origin in ("said", "asked")
    }
    for name, said in (("region", reading.region), ("unrecorded", reading.unrecorded)):
        if said is not None:
            facts[name] = Fact(name, said, "said", reading.subject)
    return facts


def for_other_person(reading: Reading, subject: Subject) -> Reading:
    """The same question about somebody else: the visit and the bill stay, the person does not.

    Families mostly live in one place: the region is kept, as an assumption that is shown.
    """
    facts = {name: fact for name, fact in reading.facts.items() if name not in PERSON_FACTS}
    assumed = reading.facts.get("region")
    region = reading.region or (str(assumed.value) if assumed else None)
    if region is not None:
        facts["region"] = Fact("region", region, "assumed", subject)
    yearly = [one for one in reading.amounts if one.role in (*_OF_ONE_BILL, None)]
    return replace(
        reading,
        subject=subject,
        facts=facts,
        region=None,
        unrecorded=None,
        conflicts={},
        amounts=tuple(yearly),
        diagnoses=(),
        persons=(),
    )


def with_insurance(reading: Reading, told: Reading) -> Reading:
    """The reading with the insurance of whom a bill was wrongly said to be, as an assumption."""
    kept = {
        name: replace(fact, origin="assumed", subject=reading.subject)
        for name, fact in told.facts.items()
        if name in _INSURANCE
    }
    return replace(reading, facts={**kept, **reading.facts})


def with_assumed(reading: Reading, shown: Iterable[Understood]) -> Reading:
    """The reading with the setting that an answer took for granted: it holds until it is said."""
    facts = {
        one.fact: Fact(one.fact, str(one.value), "assumed", reading.subject)
        for one in shown
        if one.fact == "setting" and one.origin == "assumed"
    }
    return replace(reading, facts={**facts, **reading.facts}) if facts else reading


def with_given(reading: Reading, given: Mapping[str, str | int | bool]) -> Reading:
    """The reading with answers that came by flags or buttons instead of words."""
    facts = {name: Fact(name, value, "asked", reading.subject) for name, value in given.items()}
    return replace(reading, facts={**reading.facts, **facts}) if facts else reading


def with_form(now: Reading, before: Reading, on: CatalogueOnDay) -> Reading:
    """A dosage form named alone ("那缓释的呢") as the earlier medicine in that form.

    The same reading when no form is named.
    """
    if now.mentions or not before.mentions:
        return now
    said = _NO_FORM.sub(" ", now.text)
    rows = before.mentions[-1].resolution.medicines
    for look in (in_form_said, form_not_listed):
        found = next((one for row in rows if (one := look(row, said, on))), None)
        if found is not None:
            return replace(now, mentions=(Mention((0, 0), found.query, found),))
    return now
