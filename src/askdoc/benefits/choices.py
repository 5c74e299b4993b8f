"""Trying every value of what nobody said, with the same exact engine.

The engine asks `Choices.decide`; where nothing is decided yet, `explore` runs it again once
for each option. So only facts that really matter for a case are ever tried.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from askdoc.wording import AskdocError

Chosen = object
Outcome = TypeVar("Outcome")
MOST_RUNS = 4000


class TooMuchMissing(AskdocError):
    """So many facts are missing that no useful range can be given."""

    code = "benefits.too_much_missing"


class _Undecided(Exception):
    def __init__(self, key: str, options: tuple[Chosen, ...]) -> None:
        super().__init__(key)
        self.key = key
        self.options = options


class Choices:
    """What has been chosen so far in one run of the engine."""

    def __init__(self, made: Mapping[str, Chosen]) -> None:
        self.made = made
        self.mains: dict[str, Chosen] = {}

    def decide(self, key: str, options: tuple[Chosen, ...], main: Chosen | None = None) -> Chosen:
        """The option of this run. `main` is the one that the answer itself is made with."""
        if main is not None:
            self.mains[key] = main
        if key in self.made:
            return self.made[key]
        distinct = tuple(dict.fromkeys((*([] if main is None else [main]), *options)))
        if len(distinct) == 1:
            return distinct[0]
        raise _Undecided(key, distinct)


@dataclass(frozen=True, slots=True)
class Run(Generic[Outcome]):
    """One completion: what was chosen, which choices have a main option, what came out."""

    made: Mapping[str, Chosen]
    mains: Mapping[str, Chosen]
    outcome: Outcome

    @property
    def is_main(self) -> bool:
        """Whether every choice that has a main option took it."""
        return all(self.made.get(key, main) == main for key, main in self.mains.items())


def explore(engine: Callable[[Choices], Outcome]) -> list[Run[Outcome]]:
    """Every completion of what is undecided. Raises TooMuchMissing past MOST_RUNS."""
    runs: list[Run[Outcome]] = []
    waiting: list[dict[str, Chosen]] = [{}]
    started = 0
    while waiting:
        made = waiting.pop()
        started += 1
        if started > MOST_RUNS:
            raise TooMuchMissing(facts=", ".join(sorted(made)))
        choices = Choices(made)
        try:
            outcome = engine(choices)
        except _Undecided as open_:
            waiting.extend({**made, open_.key: option} for option in reversed(open_.options))
        else:
            runs.append(Run(made, choices.mains, outcome))
    return runs
