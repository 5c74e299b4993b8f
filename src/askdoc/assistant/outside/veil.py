"""Hides who somebody is from an outside model, and puts it back into what the model says.

Names of medicines that were understood are spared: they look like names of persons and are none.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from askdoc.privacy import Vault, mask, restore_values


class Veil:
    """Hides who somebody is from the model for one turn, and puts it back."""

    def __init__(self, spare: Iterable[str]) -> None:
        self._vault = Vault()
        self._spare = frozenset(spare)

    def mask(self, text: str) -> str:
        masked = mask(text, vault=self._vault, spare=self._spare)
        self._vault = masked.vault
        return masked.text

    def restore(self, text: str) -> str:
        return self._vault.restore(text)

    def values(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = restore_values(dict(arguments), self._vault)
        return found
