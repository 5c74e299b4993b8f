"""Payment scopes from a row of the catalogue.

What a reader would not guess: what only papers can show (a failed first line, a measured
value, a review) gets a proof id, `<medicine>.<kind>.<n>`; a caller that has seen the papers
says so with that id.
"""

from collections.abc import Callable

from askdoc.medicines.conditions import Conditions
from askdoc.medicines.knowledge_sheet import CatalogueSheetError
from askdoc.medicines.medicine import (
    AgeRange,
    CareSetting,
    CourseDays,
    Indication,
    InstitutionLevel,
    InsuranceType,
    LabValue,
    Requirement,
    Restriction,
    Review,
    SecondLine,
    SexOnly,
    SpecialistFirst,
)
from askdoc.policy.strict_yaml import Map

TIERS = ("primary", "secondary", "tertiary")
SETTINGS = ("outpatient", "chronic", "inpatient", "emergency")
INSURANCES = ("employee", "resident", "maternity", "work_injury")
MEASURES = ("bmi", "lvef")
SEXES = ("female", "male")


def read_restriction(row: Map, medicine: str, conditions: Conditions) -> Restriction:
    """The payment scope of one medicine; raises SheetError for what it does not know."""
    row.only("text", "settings")
    settings: list[tuple[Requirement, ...]] = []
    proofs = _Proofs(medicine)
    for setting in row.rows("settings").maps() if "settings" in row else ():
        found = [
            _requirement(one, conditions, proofs) for one in setting.only("all").rows("all").maps()
        ]
        if not found:
            raise CatalogueSheetError(setting.place, "setting_empty")
        settings.append(tuple(found))
    return Restriction(row.both_languages("text"), tuple(settings))


class _Proofs:
    """Counts the proofs of one medicine by kind."""

    def __init__(self, medicine: str) -> None:
        self._medicine = medicine
        self._counts: dict[str, int] = {}

    def next(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{self._medicine}.{kind}.{self._counts[kind]}"


def _requirement(row: Map, conditions: Conditions, proofs: _Proofs) -> Requirement:
    kind = row.scalar("kind").one_of(_READERS)
    return _READERS[kind](row, conditions, proofs)


def _indication(row: Map, conditions: Conditions, proofs: _Proofs) -> Indication:
    row.only("kind", "conditions", "unlisted")
    named = row.rows("conditions").scalars() if "conditions" in row else []
    for one in named:
        if one.text() not in conditions.by_id:
            raise CatalogueSheetError(one.place, "unknown_condition", found=one.content)
    unlisted = "unlisted" in row and row.scalar("unlisted").flag()
    if not named and not unlisted:
        raise CatalogueSheetError(row.place, "indication_empty")
    return Indication(tuple(one.content for one in named), unlisted, conditions)


def _second_line(row: Map, conditions: Conditions, proofs: _Proofs) -> SecondLine:
    row.only("kind", "after")
    return SecondLine(proofs.next("second_line"), row.both_languages("after"))


def _institution_level(row: Map, conditions: Conditions, proofs: _Proofs) -> InstitutionLevel:
    row.only("kind", "at_least")
    return InstitutionLevel(row.scalar("at_least").one_of(TIERS))


def _specialist(row: Map, conditions: Conditions, proofs: _Proofs) -> SpecialistFirst:
    row.only("kind", "at_least", "specialty")
    specialty = row.both_languages("specialty") if "specialty" in row else None
    return SpecialistFirst(row.scalar("at_least").one_of(TIERS), specialty)


def _course_days(row: Map, conditions: Conditions, proofs: _Proofs) -> CourseDays:
    return CourseDays(row.only("kind", "at_most").scalar("at_most").whole())


def _setting(row: Map, conditions: Conditions, proofs: _Proofs) -> CareSetting:
    row.only("kind", "only")
    return CareSetting(tuple(one.one_of(SETTINGS) for one in row.rows("only").scalars()))


def _age(row: Map, conditions: Conditions, proofs: _Proofs) -> AgeRange:
    row.only("kind", "at_least", "at_most")
    at_least = row.scalar("at_least").whole() if "at_least" in row else None
    at_most = row.scalar("at_most").whole() if "at_most" in row else None
    if at_least is None and at_most is None:
        raise CatalogueSheetError(row.place, "limit_missing")
    return AgeRange(at_least, at_most)


def _sex(row: Map, conditions: Conditions, proofs: _Proofs) -> SexOnly:
    return SexOnly(row.only("kind", "is").scalar("is").one_of(SEXES))


def _lab_value(row: Map, conditions: Conditions, proofs: _Proofs) -> LabValue:
    row.only("kind", "what", "measure", "at_least", "at_most", "unit")
    at_least = row.scalar("at_least").number() if "at_least" in row else None
    at_most = row.scalar("at_most").number() if "at_most" in row else None
    if at_least is None and at_most is None:
        raise CatalogueSheetError(row.place, "limit_missing")
    return LabValue(
        proofs.next("lab_value"),
        row.scalar("measure").one_of(MEASURES),
        row.both_languages("what"),
        at_least,
        at_most,
        row.scalar("unit").text(),
    )


def _insurance_type(row: Map, conditions: Conditions, proofs: _Proofs) -> InsuranceType:
    return InsuranceType(row.only("kind", "only").scalar("only").one_of(INSURANCES))


def _review(row: Map, conditions: Conditions, proofs: _Proofs) -> Review:
    return Review(proofs.next("review"), row.only("kind", "what").both_languages("what"))


_READERS: dict[str, Callable[[Map, Conditions, _Proofs], Requirement]] = {
    "indication": _indication,
    "second_line": _second_line,
    "institution_level": _institution_level,
    "specialist_first_prescription": _specialist,
    "course_days": _course_days,
    "setting": _setting,
    "age": _age,
    "sex": _sex,
    "lab_value": _lab_value,
    "insurance_type": _insurance_type,
    "review": _review,
}
