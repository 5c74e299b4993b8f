"""A message as triage sees it: folded text, clauses, sentences, and what is said around signs.

Spans count in the normalised text until an alarm is made of them. Every look-up is a bisection,
so that a long message without punctuation takes no longer than a short one per sign.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from askdoc.assistant.triage.gapped_words import GappedWords, fold, has_latin
from askdoc.assistant.triage.red_flags import RedFlags
from askdoc.language import Normalised, Span, normalise

_HAN = r"[\u3400-\u9fff]"
_SENTENCE = re.compile(r"[。!?;]+|\.(?=\s|$)")
_CLAUSE = re.compile(rf"[。!?;,:]+|\.(?=\s|$)|(?<={_HAN}) (?={_HAN})")


@dataclass(frozen=True, slots=True)
class Marks:
    """Spans of one list of words, in order, with their starts for bisection."""

    spans: tuple[Span, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """`clause_ends` and `sentence_ends` are where a new clause or sentence begins."""

    source: Normalised
    text: str
    with_latin: bool
    clause_starts: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    harmless: Marks
    exaggerated: Marks
    marks: Mapping[str, Marks]

    def has(self, name: str, start: int, end: int) -> bool:
        """Whether a word of this list lies within the bounds."""
        return self.last(name, start, end) is not None

    def last(self, name: str, start: int, end: int) -> Span | None:
        """The last word of this list within the bounds."""
        marks = self.marks[name]
        at = bisect_left(marks.starts, end) - 1
        while at >= 0 and marks.starts[at] >= start:
            if marks.spans[at][1] <= end:
                return marks.spans[at]
            at -= 1
        return None

    def clause(self, start: int, end: int) -> Span:
        """The clause, or the clauses, that hold this span."""
        return _around(self.clause_starts, start, end, len(self.text))

    def sentence(self, start: int, end: int) -> Span:
        """The sentence, or the sentences, that hold this span."""
        return _around(self.sentence_starts, start, end, len(self.text))

    def spans(self, words: GappedWords) -> list[Span]:
        """Where words stand that no harmless phrase explains."""
        return [
            one
            for one in words.spans(self.text, self.with_latin)
            if not _explained(one, self.harmless) and not _explained(one, self.exaggerated)
        ]


def read_message(text: str, flags: RedFlags) -> Message:
    """The message with everything that triage asks about it."""
    source = normalise(text)
    folded = fold(source.text)
    with_latin = has_latin(folded)
    harmless = marks_of(flags.harmless.spans(folded, with_latin))
    marks = {
        name: marks_of(
            [one for one in words.spans(folded, with_latin) if not _explained(one, harmless)]
        )
        for name, words in flags.speech.items()
    }
    sentences = [found.end() for found in _SENTENCE.finditer(folded)]
    clauses = [found.end() for found in _CLAUSE.finditer(folded)]
    turns = marks["turns"].starts
    return Message(
        source=source,
        text=folded,
        with_latin=with_latin,
        clause_starts=tuple(sorted({0, *clauses, *turns})),
        sentence_starts=tuple(sorted({0, *sentences})),
        harmless=harmless,
        exaggerated=Marks((), ()),
        marks=marks,
    )


def marks_of(spans: list[Span]) -> Marks:
    return Marks(tuple(spans), tuple(start for start, _ in spans))


def _around(starts: tuple[int, ...], start: int, end: int, length: int) -> Span:
    first = starts[max(0, bisect_right(starts, start) - 1)]
    after = bisect_left(starts, max(end, start + 1))
    return first, starts[after] if after < len(starts) else length


def _explained(span: Span, harmless: Marks) -> bool:
    """Whether a harmless phrase overlaps the span and is not just a piece of it (晕死过去)."""
    start, end = span
    at = bisect_left(harmless.starts, end) - 1
    while at >= 0 and harmless.spans[at][1] > start:
        begins, ends = harmless.spans[at]
        if not (start <= begins and ends <= end and (start, end) != (begins, ends)):
            return True
        at -= 1
    return False
