"""Blocks → sections: the tree of headings, then passages of a size that can be cited.

An article stays one passage where it can. What is cut keeps what it depends on: a list item
repeats the sentence that leads it in (下列费用不予支付：), a table piece its caption and header.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from askdoc.library.reading.blocks import Block, Heading, Paragraph, Table
from askdoc.library.reading.draft import Section
from askdoc.library.reading.outline import Numbered, Rank, is_title, numbered
from askdoc.library.reading.passages import LEAST, Unit, pack

# 目录 lines: a title, leader dots and a page number.
_CONTENTS_LINE = re.compile(r".*[.．·…]{3,}\s*\d{0,4}")
_CAPTION = re.compile(r"(?:续?表|附表)\s*[0-9一二三四五六七八九十]")
_UNIT_LINE = re.compile(r"[（(]?(?:计量|计价|金额)?单位[:：].{1,12}")
_LEAD_END = ("：", ":")


@dataclass(slots=True)
class _Node:
    """A heading with what stands under it, in reading order."""

    heading: str = ""
    number: Numbered | None = None
    level: int | None = None
    parts: list["str | Table | _Node"] = field(default_factory=list)

    def encloses(self, other: "_Node") -> bool:
        if self.number and other.number:
            return self.number.rank < other.number.rank
        if self.level is not None and other.level is not None:
            return self.level < other.level
        return self.level is not None

    @property
    def is_listed(self) -> bool:
        """An item of a list rather than a part of the document."""
        return self.level is None and self.number is not None and self.number.rank > Rank.HEAD

    @property
    def path_title(self) -> str:
        return self.number.title if self.number else self.heading

    @property
    def is_titled(self) -> bool:
        return self.number is None or self.number.title.strip() != self.number.marker


def sections_of(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The passages of a document in reading order."""
    root = _tree(_with_captions(blocks))
    return tuple(section for section in _emit(root, (), "", "") if section.text.strip())


def _with_captions(blocks: Sequence[Block]) -> list[Block]:
    """Tables take the line above them that names them or their unit."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and _CONTENTS_LINE.fullmatch(block.text):
            continue
        if isinstance(block, Table) and not block.caption:
            lines: list[str] = []
            while kept and isinstance(above := kept[-1], Paragraph) and _is_caption(above.text):
                lines.insert(0, above.text)
                kept.pop()
                if not _UNIT_LINE.fullmatch(above.text):
                    break
            kept.append(replace(block, caption=" ".join(lines)))
            continue
        kept.append(block)
    return kept


def _is_caption(line: str) -> bool:
    if _UNIT_LINE.fullmatch(line) or _CAPTION.match(line):
        return True
    return is_title(line) and numbered(line) is None


def _tree(blocks: Sequence[Block]) -> _Node:
    root = _Node(level=0)
    open_nodes = [root]
    for block in blocks:
        node = _node_of(block)
        if node is None:
            part = block if isinstance(block, Table) else block.text
            open_nodes[-1].parts.append(part)
            continue
        while len(open_nodes) > 1 and not open_nodes[-1].encloses(node):
            open_nodes.pop()
        open_nodes[-1].parts.append(node)
        open_nodes.append(node)
    return root


def _node_of(block: Block) -> _Node | None:
    if isinstance(block, Table):
        return None
    number = numbered(block.text)
    if isinstance(block, Heading):
        return _Node(
            block.text, number, block.level, [number.body] if number and number.body else []
        )
    if number is None:
        return None
    return _Node(block.text, number, None, [number.body] if number.body else [])


def _emit(node: _Node, path: tuple[str, ...], article: str, lead: str) -> Iterator[Section]:
    waiting: list[Unit] = []
    cited = article or None
    led = lead
    for part in node.parts:
        if isinstance(part, _Node) and _stands_alone(part):
            yield from _sections(waiting, path, cited)
            waiting = []
            marker = _citation(part)
            below = led if part.is_listed else ""
            yield from _emit_alone(part, (*path, part.path_title), article + marker, below)
        elif isinstance(part, _Node):
            waiting.extend(_units(part, led))
        else:
            waiting.append(Unit(part, led))
            led = _lead_after(part, lead, led)
    yield from _sections(waiting, path, cited)


def _emit_alone(node: _Node, path: tuple[str, ...], article: str, lead: str) -> Iterator[Section]:
    if node.is_listed:
        units = _units(node, lead)
        yield from _sections(units, path, article or None)
        return
    if not node.parts and (node.number is None or node.number.rank >= Rank.ARTICLE):
        yield Section(path[:-1], article or None, node.heading)
        return
    yield from _emit(node, path, article, lead)


def _stands_alone(node: _Node) -> bool:
    """A part of the document does; a list item only with a title and enough under it."""
    if not node.is_listed:
        return True
    return node.is_titled and sum(len(unit.text) for unit in _units(node, "")) >= max(
        LEAST, len(node.heading) + LEAST // 2
    )


def _citation(node: _Node) -> str:
    return node.number.marker if node.number and node.number.rank >= Rank.ARTICLE else ""


def _units(node: _Node, lead: str) -> list[Unit]:
    """A list item as lines: its own with the number, then what stands under it."""
    units = [Unit(node.heading, lead)]
    names_rest = node.heading.endswith(_LEAD_END) or is_title(node.heading)
    below = "\n".join(filter(None, (lead, node.heading))) if names_rest else lead
    own = 1 if node.number and node.number.body else 0
    led = below
    for part in node.parts[own:]:
        if isinstance(part, _Node):
            units.extend(_units(part, led))
        else:
            units.append(Unit(part, led))
            led = _lead_after(part, below, led)
    return units


def _lead_after(part: str | Table, outer: str, lead: str) -> str:
    """What the next lines depend on: a sentence that ends in a colon, until another paragraph."""
    if isinstance(part, Table):
        return lead
    return "\n".join(filter(None, (outer, part))) if part.endswith(_LEAD_END) else outer


def _sections(
    units: Sequence[Unit], path: tuple[str, ...], article: str | None
) -> Iterator[Section]:
    for text in pack(units):
        yield Section(path, article, text)
