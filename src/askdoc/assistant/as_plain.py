"""Values and answers as JSON can hold them, under the names of the contract."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling

_PLAIN = frozenset({str, int, bool, type(None)})


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def plain(found: object) -> Any:
    """A value as JSON can hold it: amounts and shares as text, days as 2026-11-25."""
    if type(found) in _PLAIN or isinstance(found, (str, int)):
        return found
    if isinstance(found, Decimal):
        return format(found, "f")
    if isinstance(found, date):
        return found.isoformat()
    if is_dataclass(found) and not isinstance(found, type):
        return {name: plain(getattr(found, name)) for name in _names(type(found))}
    if isinstance(found, Mapping):
        return {str(key): plain(one) for key, one in found.items()}
    if isinstance(found, (tuple, list, set, frozenset)):
        return [plain(one) for one in found]
    return found


def answer_record(answer: Answer, day: date) -> dict[str, Any]:
    """An answer under the names of the contract."""
    found: dict[str, Any] = plain(
        {
            "kind": answer.kind,
            "outcome": answer.outcome,
            "text": answer.text,
            "understood": answer.understood,
            "figures": answer.figures,
            "steps": [
                {
                    "name": one.name,
                    "figure": f"{one.figure:.2f}",
                    "text": telling.step(one, answer.lang),
                }
                for one in answer.steps
            ],
            "sources": answer.sources,
            "missing": answer.missing,
            "choices": answer.choices,
            "confidence": answer.confidence,
            "range": answer.range,
            "medicines": answer.medicines,
            "passages": [one.id for one in answer.passages],
            "day": day,
        }
    )
    return found


def values_record(answer: Answer) -> tuple[dict[str, Any], ...]:
    """The policy values that an answer rests on, each once."""
    found: list[dict[str, Any]] = []
    for value in answer.values:
        told = plain(
            {
                "parameter": value.parameter,
                "region": value.region,
                "begins": value.begins,
                "source": value.source,
            }
        )
        if told not in found:
            found.append(told)
    return tuple(found)
