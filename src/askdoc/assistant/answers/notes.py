"""What goes with every sum: its range, what it took for granted, what is to be confirmed."""

from datetime import date

from askdoc.assistant.answers import telling
from askdoc.benefits import Case, Range, Result
from askdoc.policy import Book
from askdoc.policy.modelled import Coverage, coverage_of
from askdoc.wording import Lang, phrase


def range_note(result: Result, lang: Lang) -> list[str]:
    """Between what and what the person may pay, and the fact that would narrow it most."""
    return range_line(result.range, lang) if result.range else []


def range_line(found: Range, lang: Lang) -> list[str]:
    """A range as one line, with what would narrow it."""
    name = found.narrowed_by.partition(":")[0]
    fact = phrase(f"benefits.fact.{name}", lang)
    return [phrase("assistant.range", lang, fact=fact, **_ends(found, lang))]


def range_so_far(found: Range, lang: Lang) -> list[str]:
    """A range beside a question back, which asks for one thing only."""
    return [phrase("assistant.range_so_far", lang, **_ends(found, lang))]


def _ends(found: Range, lang: Lang) -> dict[str, str]:
    return {
        "low": telling.yuan(found.person_pays[0], lang),
        "high": telling.yuan(found.person_pays[1], lang),
        "fund_low": telling.yuan(found.paid_for[0], lang),
        "fund_high": telling.yuan(found.paid_for[1], lang),
    }


def day_note(vague: tuple[str, ...], day: date, today: date, lang: Lang) -> list[str]:
    """That a time was not exact, or that the day is still to come."""
    words = phrase("assistant.comma", lang).join(vague)
    said = {"words": words, "day": day.isoformat()}
    if vague:
        return [phrase("assistant.day_vague", lang, **said)]
    return [phrase("assistant.day_to_come", lang, **said)] if day > today else []


def coverage_note(case: Case, coverage: Coverage, lang: Lang) -> list[str]:
    """How far the local rules for this scheme and setting are recorded, when not fully."""
    scheme, setting = case.person.scheme, case.visit.setting
    if scheme is None or setting is None:
        return []
    found = coverage_of(coverage, case.person.region, scheme, setting)
    if found is None:
        return [phrase("assistant.coverage.absent", lang)]
    if found.how == "computed":
        return []
    return [phrase(f"assistant.coverage.{found.how}", lang, note=found.note[lang])]


def result_notes(result: Result, taken: tuple[str, ...], book: Book, lang: Lang) -> list[str]:
    """Assumptions, disagreeing sources, what is missing, and whom to ask."""
    # Where nothing is paid, nothing that was taken for granted could change that.
    names = dict.fromkeys(() if result.outcome == "not_covered" else (*taken, *result.assumptions))
    lines = [
        phrase("assistant.assuming", lang, what=telling.assumption(name, lang)) for name in names
    ]
    for value in result.values:
        if value.source == "assumption":
            name = book.parameters[value.parameter].description[lang]
            shown = telling.content(value.content, book.parameters[value.parameter].unit, lang)
            lines.append(phrase("assistant.assumed_value", lang, name=name, content=shown))
    for reading in result.readings:
        parameter = book.parameters[reading.parameter]
        lines.append(
            phrase(
                "assistant.other_reading",
                lang,
                parameter=parameter.description[lang],
                content=telling.content(reading.content, parameter.unit, lang),
                source=book.sources[reading.source].title[lang],
                person_pays=telling.yuan(reading.person_pays, lang),
            )
        )
    for name in result.missing:
        lines.append(phrase("assistant.missing", lang, what=telling.missing(name, lang, book)))
    if result.confidence == "unverified":
        lines.append(phrase("assistant.to_confirm", lang))
    return [*lines, phrase("assistant.office_decides", lang)]
