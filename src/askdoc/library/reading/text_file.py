"""Plain text → blocks: paragraphs out of lines, and tables out of tabs."""

import re
import unicodedata

from askdoc.library.reading.blocks import Block, Contents, Paragraph, join_lines, table_of, tidy
from askdoc.library.reading.outline import begins_anew

# A file was wrapped by hand or by a mail program when its lines end near one margin: so many of
# the lines that are followed by another fill so much of the longest, and none is longer than a
# screen is wide. Chinese characters count two.
WRAPPED_SHARE = 0.6
FULL_LINE = 0.85
WIDEST_WRAPPED = 130
NARROWEST_WRAPPED = 24


def read_text(text: str) -> Contents:
    """The blocks of a text file. It has no title of its own but its first line."""
    blocks: list[Block] = []
    for lines in _groups(text):
        if _is_table(lines):
            table = table_of([line.split("\t") for line in lines])
            blocks.extend([table] if table else [])
        else:
            blocks.extend(Paragraph(line) for line in _paragraphs(lines))
    return Contents("", blocks)


def _groups(text: str) -> list[list[str]]:
    """Runs of lines: split at blank lines and where rows with tabs begin and end."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if not line.strip():
            groups.append([])
            continue
        if groups[-1] and ("\t" in line.strip()) != ("\t" in groups[-1][-1]):
            groups.append([])
        groups[-1].append(line.rstrip() if "\t" not in line else line.rstrip("\r\n "))
    return [group for group in groups if group]


def _is_table(lines: list[str]) -> bool:
    widths = {line.count("\t") for line in lines}
    return len(lines) > 1 and len(widths) == 1 and widths.pop() > 0


def _paragraphs(lines: list[str]) -> list[str]:
    widest = max(_width(line) for line in lines)
    full = [_width(line) >= FULL_LINE * widest for line in lines[:-1]]
    fits = NARROWEST_WRAPPED <= widest <= WIDEST_WRAPPED
    if len(full) < 2 or not fits or sum(full) < WRAPPED_SHARE * len(full):
        return [tidy(line) for line in lines]
    joined = [tidy(lines[0])]
    for before_is_full, line in zip(full, lines[1:], strict=True):
        indented = re.match(r"\u3000|\t| {2}", line) is not None
        if not before_is_full or indented or begins_anew(joined[-1], tidy(line)):
            joined.append(tidy(line))
        else:
            joined[-1] = join_lines(joined[-1], tidy(line))
    return joined


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
