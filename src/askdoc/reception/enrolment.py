"""One-time codes that link a chat to a resident.

A code is short enough to be typed from a sheet by an old person, so wrong codes are counted for
each chat. Only the digest of a code is kept: a copy of the database links nobody.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from askdoc.care.patients import Relation

# Without letters and digits that look alike on paper; ten of 26 are 47 bits.
_DIGITS = "3479"
_ALPHABET = _DIGITS + "ABCDEFGHJKMNPQRSTVWXYZ"
# What a letter of ours may be read as.
_LOOKS_LIKE = str.maketrans("2568", "ZSGB")
_LENGTH = 10
MOST_WRONG = 5
WRONG_WITHIN = timedelta(hours=24)
HOLDS_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a code stands for: a resident, how the chat is related to them, what is known of them.

    `label` is how the resident is called in the chat. `made_by` is the member of staff.
    """

    resident: str
    label: str
    relation: Relation = "self"
    made_by: str
    profile: Mapping[str, str | int | bool] = field(default_factory=dict)


def new_code() -> str:
    """A code as it is printed: ten letters and digits, a digit among them.

    Ten letters alone might be a word, and would not be taken for a code.
    """
    while True:
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        if any(one in _DIGITS for one in code):
            return code


def code_in(text: str) -> str | None:
    """The code that a text consists of, however it was typed; None when it is none."""
    said = "".join(text.upper().split()).replace("-", "").translate(_LOOKS_LIKE)
    return said if len(said) == _LENGTH and set(said) <= set(_ALPHABET) else None


def digest(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(f"askdoc enrolment {code}".encode()).hexdigest()


def may_try(wrong: int, since: datetime | None, now: datetime) -> bool:
    """Whether another code may be tried in a chat after so many wrong ones."""
    return wrong < MOST_WRONG or since is None or now - since >= WRONG_WITHIN
