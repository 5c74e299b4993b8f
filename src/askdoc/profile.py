"""What a person told askdoc about themselves once, kept on their own machine (mode 0600).

Only what a sum needs is kept: no name, phone or identity number can be stored here.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from askdoc.policy import Book
from askdoc.policy.dimensions import MEMBERS, STATUSES
from askdoc.wording import AskdocError

OLDEST = 130
NORM_ROOT = "norm"


class BadProfile(AskdocError):
    """The stored profile cannot be read."""

    code = "profile.damaged"


class BadFact(AskdocError):
    """A fact of the profile has a value that does not exist."""

    code = "profile.bad_fact"


@dataclass(frozen=True, slots=True)
class Profile:
    """Facts of one person; None is "not told"."""

    region: str | None = None
    scheme: str | None = None
    status: str | None = None
    grade: str | None = None
    age: int | None = None
    sex: str | None = None
    retired_year: int | None = None
    contracted: bool | None = None

    def told(self) -> dict[str, str | int | bool]:
        """The facts that were told."""
        return {name: fact for name, fact in asdict(self).items() if fact is not None}


NAMES = tuple(field.name for field in fields(Profile))


def read_facts(flags: Mapping[str, str | None], book: Book) -> dict[str, str | int | bool]:
    """The facts that flags give; a flag that is not given is left out. Raises BadFact."""
    return {
        name: read_fact(name, said, flags.get("scheme"), book)
        for name, said in flags.items()
        if said is not None
    }


def read_fact(name: str, said: str, scheme: str | None, book: Book) -> str | int | bool:
    """A fact from what was typed. Raises BadFact naming what it may be."""
    if name == "region":
        allowed = [path for path in book.regions if not path.startswith(NORM_ROOT)]
        return _one_of(name, said, allowed)
    if name == "status":
        return _one_of(name, said, STATUSES.get(scheme or "", MEMBERS["status"]))
    if name == "contracted":
        return _one_of(name, said, ("true", "false")) == "true"
    if name in ("age", "retired_year"):
        low, high = (0, OLDEST) if name == "age" else (1900, 2200)
        if not (said.isascii() and said.isdigit() and low <= int(said) <= high):
            raise BadFact(fact=name, said=said, allowed=f"{low}-{high}")
        return int(said)
    return _one_of(name, said, {"sex": ("female", "male"), **MEMBERS}[name])


def _one_of(name: str, said: str, allowed: list[str] | tuple[str, ...]) -> str:
    if said not in allowed:
        raise BadFact(fact=name, said=said, allowed=", ".join(sorted(allowed)))
    return said


def load_profile(file: Path, book: Book) -> Profile:
    """The stored profile, or an empty one. Raises BadProfile when it is damaged."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Profile()
    except (ValueError, OSError) as failed:
        raise BadProfile(file=file) from failed
    if not isinstance(stored, dict) or not set(stored) <= set(NAMES):
        raise BadProfile(file=file)
    try:
        for name, fact in stored.items():
            said = str(fact).lower() if isinstance(fact, bool) else str(fact)
            read_fact(name, said, stored.get("scheme"), book)
    except BadFact as failed:
        raise BadProfile(file=file) from failed
    return Profile(**stored)


def store_profile(file: Path, profile: Profile) -> None:
    """Write the profile so that only its owner can read it, all of it or nothing."""
    write_privately(file, json.dumps(profile.told(), ensure_ascii=False))


def write_privately(file: Path, text: str) -> None:
    """A file that only its owner can read, written whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(fresh, file)


def fitting(profile: Profile) -> Profile:
    """The profile without a status, and what hangs on it, that its scheme does not have."""
    if profile.scheme is None or profile.status in (None, *STATUSES[profile.scheme]):
        return profile
    return replace(profile, status=None, retired_year=None, grade=None)


def forget_profile(file: Path) -> bool:
    """Remove the profile; whether there was one."""
    if not file.exists():
        return False
    file.unlink()
    return True
