"""Tables for people, as wide as the terminal; rich is imported only when one is printed."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from askdoc.assistant.answers import telling
from askdoc.benefits import Step
from askdoc.wording import Lang, phrase


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table; every column but the first is set to the right."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=title, title_justify="left", title_style="bold")
    for index, head in enumerate(heads):
        shown.add_column(head, justify="right" if index else "left", overflow="fold")
    for row in rows:
        shown.add_row(*row)
    Console(highlight=False, markup=False).print(shown)


def lines(found: Iterable[str]) -> None:
    """Plain lines."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    for one in found:
        console.print(one, soft_wrap=True)


def steps_table(
    steps: Sequence[Step], figures: Mapping[str, str], outcome: str | None, lang: Lang
) -> None:
    """The sum step by step, then who pays what; a sum with open facts says that it is the worst."""
    heads = [phrase(f"cli.head.{one}", lang) for one in ("step", "yuan")]
    rows = [(telling.step(one, lang), f"{one.figure:.2f}") for one in telling.shown_steps(steps)]
    totals = ["paid_for", "person_pays"]
    if Decimal(figures["account_pays"]):
        totals += ["account_pays", "cash"]
    rows += [(phrase(f"benefits.figure.{name}", lang), figures[name]) for name in totals]
    title = "worst" if outcome in ("conditional", "indeterminate") else "steps"
    table(phrase(f"cli.cost.{title}", lang), heads, rows)
