"""Sums and explanations as JSON can hold them, the same on the command line and over HTTP."""

from typing import Any

from askdoc.assistant.answer import Cited
from askdoc.assistant.answers import telling
from askdoc.assistant.as_plain import plain
from askdoc.benefits import Result
from askdoc.benefits.explain import Explanation
from askdoc.policy import Book
from askdoc.wording import Lang, phrase

Taken = tuple[str, ...]


def explanation_record(
    found: Explanation, taken: tuple[Taken, Taken], book: Book, lang: Lang
) -> dict[str, Any]:
    """Two sums and the parts of the difference between them."""
    return {
        "difference": f"{found.difference:.2f}",
        "parts": [
            {
                "fact": part.fact,
                "text": phrase(f"benefits.cause.{part.fact}", lang),
                "amount": f"{part.amount:.2f}",
            }
            for part in found.parts
        ],
        "before": result_record(found.before, taken[0], book, lang),
        "after": result_record(found.after, taken[1], book, lang),
    }


def result_record(result: Result, taken: tuple[str, ...], book: Book, lang: Lang) -> dict[str, Any]:
    """A sum; `taken` are names of what looking its medicines up took for granted."""
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
        "sources": plain(cited_of(result, book, lang)),
        "missing": list(result.missing),
        "confidence": result.confidence,
        "assumptions": [telling.assumption(name, lang) for name in (*taken, *result.assumptions)],
        "year_after": plain(result.year_after),
        "range": plain(result.range),
        "readings": plain(result.readings),
    }


def cited_of(result: Result, book: Book, lang: Lang) -> tuple[Cited, ...]:
    """The documents that a sum rests on."""
    return telling.cited([value for one in result.steps for value in one.values], book, lang)
