"""Message catalogues: `phrase("benefits.step.deductible", "zh")`.

The first word of a key is the file (`zh/benefits.json`), the rest is the path inside it.
A missing key or field is a defect of the program and raises at once; it never shows a
half-filled sentence to a person.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


@cache
def catalogue(topic: str, lang: Lang) -> dict[str, Any]:
    """All phrases of one topic as nested dicts."""
    file = Path(__file__).parent / lang / f"{topic}.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def phrase(key: str, lang: Lang, /, **fields: object) -> str:
    """The phrase for `key` with its fields filled in.

    Raises KeyError when the key does not exist or a field is missing.
    """
    topic, *path = key.split(".")
    found: Any = catalogue(topic, lang)
    for name in path:
        found = found[name]
    if not isinstance(found, str):
        raise KeyError(f"{key} is a group of phrases, not a phrase")
    return found.format(**fields) if fields or "{" in found else found


def has_phrase(key: str, lang: Lang) -> bool:
    """Whether `key` names a phrase."""
    try:
        found: Any = catalogue(key.split(".")[0], lang)
        for name in key.split(".")[1:]:
            found = found[name]
    except (KeyError, TypeError, FileNotFoundError):
        return False
    return isinstance(found, str)
