"""`askdoc library`: add, list, show and remove documents of one's own, and make the index anew."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.cli.progress import shown_progress
from askdoc.cli.search import validity
from askdoc.cli.tables import lines, table
from askdoc.cli.words import print_json
from askdoc.library.adding import SameId, TakenId, own_document
from askdoc.library.document import Document
from askdoc.library.keeper import add_document, all_documents, rebuild
from askdoc.library.own_documents import NoSuchDocument
from askdoc.library.reading import read_file
from askdoc.wording import AskdocError, Lang, phrase


def add_files(
    house: House, files: Sequence[Path], flags: Mapping[str, str | None], lang: Lang, json: bool
) -> int:
    """Add files one by one; one that cannot be taken is named and the others still are.

    Returns 2 when any was refused.
    """
    said = {name: value for name, value in flags.items() if value is not None}
    shipped = all_documents(house.library, house.whole_book)[0].documents
    files_by_id: dict[str, str] = {}
    added: list[dict[str, object]] = []
    refused: list[dict[str, object]] = []
    for file in files:
        try:
            own = own_document(read_file(file), file, said, house.book)
            if own.document.id in shipped:
                raise TakenId(id=own.document.id)
            if own.document.id in files_by_id:
                raise SameId(id=own.document.id, other=files_by_id[own.document.id])
            with shown_progress(lang) as progress:
                add_document(house.library, own, progress)
        except AskdocError as wrong:
            refused.append({"file": file.name, "why": wrong.sentence(lang)})
            continue
        files_by_id[own.document.id] = file.name
        added.append({"id": own.document.id, "file": file.name, "passages": len(own.passages)})
    if json:
        print_json({"added": added, "refused": refused})
    else:
        lines(phrase("cli.library.added", lang, **one) for one in added)
        lines(phrase("cli.library.refused", lang, **one) for one in refused)
    return 2 if refused else 0


def list_documents(house: House, lang: Lang, json: bool) -> None:
    """Every document, the user's own first."""
    shelf, own = all_documents(house.library, house.whole_book)
    documents = [one.document for one in own] + list(shelf.documents.values())
    if json:
        print_json({"documents": [_document_json(one, lang) for one in documents]})
        return
    heads = [phrase(f"cli.head.{one}", lang) for one in ("document", "title", "region", "days")]
    rows = [
        (one.id, one.title[lang], house.book.regions[one.region].name[lang], _days(one, lang))
        for one in documents
    ]
    table(phrase("cli.library.title", lang, count=len(own)), heads, rows)


def _days(document: Document, lang: Lang) -> str:
    begins = document.begins.isoformat() if document.begins else ""
    return f"{begins}–{document.ends.isoformat() if document.ends else ''}"


def _document_json(document: Document, lang: Lang) -> dict[str, object]:
    return {
        "id": document.id,
        "title": document.title[lang],
        "kind": document.kind,
        "own": document.own,
        "region": document.region,
        "schemes": document.schemes,
        "topics": document.topics,
        "issuer": document.issuer[lang],
        "number": document.number,
        "issued": document.issued,
        "from": document.begins,
        "to": document.ends,
        "replaced_by": document.replaced_by,
        "confidence": document.confidence,
        "source": document.source,
    }


def show_document(house: House, id: str, lang: Lang, json: bool) -> None:
    """A document with every passage in every version."""
    shelf, own = all_documents(house.library, house.whole_book)
    documents = {one.document.id: one.document for one in own} | shelf.documents
    if id not in documents:
        raise NoSuchDocument(id=id)
    passages = [one for one in shelf.passages if one.document == id]
    passages += [one for added in own for one in added.passages if one.document == id]
    if json:
        told = _document_json(documents[id], lang)
        print_json({"document": told, "passages": passages})
        return
    lines([documents[id].title[lang]])
    for passage in passages:
        named = passage.article is None or passage.article in passage.path
        head = " › ".join(passage.path if named else (*passage.path, passage.article or ""))
        lines(["", f"## {head}", validity(passage, house, lang), passage.text])


def remove_document(house: House, id: str, lang: Lang) -> None:
    """Forget a document of the user's."""
    house.library.own.remove(id)
    lines([phrase("cli.library.removed", lang, id=id)])


def make_anew(house: House, lang: Lang) -> None:
    """Make every vector and the index anew."""
    with shown_progress(lang) as progress:
        kept = rebuild(house.library, lambda: house.whole_book, progress)
    lines([phrase("cli.library.rebuilt", lang, count=kept.index.size)])
    lines([kept.without.sentence(lang)] if kept.without else [])
