"""National insurance codes of medicines: their shape and what their beginnings stand for.

What a reader would not guess: a Western code names the form (first 14 characters), a Chinese
patent code does not; its first 11 characters are the product with its form.
"""

import re

WESTERN_MEDICINE = 10
WESTERN_FORM = 14
CHINESE_MEDICINE = 11
_WESTERN = re.compile(r"X[A-Z]\d{2}[A-Z]{2}[A-Z]\d{3}(?:[A-Z]\d{3}(?:\d{4}\d{5})?)?")
_CHINESE = re.compile(r"Z[A-Z]\d{2}[A-Z]{2}[A-Z]\d{4}(?:\d{4}\d{5})?")
_LOOKS_LIKE_CODE = re.compile(r"[XZ][A-Z]\d{2}[A-Z0-9]+|[XZ][A-Z0-9]*\d{6,}[A-Z0-9]*")


def tidy_code(text: str) -> str:
    """Capitals without blanks and hyphens."""
    return re.sub(r"[\s-]", "", text).upper()


def is_code(code: str) -> bool:
    """Whether it is a full code, or the beginning that names a medicine or its form."""
    return _WESTERN.fullmatch(code) is not None or _CHINESE.fullmatch(code) is not None


def looks_like_code(text: str) -> bool:
    """Whether somebody meant a code, well-formed or not."""
    return _LOOKS_LIKE_CODE.fullmatch(tidy_code(text)) is not None


def medicine_part(code: str) -> str:
    """The beginning that names the medicine (for a Chinese patent code, with its form)."""
    return code[:WESTERN_MEDICINE] if code.startswith("X") else code[:CHINESE_MEDICINE]


def form_part(code: str) -> str | None:
    """The beginning that names medicine and form; None when the code does not reach so far."""
    if code.startswith("Z"):
        return code[:CHINESE_MEDICINE]
    return code[:WESTERN_FORM] if len(code) >= WESTERN_FORM else None


def category_part(code: str) -> str:
    """The five ATC-like characters after the mark; X inside them only fills the place."""
    return code[1:6].rstrip("X")
