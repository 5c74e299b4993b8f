"""Refills in a conversation: how long the medicine lasts, and a wish for the next supply.

What a reader would not guess: nothing here prescribes. A wish becomes a task for the family doctor,
and only after it was read back.
"""

from askdoc.assistant.answer import Answer, Choice
from askdoc.assistant.errands.errand import Errand
from askdoc.assistant.errands.patients import patient_meant, who_words
from askdoc.assistant.errands.refill_book import Supplies, Supply
from askdoc.assistant.errands.supply_words import medicine_name, notes, supply_line
from askdoc.assistant.proposal import Proposal
from askdoc.care.patients import Patient
from askdoc.wording import phrase


def medicine_left(errand: Errand) -> Answer:
    """How many days each of the patient's medicines lasts, when the next is due, and why then."""
    met = _supplies(errand)
    if isinstance(met, Answer):
        return met
    patient, supplies = met
    shown = _asked_for(supplies, errand)
    who = who_words(patient, errand)
    lines = [errand.phrase("left.head" if shown else "left.none", who=who)]
    lines += [supply_line(one, errand) for one in shown]
    ways = (Choice(errand.phrase("renew.button"), {"frame": "renew"}),) if shown else ()
    return Answer(
        "answer",
        (*lines, *notes(supplies, errand)),
        choices=ways,
        medicines=tuple(medicine_name(one, errand) for one in shown),
        brief=tuple(lines),
        lang=errand.lang,
    )


def ask_for_refill(errand: Errand) -> Answer:
    """Propose to hand a wish for the next supply to the family doctor, who decides."""
    met = _supplies(errand)
    if isinstance(met, Answer):
        return met
    patient, supplies = met
    who = who_words(patient, errand)
    if supplies.waits is not None:
        return errand.says("renew.waits", who=who, number=supplies.waits)
    running = [one for one in _asked_for(supplies, errand) if one.ended is None]
    if not running:
        return errand.says("renew.nothing", who=who)
    names = [medicine_name(one, errand) for one in running]
    medicines = phrase("assistant.comma", errand.lang).join(names)
    doctor = supplies.doctor or errand.phrase("doctor")
    head = errand.phrase("renew.readback", who=who, medicines=medicines, doctor=doctor)
    lines = [head, *(supply_line(one, errand) for one in running), *notes(supplies, errand)]
    proposal = Proposal(
        doer="ask_refill",
        details={"resident": patient.resident, "doctor": doctor},
        done="errands.renew.done",
    )
    told = tuple(names)
    return Answer("ask", tuple(lines), medicines=told, lang=errand.lang, proposal=proposal)


def _supplies(errand: Errand) -> tuple[Patient, Supplies] | Answer:
    patient = patient_meant(errand)
    if isinstance(patient, Answer):
        return patient
    book = errand.context.refills
    found = book.supplies(patient.resident, errand.now) if book is not None else None
    if found is None:
        return errand.declines("left.unknown", who=who_words(patient, errand))
    return patient, found


def _asked_for(supplies: Supplies, errand: Errand) -> list[Supply]:
    """The medicines that were named, or all that still go on; what was stopped only by name."""
    named = {row.id for one in errand.reading.mentions for row in one.resolution.medicines}
    if named:
        return [one for one in supplies.medicines if one.prescription.medicine in named]
    return [one for one in supplies.medicines if one.ended != "stopped"]
