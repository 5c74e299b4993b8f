"""Lines and tables → passages of 80 to 600 characters.

Cuts fall between lines, then at the end of a sentence, then at a comma; a row of a table is
never cut, however long it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askdoc.library.reading.blocks import Table

LEAST = 80
MOST = 600
# A lead-in that is longer than this is repeated from its last sentence only.
LONGEST_LEAD = 200
_SENTENCES = re.compile(r".*?(?:[。！？；!?;]+[”’」』）)]*|\.(?=\s+[A-Z])|$)", re.DOTALL)
_CLAUSES = re.compile(r".*?(?:[，、：,:]|\s|$)", re.DOTALL)
# …有下列情形之一的：（一）…；（二）… inside one paragraph.
_INLINE_LEAD = re.compile(r"[^。；]{0,160}(?:下列|以下|如下)[^。；：:]{0,80}[：:]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A line or a table, and the lines without which it would be misread."""

    content: str | Table
    lead: str

    @property
    def text(self) -> str:
        return self.content if isinstance(self.content, str) else table_text(self.content)


def pack(units: Sequence[Unit]) -> list[str]:
    """Passages out of units, in order; each begins with the lead of its first unit."""
    groups: list[list[Unit]] = []
    for piece in _pieces(units):
        if groups and len(_said([*groups[-1], piece])) <= MOST:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if len(groups) > 1 and len(_said(groups[-1])) < LEAST:
        _lengthen_last(groups)
    return [_said(group) for group in groups]


def _said(group: Sequence[Unit]) -> str:
    return "\n".join(filter(None, (_shortened(group[0].lead), *(unit.text for unit in group))))


def _lengthen_last(groups: list[list[Unit]]) -> None:
    """A last passage that is too short takes over the last line of the one before."""
    before, last = groups[-2][:-1], [groups[-2][-1], *groups[-1]]
    if before and len(_said(before)) >= LEAST and len(_said(last)) <= MOST:
        groups[-2:] = [before, last]


def _pieces(units: Sequence[Unit]) -> Iterator[Unit]:
    """The units, cut where one with its lead is longer than a passage."""
    for unit in units:
        room = MOST - len(_shortened(unit.lead)) - 1
        if isinstance(unit.content, Table):
            yield from (Unit(text, unit.lead) for text in _table_pieces(unit.content, room))
        elif len(unit.content) <= room:
            yield unit
        else:
            yield from _cut(unit.content, unit.lead)


def _cut(text: str, lead: str) -> Iterator[Unit]:
    """A long paragraph in even pieces at its sentences; a list inside it keeps its lead-in.

    A piece leaves room for a neighbour that would be too short alone.
    """
    inline = _INLINE_LEAD.search(text)
    later = "\n".join(filter(None, (lead, inline[0].strip()))) if inline else lead
    room = MOST - LEAST - len(_shortened(later)) - 1
    even = len(text) // -(-len(text) // room) + LEAST
    start = 0
    for piece in _joined(_sentences(text, room), min(room, even)):
        past_lead = inline is not None and start >= inline.end()
        yield Unit(piece.strip(), later if past_lead else lead)
        start += len(piece)


def _sentences(text: str, room: int) -> Iterator[str]:
    for sentence in _SENTENCES.findall(text):
        if len(sentence) <= room:
            yield sentence
            continue
        for clause in _CLAUSES.findall(sentence):
            yield from (clause[at : at + room] for at in range(0, len(clause), room))


def _joined(parts: Iterator[str], room: int) -> Iterator[str]:
    together = ""
    for part in parts:
        if together.strip() and len(together) + len(part) > room:
            yield together
            together = ""
        together += part
    if together.strip():
        yield together


def _shortened(lead: str) -> str:
    """The end of a long lead, from the start of a line or sentence."""
    tail = lead[-LONGEST_LEAD:]
    begins = re.search(r"[\n。；]", tail[:-1]) if len(lead) > LONGEST_LEAD else None
    return tail[begins.end() :] if begins else tail


def table_text(table: Table) -> str:
    """A table as Markdown under its caption."""
    head = _head(table)
    return "\n".join((head, *map(_row, table.rows)))


def _table_pieces(table: Table, room: int) -> Iterator[str]:
    """The table in pieces of whole rows, each under the caption and the header."""
    head = _head(table)
    together = head
    for row in map(_row, table.rows):
        if together is not head and len(together) + len(row) >= room:
            yield together
            together = head
        together = f"{together}\n{row}"
    yield together


def _head(table: Table) -> str:
    rule = "|" + " --- |" * len(table.header)
    return "\n".join(filter(None, (table.caption, _row(table.header), rule)))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "｜") for cell in cells) + " |"
