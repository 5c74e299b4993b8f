"""The cases of an evaluation: the files they stand in, and which half of held/ is which."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LETTERS = ("a", "b", "c", "d")
PRACTICE = (
    "bills",
    "bills_again",
    "bills_third",
    "matters",
    "matters_again",
    "matters_third",
    "more",
    "voices_bills",
    "voices_medicines",
)
PRACTICE_TALKS = (
    *("talks", "more_talks", "bills_again", "bills_third"),
    *("voices_talks", "more_voices"),
)
# The files of sets and of conversations. `tuning` keeps its wordings apart, in phrasings/.
SETS = {
    "test": ("held/sets",),
    "opened": ("held/sets",),
    "practice": tuple(f"practice/{one}" for one in PRACTICE),
    "fresh": ("practice/fresh_sets",),
    "unseen": ("practice/unseen_sets",),
    "first": ("rounds/sets",),
    "second": ("rounds/sets",),
}
TALKS = {
    "tuning": ("conversations",),
    "test": ("held/talks",),
    "opened": ("held/talks",),
    "practice": tuple(f"practice/{one}" for one in PRACTICE_TALKS),
    "fresh": ("practice/fresh_talks",),
    "unseen": ("practice/unseen_talks",),
    "first": ("rounds/talks",),
    "second": ("rounds/talks",),
}
FLAGS = {
    "tuning": ("red_flags", "look_alikes", "care"),
    "test": ("held/red_flags", "held/look_alikes"),
    "opened": ("held/red_flags", "held/look_alikes"),
    "practice": ("practice/stories",),
    "first": ("rounds/red_flags", "rounds/look_alikes"),
    "second": ("rounds/red_flags", "rounds/look_alikes"),
}
# Two halves of what other hands wrote: of held/, and of rounds/, opened one after the other.
HALVES = (("opened", "test"), ("first", "second"))
Asked = dict[str, Any]


def sets_of(cases: str) -> list[tuple[Asked, list[tuple[str, str]]]]:
    """The sets of these cases, each with its wordings by letter."""
    if cases in SETS:
        every = read(SETS[cases], "cases", cases)
        return [(one, list(zip("abcdef", one["wordings"], strict=False))) for one in every]
    wordings = {letter: _read(f"phrasings/{letter}") for letter in LETTERS}
    return [
        (one, [(letter, said[one["id"]]) for letter, said in wordings.items()])
        for one in _read("sets")["sets"]
    ]


def read(names: tuple[str, ...], under: str, of: str) -> list[Asked]:
    """What stands in these files; where they are parted in halves, the half that is meant."""
    every = [one for name in names for one in _read(name)[under]]
    for pair in HALVES:
        if of in pair:
            every = [one for one in every if half_of(one["id"], pair) == of]
    return every


def half_of(id: str, pair: tuple[str, str] = HALVES[0]) -> str:
    """The half of a case, by a fixed hash of its id."""
    return pair[int(sha256(id.encode()).hexdigest(), 16) % 2]


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
