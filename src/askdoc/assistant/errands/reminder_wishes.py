"""What a person wants of the reminders themselves: other hours, none, again; or what is in the way.

Whatever is said is proposed and read back, also the wish to be left alone: on a page or in a
terminal nobody else may stop somebody's reminders by one word.
"""

from askdoc.assistant.answer import Answer, Choice
from askdoc.assistant.errands.errand import Errand
from askdoc.assistant.errands.patients import patient_meant, who_words
from askdoc.assistant.proposal import Proposal
from askdoc.care.loop import BARRIERS
from askdoc.wording import phrase

_NOON, _EVENING = 12, 18


def move_reminders(errand: Errand) -> Answer:
    """Propose the hours in which reminders come."""
    patient = patient_meant(errand)
    if isinstance(patient, Answer):
        return patient
    who, parts = who_words(patient, errand), _parts(errand)
    said = errand.known.get("remind_hours")
    if said is None:
        ways = tuple(
            Choice(errand.phrase(f"hours.{part}", since=since, until=until), {"remind_hours": part})
            for part, (since, until) in parts.items()
        )
        line = errand.phrase("hours.which", who=who)
        return Answer("ask", (line,), missing=("remind_hours",), choices=ways, lang=errand.lang)
    since, until = parts.get(str(said.value)) or _from_hour(str(said.value))
    first, last = parts["morning"][0], parts["evening"][1]
    if not first <= since < until <= last:
        return errand.says("hours.quiet", since=first, until=last)
    details = {"resident": patient.resident, "since": since, "until": until}
    proposal = Proposal(doer="set_hours", details=details, done="errands.hours.done")
    line = errand.phrase("hours.readback", who=who, since=since, until=until)
    return Answer("ask", (line,), lang=errand.lang, proposal=proposal)


def stop_reminders(errand: Errand) -> Answer:
    """Propose that no more reminders of refills are sent."""
    return _switched("stop", errand)


def resume_reminders(errand: Errand) -> Answer:
    """Propose that reminders of refills are sent again."""
    return _switched("resume", errand)


def answer_reminder(errand: Errand) -> Answer:
    """Propose what the buttons of a reminder do: collected, later, or what stands in the way."""
    patient = patient_meant(errand)
    if isinstance(patient, Answer):
        return patient
    said = errand.known.get("reminder_reply")
    reply = "" if said is None else str(said.value)
    book, who = errand.context.refills, who_words(patient, errand)
    token = book.open_reminder(patient.resident) if book is not None else None
    if token is None:
        return errand.says("reply.no_reminder", who=who)
    if reply in BARRIERS:
        shown = phrase(f"refills.barrier.{reply}", errand.lang)
        line = errand.phrase("reply.barrier", who=who, barrier=shown)
        details, done = {"answer": "trouble", "barrier": reply}, f"barrier.{reply}"
    else:
        line = errand.phrase(f"reply.{reply}", who=who)
        details, done = {"answer": reply}, reply
    proposal = Proposal(
        doer="answer_reminder",
        details={"resident": patient.resident, "token": token, **details},
        done=f"refills.reply.{done}",
    )
    return Answer("ask", (line,), lang=errand.lang, proposal=proposal)


def _switched(way: str, errand: Errand) -> Answer:
    patient = patient_meant(errand)
    if isinstance(patient, Answer):
        return patient
    proposal = Proposal(
        doer=f"{way}_reminders",
        details={"resident": patient.resident},
        done=f"errands.{way}.done",
    )
    line = errand.phrase(f"{way}.readback", who=who_words(patient, errand))
    return Answer("ask", (line,), lang=errand.lang, proposal=proposal)


def _parts(errand: Errand) -> dict[str, tuple[int, int]]:
    """The parts of a day in which something may be sent unasked, as hours from and until."""
    awake, quiet = (
        int(str(errand.context.defaults[name])) for name in ("quiet_until_hour", "quiet_from_hour")
    )
    return {
        "morning": (awake, _NOON),
        "afternoon": (_NOON, _EVENING),
        "evening": (_EVENING, quiet),
    }


def _from_hour(said: str) -> tuple[int, int]:
    return int(said), int(said) + 1
