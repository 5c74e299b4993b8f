"""`askdoc cost`: a case, its sum step by step, the same bill elsewhere or over a year."""

from pathlib import Path

from askdoc.assistant import telling
from askdoc.assistant.answer import Cited
from askdoc.assistant.notes import range_note, result_notes
from askdoc.benefits import Case, Result, cost, read_case
from askdoc.benefits.compare import compare_places
from askdoc.benefits.year_plan import plan_year
from askdoc.bootstrap import House
from askdoc.cli.tables import lines, steps_table, table
from askdoc.cli.words import plain, print_json
from askdoc.policy import Book
from askdoc.wording import Lang, phrase


def show_cost(house: House, file: Path, compare: bool, year: bool, lang: Lang, json: bool) -> None:
    """Read a case, compute it, and print it for a person or a program."""
    case, taken = prepared(house, file)
    result = cost(case, house.book)
    if json:
        found = as_json(result, taken, house.book, lang)
        if compare:
            found["places"] = plain(
                [
                    {
                        "tier": place.tier,
                        "referral": place.referral,
                        "figures": place.result.figures.as_text(),
                    }
                    for place in compare_places(case, house.book)
                ]
            )
        if year:
            found["months"] = plain(
                [
                    {
                        "day": month.day,
                        "new_year": month.new_year,
                        "figures": month.result.figures.as_text(),
                    }
                    for month in plan_year(case, house.book).months
                ]
            )
        print_json(found)
        return
    steps_table(result.steps, result.figures.as_text(), result.outcome, lang)
    lines(_summary(result, taken, house.book, lang))
    if compare:
        _places(case, house.book, lang)
    if year:
        _year(case, house.book, lang)


def prepared(house: House, file: Path) -> tuple[Case, tuple[str, ...]]:
    """A case from a file with its medicines looked up, and what that took for granted."""
    case = read_case(file, house.book)
    if not case.visit.disease and not any(item.medicine for item in case.items):
        return case, ()
    # The catalogue is only loaded for a bill that names a medicine or a disease.
    from askdoc.benefits.medicine_items import look_up_items

    return look_up_items(case, house.catalogue)


def as_json(result: Result, taken: tuple[str, ...], book: Book, lang: Lang) -> dict[str, object]:
    """A result as contracts name its parts."""
    return {
        "outcome": result.outcome,
        "figures": result.figures.as_text(),
        "steps": [
            {
                "name": one.name,
                "figure": f"{one.figure:.2f}",
                "text": telling.step(one, lang),
                "values": plain(
                    [
                        {
                            "parameter": value.parameter,
                            "content": value.content,
                            "region": value.region,
                            "begins": value.begins,
                            "begins_unknown": value.begins_unknown,
                            "confidence": value.confidence,
                            "source": value.source,
                            "article": value.article,
                        }
                        for value in one.values
                    ]
                ),
            }
            for one in result.steps
        ],
        "sources": plain(_cited(result, book, lang)),
        "missing": list(result.missing),
        "confidence": result.confidence,
        "assumptions": [telling.assumption(name, lang) for name in (*taken, *result.assumptions)],
        "year_after": plain(result.year_after),
        "range": plain(result.range),
        "readings": plain(result.readings),
    }


def _cited(result: Result, book: Book, lang: Lang) -> tuple[Cited, ...]:
    return telling.cited([value for one in result.steps for value in one.values], book, lang)


def _summary(result: Result, taken: tuple[str, ...], book: Book, lang: Lang) -> list[str]:
    found = [
        phrase("cli.cost.outcome", lang, outcome=phrase(f"benefits.outcome.{result.outcome}", lang))
    ]
    found += range_note(result, lang)
    found += result_notes(result, taken, book, lang)
    found.append(phrase("cli.sources", lang))
    found += [f"  · {telling.source_line(one, lang)}" for one in _cited(result, book, lang)]
    return found


def _places(case: Case, book: Book, lang: Lang) -> None:
    rows = [
        (
            phrase(f"benefits.member.tier.{place.tier}", lang),
            phrase(f"benefits.member.referral.{place.referral}", lang),
            f"{place.result.figures.paid_for:.2f}",
            f"{place.result.figures.person_pays:.2f}",
        )
        for place in compare_places(case, book)
    ]
    heads = ("tier", "referral", "paid_for", "person_pays")
    table(phrase("cli.cost.places", lang), [phrase(f"cli.head.{one}", lang) for one in heads], rows)


def _year(case: Case, book: Book, lang: Lang) -> None:
    plan = plan_year(case, book)
    rows = [
        (
            month.day.isoformat() + (" *" if month.new_year else ""),
            f"{month.result.figures.deductible:.2f}",
            f"{month.result.figures.paid_for:.2f}",
            f"{month.result.figures.person_pays:.2f}",
        )
        for month in plan.months
    ]
    rows.append(
        (phrase("cli.cost.sum", lang), "", f"{plan.paid_for:.2f}", f"{plan.person_pays:.2f}")
    )
    heads = ("day", "deductible", "paid_for", "person_pays")
    table(phrase("cli.cost.year", lang), [phrase(f"cli.head.{one}", lang) for one in heads], rows)
    lines([phrase("cli.cost.new_year", lang)])
