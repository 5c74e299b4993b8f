"""What is known for a question: said and given facts first, then the profile of who speaks.

The profile speaks for the person themselves only: a question about a parent or a patient
does not borrow the speaker's status, age or contract.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from askdoc.assistant.answer import Understood
from askdoc.assistant.answers import telling
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.assistant.reading.whereabouts import ELSEWHERE
from askdoc.benefits import Person, Visit
from askdoc.policy import Book
from askdoc.policy.dimensions import STATUSES
from askdoc.wording import Lang, phrase

Known = Mapping[str, Fact]
# Institutions where a visit without a word of beds is one of outpatients.
_WITHOUT_BEDS = ("community", "village")
_FAMILY = ("parent", "mother", "father", "partner", "child", "grandparent", "patient")
# Shown in this order, whatever order they were said in.
_ORDER = ("region", "scheme", "status", "grade", "tier", "institution", "setting", "place")


def known_facts(reading: Reading, context: Context) -> Known:
    """Every fact that may be used for this question, by name."""
    found: dict[str, Fact] = {}
    if reading.subject == "self":
        for name, value in context.profile.items():
            if name not in reading.conflicts:
                found[name] = Fact(name, value, "profile", "self")
    elif reading.subject in _FAMILY and "region" in context.profile:
        # Families live in one place, and doctors see whom they are near: assumed, and shown so.
        found["region"] = Fact("region", context.profile["region"], "assumed", reading.subject)
    if reading.unrecorded is not None:
        found.pop("region", None)
    said = dict(reading.facts)
    for name, path in (("region", reading.region), ("place", reading.place)):
        if path is not None:
            said[name] = Fact(name, path, "said", reading.subject)
    for name, value in context.given.items():
        said[name] = Fact(name, value, "asked", reading.subject)
    _drop_contradicted(found, said)
    found.update(said)
    if "grade" in found and "scheme" not in found and "scheme" not in reading.conflicts:
        # Only employees are insured by grade.
        found["scheme"] = replace(found["grade"], name="scheme", value="employee")
    if "retired_year" in found and "status" not in found and "status" not in reading.conflicts:
        found["status"] = replace(found["retired_year"], name="status", value="retired")
    _fit_status(found, reading, context.lexicon.weak)
    _status_by_age(found, context)
    return _urgent_elsewhere(_home_is_the_place(found, reading), reading)


def _urgent_elsewhere(known: dict[str, Fact], reading: Reading) -> dict[str, Fact]:
    """Emergency care away from home counts as an emergency for the off-site share too."""
    setting = known.get("setting")
    urgent = setting is not None and (setting.value == "emergency" or setting.words == "急诊")
    if "place" in known and "referral" not in known and setting and urgent:
        return {**known, "referral": replace(setting, name="referral", value="emergency")}
    return known


def _fit_status(known: dict[str, Fact], reading: Reading, weak: frozenset[str]) -> None:
    """A status belongs to a scheme: the only one that has it is known too; a misfit is dropped.

    Who speaks of their own work is taken for an employee, as an assumption that is shown; of
    another person the same words may only be chatter.
    """
    if "status" not in known:
        return
    status = known["status"]
    having = [scheme for scheme, members in STATUSES.items() if status.value in members]
    told = status.words not in weak and "scheme" not in reading.conflicts
    if "scheme" not in known and told and len(having) == 1:
        known["scheme"] = replace(status, name="scheme", value=having[0])
    elif "scheme" not in known and not told and _works(status, reading):
        known["scheme"] = replace(status, name="scheme", value=having[0], origin="assumed")
    if "scheme" not in known or known["scheme"].value not in having:
        del known["status"]


def _works(status: Fact, reading: Reading) -> bool:
    """Whether somebody says of themselves alone that they have a job."""
    alone = reading.subject == "self" and not {*reading.persons} - {"self"}
    return alone and status.value == "active" and "scheme" not in reading.conflicts


def _status_by_age(known: dict[str, Fact], context: Context) -> None:
    """A resident's status, where only the age was said: an assumption that is shown."""
    scheme, age = known.get("scheme"), known.get("age")
    if "status" in known or age is None:
        return
    years = int(age.value)
    grown_up = context.defaults.get("resident_adult_from_age")
    if scheme is None and grown_up is not None and years < int(str(grown_up)):
        # Nobody of that age works.
        scheme = known["scheme"] = Fact("scheme", "resident", "assumed", age.subject, age.words)
    if scheme is None or scheme.value != "resident":
        return
    status = "child"
    for name in ("adult", "senior"):
        from_age = context.defaults.get(f"resident_{name}_from_age")
        if from_age is None:
            return
        if years >= int(str(from_age)):
            status = name
    known["status"] = Fact("status", status, "assumed", age.subject, age.words)


def _home_is_the_place(known: dict[str, Fact], reading: Reading) -> dict[str, Fact]:
    """Where only a place of care was said, it is taken for the home too, as an assumption."""
    place = known.get("place")
    if place is None or "region" in known or reading.unrecorded or place.value == ELSEWHERE:
        return known
    region = Fact("region", place.value, "assumed", reading.subject, place.words)
    return {**{name: fact for name, fact in known.items() if name != "place"}, "region": region}


def _drop_contradicted(profile: dict[str, Fact], said: Mapping[str, Fact]) -> None:
    """Another scheme or status than the profile's makes what hangs on it void too."""
    if "scheme" in said and "scheme" in profile and said["scheme"].value != profile["scheme"].value:
        for name in ("status", "grade", "retired_year"):
            profile.pop(name, None)
    if "status" in said:
        status = str(said["status"].value)
        scheme = profile.get("scheme")
        if "scheme" not in said and scheme and status not in STATUSES[str(scheme.value)]:
            for name in ("scheme", "grade"):
                profile.pop(name, None)
        profile.pop("retired_year", None)
    if "tier" in said:
        profile.pop("institution", None)


def with_setting(known: Known, reading: Reading) -> Known:
    """What is known of a bill with its setting, taken for granted where the place tells it.

    A community clinic has hardly a bed, and signing up counts for outpatients alone.
    """
    if "setting" in known or "setting" in reading.conflicts:
        return known
    place = known.get("institution")
    clinic = place if place is not None and place.value in _WITHOUT_BEDS else None
    tells = clinic or reading.facts.get("contracted")
    if tells is None:
        return known
    return {
        **known,
        "setting": replace(tells, name="setting", value="outpatient", origin="assumed"),
    }


def taken_for_granted(known: Known) -> tuple[str, ...]:
    """What is shown to be taken for granted of the visit."""
    setting = known.get("setting")
    is_assumed = setting is not None and setting.origin == "assumed"
    return ("as_outpatient",) if is_assumed else ()


def _text(known: Known, name: str) -> str | None:
    return str(known[name].value) if name in known else None


def _whole(known: Known, name: str) -> int | None:
    return int(known[name].value) if name in known else None


def person(known: Known) -> Person:
    """The person as far as known; the region must be."""
    group = _text(known, "group")
    return Person(
        region=str(known["region"].value),
        scheme=_text(known, "scheme"),
        status=_text(known, "status"),
        grade=_text(known, "grade"),
        age=_whole(known, "age"),
        sex=_text(known, "sex"),
        retired_year=_whole(known, "retired_year"),
        contracted=str(known["contracted"].value).lower() == "true"
        if "contracted" in known
        else None,
        groups=() if group is None else (group,),
    )


def visit(known: Known, today: date) -> Visit:
    """The visit as far as known; today unless a day was said."""
    day = _text(known, "day")
    return Visit(
        day=today if day is None else date.fromisoformat(day),
        setting=_text(known, "setting"),
        tier=_text(known, "tier"),
        institution=_text(known, "institution"),
        place=_text(known, "place"),
        referral=_text(known, "referral") or "none",
        filed=_text(known, "filed") or "none",
    )


def understood(
    known: Known, names: tuple[str, ...], book: Book, lang: Lang
) -> tuple[Understood, ...]:
    """The facts that an answer rests on, in a fixed order, each with how to change it."""
    ordered = sorted(
        (name for name in names if name in known),
        key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name),
    )
    return tuple(
        Understood(
            fact=name,
            value=known[name].value,
            shown=telling.fact(name, known[name].value, lang, book),
            origin=known[name].origin,
            subject=known[name].subject,
            change=phrase("assistant.change", lang, fact=_name(name, lang)),
        )
        for name in ordered
    )


def _name(name: str, lang: Lang) -> str:
    return phrase(f"assistant.name.{name}", lang)
