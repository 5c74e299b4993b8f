"""`/v1/search` and `/v1/passages`: what the documents say, each with its article and source."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator, BaseModel, Field

from askdoc.api.calls import Call, LookingUp
from askdoc.api.routes.medicines import Region, Scheme
from askdoc.api.shapes import CONFIDENCE, Source, Understood, problems
from askdoc.assistant.answers.look_up import look_up
from askdoc.assistant.answers.looked_up_record import looked_up_record
from askdoc.assistant.as_plain import plain
from askdoc.assistant.talk.transcript import whole_text
from askdoc.identity.roles import NotThere
from askdoc.library.document import IN_FORCE_KINDS, Document, Kind
from askdoc.profile import read_facts

router = APIRouter(prefix="/v1", tags=["search"])


class PassageTold(BaseModel):
    """A passage: where, for whom and from when it holds, and why it was found."""

    id: str
    document: str
    title: str
    path: list[str]
    article: str | None
    text: str
    kind: Kind
    region: str
    schemes: list[str]
    from_: date | None = Field(alias="from")
    from_to_be_confirmed: bool
    to: date | None
    confidence: CONFIDENCE
    score: Any
    closeness: Any
    matched: list[str]
    sources: list[Source]


class FoundTold(BaseModel):
    """What a search found; `coming` is what begins later."""

    kind: Literal["answer", "nothing_found"]
    sufficient: bool
    passages: list[PassageTold]
    coming: list[PassageTold]
    medicines: list[dict[str, Any]]
    understood: list[Understood]
    missing: list[str]
    day: date
    notice: str | None


class SectionTold(BaseModel):
    """A section of a document as it reads between two days."""

    id: str
    path: list[str]
    article: str | None
    text: str
    begins: date | None
    begins_unknown: bool
    ends: date | None
    confidence: CONFIDENCE


class DocumentTold(BaseModel):
    """A document with all its sections."""

    id: str
    title: str
    issuer: str
    number: str | None
    kind: str
    region: str
    confidence: CONFIDENCE
    sections: list[SectionTold]


@router.get("/search", response_model=FoundTold, responses=problems(400))
def search(
    call: LookingUp,
    q: Annotated[
        str, Query(min_length=1, max_length=500, pattern=r"\S"), AfterValidator(whole_text)
    ],
    region: Region = None,
    scheme: Scheme = None,
    day: date | None = None,
    count: Annotated[int, Query(ge=1, le=20)] = 5,
    history: bool = False,
) -> dict[str, Any]:
    """Find the passages that hold for a place, scheme and day."""
    house = call.front.house
    given = read_facts({"region": region, "scheme": scheme}, house.book)
    if day is not None:
        given["day"] = day.isoformat()
    context = house.context_of(call.today, {}, given, call.lang)
    kinds: tuple[Kind, ...] = ("history", "norm") if history else IN_FORCE_KINDS
    library = house.searchable
    found = look_up(q, context, library, kinds, count)
    without = library.kept.without
    record = looked_up_record(found, house.book, without.sentence(call.lang) if without else None)
    told: dict[str, Any] = plain(record)
    return told


@router.get("/documents/{id}", response_model=DocumentTold, responses=problems(404))
def show_document(
    id: Annotated[str, Path(max_length=200), AfterValidator(whole_text)], call: LookingUp
) -> dict[str, Any]:
    """A document, section by section."""
    return document_told(call, id)


def document_told(call: Call, id: str) -> dict[str, Any]:
    """A document as it is told. Raises NotThere."""
    index = call.front.house.searchable.kept.index
    document: Document | None = index.documents.get(id)
    if document is None:
        raise NotThere
    return {
        "id": document.id,
        "title": document.title[call.lang],
        "issuer": document.issuer[call.lang],
        "number": document.number,
        "kind": document.kind,
        "region": document.region,
        "confidence": document.confidence,
        "sections": [
            {
                "id": one.id,
                "path": one.path,
                "article": one.article,
                "text": one.text,
                "begins": one.begins,
                "begins_unknown": one.begins_unknown,
                "ends": one.ends,
                "confidence": one.confidence,
            }
            for one in map(index.passage, range(index.size))
            if one.document == id
        ],
    }
