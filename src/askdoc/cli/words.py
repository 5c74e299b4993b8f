"""Reading what was typed on the command line, and printing JSON."""

import json
import os
import sys
from datetime import date
from typing import Literal

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


def asked_speaker(said: str) -> Literal["resident", "doctor"]:
    """Who speaks. Raises BadOption."""
    if said not in ("resident", "doctor"):
        raise BadOption(option="--speaker", said=said, allowed="resident, doctor")
    return "doctor" if said == "doctor" else "resident"


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
    from askdoc.assistant.as_plain import plain

    sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
