"""Does the knowledge fit together: what one register names, another must hold."""

from pathlib import Path

from askdoc.assistant.reading.lexicon import load_lexicon
from askdoc.assistant.triage.red_flags import load_red_flags
from askdoc.care.open_days import load_own_days
from askdoc.library.shipped import load_shipped
from askdoc.library.vocabulary import load_vocabulary
from askdoc.medicines import Catalogue
from askdoc.policy import Book, SheetError
from askdoc.policy.confidence import CONFIDENCES
from askdoc.policy.modelled import load_defaults, load_modelled
from askdoc.policy.values import Entry, Leaf, Table


def check_soundness(knowledge: Path, book: Book, catalogue: Catalogue) -> None:
    """Read every register and every cross-reference. Raises SheetError for the first mistake."""
    book.load_all()
    load_lexicon(knowledge)
    load_red_flags(knowledge)
    load_vocabulary(knowledge)
    load_modelled(knowledge, book)
    load_defaults(knowledge, book)
    load_own_days(knowledge, book)
    _check_medicine_sources(book, catalogue)
    for path in book.regions:
        for name, entries in book.pages(path).entries.items():
            if name.endswith(".diseases"):
                for entry in entries:
                    _check_diseases(entry, catalogue)
    # Last: a mistake in a value is named where it stands, not in a text that shows it.
    load_shipped(knowledge, book)


def _check_medicine_sources(book: Book, catalogue: Catalogue) -> None:
    for edition in (*catalogue.editions, *catalogue.lists.values()):
        for medicine in catalogue.on(edition.begins).medicines:
            source = book.sources.get(medicine.source)
            if medicine.imported:
                continue
            if source is None:
                raise SheetError(medicine.place, "unknown_source", found=medicine.source)
            if CONFIDENCES.index(medicine.confidence) < CONFIDENCES.index(source.allows):
                raise SheetError(
                    medicine.place,
                    "source_too_weak",
                    source=source.id,
                    allows=source.allows,
                    found=medicine.confidence,
                )


def _check_diseases(entry: Entry, catalogue: Catalogue) -> None:
    waiting: list[Table | Leaf | None] = [entry.held]
    while waiting:
        held = waiting.pop()
        if isinstance(held, Table):
            waiting.extend(branch for _, branch in held.branches)
        elif held is not None and isinstance(held.content, tuple):
            for name in held.content:
                if name not in catalogue.conditions.by_id:
                    raise SheetError(held.place, "unknown_disease", found=name)
