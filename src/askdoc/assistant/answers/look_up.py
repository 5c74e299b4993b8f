"""Looking a matter up: the reader says where, for whom and when; the library says what holds.

The question's words choose no filter by likeness: a place, scheme or day counts when it was read,
given or stored, and what stays unknown narrows the search to what holds everywhere.
"""

from dataclasses import dataclass, replace
from datetime import date

from askdoc.assistant.answer import Understood
from askdoc.assistant.answers.known import Known, known_facts, understood
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.language import find_days
from askdoc.library.document import Document, Kind
from askdoc.library.embedding import Matrix
from askdoc.library.keeper import Kept
from askdoc.library.search import Ask, Found, Likeness, likeness, search_by
from askdoc.library.vocabulary import Question, Vocabulary
from askdoc.medicines import Medicine
from askdoc.wording import Lang

_RESTS_ON = ("region", "scheme", "day")


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What was found: passages, catalogue rows, and what the search rested on.

    `missing` names the facts that would let more be seen; `unrecorded` is a home whose rules are
    not recorded, so that only national ones are found.
    """

    found: Found
    medicines: tuple[Medicine, ...]
    understood: tuple[Understood, ...]
    missing: tuple[str, ...]
    unrecorded: str | None
    day: date
    lang: Lang
    documents: dict[str, Document]


@dataclass(frozen=True, slots=True)
class Library:
    """An opened index with the words in front of it."""

    kept: Kept
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class Sought:
    """A question made ready once, to be looked up for one place or for several.

    `vector` is None where the search goes by words; `like` where it depends on the place.
    """

    reading: Reading
    question: Question
    vector: Matrix | None
    library: Library
    like: Likeness | None


def look_up(
    question: str, context: Context, library: Library, kinds: tuple[Kind, ...], count: int
) -> LookedUp:
    """The passages and catalogue rows for a question."""
    return look_up_for(sought(question, context, library), context, kinds, count)


def sought(question: str, context: Context, library: Library) -> Sought:
    """A question, read and embedded."""
    reading = context.read(question)
    asked = library.vocabulary.question(question, _named(reading))
    kept = library.kept
    vector = None
    if kept.embedding is not None and kept.index.vectors is not None and kept.index.size:
        vector = kept.embedding.question(asked.read_as)
    like = likeness(asked, kept.index, vector) if kept.nearest is None else None
    return Sought(reading, asked, vector, library, like)


def look_up_for(sought: Sought, context: Context, kinds: tuple[Kind, ...], count: int) -> LookedUp:
    """The passages and catalogue rows for the place, scheme and day of a context."""
    reading, kept = sought.reading, sought.library.kept
    lang: Lang = context.lang or reading.lang
    known = known_facts(reading, context)
    day = _day(known, reading, context)
    region, scheme = _text(known, "region"), _text(known, "scheme")
    if "meaning" in reading.asks and "rule" in kinds:
        kinds = (*kinds, "term")
    ask = Ask(sought.question, day, region, scheme, kinds, count)
    floor = kept.embedding.floor if kept.embedding else None
    found = search_by(ask, kept.index, sought.vector, kept.nearest, floor, sought.like)
    if reading.unrecorded is not None and "region" not in known:
        # What holds elsewhere in the nation does not answer for a home without recorded rules.
        found = replace(found, sufficient=False)
    shown = {match.passage.document for match in (*found.matches, *found.coming)}
    return LookedUp(
        found=found,
        medicines=_medicines(reading),
        understood=understood(known, _RESTS_ON, context.book, lang),
        missing=tuple(name for name in ("region", "scheme") if name not in known),
        unrecorded=reading.unrecorded,
        day=day,
        lang=lang,
        documents={id: kept.index.documents[id] for id in shown},
    )


def _day(known: Known, reading: Reading, context: Context) -> date:
    """The day that was said; of a month or year that was said, the first; else today."""
    if "day" in known:
        return date.fromisoformat(str(known["day"].value))
    if not reading.vague_days:
        return context.today
    said = {one.day for one in find_days(reading.text, context.today) if one.grain != "day"}
    return said.pop() if len(said) == 1 else context.today


def _text(known: Known, name: str) -> str | None:
    return str(known[name].value) if name in known else None


def _named(reading: Reading) -> list[tuple[str, str]]:
    """What the question calls a medicine, and what the catalogue calls it."""
    return [
        (mention.text, medicine.name)
        for mention in reading.mentions
        for medicine in mention.resolution.medicines[:1]
    ]


def _medicines(reading: Reading) -> tuple[Medicine, ...]:
    """The catalogue rows of every name that resolved, each once."""
    rows = [row for mention in reading.mentions for row in mention.resolution.medicines]
    return tuple(dict.fromkeys(rows))
