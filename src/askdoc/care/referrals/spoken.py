"""Slots and their reasons in words."""

from datetime import date

from askdoc.care.referrals.days_said import day_words, time_words
from askdoc.care.referrals.grants import Grant, Reason
from askdoc.care.referrals.slots import Slot
from askdoc.wording import Lang, phrase


def slot_words(slot: Slot, lang: Lang) -> str:
    """Day and time of a slot, in full."""
    day, time = day_words(slot.day, lang), time_words(slot.begins, slot.ends, lang)
    return phrase("referrals.day_and_time", lang, day=day, time=time)


def slot_fields(slot: Slot, lang: Lang) -> dict[str, str]:
    """A slot as phrases name it: when, where, which department, which doctor."""
    return {
        "when": slot_words(slot, lang),
        "hospital": slot.hospital.name,
        "department": slot.department,
        "doctor": slot.doctor,
    }


def reason_words(reason: Reason, lang: Lang) -> str:
    """Why a slot is, or is not, open to somebody."""
    fields = {
        name: day_words(said, lang) if isinstance(said, date) else said
        for name, said in reason.fields.items()
    }
    return phrase(f"referrals.reason.{reason.name}", lang, **fields)


def grant_words(grant: Grant, lang: Lang) -> list[str]:
    """All reasons of a grant, a sentence each."""
    return [reason_words(reason, lang) for reason in grant.reasons]
