"""Questions about a rule itself: the deductible, share or ceiling of a place and a person."""

from dataclasses import replace
from decimal import Decimal

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.bill_said import unrecorded_home
from askdoc.assistant.answers.known import Known, person, understood, visit
from askdoc.assistant.answers.questions import ask_back, first_askable
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.stay_number import stays_counted
from askdoc.benefits import Case, Item, Year
from askdoc.benefits.bill import Bill, stated_facts
from askdoc.benefits.choices import Choices, explore
from askdoc.benefits.steps import is_away
from askdoc.policy import Policy, Value, lowest
from askdoc.wording import Lang, phrase


def answer_value(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer:
    """The value of a rule, for every case that the question leaves open."""
    figures = reading.figures or ("share",)
    names = (
        *("region", "scheme", "status", "grade", "tier", "institution", "setting", "age"),
        *("retired_year", "contracted", "group", "admissions", "place", "filed", "referral", "day"),
    )
    rests_on = understood(known, names, context.book, lang)
    if reading.unrecorded is not None and "region" not in known:
        return unrecorded_home(reading.unrecorded, lang)
    if "region" not in known:
        return ask_back("region", context, lang, None, rests_on)
    case = Case(person(known), visit(known, context.today), (Item("A", Decimal(1)),))
    # Where stays are spoken of beside other care, what holds for both is told.
    of_both = "setting" in reading.conflicts or any("住" in word for word in reading.denied)
    if case.visit.setting is None and not of_both:
        case = replace(case, visit=replace(case.visit, setting="outpatient"))
    asked = first_askable(tuple(n for n in ("scheme", "status") if n not in known))
    if asked and context.questions_asked < MOST_QUESTIONS:
        return ask_back(asked, context, lang, case.person.region, rests_on, case.person.scheme)
    found = [
        one
        for figure in figures
        for stays in _stays(reading, known)
        for one in _values(replace(case, year=Year(admissions=stays)), context, figure)
    ]
    lines = [
        phrase(
            "assistant.based_on",
            lang,
            facts=phrase("assistant.dot", lang).join(one.shown for one in rests_on),
        )
    ]
    told = tuple(dict.fromkeys(_line(value, made, context, lang) for made, value in found))
    lines += told
    known_values = [value for _, value in found if value.standing != "not_recorded"]
    if any(value.confidence == "unverified" for value in known_values) or not known_values:
        lines.append(phrase("assistant.to_confirm", lang))
    return Answer(
        kind="answer" if known_values else "nothing_found",
        lines=tuple(lines),
        outcome=None if known_values else "indeterminate",
        understood=rests_on,
        sources=telling.cited(known_values, context.book, lang),
        confidence=lowest(value.confidence for value in known_values) if known_values else None,
        values=tuple(known_values),
        brief=told,
        lang=lang,
    )


def _stays(reading: Reading, known: Known) -> list[int]:
    """How many stays came before: of each stay that is asked about, where several are."""
    if "admissions" not in known:
        return [0]
    said = {one.before for one in stays_counted(reading.text.lower())}
    return sorted(said) if len(said) > 1 else [int(known["admissions"].value)]


def _values(case: Case, context: Context, figure: str) -> list[tuple[dict[str, object], Value]]:
    def find(choices: Choices) -> Value:
        policy = Policy(context.book, case.visit.day, case.person.region)
        bill = Bill(case, policy, choices, stated_facts(case, "none"))
        value = bill.find(bill.name(bill.settings_topic(), figure))
        if figure == "ceiling" and value.standing == "not_recorded":
            wider = bill.find(bill.name("", "ceiling"))
            part = bill.find(bill.name(bill.settings_topic(), "ceiling_wage_share"))
            value = wider if wider.standing != "not_recorded" else part
        return _as_paid(value, bill) if figure == "share" else value

    return [(dict(run.made), run.outcome) for run in explore(find)]


def _as_paid(value: Value, bill: Bill) -> Value:
    """A share with the points that a status adds and care away takes off, as a sum takes it."""
    points = bill.find(bill.name(bill.settings_topic(), "share_points"))
    added = points.content if points.standing == "set" else None
    if isinstance(added, Decimal) and added:
        value = _moved(value, added, points)
    if not is_away(bill):
        return value
    cut = bill.find("offsite.share_cut")
    if cut.standing != "set" or not isinstance(cut.content, Decimal):
        return replace(value, standing="not_recorded")
    return _moved(value, -cut.content, cut)


def _moved(value: Value, added: Decimal, points: Value) -> Value:
    """A share with points added to it, and what they hang on."""
    share = value.content
    if not isinstance(share, Decimal):
        return value

    def within(content: Decimal) -> Decimal:
        return min(Decimal(1), max(Decimal(0), content + added))

    return replace(
        value,
        content=within(share),
        readings=tuple(
            replace(one, content=within(one.content)) if isinstance(one.content, Decimal) else one
            for one in value.readings
        ),
        conditions=tuple(dict.fromkeys((*value.conditions, *points.conditions))),
        confidence=lowest((value.confidence, points.confidence)),
    )


def _line(value: Value, made: dict[str, object], context: Context, lang: Lang) -> str:
    parameter = context.book.parameters[value.parameter]
    who = phrase("assistant.dot", lang).join(
        telling.condition(name, said, lang) for name, said in value.conditions
    )
    name = parameter.description[lang] + (
        phrase("assistant.for_whom", lang, who=who) if who else ""
    )
    if value.standing != "set":
        return phrase(f"assistant.value.{value.standing}", lang, name=name)
    if value.readings:
        shown = phrase("assistant.or", lang).join(
            telling.content(one.content, parameter.unit, lang) for one in value.readings
        )
        return phrase("assistant.value.disputed", lang, name=name, content=shown)
    shown = telling.content(value.content, parameter.unit, lang)
    key = "set" if value.bound == "exact" else value.bound
    return phrase(f"assistant.value.{key}", lang, name=name, content=shown)
