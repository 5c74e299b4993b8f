"""What every turn reads against, built once: words, frames, red flags, catalogue, coverage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from askdoc.assistant.context import Context
from askdoc.assistant.planning.frame import Frames, load_frames
from askdoc.assistant.planning.tools import TOOLS
from askdoc.assistant.reading.lexicon import Lexicon, load_lexicon
from askdoc.assistant.reading.reader import Surroundings, diagnosis_words, region_words
from askdoc.assistant.triage.red_flags import RedFlags, load_red_flags
from askdoc.medicines import Catalogue
from askdoc.policy import Book, Content
from askdoc.policy.modelled import Coverage, load_defaults, load_modelled

# Days of care that one process meets again and again.
_DAYS_KEPT = 32


@dataclass(frozen=True)
class Assistant:
    """The parts that do not change between turns; contexts for single turns come from here."""

    book: Book
    catalogue: Catalogue
    lexicon: Lexicon
    frames: Frames
    flags: RedFlags
    coverage: Coverage
    defaults: dict[str, Content]
    _kept: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        regions = region_words(self.book.regions)
        diagnoses = diagnosis_words(self.catalogue.conditions)

        @lru_cache(maxsize=_DAYS_KEPT)
        def around(day: date) -> Surroundings:
            return Surroundings(self.lexicon, regions, diagnoses, self.catalogue.on(day), day)

        object.__setattr__(self, "_kept", around)

    def context(self, today: date, **more: Any) -> Context:
        """The surroundings of one turn; `more` are the fields of a Context."""
        return Context(
            book=self.book,
            catalogue=self.catalogue,
            lexicon=self.lexicon,
            coverage=self.coverage,
            today=today,
            frames=self.frames,
            flags=self.flags,
            around=self._kept,
            defaults=self.defaults,
            now_day=today,
            **more,
        )


def load_assistant(knowledge: Path, book: Book, catalogue: Catalogue) -> Assistant:
    """The parts from a knowledge folder. Raises SheetError naming file and line."""
    return Assistant(
        book,
        catalogue,
        load_lexicon(knowledge),
        load_frames(knowledge, tuple(TOOLS)),
        load_red_flags(knowledge),
        load_modelled(knowledge, book),
        load_defaults(knowledge, book),
    )
