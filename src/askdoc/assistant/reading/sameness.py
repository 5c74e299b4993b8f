"""Whether a question is another one in other words: read as the same, down to the last letter.

Nothing is measured. All that the reader made of the two must be equal, and the letters that it made
nothing of must be equal too, in their order: 怀孕 in one of them makes another question of it,
though no sum and no list may take it in. Only what cannot say anything is left out.
"""

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.reader import MOST_LETTERS, Surroundings
from askdoc.language.word_list import WordList, overlapping

# No 不, no 没, no 有, no number and no time: those turn a question round.
_SAYS_NOTHING = re.compile(
    r"请问|您好|你好|麻烦|劳驾|谢谢|想问|问一?下|可以|多少|[我能是的了吗呢吧啊呀嘛哦噢嗯看花在]"
    r"|[\s，。！？,.!?;；、：:…~]"
    r"|\b(?:please|hello|hi|thanks|thank you|the|an?|is|are|do|does|at|in|for|of)\b"
)
# What is said in several ways is compared by what it means; the rest as it is.
_IN_OTHER_WORDS = {"text", "facts", "amounts", "mentions", "asks", "persons"}
_AS_READ = [one.name for one in fields(Reading) if one.name not in _IN_OTHER_WORDS]


def is_same(one: Reading, other: Reading, around: Surroundings) -> bool:
    """Whether two readings are of one question, both whole and read with the same surroundings."""
    if max(len(one.text), len(other.text)) >= MOST_LETTERS:
        # The reader may have left the end out.
        return False
    return _read(one) == _read(other) and _unread(one, around) == _unread(other, around)


def _read(reading: Reading) -> tuple[Any, ...]:
    return (
        [getattr(reading, name) for name in _AS_READ],
        {(name, one.value, one.subject) for name, one in reading.facts.items()},
        sorted((one.role or "", one.amount, one.approximate) for one in reading.amounts),
        # A brand has a price of its own, and a strength stands in the name.
        [one.text.lower() for one in reading.mentions],
        reading.asks.keys(),
        [one for one in reading.persons if one != "self"],
    )


def _unread(reading: Reading, around: Surroundings) -> str:
    """The letters that nothing was read from, without those that say nothing."""
    words = [one.text for one in reading.mentions]
    words += [fact.words for fact in reading.facts.values()]
    words += [amount.words for amount in reading.amounts]
    text = _without(reading.text.lower(), words)
    lexicon = around.lexicon
    lists: tuple[WordList[Any], ...] = (
        *(lexicon.asks, lexicon.values, lexicon.subjects),
        *(around.regions, around.diagnoses),
    )
    letters = list(text)
    for hit in (hit for one in lists for hit in overlapping(one, text)):
        letters[hit.start : hit.end] = " " * (hit.end - hit.start)
    return _SAYS_NOTHING.sub("", "".join(letters))


def _without(text: str, words: Iterable[str]) -> str:
    for word in sorted({one.lower() for one in words if one}, key=len, reverse=True):
        text = text.replace(word, " " * len(word))
    return text
