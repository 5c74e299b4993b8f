"""Markdown → blocks. The front matter is split off unread: what it says is for the caller."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from askdoc.library.reading.blocks import (
    Block,
    Contents,
    Heading,
    Paragraph,
    join_lines,
    table_of,
    tidy,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)??---[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<[^>]{1,300}>", re.DOTALL)


def read_markdown(text: str) -> Contents:
    """The blocks of a Markdown file; its title is the only heading of the first level."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    blocks = _blocks(tokens)
    outermost = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    title = outermost[0].text if len(outermost) == 1 and blocks[0] is outermost[0] else ""
    return Contents(title, blocks[1:] if title else blocks, (front[1] or "") if front else None)


def _blocks(tokens: Sequence["Token"]) -> list[Block]:
    blocks: list[Block] = []
    marker, at = "", 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open":
            blocks.append(Heading(_inline(tokens[at + 1]), int(token.tag[1])))
            at += 2
        elif token.type == "table_open":
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
            table = table_of(_grid(tokens[at:end]))
            blocks.extend([table] if table else [])
            at = end
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else f"{token.markup} "
        elif token.type == "inline":
            blocks.append(Paragraph(marker + _inline(token)))
            marker = ""
        elif token.type in ("fence", "code_block", "html_block"):
            plain = _TAG.sub(" ", token.content) if token.type == "html_block" else token.content
            blocks.extend(Paragraph(tidy(line)) for line in plain.split("\n"))
        at += 1
    return [block for block in blocks if not isinstance(block, Paragraph) or block.text.strip()]


def _grid(tokens: Sequence["Token"]) -> list[list[str]]:
    grid: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            grid.append([])
        elif token.type == "inline":
            grid[-1].append(_inline(token))
    return grid


def _inline(token: "Token") -> str:
    """The words of one inline token; struck-out text does not hold and is left out."""
    text, struck = "", 0
    for child in token.children or []:
        if child.type in ("s_open", "s_close"):
            struck += 1 if child.type == "s_open" else -1
        elif struck:
            continue
        elif child.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif child.type in ("text", "code_inline", "image"):
            text += child.content
    first, *others = [tidy(line) for line in text.split("\n")]
    for line in others:
        first = join_lines(first, line)
    return first
