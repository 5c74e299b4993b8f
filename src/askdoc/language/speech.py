"""Words of dialects as common speech has them, with the way back to what was typed.

What a reader would not guess: a word is only exchanged where it cannot be part of another, so that
the lists hold 报伐 and never 伐 alone, which stands in 利伐沙班.
"""

from array import array

from askdoc.language.normalise import Normalised
from askdoc.language.word_list import WordList


def in_common_speech(source: Normalised, words: WordList[str]) -> Normalised:
    """The text with each word exchanged; its letters stand for the whole word that was typed."""
    hits = words.find(source.text.lower())
    if not hits:
        return source
    letters: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    for hit in hits:
        letters += source.text[at : hit.start]
        starts.extend(source.starts[at : hit.start])
        ends.extend(source.ends[at : hit.start])
        span = source.original_span(hit.start, hit.end)
        letters += hit.meaning
        starts.extend([span[0]] * len(hit.meaning))
        ends.extend([span[1]] * len(hit.meaning))
        at = hit.end
    letters += source.text[at:]
    starts.extend(source.starts[at:])
    ends.extend(source.ends[at:])
    return Normalised("".join(letters), source.original, starts, ends)
