"""The documents that ship under `knowledge/documents`, as passages.

Reading them needs the whole book, with what is only shown: most of their figures are never
computed with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from askdoc.library.document import Document, DocumentError, Passage
from askdoc.library.document_sheet import Sheet, read_document
from askdoc.library.versions import passages_of
from askdoc.medicines.conditions import read_conditions
from askdoc.policy import Book
from askdoc.policy.strict_yaml import read_sheet

FOLDER = "documents"
OUTSIDE = "outside.yaml"
KIN = "kin.yaml"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents and their passages, in the order of their files.

    `outside` are questions near them that none of them answers.
    """

    documents: dict[str, Document]
    passages: tuple[Passage, ...]
    outside: tuple[str, ...] = ()


def load_shipped(knowledge: Path, book: Book) -> Shelf:
    """All shipped documents. Raises SheetError naming file and line."""
    names = names_of_things(knowledge, book)
    documents: dict[str, Document] = {}
    sheets: list[Sheet] = []
    passages: list[Passage] = []
    for file in sorted((knowledge / FOLDER).rglob("*.md")):
        sheet = read_document(file, book)
        if sheet.document.id in documents:
            raise DocumentError(sheet.place, "duplicate_id", id=sheet.document.id)
        documents[sheet.document.id] = sheet.document
        sheets.append(sheet)
        passages += passages_of(sheet, book, names)
    for sheet in sheets:
        follower = sheet.document.replaced_by
        if follower is not None and follower not in documents:
            raise DocumentError(sheet.place, "replaced_by_unknown", found=follower)
    kin = _kin(knowledge / FOLDER / KIN, passages)
    passages = [replace(one, kin=kin.get(one.id, ())) for one in passages]
    return Shelf(documents, tuple(passages), _outside(knowledge / FOLDER / OUTSIDE))


def _kin(file: Path, passages: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    """The kin of each section that has any; none without the file."""
    if not file.is_file():
        return {}
    known = {passage.id for passage in passages}
    found: dict[str, dict[str, None]] = {}
    for row in read_sheet(file).rows("groups").maps():
        row.only("matter", "sections")
        row.scalar("matter").text()
        sections = row.rows("sections").scalars()
        ids = [one.text() for one in sections]
        for one in sections:
            if one.content not in known:
                raise one.wrong("unknown_section")
            if ids.count(one.content) > 1:
                raise one.wrong("listed_twice")
            found.setdefault(one.content, {}).update(dict.fromkeys(ids))
        if len(ids) < 2:
            raise DocumentError(row.place, "kin_alone")
    return {id: tuple(one for one in kin if one != id) for id, kin in found.items()}


def _outside(file: Path) -> tuple[str, ...]:
    """The questions of a file that no document answers; none without the file."""
    if not file.is_file():
        return ()
    found: dict[str, None] = {}
    for row in read_sheet(file).rows("questions").maps():
        row.only("matter", "asked")
        row.scalar("matter").text()
        for one in row.rows("asked").scalars():
            if one.text() in found:
                raise one.wrong("listed_twice")
            found[one.text()] = None
    return tuple(found)


def names_of_things(knowledge: Path, book: Book) -> dict[str, str]:
    """What ids in lists of values are called in Chinese: diseases and regions."""
    conditions = read_conditions(read_sheet(knowledge / "medicines" / "conditions.yaml"))
    names = {id: condition.name["zh"] for id, condition in conditions.by_id.items()}
    return names | {path: region.name["zh"] for path, region in book.regions.items()}
