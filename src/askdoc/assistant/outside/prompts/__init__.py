"""What an outside model is told, as Markdown beside this file; tests hold a snapshot of each."""

from functools import cache
from importlib.resources import files
from typing import Literal

from askdoc.wording import Lang

Name = Literal["system", "tools", "rewrite"]


@cache
def prompt(name: Name, lang: Lang) -> str:
    """The text of a prompt."""
    return files(__package__).joinpath(f"{name}.{lang}.md").read_text(encoding="utf-8")
