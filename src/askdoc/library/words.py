"""Text → the tokens that BM25 counts: characters and pairs of them, and Latin words whole.

Pairs beat dictionary segmentation on every Chinese set we measured (`eval/retrieval`).
"""

import re

from askdoc.language import simplify

_RUNS = re.compile(r"[㐀-鿿]+|[a-z0-9]+(?:[.%+-][a-z0-9]+)*")


def tokens(text: str) -> list[str]:
    """Characters and bigrams of Chinese runs, Latin and digit runs as they are, in order."""
    found: list[str] = []
    for run in _RUNS.findall(plain(text)):
        if run[0].isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
    return found


def plain(text: str) -> str:
    """Half width, simplified, lower case, without NUL."""
    return simplify(text.replace("\0", " ")).lower()
