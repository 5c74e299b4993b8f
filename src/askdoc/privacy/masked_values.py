"""Nested arguments and results of tools, masked and restored as a whole.

The name of a field says what stands in it, as a word in a sentence would: under `phone` any
number is a telephone, under `patient_name` anything is a name. Numbers long enough to be an
identifier are looked at as well and come back as numbers.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from askdoc.privacy.kinds import Kind
from askdoc.privacy.known import told_values, vault_values
from askdoc.privacy.masked import mask_into
from askdoc.privacy.placeholders import placeholders
from askdoc.privacy.vault import Ledger, Vault

_FIELD_NAMES: tuple[tuple[Kind, str], ...] = (
    (
        "name",
        "(?:.*_)?(?:patient|person|full|real|contact|doctor|holder|family|first|last|user)"
        "_?names?|姓名.*|.*姓名|名字|联系人|患者|户名|contact|patient",
    ),
    (
        "phone",
        "(?:.*_)?(?:phone|mobile|tel|telephone|cell|fax)(?:_?(?:number|no))?"
        "|.*(?:电话|手机号?|联系方式)",
    ),
    (
        "identity",
        "(?:.*_)?(?:id|identity|passport)_?(?:number|no|card)|.*(?:身份证号?|证件号码?|护照号?)",
    ),
    ("card", "(?:.*_)?(?:card|account)_?(?:number|no)|.*(?:卡号|账号)"),
    (
        "record",
        "(?:.*_)?(?:record|admission|mrn)_?(?:number|no)|.*(?:病历号|住院号|门诊号|病案号)",
    ),
    ("address", "(?:.*_)?(?:street|address|addr)|.*(?:地址|住址)"),
    ("email", "(?:.*_)?e-?mail|.*邮箱"),
    ("account", "(?:.*_)?(?:wechat|wx|qq|openid)(?:_?id)?|.*微信号?"),
)
_FIELDS = tuple((kind, re.compile(names, re.IGNORECASE)) for kind, names in _FIELD_NAMES)
_SHORTEST_NUMBER = 7


@dataclass(frozen=True, slots=True)
class MaskedValues:
    """The value as an outside model may see it, and what puts the originals back."""

    value: Any
    vault: Vault


def mask_values(
    value: Any,
    known: Iterable[str] = (),
    *,
    vault: Vault | None = None,
    spare: Collection[str] = frozenset(),
) -> MaskedValues:
    """Masks every text and long number in nested dicts, lists and tuples; the rest stays."""
    ledger = Ledger(vault or Vault())
    values = told_values(known) + vault_values(vault or Vault())
    return MaskedValues(_Masking(ledger, values, spare).masked(value, None), ledger.vault())


def restore_values(value: Any, vault: Vault) -> Any:
    """The nested value with the originals put back."""
    if isinstance(value, str):
        original = vault.original(value)
        return vault.restore(value) if original is None else original
    if isinstance(value, dict):
        return {
            vault.restore(key) if isinstance(key, str) else key: restore_values(inner, vault)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)([restore_values(inner, vault) for inner in value])
    return value


@dataclass(frozen=True, slots=True)
class _Masking:
    ledger: Ledger
    values: list[tuple[Kind, str]]
    spare: Collection[str]

    def masked(self, value: Any, kind: Kind | None) -> Any:
        if isinstance(value, str):
            return self._text(value, kind)
        if isinstance(value, int) and not isinstance(value, bool):
            return self._number(value, kind)
        if isinstance(value, dict):
            return {self._key(key): self.masked(inner, _kind(key)) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return type(value)([self.masked(inner, kind) for inner in value])
        return value

    def _text(self, text: str, kind: Kind | None) -> str:
        if kind and text.strip() and not any(True for _ in placeholders(text)):
            return self.ledger.placeholder(kind, _plain(text), text)
        return mask_into(text, self.ledger, self.values, self.spare)

    def _number(self, number: int, kind: Kind | None) -> Any:
        digits = str(number)
        if len(digits) < _SHORTEST_NUMBER:
            return number
        if kind is None:
            # A ledger of its own: only what is an identifier as a whole may leave a trace.
            aside = Ledger(Vault())
            masked = mask_into(digits, aside, self.values, self.spare)
            kept = aside.vault().kept
            if not kept or any(
                masked[:start] or masked[end:] for start, end, _ in placeholders(masked)
            ):
                return number
            kind = kept[0].key[0]
        return self.ledger.placeholder(kind, digits, number)

    def _key(self, key: Any) -> Any:
        return self._text(key, None) if isinstance(key, str) else key


def _kind(key: Any) -> Kind | None:
    if isinstance(key, str):
        for kind, pattern in _FIELDS:
            if pattern.fullmatch(key):
                return kind
    return None


def _plain(text: str) -> str:
    return "".join(text.split()).upper() if text.isascii() else "".join(text.split())
