"""A draft read from a user's file + what is said of it → a document of theirs.

Where a rule holds, for whom and from when is never guessed from its text: region, scheme and
first day come from flags or front matter, or the document is not taken.
"""

import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from askdoc.library.document import KINDS, SCHEMES, Document, Passage
from askdoc.library.own_documents import OwnDocument
from askdoc.library.reading import Draft
from askdoc.policy import Book
from askdoc.policy.confidence import CONFIDENCES
from askdoc.policy.strict_yaml import Map, Scalar, read_text
from askdoc.wording import AskdocError

REQUIRED = ("region", "schemes", "from")
SAID = (
    *("id", "title", "kind", "region", "schemes", "from", "to"),
    *("issuer", "number", "issued", "confidence", "topics", "source", "replaced_by"),
)
_ID = re.compile(r"[\w.-]{1,80}", re.ASCII)


class ScopeMissing(AskdocError):
    """Nothing says where, for whom or from when a document holds; fields: `file`, `missing`."""

    code = "library.scope_missing"


class TakenId(AskdocError):
    """A shipped document has that id; fields: `id`."""

    code = "library.taken_id"


class SameId(AskdocError):
    """A file added in the same go has that id; fields: `id`, `other`."""

    code = "library.same_id"


class BadId(AskdocError):
    """An id that cannot name a file; fields: `id`."""

    code = "library.bad_id"


def own_document(draft: Draft, file: Path, flags: Mapping[str, str], book: Book) -> OwnDocument:
    """The document with its passages; flags stand above front matter.

    Raises ScopeMissing, BadId and SheetError for a value that does not fit.
    """
    told = _told(draft, file, flags)
    missing = [name for name in REQUIRED if name not in told]
    if missing:
        raise ScopeMissing(file=file.name, missing=", ".join(missing))
    document = _document(told, draft, file, book)
    passages = tuple(
        Passage(
            id=f"{document.id}#{number}",
            document=document.id,
            title=document.title,
            path=section.path,
            article=section.article,
            text=section.text,
            kind=document.kind,
            region=document.region,
            schemes=document.schemes,
            begins=document.begins,
            begins_unknown=False,
            ends=document.ends,
            confidence=document.confidence,
            sources=(document.id,),
        )
        for number, section in enumerate(draft.sections, 1)
    )
    return OwnDocument(document, passages)


def _told(draft: Draft, file: Path, flags: Mapping[str, str]) -> dict[str, Scalar]:
    """Everything said of the document, each with the place that says it."""
    told: dict[str, Scalar] = {}
    if draft.front_matter is not None:
        front = read_text("#\n" + draft.front_matter, file.name).only(*SAID)
        told = {name: _flat(front, name) for name in front}
    return told | {name: Scalar(said, f"--{name}") for name, said in flags.items()}


def _flat(front: Map, name: str) -> Scalar:
    """A list as one text with commas; a title in two languages by its Chinese."""
    if name in ("schemes", "topics") and not isinstance(front.node(name), Scalar):
        rows = front.rows(name)
        return Scalar(",".join(rows.texts()), rows.place)
    if name == "title" and isinstance(front.node(name), Map):
        return front.map(name).scalar("zh")
    return front.scalar(name)


def _document(told: Mapping[str, Scalar], draft: Draft, file: Path, book: Book) -> Document:
    region = told["region"]
    if region.content not in book.regions:
        raise region.wrong("unknown_region_here")
    begins = told["from"].day()
    ends = told["to"].day() if "to" in told else None
    if ends is not None and ends < begins:
        raise told["to"].wrong("ends_before")
    schemes = told["schemes"]
    kind = told["kind"].one_of(KINDS[:2]) if "kind" in told else "rule"
    confidence = told["confidence"].one_of(CONFIDENCES) if "confidence" in told else "unverified"
    title = told["title"].text() if "title" in told else draft.title or file.stem
    issuer = told["issuer"].text() if "issuer" in told else ""
    return Document(
        id=_id(told["id"].content if "id" in told else default_id(file)),
        title={"zh": title, "en": title},
        kind=next(known for known in KINDS if known == kind),
        region=region.content,
        schemes=tuple(
            Scalar(one.strip(), schemes.place).one_of(SCHEMES) for one in schemes.content.split(",")
        ),
        topics=tuple(told["topics"].content.split(",")) if "topics" in told else (),
        begins=begins,
        begins_unknown=False,
        ends=ends,
        replaced_by=told["replaced_by"].text() if "replaced_by" in told else None,
        issuer={"zh": issuer, "en": issuer},
        number=told["number"].text() if "number" in told else None,
        issued=told["issued"].text() if "issued" in told else None,
        source=told["source"].text() if "source" in told else file.name,
        confidence=next(known for known in CONFIDENCES if known == confidence),
        own=True,
    )


def default_id(file: Path) -> str:
    """An id from the file's name; letters that no file name should have become a short digest."""
    if _ID.fullmatch(file.stem):
        return file.stem
    kept = re.sub(r"[^A-Za-z0-9.-]+", "-", file.stem).strip("-.")
    mark = blake2b(file.stem.encode("utf-8", "ignore"), digest_size=4).hexdigest()
    return f"{kept}-{mark}" if kept else f"doc-{mark}"


def _id(said: str) -> str:
    if not _ID.fullmatch(said) or said.startswith("."):
        raise BadId(id=said)
    return said
