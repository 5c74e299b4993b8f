"""Reading what was typed on the command line, and printing JSON."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from askdoc.wording import LANGUAGES, AskdocError, Lang


class BadOption(AskdocError):
    """An option has a value that it cannot have."""

    code = "cli.bad_option"


def asked_lang(said: str | None) -> Lang:
    """The language of the output: the option, else ASKDOC_LANG, else Chinese."""
    named = said or os.environ.get("ASKDOC_LANG") or "zh"
    if named not in LANGUAGES:
        raise BadOption(option="--lang", said=named, allowed=", ".join(LANGUAGES))
    return "en" if named == "en" else "zh"


def option_day(said: str | None) -> date | None:
    """A day typed as 2026-11-25. Raises BadOption."""
    if said is None:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError as failed:
        raise BadOption(option="--day", said=said, allowed="2026-11-25") from failed


def print_json(found: object) -> None:
    """Values as JSON: UTF-8, unescaped, amounts and shares as text."""
    sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")


def plain(found: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(found, Decimal):
        return format(found, "f")
    if isinstance(found, date):
        return found.isoformat()
    if is_dataclass(found) and not isinstance(found, type):
        return {field.name: plain(getattr(found, field.name)) for field in fields(found)}
    if isinstance(found, Mapping):
        return {str(key): plain(one) for key, one in found.items()}
    if isinstance(found, (tuple, list, set, frozenset)):
        return [plain(one) for one in found]
    return found
