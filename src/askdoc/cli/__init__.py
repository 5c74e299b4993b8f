"""The command line: tables for people, `--json` for programs.

`askdoc --help` is our own page from the message catalogue, so that it answers in the
person's language and before typer is even imported.
"""

import gc
import os
import sys

from askdoc.wording import AskdocError, Lang, phrase

BAD_INPUT = 2
COMMANDS = (
    "ask",
    "chat",
    "transcript",
    "cases",
    "model",
    "cost",
    "explain",
    "medicine",
    "medicines",
    "search",
    "library",
    "slots",
    "check",
    "profile",
    "worker",
    "clinic",
    "bot",
    "enrol",
    "serve",
    "people",
)


def main() -> None:
    """Run one command and leave with its exit code: 0 answered, 2 bad input."""
    # A command is over before it could make much garbage; collecting costs it a tenth.
    gc.disable()
    words = sys.argv[1:]
    lang = _lang(words)
    if not words or words[0] in ("--help", "-h", "help"):
        sys.stdout.write(overview(lang))
        return
    if words[0] == "--version":
        from askdoc import __version__

        sys.stdout.write(f"askdoc {__version__}\n")
        return
    sys.exit(run(words, lang))


def _lang(words: list[str]) -> Lang:
    """The language of complaints: `--lang`, else ASKDOC_LANG, else Chinese."""
    said = os.environ.get("ASKDOC_LANG")
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--lang":
            said = following
        elif word.startswith("--lang="):
            said = word.removeprefix("--lang=")
    return "en" if said == "en" else "zh"


def overview(lang: Lang) -> str:
    """What askdoc can do, a line for each command."""
    width = max(len(name) for name in COMMANDS)
    lines = [phrase("cli.overview.head", lang)]
    lines += [f"  askdoc {name:<{width}}  {phrase(f'cli.{name}.short', lang)}" for name in COMMANDS]
    lines += [phrase("cli.overview.foot", lang)]
    return "\n".join(lines) + "\n"


def run(words: list[str], lang: Lang) -> int:
    """One command by its words; complaints go to the error stream in one sentence."""
    from typer.exceptions import TyperException

    from askdoc.cli.commands import app

    try:
        code = app(words, standalone_mode=False, prog_name="askdoc")
    except TyperException as wrong:
        command = f"askdoc {words[0]}" if words[0] in COMMANDS else "askdoc"
        _complain(phrase("cli.error.usage", lang, said=str(wrong), command=command))
        return BAD_INPUT
    except AskdocError as wrong:
        _complain(wrong.sentence(lang))
        return BAD_INPUT
    return code if isinstance(code, int) else 0


def _complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
