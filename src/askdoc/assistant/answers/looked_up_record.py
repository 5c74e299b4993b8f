"""What a search found as values for JSON, the same on the command line and over HTTP."""

from typing import Any

from askdoc.assistant.answer import Cited
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.look_up import LookedUp
from askdoc.library.document import Document, Passage
from askdoc.library.search import Match
from askdoc.medicines import Medicine
from askdoc.policy import Book
from askdoc.wording import Lang


def looked_up_record(found: LookedUp, book: Book, notice: str | None) -> dict[str, Any]:
    """What was found, for programs."""
    return {
        "kind": "answer" if found.found.sufficient or found.medicines else "nothing_found",
        "sufficient": found.found.sufficient,
        "passages": [match_record(one, found, book) for one in found.found.matches],
        "coming": [match_record(one, found, book) for one in found.found.coming],
        "medicines": [medicine_record(one) for one in found.medicines],
        "understood": found.understood,
        "missing": found.missing,
        "day": found.day,
        "notice": notice,
    }


def match_record(match: Match, found: LookedUp, book: Book) -> dict[str, Any]:
    """A passage with where, for whom and when it holds, and why it was found."""
    passage = match.passage
    return {
        "id": passage.id,
        "document": passage.document,
        "title": passage.title[found.lang],
        "path": passage.path,
        "article": passage.article,
        "text": passage.text,
        "kind": passage.kind,
        "region": passage.region,
        "schemes": passage.schemes,
        "from": passage.begins,
        "from_to_be_confirmed": passage.begins_unknown,
        "to": passage.ends,
        "confidence": passage.confidence,
        "score": match.score,
        "closeness": match.closeness,
        "matched": match.words,
        "sources": passage_sources(passage, found.documents[passage.document], book, found.lang),
    }


def medicine_record(medicine: Medicine) -> dict[str, Any]:
    """A row of the catalogue in short."""
    return {
        "id": medicine.id,
        "name": medicine.name,
        "form": medicine.form,
        "class": medicine.payment_class,
        "edition": medicine.edition,
        "restriction": medicine.restriction.text if medicine.restriction else None,
        "confidence": medicine.confidence,
        "source": medicine.source,
    }


def passage_sources(passage: Passage, document: Document, book: Book, lang: Lang) -> list[Cited]:
    """The documents that a passage rests on; a user's own goes by what they said of it."""
    if document.own:
        number = f"（{document.number}）" if document.number else ""
        title = f"{document.issuer[lang]} {document.title[lang]}{number}".strip()
        days = (passage.begins, passage.begins_unknown)
        return [Cited(document.id, title, passage.article, *days, passage.confidence)]
    return [
        telling.source(id, book.sources[id].allows, book, lang, passage.article)
        for id in passage.sources
    ]
