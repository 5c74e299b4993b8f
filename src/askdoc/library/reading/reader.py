"""Bytes of one file → its draft. Runs in the child process; every parser is reached from here."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import TypeGuard

from askdoc.library.reading.blocks import Block, Contents, Heading, Paragraph, Table
from askdoc.library.reading.damage import check_text
from askdoc.library.reading.draft import Draft
from askdoc.library.reading.encoding import text_of
from askdoc.library.reading.errors import FileEmpty, LineTooLong, NoText
from askdoc.library.reading.formats import format_of
from askdoc.library.reading.outline import is_title, numbered
from askdoc.library.reading.sections import sections_of

# The longest article of a national law has some 2,000 characters; a line of ten times a whole
# circular is data, or a page whose line ends were lost.
LONGEST_LINE = 100_000
# A title of two lines breaks after such a word.
_OPEN_END = ("关于", "印发", "《", "的", "和", "与")


def read_bytes(name: str, content: bytes) -> Draft:
    """The draft in a file of this name with this content.

    Raises a subclass of UnreadableFile.
    """
    if not content.strip(b" \t\r\n\x0c\xef\xbb\xbf"):
        raise FileEmpty(file=name)
    kind = format_of(name, content)
    found = _titled(_contents(kind, name, content), PurePath(name).stem)
    _check_lines(name, (text for block in found.blocks for text in _texts(block)))
    sections = sections_of(found.blocks)
    if not sections:
        raise NoText(file=name)
    check_text(name, sections)
    return Draft(found.title, sections, found.front_matter, kind)


def _contents(kind: str, name: str, content: bytes) -> Contents:
    """Each parser is imported only for its own format: they are heavy."""
    if kind == "pdf":
        from askdoc.library.reading.pdf_file import read_pdf

        return read_pdf(name, content)
    if kind == "docx":
        from askdoc.library.reading.word_file import read_word

        return read_word(name, content)
    text = text_of(name, content)
    if kind == "html":
        from askdoc.library.reading.web_page import read_page

        return read_page(text)
    _check_lines(name, text.split("\n"))
    if kind == "md":
        from askdoc.library.reading.markdown_file import read_markdown

        return read_markdown(text)
    from askdoc.library.reading.text_file import read_text

    return read_text(text)


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Table):
        return tuple(cell for row in block.rows for cell in row)
    return (block.text,)


def _check_lines(name: str, lines: Iterable[str]) -> None:
    if any(len(line) > LONGEST_LINE for line in lines):
        raise LineTooLong(file=name, limit=LONGEST_LINE)


def _titled(found: Contents, stem: str) -> Contents:
    """The contents with a title: the file's own, its first line, or the name of the file."""
    if found.title or len(found.blocks) < 2:
        return replace(found, title=found.title or stem)
    first, second, *rest = found.blocks
    if not _may_be_title(first, found.blocks):
        return replace(found, title=stem)
    if first.text.endswith(_OPEN_END) and rest and _may_be_title(second, found.blocks):
        return replace(found, title=first.text + second.text, blocks=rest)
    return replace(found, title=first.text, blocks=[second, *rest])


def _may_be_title(block: Block, blocks: list[Block]) -> TypeGuard[Heading | Paragraph]:
    if isinstance(block, Table) or numbered(block.text) is not None or not is_title(block.text):
        return False
    if isinstance(block, Paragraph):
        return True
    alike = [one for one in blocks if isinstance(one, Heading) and one.level == block.level]
    return len(alike) == 1
