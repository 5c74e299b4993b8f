"""The one tree of errors.

An error is a stable code, named fields and one sentence that a person can act on. The
sentence lives in the catalogue under `<room>.error.<name>`, for the code `<room>.<name>`.
"""

from typing import ClassVar

from askdoc.wording.phrases import Lang, phrase


class AskdocError(Exception):
    """Every error that askdoc raises on purpose; a subclass sets `code`."""

    code: ClassVar[str]

    def __init__(self, **fields: object) -> None:
        super().__init__(fields)
        self.fields = fields

    def sentence(self, lang: Lang) -> str:
        """What happened and what to do, in the person's language."""
        room, name = self.code.split(".", 1)
        return phrase(f"{room}.error.{name}", lang, **self.fields)

    def __str__(self) -> str:
        return self.sentence("en")


def all_error_kinds() -> list[type[AskdocError]]:
    """Every concrete error class that is loaded now, for the test of the catalogues."""
    found: list[type[AskdocError]] = []
    waiting = list(AskdocError.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "code" in kind.__dict__:
            found.append(kind)
    return sorted(found, key=lambda kind: kind.code)
