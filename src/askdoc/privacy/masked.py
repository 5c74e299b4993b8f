"""One text without what tells who somebody is.

The reader of what was typed is `askdoc.language`, so that full-width, Traditional, spread and
invisible signs hide nothing; what is replaced is the person's own letters.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from askdoc.language.normalise import Normalised, normalise
from askdoc.privacy.addresses import find_addresses
from askdoc.privacy.cued_numbers import find_cued_numbers
from askdoc.privacy.encoded import find_encoded
from askdoc.privacy.found import Found, settled
from askdoc.privacy.kinds import Kind
from askdoc.privacy.known import find_known, told_values, vault_values
from askdoc.privacy.names import find_names
from askdoc.privacy.names_en import find_latin_names
from askdoc.privacy.numbers import find_numbers
from askdoc.privacy.placeholders import placeholders
from askdoc.privacy.vault import Ledger, Vault
from askdoc.privacy.written import find_written

_LINE = re.compile(r"[^\r\n]+")
_SIGNATURE_LINES = 3


@dataclass(frozen=True, slots=True)
class Masked:
    """The text as an outside model may see it, and what puts the originals back."""

    text: str
    vault: Vault


def mask(
    text: str,
    known: Iterable[str] = (),
    *,
    vault: Vault | None = None,
    spare: Collection[str] = frozenset(),
) -> Masked:
    """Masks any text, in time that grows with its length; never raises.

    `known` are names and numbers that the caller knows to be somebody's, `vault` what earlier
    messages of the conversation left, `spare` words that are no names (medicines).
    """
    ledger = Ledger(vault or Vault())
    masked = mask_into(text, ledger, told_values(known) + vault_values(vault or Vault()), spare)
    return Masked(masked, ledger.vault())


def mask_into(
    text: str, ledger: Ledger, values: list[tuple[Kind, str]], spare: Collection[str]
) -> str:
    """The masked text; what it held is in the ledger afterwards."""
    source = normalise(text)
    found = settled(_found(source, values, spare))
    names = [(one.kind, one.value) for one in found if one.kind == "name"]
    if names:
        found = settled([*found, *find_known(source.text, names)])
    pieces: list[str] = []
    done = 0
    for one in found:
        start, end = source.original_span(one.start, one.end)
        if start < done:
            continue
        pieces.append(_escaped(text[done:start], ledger))
        pieces.append(ledger.placeholder(one.kind, one.value, text[start:end]))
        done = end
    pieces.append(_escaped(text[done:], ledger))
    return "".join(pieces)


def _found(
    source: Normalised, values: list[tuple[Kind, str]], spare: Collection[str]
) -> list[Found]:
    text = source.text
    return [
        *find_known(text, values),
        *find_numbers(text),
        *find_cued_numbers(text),
        *find_written(text),
        *find_addresses(text),
        *find_names(text, _last_lines(source), spare),
        *find_latin_names(text),
        *find_encoded(text, _plainly),
    ]


def _plainly(said: str) -> list[Found]:
    """What tells who somebody is in a text that was written in code."""
    text = normalise(said).text
    return [
        *find_numbers(text),
        *find_cued_numbers(text),
        *find_written(text),
        *find_names(text, [], frozenset()),
    ]


def _last_lines(source: Normalised) -> list[tuple[int, int]]:
    """The last lines of a text of several, where people sign, in the normalised text."""
    lines = [match.span() for match in _LINE.finditer(source.original)]
    if len(lines) < 2:
        return []
    spans: list[tuple[int, int]] = []
    at = len(source.text)
    for start, end in reversed(lines[-_SIGNATURE_LINES:]):
        last = at
        while at > 0 and source.starts[at - 1] >= start:
            at -= 1
        first = at
        while last > first and (source.ends[last - 1] > end or source.text[last - 1] == " "):
            last -= 1
        spans.append((first, last))
    return spans


def _escaped(text: str, ledger: Ledger) -> str:
    """What somebody typed in the shape of a placeholder becomes a value of its own."""
    pieces: list[str] = []
    done = 0
    for start, end, _ in placeholders(text):
        typed = text[start:end]
        pieces += (text[done:start], ledger.placeholder("as_typed", typed, typed))
        done = end
    return "".join((*pieces, text[done:]))
