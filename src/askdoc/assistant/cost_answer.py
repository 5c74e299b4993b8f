"""Questions about a bill: what is paid, by whom, and what it would be elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from askdoc.assistant import telling
from askdoc.assistant.amounts import BILL_ROLES
from askdoc.assistant.answer import Answer, Understood
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.facts import Reading
from askdoc.assistant.known import Known, person, understood, visit
from askdoc.assistant.notes import coverage_note, range_note, result_notes
from askdoc.assistant.questions import ask_back, first_askable
from askdoc.benefits import Case, Item, ItemClass, Result, Year, cost
from askdoc.benefits.compare import Place, compare_places
from askdoc.wording import Lang, phrase

CLASS_ROLES: Mapping[str, ItemClass] = {
    "class_a": "A",
    "class_b": "B",
    "negotiated": "negotiated",
    "off_catalogue": "off_catalogue",
}
_RESTS_ON = (
    "region",
    "scheme",
    "status",
    "grade",
    "tier",
    "institution",
    "setting",
    "place",
    "contracted",
    "referral",
    "filed",
    "age",
    "retired_year",
    "group",
    "day",
)


def parts_exceed(reading: Reading) -> bool:
    """Whether the parts of the bill come to more than its total."""
    total = reading.amount("total")
    parts = sum((reading.amount(role) or Decimal(0) for role in CLASS_ROLES), Decimal(0))
    return total is not None and parts > total


def items(reading: Reading) -> tuple[tuple[Item, ...], bool]:
    """The items of the bill, and whether a rest was taken as class A; none without amounts."""
    parts = {role: reading.amount(role) for role in CLASS_ROLES}
    named = [
        Item(
            item_class=CLASS_ROLES[role],
            amount=amount,
            first_pay_share=reading.first_pay_share if role == "class_b" else None,
        )
        for role, amount in parts.items()
        if amount is not None
    ]
    total = reading.amount("total")
    if total is None:
        return tuple(named), False
    rest = total - sum((item.total for item in named), Decimal(0))
    if rest:
        named.insert(0, Item(item_class="A", amount=rest))
    return tuple(named), rest > 0


def not_computable(reading: Reading, lang: Lang) -> Answer | None:
    """Why nothing can be computed: the home is not recorded, or amounts do not fit together."""
    if reading.unrecorded is not None:
        line = phrase("assistant.unrecorded_home", lang, place=reading.unrecorded)
        return Answer("nothing_found", (line,), outcome="indeterminate", lang=lang)
    twice = reading.twice()
    if twice:
        words = phrase("assistant.or", lang).join(one.words for one in twice)
        line = phrase("assistant.said_twice", lang, words=words)
        return Answer("ask", (line,), missing=("amount",), lang=lang)
    if parts_exceed(reading):
        return Answer(
            "ask", (phrase("assistant.parts_exceed", lang),), missing=("amount",), lang=lang
        )
    return None


def answer_cost(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer:
    """What the bill in a question costs whom; asks back, gives a range, never guesses."""
    refused = not_computable(reading, lang)
    if refused is not None:
        return refused
    billed = items(reading)
    if not billed[0]:
        return Answer(
            "ask", (phrase("assistant.ask.amount", lang),), missing=("amount",), lang=lang
        )
    rests_on = understood(known, _RESTS_ON, context.book, lang)
    if "region" not in known:
        return ask_back("region", context, lang, None, rests_on)
    case = _case(reading, known, context, billed[0])
    result = cost(case, context.book)
    asked = _question(result, reading, context, lang, case, rests_on)
    if asked is not None:
        return asked
    lines = [
        *_based_on(rests_on, reading, lang),
        *_headline(result, lang),
        *coverage_note(case, context.coverage, lang),
        *result_notes(result, _taken(billed[1]), context.book, lang),
        *_unread(reading, lang),
    ]
    return _answer(result, context, lang, lines, rests_on)


def _case(reading: Reading, known: Known, context: Context, billed: tuple[Item, ...]) -> Case:
    year = Year(
        deductible_used=reading.amount("deductible_used"),
        account_current=reading.amount("account_current"),
        fund_paid=reading.amount("fund_paid") or Decimal(0),
        in_scope_self_pay=reading.amount("in_scope_self_pay") or Decimal(0),
    )
    return Case(person(known), visit(known, context.today), billed, year)


def _question(
    result: Result,
    reading: Reading,
    context: Context,
    lang: Lang,
    case: Case,
    rests_on: tuple[Understood, ...],
) -> Answer | None:
    if context.questions_asked >= MOST_QUESTIONS:
        return None
    fact = first_askable((*reading.conflicts, *result.missing))
    if fact is None or result.outcome == "not_covered":
        return None
    return ask_back(
        fact, context, lang, case.person.region, rests_on, case.person.scheme, result.range
    )


def _based_on(rests_on: tuple[Understood, ...], reading: Reading, lang: Lang) -> list[str]:
    about = (
        [] if reading.subject == "self" else [phrase(f"assistant.subject.{reading.subject}", lang)]
    )
    shown = phrase("assistant.dot", lang).join([*about, *(one.shown for one in rests_on)])
    amounts = phrase("assistant.comma", lang).join(
        phrase(f"assistant.role.{one.role}", lang, amount=telling.yuan(one.amount, lang))
        for one in reading.amounts
        if one.role in BILL_ROLES
    )
    said = [phrase("assistant.based_on", lang, facts=shown)] if shown else []
    return said + ([phrase("assistant.amounts", lang, amounts=amounts)] if amounts else [])


def _headline(result: Result, lang: Lang) -> list[str]:
    figures, range_ = result.figures, result.range
    fields = {
        "total": telling.yuan(figures.total, lang),
        "paid_for": telling.yuan(figures.paid_for, lang),
        "person_pays": telling.yuan(figures.person_pays, lang),
    }
    if result.outcome in ("not_covered", "indeterminate"):
        lines = [phrase(f"assistant.headline.{result.outcome}", lang, **fields)]
    elif result.outcome == "conditional":
        lines = [phrase("assistant.headline.conditional", lang, **fields)] if not range_ else []
    else:
        lines = [phrase(f"assistant.headline.{result.outcome}", lang, **fields)]
    return lines + range_note(result, lang)


def _taken(rest_as_class_a: bool) -> tuple[str, ...]:
    return ("rest_class_a", "scope_taken_as_met") if rest_as_class_a else ("scope_taken_as_met",)


def _unread(reading: Reading, lang: Lang) -> list[str]:
    loose = [one.words for one in reading.amounts if one.role not in BILL_ROLES]
    loose += reading.unread
    if not loose:
        return []
    return [phrase("assistant.unread", lang, words=phrase("assistant.comma", lang).join(loose))]


def _answer(
    result: Result,
    context: Context,
    lang: Lang,
    lines: list[str],
    rests_on: tuple[Understood, ...],
) -> Answer:
    return Answer(
        kind="answer",
        lines=tuple(lines),
        outcome=result.outcome,
        understood=rests_on,
        figures=result.figures.as_text(),
        steps=result.steps,
        sources=telling.cited(
            [value for one in result.steps for value in one.values], context.book, lang
        ),
        missing=result.missing,
        confidence=result.confidence,
        range=result.range,
        lang=lang,
    )


def answer_places(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer:
    """The same bill at every tier; without an amount, the deductible and share of each."""
    refused = not_computable(reading, lang)
    if refused is not None:
        return refused
    billed = items(reading)
    rests_on = understood(known, _RESTS_ON, context.book, lang)
    if "region" not in known:
        return ask_back("region", context, lang, None, rests_on)
    bill = billed[0] or (Item(item_class="A", amount=Decimal(100)),)
    case = _case(reading, known, context, bill)
    if case.visit.setting is None:
        case = replace(case, visit=replace(case.visit, setting="outpatient"))
    stays = tuple(
        tier for tier in reading.conflicts.get("tier", ()) if tier not in reading.going_to
    )
    if len(stays) == 1:
        case = replace(case, visit=replace(case.visit, tier=stays[0]))
    places = compare_places(case, context.book)
    missing = tuple(dict.fromkeys(name for place in places for name in place.result.missing))
    fact = first_askable(missing)
    if fact is not None and context.questions_asked < MOST_QUESTIONS:
        return ask_back(fact, context, lang, case.person.region, rests_on, case.person.scheme)
    lines = _based_on(rests_on, reading, lang)
    if billed[0]:
        lines += _place_lines(places, case, lang)
        lines += result_notes(places[0].result, _taken(billed[1]), context.book, lang)
    else:
        lines += [_share_line(place, lang) for place in places]
        lines += [phrase("assistant.ask.amount", lang), phrase("assistant.to_confirm", lang)]
    return Answer(
        kind="answer" if billed[0] else "ask",
        lines=tuple(lines + _unread(reading, lang)),
        outcome=places[0].result.outcome,
        understood=rests_on,
        figures={
            f"person_pays:{place.tier}:{place.referral}": f"{place.result.figures.person_pays:.2f}"
            for place in places
            if billed[0]
        },
        sources=telling.cited(
            [value for place in places for one in place.result.steps for value in one.values],
            context.book,
            lang,
        ),
        missing=missing if billed[0] else ("amount",),
        confidence=places[0].result.confidence,
        lang=lang,
    )


def _place_lines(places: tuple[Place, ...], case: Case, lang: Lang) -> list[str]:
    lines = [
        phrase(
            "assistant.place",
            lang,
            place=_place_name(place, lang),
            person_pays=telling.yuan(place.result.figures.person_pays, lang),
            paid_for=telling.yuan(place.result.figures.paid_for, lang),
        )
        for place in places
    ]
    dearest = max(places, key=lambda place: place.result.figures.person_pays)
    here = next((place for place in places if place.is_this_visit), dearest)
    best = min(places, key=lambda place: place.result.figures.person_pays)
    saved = here.result.figures.person_pays - best.result.figures.person_pays
    key = "saves" if saved else "saves_nothing"
    return [
        *lines,
        phrase(
            f"assistant.{key}",
            lang,
            place=_place_name(best, lang),
            here=_place_name(here, lang),
            saved=telling.yuan(saved, lang),
        ),
    ]


def _place_name(place: Place, lang: Lang) -> str:
    tier = phrase(f"benefits.member.tier.{place.tier}", lang)
    if place.referral == "none":
        return tier
    return f"{tier} · {phrase(f'benefits.member.referral.{place.referral}', lang)}"


def _share_line(place: Place, lang: Lang) -> str:
    fields = {step.name: step.fields for step in place.result.steps}
    return phrase(
        "assistant.place_share",
        lang,
        place=_place_name(place, lang),
        share=telling.percent(Decimal(str(fields["fund_pays"]["share"]))),
        deductible=telling.yuan(Decimal(str(fields["deductible"]["full"])), lang),
    )
