"""Finds the files of `bots/`: one for each messaging app, outside the package.

They are loaded by their path and never put on the path of imports, where `telegram.py` would hide
the library of that name.
"""

import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from askdoc.channels.app import App, Budget
from askdoc.wording import AskdocError

# What a file needs that is not installed, by the extra that brings it.
_EXTRAS = {"tencentcloud": "sms"}
Open = Callable[[Mapping[str, str], Budget], App]


class UnknownBot(AskdocError):
    """There is no file for this messaging app."""

    code = "channels.unknown_bot"


class NoPackage(AskdocError):
    """The library of this messaging app is not installed."""

    code = "channels.no_package"


def folder() -> Path:
    """The folder of the bots: in an installed package, or beside `src/` in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "_bots"
    return inside if inside.is_dir() else here.parents[1] / "bots"


def known_bots() -> list[str]:
    """The names of the apps that there are files for."""
    return sorted(file.stem for file in folder().glob("*.py") if not file.stem.startswith("_"))


def load_bot(name: str) -> Open:
    """What opens the app of this name. Raises UnknownBot and NoPackage."""
    if name not in known_bots():
        raise UnknownBot(name=name, known=", ".join(known_bots()))
    file = folder() / f"{name}.py"
    named = f"askdoc_bots.{name}"
    spec = importlib.util.spec_from_file_location(named, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[named] = module
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as failed:
        del sys.modules[named]
        missing = (failed.name or "").partition(".")[0]
        raise NoPackage(extra=_EXTRAS.get(missing, "bots")) from failed
    opener: Open = module.open_app
    return opener
