"""`askdoc cost`: a case, its sum step by step, the same bill elsewhere or over a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from askdoc.assistant.answers import telling
from askdoc.assistant.answers.notes import range_note, result_notes
from askdoc.assistant.as_plain import plain
from askdoc.assistant.sum_records import cited_of, result_record
from askdoc.benefits import Case, Result, cost, read_case
from askdoc.bootstrap import House
from askdoc.cli.tables import lines, steps_table, table
from askdoc.cli.words import print_json
from askdoc.policy import Book
from askdoc.wording import Lang, phrase


@dataclass(frozen=True, slots=True)
class Also:
    """What to show beside the sum itself."""

    compare: bool = False
    year: bool = False
    alternatives: bool = False


def show_cost(house: House, file: Path, also: Also, lang: Lang, json: bool) -> None:
    """Read a case, compute it, and print it for a person or a program."""
    case, taken = prepared(house, file)
    result = cost(case, house.book)
    if json:
        found = result_record(result, taken, house.book, lang)
        if also.compare:
            found["places"] = plain(_places(case, house.book))
        if also.year:
            found["months"] = plain(_months(case, house.book))
        if also.alternatives:
            found["alternatives"] = plain(_alternatives(house, file))
        print_json(found)
        return
    steps_table(result.steps, result.figures.as_text(), result.outcome, lang)
    lines(_summary(result, taken, house.book, lang))
    if also.compare:
        _show_places(case, house.book, lang)
    if also.year:
        _show_year(case, house.book, lang)
    if also.alternatives:
        _show_alternatives(house, file, lang)


def _places(case: Case, book: Book) -> list[dict[str, object]]:
    from askdoc.benefits.compare import compare_places

    return [
        {
            "tier": place.tier,
            "referral": place.referral,
            "figures": place.result.figures.as_text(),
        }
        for place in compare_places(case, book)
    ]


def _months(case: Case, book: Book) -> list[dict[str, object]]:
    from askdoc.benefits.year_plan import plan_year

    return [
        {"day": month.day, "new_year": month.new_year, "figures": month.result.figures.as_text()}
        for month in plan_year(case, book).months
    ]


def _alternatives(house: House, file: Path) -> list[dict[str, object]]:
    from askdoc.benefits.alternatives import compare_alternatives

    case = read_case(file, house.book)
    return [
        {
            "medicine": one.medicine.name,
            "class": one.medicine.payment_class,
            "unit_price": one.unit_price,
            "on_the_bill": one.is_on_the_bill,
            "outcome": one.result.outcome,
            "figures": one.result.figures.as_text(),
        }
        for one in compare_alternatives(case, house.catalogue, house.book)
    ]


def prepared(house: House, file: Path) -> tuple[Case, tuple[str, ...]]:
    """A case from a file with its medicines looked up, and what that took for granted."""
    case = read_case(file, house.book)
    if not case.visit.disease and not any(item.medicine for item in case.items):
        return case, ()
    # The catalogue is only loaded for a bill that names a medicine or a disease.
    from askdoc.benefits.medicine_items import look_up_items

    return look_up_items(case, house.catalogue)


def _summary(result: Result, taken: tuple[str, ...], book: Book, lang: Lang) -> list[str]:
    found = [
        phrase("cli.cost.outcome", lang, outcome=phrase(f"benefits.outcome.{result.outcome}", lang))
    ]
    found += range_note(result, lang)
    found += result_notes(result, taken, book, lang)
    found.append(phrase("cli.sources", lang))
    found += [f"  · {telling.source_line(one, lang)}" for one in cited_of(result, book, lang)]
    return found


def _show_places(case: Case, book: Book, lang: Lang) -> None:
    rows = [
        (
            phrase(f"benefits.member.tier.{place['tier']}", lang),
            phrase(f"benefits.member.referral.{place['referral']}", lang),
            *_who_pays(place),
        )
        for place in _places(case, book)
    ]
    _table("places", ("tier", "referral", "paid_for", "person_pays"), rows, lang)


def _show_year(case: Case, book: Book, lang: Lang) -> None:
    months = _months(case, book)
    rows = [
        (f"{month['day']}{' *' if month['new_year'] else ''}", *_who_pays(month))
        for month in months
    ]
    sums = [f"{sum(Decimal(row[at]) for row in rows):.2f}" for at in (1, 2)]
    rows.append((phrase("cli.cost.sum", lang), sums[0], sums[1]))
    _table("year", ("day", "paid_for", "person_pays"), rows, lang)
    lines([phrase("cli.cost.new_year", lang)])


def _show_alternatives(house: House, file: Path, lang: Lang) -> None:
    rows = [
        (
            str(one["medicine"]),
            phrase(f"medicines.class.{one['class']}", lang),
            phrase(f"benefits.outcome.{one['outcome']}", lang),
            str(one["unit_price"]),
            *_who_pays(one),
        )
        for one in _alternatives(house, file)
    ]
    heads = ("medicine", "class", "outcome", "unit_price", "paid_for", "person_pays")
    _table("alternatives", heads, rows, lang)
    lines([phrase("assistant.medicine.not_a_switch", lang)])


def _who_pays(found: Mapping[str, object]) -> tuple[str, str]:
    figures = found["figures"]
    if not isinstance(figures, Mapping):
        raise TypeError("figures are named amounts")
    return str(figures["paid_for"]), str(figures["person_pays"])


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], lang: Lang) -> None:
    named = [phrase(f"cli.head.{one}", lang) for one in heads]
    table(phrase(f"cli.cost.{title}", lang), named, rows)
