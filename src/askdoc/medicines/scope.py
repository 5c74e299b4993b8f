"""Whether the payment scope of a medicine holds for a person and a visit.

What a reader would not guess: a diagnosis that is wider than the listed one, or that nobody
here knows, leaves the scope open; only known diagnoses that lie elsewhere close it. Where two
diseases are needed together, the one that was not said is open beside the one that was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from askdoc.medicines.medicine import (
    AgeRange,
    CareSetting,
    CourseDays,
    Indication,
    InstitutionLevel,
    InsuranceType,
    LabValue,
    Medicine,
    Requirement,
    Review,
    SecondLine,
    SexOnly,
    SpecialistFirst,
)
from askdoc.medicines.restriction_sheet import TIERS

Verdict = Literal["met", "not_met", "unknown"]


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """What is known; None is unknown. `age` in full years, `days` of this course in all.

    `days_so_far` are those of the course that were reached, `measured` values by what they measure,
    `not_in` the settings that the care is not given in: each can only rule a scope out.
    `diagnoses` are condition ids or words; `proofs` are the ids of requirements that papers show.
    """

    age: int | None = None
    sex: str | None = None
    scheme: str | None = None
    tier: str | None = None
    setting: str | None = None
    diagnoses: frozenset[str] | None = None
    days: int | None = None
    specialist_wrote_first: bool | None = None
    proofs: frozenset[str] = frozenset()
    days_so_far: int | None = None
    measured: Mapping[str, Decimal] = field(default_factory=dict)
    not_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether the payment scope holds.

    `open` are the facts (or proof ids) that would decide it; `failed` the requirements that do
    not hold when the outcome is `not_met`; `setting` the alternative (from 0) that is met, or
    that needs the fewest further facts.
    """

    outcome: Verdict
    open: tuple[str, ...] = ()
    failed: tuple[Requirement, ...] = ()
    setting: int | None = None


@dataclass(frozen=True, slots=True)
class _Checked:
    """One alternative: what it still needs and what does not hold."""

    at: int
    open: tuple[str, ...]
    failed: tuple[Requirement, ...]


def check_scope(medicine: Medicine, facts: ScopeFacts) -> Scope:
    """Whether the payment scope holds; a medicine without one is always in scope."""
    if medicine.restriction is None:
        return Scope("met") if medicine.scope_recorded else Scope("unknown", ("payment_scope",))
    if not medicine.restriction.settings:
        return Scope("unknown", ("payment_scope",))
    checked = [
        _check_all(at, setting, facts) for at, setting in enumerate(medicine.restriction.settings)
    ]
    possible = sorted((one for one in checked if not one.failed), key=lambda one: len(one.open))
    if not possible:
        failed: list[Requirement] = []
        failed += (bad for one in checked for bad in one.failed if bad not in failed)
        return Scope("not_met", failed=tuple(failed))
    best = possible[0]
    if not best.open:
        return Scope("met", setting=best.at)
    needed = dict.fromkeys(fact for one in possible for fact in one.open)
    return Scope("unknown", tuple(needed), setting=best.at)


def _check_all(at: int, setting: tuple[Requirement, ...], facts: ScopeFacts) -> _Checked:
    verdicts = _with_unsaid([(one, _check(one, facts)) for one in setting])
    needed = dict.fromkeys(_fact(one) for one, verdict in verdicts if verdict == "unknown")
    failed = tuple(one for one, verdict in verdicts if verdict == "not_met")
    return _Checked(at, tuple(needed), failed)


def _with_unsaid(
    verdicts: list[tuple[Requirement, Verdict]],
) -> list[tuple[Requirement, Verdict]]:
    """Verdicts in which a disease beside one that is met is only not said yet."""
    if not any(isinstance(one, Indication) and verdict == "met" for one, verdict in verdicts):
        return verdicts
    return [
        (one, "unknown" if isinstance(one, Indication) and verdict == "not_met" else verdict)
        for one, verdict in verdicts
    ]


def _check(required: Requirement, facts: ScopeFacts) -> Verdict:
    match required:
        case Indication():
            return _check_indication(required, facts.diagnoses)
        case SecondLine() | Review():
            return "met" if required.proof in facts.proofs else "unknown"
        case LabValue():
            return _check_value(required, facts)
        case InstitutionLevel():
            return _check_tier(required.at_least, facts.tier)
        case SpecialistFirst():
            return _verdict(facts.specialist_wrote_first)
        case CourseDays():
            return _check_days(required.at_most, facts)
        case CareSetting():
            return _check_setting(required.only, facts)
        case AgeRange():
            return _check_age(required, facts.age)
        case SexOnly():
            return _verdict(None if facts.sex is None else facts.sex == required.sex)
        case InsuranceType():
            return _verdict(None if facts.scheme is None else facts.scheme == required.only)


def _fact(required: Requirement) -> str:
    """The name of the fact that decides a requirement."""
    match required:
        case Indication():
            return "diagnoses"
        case SecondLine() | LabValue() | Review():
            return required.proof
        case InstitutionLevel():
            return "tier"
        case SpecialistFirst():
            return "specialist_wrote_first"
        case CourseDays():
            return "days"
        case CareSetting():
            return "setting"
        case AgeRange():
            return "age"
        case SexOnly():
            return "sex"
        case InsuranceType():
            return "scheme"


def _verdict(holds: bool | None) -> Verdict:
    if holds is None:
        return "unknown"
    return "met" if holds else "not_met"


def _check_value(required: LabValue, facts: ScopeFacts) -> Verdict:
    """A value that is only told rules out; that it lies within the limit, papers show."""
    value = facts.measured.get(required.measure)
    low, high = required.at_least, required.at_most
    if value is not None and (
        (low is not None and value < low) or (high is not None and value > high)
    ):
        return "not_met"
    return "met" if required.proof in facts.proofs else "unknown"


def _check_days(at_most: int, facts: ScopeFacts) -> Verdict:
    if facts.days is None and facts.days_so_far is not None and facts.days_so_far > at_most:
        return "not_met"
    return _verdict(None if facts.days is None else facts.days <= at_most)


def _check_setting(only: tuple[str, ...], facts: ScopeFacts) -> Verdict:
    if facts.setting is None and facts.not_in.issuperset(only):
        return "not_met"
    return _verdict(None if facts.setting is None else facts.setting in only)


def _check_tier(at_least: str, tier: str | None) -> Verdict:
    if tier not in TIERS:
        return "unknown"
    return _verdict(TIERS.index(tier) >= TIERS.index(at_least))


def _check_age(required: AgeRange, age: int | None) -> Verdict:
    if age is None:
        return "unknown"
    return _verdict(
        (required.at_least is None or age >= required.at_least)
        and (required.at_most is None or age <= required.at_most)
    )


def _check_indication(required: Indication, diagnoses: frozenset[str] | None) -> Verdict:
    if not diagnoses:
        return "unknown"
    table = required.table
    known = {table.recognise(text) for text in diagnoses}
    listed = set(required.conditions)
    wider = {above for one in listed for above in table.with_wider(one)} - listed
    if any(one is not None and listed & table.with_wider(one) for one in known):
        return "unknown" if required.unlisted and not listed else "met"
    if required.unlisted or None in known or known & wider:
        return "unknown"
    return "not_met"
