"""`askdoc check`: is all knowledge sound, and what in it wants a keeper's eye."""

from collections import Counter
from datetime import date

from askdoc.bootstrap import House
from askdoc.cli.tables import lines, table
from askdoc.cli.words import print_json
from askdoc.medicines.review import review as review_medicines
from askdoc.policy.review import Finding, Matter, review
from askdoc.wording import Lang, phrase

MATTERS: tuple[Matter, ...] = ("conflict", "unchecked", "bound", "unverified")


def show_check(house: House, day: date | None, months: int, lang: Lang, json: bool) -> None:
    """Read everything (a mistake ends in one sentence), then list what to look at."""
    today = day or date.today()  # noqa: DTZ011  the keeper's own calendar day
    house.read_all()
    book, catalogue = house.whole_book, house.catalogue
    found = review(book, today, months)
    medicines = review_medicines(catalogue, today, months)
    counts = Counter(finding.matter for finding in found)
    values = sum(
        len(entries) for path in book.regions for entries in book.pages(path).entries.values()
    )
    totals = {
        "regions": len(book.regions),
        "parameters": len(book.parameters),
        "values": values,
        "sources": len(book.sources),
        "medicines": len(catalogue.on(today).medicines),
    }
    if json:
        print_json({**totals, "policy": found, "medicine_matters": medicines})
        return
    lines([phrase("cli.check.fine", lang, **totals)])
    _table(sorted(found, key=lambda one: (MATTERS.index(one.matter), one.place)), lang)
    lines(
        [
            phrase(
                "cli.check.counts",
                lang,
                **{str(matter): counts[matter] for matter in MATTERS},
                months=months,
                medicines=len(medicines),
            )
        ]
    )


def _table(found: list[Finding], lang: Lang) -> None:
    rows = [
        (phrase(f"cli.matter.{one.matter}", lang), one.place, one.parameter, one.source)
        for one in found
    ]
    heads = [phrase(f"cli.head.{one}", lang) for one in ("matter", "where", "parameter", "source")]
    table(phrase("cli.check.title", lang), heads, rows)
