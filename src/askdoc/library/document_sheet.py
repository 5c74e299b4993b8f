"""One Markdown document with front matter → what it says of itself and its raw sections.

Front matter is strict YAML; `## heading [source=… article=…]` opens a section, and its lines
`? …` are questions that it answers. Issuer, number and day of issue come from the register of
sources, so that a document cannot contradict it.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from askdoc.library.asked_questions import asked_apart
from askdoc.library.document import KINDS, SCHEMES, Document, DocumentError
from askdoc.policy import Book, Confidence
from askdoc.policy.confidence import CONFIDENCES
from askdoc.policy.sources import Source
from askdoc.policy.strict_yaml import Map, Scalar, read_text

_FENCE = "---"
_HEADING = re.compile(r"##\s+(.+?)\s*(?:\[([^\[\]]*)\])?\s*")
_KEYS = (
    *("id", "title", "kind", "region", "values_from", "schemes", "topics"),
    *("from", "to", "replaced_by", "source", "confidence"),
)
# What a person who has something to get done asks, in this order; a gap is stated as one.
PROCEDURE_LINES = ("谁可以办", "怎么办", "带什么", "在哪里办", "多久", "电话")
_ATTRIBUTES = ("source", "article", "schemes", "confidence")


@dataclass(frozen=True, slots=True)
class RawSection:
    """A section as it is written, placeholders unfilled. `own_source`: named in its heading."""

    heading: str
    article: str | None
    text: str
    asked: tuple[str, ...]
    schemes: tuple[str, ...]
    own_source: str | None
    confidence: Confidence
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document, the region whose values fill it, and its raw sections."""

    document: Document
    values_from: str
    sections: tuple[RawSection, ...]
    place: str


def read_document(file: Path, book: Book) -> Sheet:
    """The document in a file. Raises SheetError naming file and line."""
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    if not lines or lines[0] != _FENCE or _FENCE not in lines[1:]:
        raise DocumentError(f"{file.name}:1", "no_front_matter")
    end = lines.index(_FENCE, 1)
    # The fences stay as comments, so that complaints name the line in the file.
    front = read_text("#\n" + "\n".join(lines[1:end]), file.name).only(*_KEYS)
    document = _document(front, book)
    if document.id != file.stem:
        raise front.scalar("id").wrong("id_not_file", file=file.stem)
    values_from = front.scalar("values_from").content if "values_from" in front else document.region
    if values_from not in book.regions:
        raise front.scalar("values_from").wrong("unknown_region_here")
    sections = _sections(lines[end + 1 :], end + 2, document, book)
    if document.kind == "procedure":
        _check_procedure(sections[0])
    return Sheet(document, values_from, sections, front.place)


def _check_procedure(section: RawSection) -> None:
    told = [line[2:].partition("：")[0] for line in section.text.split("\n") if line[:2] == "- "]
    if tuple(told) != PROCEDURE_LINES:
        raise DocumentError(section.place, "procedure_lines", wanted="、".join(PROCEDURE_LINES))


def _document(front: Map, book: Book) -> Document:
    source = _source(front.scalar("source"), book)
    region = front.scalar("region")
    if region.content not in book.regions:
        raise region.wrong("unknown_region_here")
    begins, unknown = _begins(front.scalar("from"), book)
    ends = front.scalar("to").day() if "to" in front else None
    if begins and ends and ends < begins:
        raise front.scalar("to").wrong("ends_before")
    kind = front.scalar("kind").one_of(KINDS)
    return Document(
        id=front.scalar("id").text(),
        title=front.both_languages("title"),
        kind=next(known for known in KINDS if known == kind),
        region=region.content,
        schemes=tuple(one.one_of(SCHEMES) for one in front.rows("schemes").scalars()),
        topics=front.texts("topics"),
        begins=begins,
        begins_unknown=unknown,
        ends=ends,
        replaced_by=front.scalar("replaced_by").text() if "replaced_by" in front else None,
        issuer=source.issuer,
        number=source.number,
        issued=source.issued,
        source=source.id,
        confidence=_confidence(front.scalar("confidence"), source),
    )


def _begins(said: Scalar, book: Book) -> tuple[date | None, bool]:
    if said.content == "unknown":
        return book.first_day, True
    return (None, False) if said.content == "before" else (said.day(), False)


def _source(said: Scalar, book: Book) -> Source:
    if said.content not in book.sources:
        raise said.wrong("unknown_source")
    return book.sources[said.content]


def _confidence(said: Scalar, source: Source) -> Confidence:
    found = next(one for one in CONFIDENCES if one == said.one_of(CONFIDENCES))
    if CONFIDENCES.index(found) < CONFIDENCES.index(source.allows):
        raise said.wrong("source_too_weak", source=source.id, allows=source.allows)
    return found


def _sections(
    lines: list[str], first_line: int, document: Document, book: Book
) -> tuple[RawSection, ...]:
    opened: list[tuple[int, str]] = []
    bodies: list[list[str]] = []
    for offset, line in enumerate(lines):
        if line.startswith("#"):
            opened.append((first_line + offset, line))
            bodies.append([])
        elif bodies:
            bodies[-1].append(line)
        elif line.strip():
            raise DocumentError(f"{document.id}.md:{first_line + offset}", "text_before_heading")
    if not opened:
        raise DocumentError(f"{document.id}.md:{first_line}", "no_sections")
    sections = tuple(
        _section(line, f"{document.id}.md:{number}", body, document, book)
        for (number, line), body in zip(opened, bodies, strict=True)
    )
    headings = [section.heading for section in sections]
    for section in sections:
        if headings.count(section.heading) > 1:
            raise DocumentError(section.place, "listed_twice", found=section.heading)
    return sections


def _section(line: str, place: str, body: list[str], document: Document, book: Book) -> RawSection:
    found = _HEADING.fullmatch(line)
    if not found:
        raise DocumentError(place, "heading_form", found=line)
    text, asked = asked_apart(body, place)
    if not text:
        raise DocumentError(place, "section_empty", found=found[1])
    told: dict[str, Scalar] = {}
    for part in (found[2] or "").split():
        name, equals, said = part.partition("=")
        if name not in _ATTRIBUTES or not equals or name in told:
            raise DocumentError(place, "heading_form", found=line)
        told[name] = Scalar(said, place)
    source = _source(told["source"], book) if "source" in told else None
    confidence = document.confidence
    if "confidence" in told:
        confidence = _confidence(told["confidence"], source or book.sources[document.source])
    elif source is not None:
        confidence = max(confidence, source.allows, key=CONFIDENCES.index)
    schemes = document.schemes
    if "schemes" in told:
        schemes = tuple(
            Scalar(one, place).one_of(document.schemes)
            for one in told["schemes"].content.split(",")
        )
    article = told["article"].text() if "article" in told else None
    return RawSection(
        heading=found[1],
        article=article,
        text=text,
        asked=asked,
        schemes=schemes,
        own_source=source.id if source else None,
        confidence=confidence,
        place=place,
    )
