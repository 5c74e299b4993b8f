"""What a real outside model does to the same 40 cases, beside the planner.

    ASKDOC_MODEL=openai:NAME ASKDOC_MODEL_URL=http://127.0.0.1:8080/v1 make check-model

Four arms: `planner` without a model; `guarded`, as people get it; `bare`, the same without entrance
and guard, where what the guard would have struck is counted and shown all the same; `choosing`,
where the model picks the tools of every case. Each case is one line of the JSONL file, and a run
that broke off goes on there. What was struck is kept.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from cases import LETTERS, Asked, sets_of
from expectations import Turn
from run import context_of, opened_house, played

from askdoc.assistant.answers.known import known_facts
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.outside.entrance import no_entrance
from askdoc.assistant.outside.evidence import Evidence
from askdoc.assistant.outside.guard import Struck, check_prose
from askdoc.assistant.outside.outside_model import OutsideModel, choose_tools
from askdoc.assistant.outside.prose import Prose, Unit
from askdoc.assistant.outside.provider import open_model
from askdoc.assistant.planning.loop import Called, Plan
from askdoc.assistant.planning.tools import Asked as ToolAsked
from askdoc.assistant.planning.tools import arguments
from askdoc.assistant.talk.consulting import with_tools
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.turned import Turned
from askdoc.bootstrap import House
from askdoc.settings import ModelSettings, read_settings

SAMPLE, MOST_WORDS = 40, 80
ARMS = ("planner", "guarded", "bare", "choosing")


@dataclass
class Watched:
    """A guard that notes what it finds in each text; with `lets_through`, it strikes nothing.

    A text comes again and again while it is written: what is found last counts.
    """

    lets_through: bool
    by_text: list[tuple[Struck, ...]] = field(default_factory=list)
    seen: tuple[Unit, ...] = ()

    @property
    def found(self) -> list[Struck]:
        return [one for text in self.by_text for one in text]

    def __call__(self, prose: Prose, evidence: Evidence) -> tuple[Struck, ...]:
        wrong = check_prose(prose, evidence)
        if self.seen and prose.units[: len(self.seen)] == self.seen:
            self.by_text.pop()
        self.by_text.append(wrong)
        self.seen = prose.units
        return () if self.lets_through else wrong


def sample(count: int) -> list[tuple[Asked, str, str]]:
    """The cases, by a fixed hash of their ids, each in one of its wordings."""
    chosen = sorted(sets_of("tuning"), key=lambda one: _hash(f"check-model {one[0]['id']}"))[:count]
    return [(case, *said[_hash(case["id"]) % len(LETTERS)]) for case, said in chosen]


def _hash(text: str) -> int:
    return int(sha256(text.encode()).hexdigest(), 16)


def run_case(
    house: House, case: Asked, letter: str, said: str, outside: OutsideModel | None
) -> dict[str, Any]:
    """One case played to its end with a model, or with none."""
    seconds: list[float] = []
    turns: list[Turned] = []

    def say(house: House, said: str, before: Dialogue, case: Asked) -> tuple[Turn, Dialogue]:
        begun = time.monotonic()
        turned = converse(said, before, replace(context_of(house, case), outside=outside))
        seconds.append(round(time.monotonic() - begun, 3))
        turns.append(turned)
        called = tuple(one.tool for one in turned.called)
        return Turn(said, turned.answer, called), turned.dialogue

    ran = played(house, case, letter, said, say)
    phrased = [one.phrased for one in turns if one.phrased is not None]
    return {
        "seconds": seconds,
        "right": not ran.wrong,
        "kind": turns[-1].answer.kind,
        "led_in": sum(one.lines is not None for one in phrased),
        "fallback": Counter(one.failed for one in phrased if one.lines is None),
        "rewritten": sum(one.lines is not None and bool(one.struck) for one in phrased),
    }


def chosen_by_model(house: House, case: Asked, said: str, outside: OutsideModel) -> dict[str, Any]:
    """Which tools the model picks when it may pick for a clear question too."""
    context = context_of(house, case)
    reading = context.read(said)
    asked = ToolAsked(reading, known_facts(reading, context), context, "zh")
    plans = {
        frame.tool: Plan(frame.tool, arguments(frame.uses, asked), asked)
        for frame in with_tools(context.frames.by_id.values())
    }
    begun = time.monotonic()
    called = choose_tools(outside, said, plans, asked.lang)
    planned = converse(said, Dialogue(), context).called
    return {
        "seconds": [round(time.monotonic() - begun, 3)],
        "right": bool(planned) and planned[0].tool in {one.tool for one in called if one.answer},
        "comparable": bool(planned),
        "calls": len(called),
        "refused": Counter(_why(one) for one in called if one.answer is None),
    }


def _why(call: Called) -> str:
    return "no such tool" if "no tool" in (call.refused or "") else "argument nobody said"


def outside_of(arm: str, settings: ModelSettings, guard: Watched) -> OutsideModel | None:
    """The model as an arm has it."""
    if arm == "planner":
        return None
    model = open_model(settings.name, settings.base_url, settings.key, settings.seconds)
    if arm == "bare":
        return OutsideModel(model, settings.seconds, guard, no_entrance)
    return OutsideModel(model, settings.seconds, guard)


def rows(house: House, settings: ModelSettings, given: argparse.Namespace) -> Iterator[Asked]:
    """Every case of every arm that is not in the file yet."""
    done = {(one["arm"], one["case"], one["model"]) for one in read_rows(given.out)}
    for arm in given.arms:
        for case, letter, said in sample(given.cases):
            if (arm, case["id"], settings.consent) in done:
                continue
            guard = Watched(lets_through=arm == "bare")
            outside = outside_of(arm, settings, guard)
            if arm == "choosing" and outside is not None:
                found = chosen_by_model(house, case, said, outside)
            else:
                found = run_case(house, case, letter, said, outside)
            words = [f"{one.why}: {one.words[:MOST_WORDS]}" for one in guard.found]
            yield {
                "arm": arm,
                "case": case["id"],
                "model": settings.consent,
                **found,
                "texts": len(guard.by_text),
                "struck": Counter(one.why for one in guard.found),
                "words": words,
            }


def read_rows(file: Path) -> list[Asked]:
    """What a file holds already; a line that broke off is left out."""
    found = []
    for line in file.read_text("utf-8").splitlines() if file.exists() else []:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def report(found: list[Asked]) -> None:
    """One block of lines for each arm."""
    for arm in ARMS:
        of_arm = [one for one in found if one["arm"] == arm]
        if not of_arm:
            continue
        seconds = [each for one in of_arm for each in one["seconds"]]
        slow = quantiles(seconds, n=10)[-1] if len(seconds) > 1 else seconds[0]
        print(f"{arm}: {len(of_arm)} cases, {len(seconds)} turns; ", end="")
        print(f"seconds a turn: median {median(seconds):.2f}, slowest tenth from {slow:.2f}")
        comparable = [one for one in of_arm if one.get("comparable", True)]
        meant = "the planner's tool among its calls" if arm == "choosing" else "right"
        print(f"   {meant}: {sum(one['right'] for one in comparable)} of {len(comparable)}")
        for name, said in (
            ("led_in", "turns led in"),
            ("rewritten", "of these after one rewriting"),
            ("texts", "texts of the model"),
            ("calls", "calls"),
        ):
            if any(one.get(name) for one in of_arm):
                print(f"   {said}: {sum(one.get(name, 0) for one in of_arm)}")
        for name, said in (
            ("fallback", "templates instead"),
            ("refused", "calls refused"),
            ("struck", "would be struck" if arm == "bare" else "struck"),
        ):
            counted: Counter[str] = Counter()
            for one in of_arm:
                counted.update(one.get(name) or {})
            if counted:
                told = ", ".join(f"{why} {count}" for why, count in counted.most_common())
                print(f"   {said}: {sum(counted.values())} ({told})")


def main() -> int:
    """Run what is missing, then tell what the whole file holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("check-model.jsonl"))
    parser.add_argument("--cases", type=int, default=SAMPLE)
    parser.add_argument("--arms", nargs="+", choices=ARMS, default=list(ARMS))
    given = parser.parse_args()
    settings = read_settings(os.environ).model
    if settings is None:
        print("set ASKDOC_MODEL, such as openai:qwen-plus (docs/outside-models.md)")
        return 2
    with tempfile.TemporaryDirectory() as folder, given.out.open("a", encoding="utf-8") as out:
        house = opened_house(Path(folder))
        for number, row in enumerate(rows(house, settings, given), 1):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
            print(f"\r{row['arm']} {number}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    report([one for one in read_rows(given.out) if one["model"] == settings.consent])
    return 0


if __name__ == "__main__":
    sys.exit(main())
