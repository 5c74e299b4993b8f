"""Whose matter an errand is: one of those for whom the speaker may act, or nobody that is known.

A word for a relative means the patient of that relation; of several the one whose label says so,
and else the person is asked. Nobody is guessed: a neighbour's slot is no errand of ours.
"""

from askdoc.assistant.answer import Answer, Choice, Subject
from askdoc.assistant.errands.errand import Errand
from askdoc.care.patients import Patient, Relation
from askdoc.wording import Lang, phrase

_RELATIONS: dict[Subject, Relation] = {
    "self": "self",
    "parent": "parent",
    "mother": "parent",
    "father": "parent",
    "partner": "spouse",
    "child": "child",
}


def patient_meant(errand: Errand) -> Patient | Answer:
    """The patient, or the question which one, or what somebody unknown can do."""
    patients = tuple(errand.context.patients())
    chosen = errand.chosen("patient")
    found = [one for one in patients if one.resident == chosen][:1] or _said(patients, errand)
    if len(found) == 1:
        return found[0]
    if found:
        return _which(found, errand)
    others = [one for one in patients if one.relation != "self"]
    if errand.reading.subject == "self" and others:
        return _which(others, errand, "nobody.only_others")
    key = "nobody.self" if errand.reading.subject == "self" else "nobody.other"
    return errand.declines(key, who=_subject_words(errand.reading.subject, errand.lang))


def who_words(patient: Patient, errand: Errand) -> str:
    """How the patient is called in a sentence to the one who speaks."""
    if patient.relation == "self" and not patient.label:
        return errand.phrase("you")
    return patient.label or _subject_words(errand.reading.subject, errand.lang)


def _subject_words(subject: Subject, lang: Lang) -> str:
    return phrase(f"assistant.who.{subject}", lang)


def _said(patients: tuple[Patient, ...], errand: Errand) -> list[Patient]:
    subject = errand.reading.subject
    relation = _RELATIONS.get(subject, "other")
    related = [one for one in patients if one.relation == relation]
    by_label = [one for one in related if subject in _meant_by(one.label, errand)]
    # A label that names the other parent is somebody else: 妈妈 is no answer to 我爸.
    unnamed = [one for one in related if not _meant_by(one.label, errand)]
    return by_label or (related if subject in ("self", "parent") else unnamed)


def _meant_by(label: str, errand: Errand) -> set[Subject]:
    found = errand.context.lexicon.subjects.find(label.lower())
    return {hit.meaning for hit in found} - {"self"}


def _which(found: list[Patient], errand: Errand, key: str = "which_patient") -> Answer:
    ways = tuple(
        Choice(who_words(one, errand) if one.label else str(number), {"patient": one.resident})
        for number, one in enumerate(found, 1)
    )
    lines = (errand.phrase(key),)
    return Answer("ask", lines, missing=("patient",), choices=ways, lang=errand.lang)
