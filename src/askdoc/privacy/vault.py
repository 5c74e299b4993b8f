"""The originals behind the placeholders of one conversation.

A vault is a value that only grows: masking gives a new one that knows more. Masking the same
messages again in the same order gives the same vault, so that it need not be stored: whoever
keeps the transcript can make it anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from askdoc.privacy.kinds import Kind
from askdoc.privacy.placeholders import Key, placeholder, placeholders

# A number from a nested value comes back as a number.
Written = str | int


@dataclass(frozen=True, slots=True)
class Kept:
    """One way of writing one value; `value` is what all ways of writing it share."""

    key: Key
    value: str = field(repr=False)
    written: Written = field(repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """Everything that was masked so far."""

    kept: tuple[Kept, ...] = ()

    def __repr__(self) -> str:
        return f"Vault({len(self.kept)} kept)"

    def restore(self, text: str) -> str:
        """The text with the originals put back; a placeholder that nobody gave out stays."""
        originals = self._originals()
        pieces: list[str] = []
        done = 0
        for start, end, key in placeholders(text):
            original = _original(originals, key)
            if original is not None:
                pieces += (text[done:start], str(original))
                done = end
        return "".join((*pieces, text[done:]))

    def original(self, text: str) -> Written | None:
        """The value behind a text that is one placeholder and nothing else."""
        for start, end, key in placeholders(text):
            if (start, end) == (0, len(text)):
                return _original(self._originals(), key)
        return None

    def values(self, kinds: Iterable[Kind]) -> list[tuple[Kind, str]]:
        """What is known by now, of these kinds, each value once."""
        wanted = set(kinds)
        return [(k.key[0], k.value) for k in self.kept if k.key[0] in wanted and not k.key[2]]

    def _originals(self) -> dict[Key, Written]:
        return {kept.key: kept.written for kept in self.kept}


def _original(originals: dict[Key, Written], key: Key) -> Written | None:
    """Where the way of writing got lost, the first way stands for the value."""
    kind, which, _ = key
    return originals.get(key, originals.get((kind, which, 0)))


class Ledger:
    """Hands out placeholders while one text is masked; what it knows becomes a `Vault`."""

    def __init__(self, vault: Vault) -> None:
        self._kept = list(vault.kept)
        self._keys: dict[tuple[str, Written, type], Key] = {}
        self._firsts: dict[str, Key] = {}
        self._counts: dict[Kind, int] = {}
        self._spellings: dict[Key, int] = {}
        for kept in vault.kept:
            self._note(kept)

    def placeholder(self, kind: Kind, value: str, written: Written) -> str:
        """The placeholder of this value in this way of writing."""
        typed = kind == "as_typed"
        value = f"\0{value}" if typed else value
        key = self._keys.get((value, written, type(written)))
        if key is None:
            first = self._firsts.get(value)
            if first is None:
                key = (kind, self._counts.get(kind, 0), 0)
            else:
                key = (first[0], first[1], self._spellings[first] + 1)
            kept = Kept(key, value, written)
            self._kept.append(kept)
            self._note(kept)
        return placeholder(key)

    def vault(self) -> Vault:
        return Vault(tuple(self._kept))

    def _note(self, kept: Kept) -> None:
        kind, which, spelling = kept.key
        first = (kind, which, 0)
        self._keys[(kept.value, kept.written, type(kept.written))] = kept.key
        self._firsts.setdefault(kept.value, first)
        self._counts[kind] = max(self._counts.get(kind, 0), which + 1)
        self._spellings[first] = max(self._spellings.get(first, 0), spelling)
