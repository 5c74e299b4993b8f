"""`askdoc explain`: two bills of one person, and which fact accounts for how much."""

from pathlib import Path

from askdoc.assistant.sum_records import explanation_record
from askdoc.benefits.explain import explain
from askdoc.bootstrap import House
from askdoc.cli.cost import prepared
from askdoc.cli.tables import lines, table
from askdoc.cli.words import print_json
from askdoc.wording import Lang, phrase


def show_difference(house: House, before: Path, after: Path, lang: Lang, json: bool) -> None:
    """Read two cases and print the parts of the difference in cash."""
    (first, taken_first), (last, taken_last) = prepared(house, before), prepared(house, after)
    found = explain(first, last, house.book)
    if json:
        print_json(explanation_record(found, (taken_first, taken_last), house.book, lang))
        return
    paid = (found.before.figures.cash, found.after.figures.cash)
    lines(
        [
            phrase(
                "cli.explain.head",
                lang,
                before=f"{paid[0]:.2f}",
                after=f"{paid[1]:.2f}",
                difference=f"{found.difference:+.2f}",
            )
        ]
    )
    if not found.parts:
        lines([phrase("cli.explain.nothing", lang)])
        return
    rows = [
        (phrase(f"benefits.cause.{part.fact}", lang), f"{part.amount:+.2f}") for part in found.parts
    ]
    rows.append((phrase("cli.cost.sum", lang), f"{found.difference:+.2f}"))
    table(
        phrase("cli.explain.title", lang),
        [phrase(f"cli.head.{one}", lang) for one in ("cause", "yuan")],
        rows,
    )
    lines([phrase("cli.explain.how", lang)])
