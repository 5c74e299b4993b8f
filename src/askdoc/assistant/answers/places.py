"""The same bill elsewhere: what each tier would leave to pay.

What a reader would not guess: in "三级医院花了800，去社区能省多少" two tiers are said, and only
the one that nobody goes to is where the visit was.
"""

from dataclasses import replace
from decimal import Decimal

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.bill_said import BillSaid, bill_said, not_used, with_medicines
from askdoc.assistant.answers.cost import RESTS_ON, based_on, case_of
from askdoc.assistant.answers.known import Known, understood
from askdoc.assistant.answers.notes import coverage_note, result_notes
from askdoc.assistant.answers.place_lines import ANY_BILL, is_computed, place_line, share_line
from askdoc.assistant.answers.questions import ask_back, first_askable
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.benefits.compare import Place, compare_places
from askdoc.wording import Lang, phrase

_TWO = 2
# What changes a deductible at most, and no share: not asked for where there is no amount.
_OF_SUMS = ("contracted", "retired_year", "account_current", "deductible_used")


def answer_places(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer:
    """The same bill at every tier; without an amount, the deductible and share of each."""
    bill = bill_said(reading, known, context, lang)
    if isinstance(bill, Answer):
        return bill
    known = _here(reading, known)
    rests_on = understood(known, RESTS_ON, context.book, lang)
    if "region" not in known:
        return ask_back("region", context, lang, None, rests_on)
    case, looked_up = with_medicines(
        case_of(reading, known, context, bill.items or ANY_BILL), context
    )
    places = compare_places(case, context.book, reading.primary or (None,))
    missing = tuple(dict.fromkeys(name for place in places for name in place.result.missing))
    unclear = [name for name in reading.conflicts if name not in known and name != "tier"]
    open_ = missing if bill.items else tuple(name for name in missing if name not in _OF_SUMS)
    fact = first_askable((*unclear, *open_))
    if fact is not None and context.questions_asked < MOST_QUESTIONS:
        return ask_back(fact, context, lang, case.person.region, rests_on, case.person.scheme)
    lines = [*based_on(rests_on, reading, lang), *bill.lines]
    brief: list[str] = []
    if bill.items:
        told = _place_lines(places, reading, "tier" in known, lang)
        brief = told[-1:]
        lines += told
        lines += coverage_note(case, context.coverage, lang)
        taken = (*bill.taken, *looked_up)
        lines += result_notes(_least_sure(places).result, taken, context.book, lang)
    else:
        lines += [share_line(_place_name(place, lang), place.result, lang) for place in places]
        lines += [
            phrase("assistant.hangs_on", lang, what=telling.missing(name, lang, context.book))
            for name in missing
        ]
        lines += [phrase("assistant.with_amount", lang), phrase("assistant.to_confirm", lang)]
    return _answer(
        places,
        bill,
        context,
        lang,
        Answer(
            kind="answer",
            lines=tuple(lines + not_used(reading, lang)),
            understood=rests_on,
            missing=missing,
            brief=tuple(brief),
            lang=lang,
        ),
    )


def _here(reading: Reading, known: Known) -> Known:
    """What is known with the tier where the visit was, if that was said, and a setting."""
    found = dict(known)
    stays = [one for one in reading.conflicts.get("tier", ()) if one not in reading.going_to]
    if len(stays) == 1 and "tier" not in found:
        found["tier"] = Fact("tier", stays[0], "said", reading.subject)
    elif "tier" in found and found["tier"].value in reading.going_to:
        found.pop("tier")
        found.pop("institution", None)
    if "setting" not in found and "setting" not in reading.conflicts:
        found["setting"] = Fact("setting", "outpatient", "assumed", reading.subject)
    return found


def _least_sure(places: tuple[Place, ...]) -> Place:
    """The place whose sum takes the most for granted: its notes hold for all."""
    return max(
        places,
        key=lambda place: (
            not is_computed(place.result),
            place.result.confidence == "unverified",
            len(place.result.assumptions) + len(place.result.missing),
        ),
    )


def _answer(
    places: tuple[Place, ...], bill: BillSaid, context: Context, lang: Lang, answer: Answer
) -> Answer:
    least = _least_sure(places).result
    cited = telling.cited(
        [value for place in places for one in place.result.steps for value in one.values],
        context.book,
        lang,
    )
    return replace(
        answer,
        outcome=least.outcome,
        figures={
            _figure_name(place, places): f"{place.result.figures.person_pays:.2f}"
            for place in places
            if bill.items and is_computed(place.result)
        },
        sources=(*bill.sources, *cited),
        confidence=least.confidence,
        values=tuple(
            value for place in places for one in place.result.steps for value in one.values
        ),
        medicines=bill.medicines,
    )


def _figure_name(place: Place, places: tuple[Place, ...]) -> str:
    """By tier; by institution where several of one tier are compared."""
    kinds = {one.institution for one in places if one.tier == place.tier}
    where = place.institution if len(kinds) > 1 else place.tier
    return f"person_pays:{where}:{place.referral}"


def _place_lines(
    places: tuple[Place, ...], reading: Reading, is_here_said: bool, lang: Lang
) -> list[str]:
    lines = [place_line(_place_name(place, lang), place.result, lang) for place in places]
    computed = tuple(place for place in places if is_computed(place.result))
    if len(computed) < _TWO:
        return lines
    return [*lines, _verdict(computed, reading, is_here_said, lang)]


def _verdict(places: tuple[Place, ...], reading: Reading, is_here_said: bool, lang: Lang) -> str:
    """What going there saves against here; without a here, against the dearest place."""

    def pays(place: Place) -> Decimal:
        return place.result.figures.person_pays

    here = next((one for one in places if one.is_this_visit and is_here_said), None)
    named = reading.conflicts.get("tier", ())
    if here is None and len(named) == _TWO:
        places = tuple(one for one in places if one.tier in named)
    dearest, best = max(places, key=pays), min(places, key=pays)
    there = min((one for one in places if one.tier in reading.going_to), key=pays, default=best)
    if pays(dearest) == pays(best):
        return phrase("assistant.saves_nothing", lang)
    against = here or dearest
    saved = pays(against) - pays(there)
    key = "saves" if saved > 0 else ("costs_more" if saved < 0 else "same_as_here")
    return phrase(
        f"assistant.{key}",
        lang,
        place=_place_name(there, lang),
        here=_place_name(against, lang),
        saved=telling.yuan(abs(saved), lang),
    )


def _place_name(place: Place, lang: Lang) -> str:
    tier = phrase(f"benefits.member.tier.{place.tier}", lang)
    if place.tier == "primary" and place.institution is not None:
        tier = phrase(f"benefits.member.institution.{place.institution}", lang)
    if place.referral == "none":
        return tier
    return f"{tier} · {phrase(f'benefits.member.referral.{place.referral}', lang)}"
