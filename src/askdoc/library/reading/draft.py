"""What a file becomes when it has been read: a draft, section by section.

A draft is text and its place in the file, nothing more: who issued it, where and since when
it holds is for the person who adds it to say.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """One passage of a file.

    `path` holds the titles from the outermost heading to this one, without the title of the
    document; `article` is the place as it is cited (第八条, 一、（二）) or None; `text` is plain
    text with tables as Markdown tables under their caption.
    """

    path: tuple[str, ...]
    article: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that has been read. `format` is one of pdf, docx, html, txt, md."""

    title: str
    sections: tuple[Section, ...]
    front_matter: str | None
    format: str


def to_plain(draft: Draft) -> dict[str, Any]:
    """The draft as JSON can hold it."""
    return asdict(draft)


def from_plain(found: dict[str, Any]) -> Draft:
    """The draft back from `to_plain`."""
    return Draft(
        title=found["title"],
        sections=tuple(
            Section(tuple(one["path"]), one["article"], one["text"]) for one in found["sections"]
        ),
        front_matter=found["front_matter"],
        format=found["format"],
    )
