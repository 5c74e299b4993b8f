"""The questions that a section answers, written under its text as lines `? …`.

They are people's words, so a situation may be told in numbers of years or persons; what they may
not hold is a figure that policy sets, which would outlive the value.
"""

import re
from collections.abc import Sequence

from askdoc.library.document import DocumentError

_MARK = "?"
_NAMES = re.compile(r"1\+1\+1|CAR-T|[A-Za-z]+\d+|\d+[A-Za-z]+", re.ASCII)
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?%?|百分之[零一二三四五六七八九十百]+"
    r"|[零一二两三四五六七八九十百千万半]+(?:元|块钱|成(?!人)|折|百分点)"
)


def asked_apart(lines: Sequence[str], place: str) -> tuple[str, tuple[str, ...]]:
    """The text of a section and its questions. Raises DocumentError naming the section."""
    text = [line for line in lines if not line.startswith(_MARK)]
    asked = tuple(line[len(_MARK) :].strip() for line in lines if line.startswith(_MARK))
    for question in asked:
        if not question:
            raise DocumentError(place, "asked_empty")
        figure = _FIGURE.search(_NAMES.sub(" ", question))
        if figure:
            raise DocumentError(place, "figure_asked", found=figure[0])
        if asked.count(question) > 1:
            raise DocumentError(place, "listed_twice", found=question)
    return "\n".join(text).strip(), asked
