"""Whether the fund covers a medicine for a person on a day, with reasons.

What a reader would not guess: the days are looked at first. Outside the days of the edition or
of the agreement nothing is said about cover, not even for a medicine that is off the list.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from askdoc.medicines.catalogue import CatalogueOnDay
from askdoc.medicines.medicine import Medicine, Requirement
from askdoc.medicines.scope import ScopeFacts, check_scope
from askdoc.policy.confidence import Confidence
from askdoc.wording import Lang, phrase

Outcome = Literal["covered", "not_covered", "conditional", "indeterminate"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a phrase under `medicines.reason` and what goes into it, for each language."""

    key: str
    fields: dict[str, dict[Lang, str]] = field(default_factory=dict)

    def sentence(self, lang: Lang) -> str:
        filled = {name: said[lang] for name, said in self.fields.items()}
        return phrase(f"medicines.reason.{self.key}", lang, **filled)


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome and what it rests on.

    `missing` are facts (or proof ids) that would decide a conditional outcome; `last_known_day`
    is set when the day lies after it; `source` names where the class was read.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    failed: tuple[Requirement, ...] = ()
    last_known_day: date | None = None
    confidence: Confidence = "unverified"
    source: str | None = None


def decide(medicine: Medicine, facts: ScopeFacts, day: date, on: CatalogueOnDay) -> Decision:
    """Whether the medicine is covered on `day` by the edition `on` holds."""
    outside = _outside_days(medicine, day, on)
    if outside is not None:
        return outside
    if medicine.not_covered is not None:
        why = Reason("not_covered", {"text": dict(medicine.not_covered.text)})
        return Decision(
            "not_covered", (why,), confidence=medicine.confidence, source=medicine.source
        )
    listed = Reason(f"class_{medicine.payment_class}")
    scope = check_scope(medicine, facts)
    if scope.outcome == "not_met":
        return Decision(
            "not_covered",
            (listed, *_scope_reasons(medicine, "scope_not_met"), *_failed(scope.failed)),
            failed=scope.failed,
            confidence=medicine.confidence,
            source=medicine.source,
        )
    missing = scope.open
    reasons = [listed]
    if scope.outcome == "unknown":
        reasons += _scope_reasons(medicine, "scope_open")
    if medicine.payment_class == "negotiated" and medicine.agreement is None:
        missing = (*missing, "agreement")
        reasons.append(Reason("agreement_not_recorded"))
    if scope.outcome == "met" and medicine.restriction is not None:
        reasons += _scope_reasons(medicine, "scope_met")
    return Decision(
        "conditional" if missing else "covered",
        tuple(reasons),
        missing,
        confidence=medicine.confidence,
        source=medicine.source,
    )


def not_recorded() -> Decision:
    """The decision for a name that no row holds: nothing is known, neither way."""
    return Decision("indeterminate", (Reason("not_recorded"),))


def requirement_words(required: Requirement, lang: Lang) -> str:
    """A requirement of a payment scope as a person reads it."""
    filled: dict[str, object] = {}
    kind: str = required.kind
    match required.kind:
        case "indication":
            names = [required.table.by_id[one].name[lang] for one in required.conditions]
            filled["conditions"] = phrase("medicines.list_mark", lang).join(names)
            kind = "indication" if names else "indication_unlisted"
        case "second_line":
            filled["after"] = required.after[lang]
        case "institution_level":
            filled["tier"] = phrase(f"medicines.tier.{required.at_least}", lang)
        case "specialist_first_prescription":
            filled["tier"] = phrase(f"medicines.tier.{required.at_least}", lang)
            filled["specialty"] = required.specialty[lang] if required.specialty else ""
        case "course_days":
            filled["days"] = required.at_most
        case "setting":
            names = [phrase(f"medicines.setting.{one}", lang) for one in required.only]
            filled["settings"] = phrase("medicines.list_mark", lang).join(names)
        case "age":
            kind, filled = _limits("age", required.at_least, required.at_most)
        case "sex":
            filled["sex"] = phrase(f"medicines.sex.{required.sex}", lang)
        case "lab_value":
            kind, filled = _limits("lab_value", required.at_least, required.at_most)
            filled |= {"what": required.what[lang], "unit": required.unit}
        case "insurance_type":
            filled["insurance"] = phrase(f"medicines.insurance.{required.only}", lang)
        case "review":
            filled["what"] = required.what[lang]
    return phrase(f"medicines.requirement.{kind}", lang, **filled)


def _limits(kind: str, at_least: object, at_most: object) -> tuple[str, dict[str, object]]:
    if at_most is None:
        return f"{kind}_at_least", {"at_least": at_least}
    if at_least is None:
        return f"{kind}_at_most", {"at_most": at_most}
    return f"{kind}_between", {"at_least": at_least, "at_most": at_most}


def _outside_days(medicine: Medicine, day: date, on: CatalogueOnDay) -> Decision | None:
    if on.edition is None or on.edition.id != medicine.edition:
        if on.first_known_day is not None and day < on.first_known_day:
            return _indeterminate(medicine, "edition_not_begun", on.first_known_day)
        return _indeterminate(medicine, "edition_over", on.last_known_day, on.last_known_day)
    agreement = medicine.agreement
    if agreement is not None and day < agreement.begins:
        return _indeterminate(medicine, "agreement_not_begun", agreement.begins)
    if agreement is not None and day > agreement.ends:
        return _indeterminate(medicine, "agreement_over", agreement.ends, agreement.ends)
    return None


def _indeterminate(
    medicine: Medicine, key: str, named: date | None, last_known_day: date | None = None
) -> Decision:
    said = named.isoformat() if named else "?"
    return Decision(
        "indeterminate",
        (Reason(key, {"day": {"zh": said, "en": said}}),),
        last_known_day=last_known_day,
        source=medicine.source,
    )


def _scope_reasons(medicine: Medicine, key: str) -> list[Reason]:
    if medicine.restriction is None:
        return [Reason("scope_not_recorded")]
    return [Reason(key, {"text": dict(medicine.restriction.text)})]


def _failed(failed: tuple[Requirement, ...]) -> list[Reason]:
    return [
        Reason(
            "requirement_failed",
            {"what": {lang: requirement_words(one, lang) for lang in ("zh", "en")}},
        )
        for one in failed
    ]
