"""How well the library finds the right passage, against simpler rankers.

Each question goes to the search twice: as it stands with the filters of its fields, and as a
person meets it, through the reader with those fields as known facts. Questions without a label
are counted and named, never scored. Nobody reads the failures of the test half while tuning, so
they are shown only with `--failures`.

Run: python eval/retrieval/run.py [--half tuning|test|inside|outside] [--ablations] [--failures]
     python eval/retrieval/run.py --file second|every --half tuning|test
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from metrics import MEASURES, hit, interval, recall
from rankers import DEPTH, Rankers, ranked, rankers_of

from askdoc.assistant.answers.look_up import Library, LookedUp, look_up
from askdoc.bootstrap import House
from askdoc.library.document import IN_FORCE_KINDS, Kind
from askdoc.library.index import Index, build
from askdoc.library.keeper import Kept
from askdoc.library.search import Ask, Found, search
from askdoc.library.vocabulary import Vocabulary, load_vocabulary
from askdoc.settings import Settings

HERE = Path(__file__).parent
HALVES = ("tuning", "test", "inside", "outside", "practice", "practice_again", "fresh")
SPLIT_BY_ID = ("second", "every")
KNOWLEDGE = HERE.parents[1] / "knowledge"
TODAY = date(2026, 11, 25)
Asked = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """One question with what each ranker put first, and what the search found.

    `met` is what the search found through the reader.
    """

    asked: Asked
    ask: Ask
    lists: dict[str, list[str]]
    found: Found
    met: Found

    @property
    def scored(self) -> bool:
        return bool(self.asked.get("right")) and not self.asked.get("missing")


def questions_of(half: str, file: str | None) -> list[Asked]:
    """A file of its own for each half, or one file that a fixed hash of the ids divides."""
    name = file or half
    questions: list[Asked] = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))["questions"]
    return [one for one in questions if file is None or half_of(one["id"]) == half]


def half_of(name: str) -> str:
    """The half of a question in a file that holds both, the same for ever."""
    return "test" if hashlib.sha256(name.encode()).digest()[0] % 2 else "tuning"


def asked_of(question: Asked, vocabulary: Vocabulary) -> Ask:
    """A question as the search takes it; filters come from its fields only."""
    return Ask(
        question=vocabulary.question(question["ask"]),
        day=question.get("day") or TODAY,
        region=question.get("region"),
        scheme=question.get("scheme"),
        kinds=kinds_of(question),
        count=DEPTH,
    )


def kinds_of(question: Asked) -> tuple[Kind, ...]:
    """What a question looks among: what holds, unless it says history and proposals."""
    return tuple(question.get("kinds") or IN_FORCE_KINDS)


def answered(question: Asked, house: House, library: Library, rankers: Rankers) -> Answered:
    """All rankings of one question."""
    kept = library.kept
    ask = asked_of(question, library.vocabulary)
    lists = {name: ranked(ask, kept.index, one) for name, one in rankers.scorers.items()}
    found = search(ask, kept.index, kept.embedding, kept.nearest)
    lists["hybrid"] = ids(found)
    met = met_by_a_person(question, house, library).found
    return Answered(question, ask, lists, found, met)


def met_by_a_person(question: Asked, house: House, library: Library) -> LookedUp:
    """What the reader's way finds, with the question's fields as facts that are known."""
    given = {name: question[name] for name in ("region", "scheme") if question.get(name)}
    if question.get("day"):
        given["day"] = question["day"].isoformat()
    context = house.context(TODAY, given, 0, None)
    return look_up(question["ask"], context, library, kinds_of(question), DEPTH)


def ids(found: Found) -> list[str]:
    """The passages that were found, best first."""
    return [match.passage.id for match in found.matches]


def ablated(kept: Kept) -> dict[str, Index]:
    """The same library with less of what the questions give, least first."""
    index = kept.index
    passages = [index.passage(at) for at in range(index.size)]
    bare = [replace(passage, asked=()) for passage in passages]
    return {
        "text only": build(index.documents, bare, index.vectors),
        "+ asked as words": build(index.documents, passages, index.vectors),
        "+ asked as vectors": replace(index, seen=None),
        "+ lens (hybrid)": index,
    }


def show_ablations(questions: Sequence[Asked], vocabulary: Vocabulary, kept: Kept) -> None:
    """hit@1 and recall@5 of each ablation, with the weights of the whole."""
    for name, index in ablated(kept).items():
        hits, recalls = [], []
        for question in questions:
            right = question.get("right")
            if right and not question.get("missing"):
                shown = ids(search(asked_of(question, vocabulary), index, kept.embedding))
                hits.append(hit(shown, right))
                recalls.append(recall(shown, right, 5))
        if hits:
            print(f"{name:21}  hit@1 {_span(interval(hits))}  recall@5 {_span(interval(recalls))}")


def measured(rows: list[Answered]) -> dict[str, Any]:
    """Every measure of every ranker, what a person meets, and the lead of the search."""
    told: dict[str, dict[str, list[float]]] = {}
    for name in rows[0].lists if rows else ():
        told[name] = {
            measure: [of(row.lists[name], row.asked["right"]) for row in rows]
            for measure, of in MEASURES.items()
        }
    met = [(ids(row.met) if row.met.sufficient else [], row) for row in rows]
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
                for one in (*row.found.matches, *row.met.matches)
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
        "unanswerable answered": interval([float(row.met.sufficient) for row in never]),
        "answerable refused": interval([float(not row.met.sufficient) for row in scored]),
        "unanswerable answered, direct": interval([float(row.found.sufficient) for row in never]),
        "answerable refused, direct": interval([float(not row.found.sufficient) for row in scored]),
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
    for name in ("unanswerable answered", "answerable refused"):
        print(f"{name:31}", _span(told[name]), f"of {told['unanswerable']} and {told['n']}")
        print(f"{name + ', direct':31}", _span(told[f"{name}, direct"]))
    for name in ("missing", "unlabelled", "out of force"):
        print(f"{name}: {len(told[name])}", *told[name])
    for name, why in told["skipped rankers"].items():
        print(f"skipped {name}: {why}")


def _span(value: tuple[float, float, float]) -> str:
    return "{:.3f} [{:.3f}, {:.3f}]".format(*value)


def show_failures(rows: list[Answered]) -> None:
    """What the search did not put first, or called insufficient, or should have refused."""
    for row in rows:
        first, right = ids(row.met)[:3], row.asked.get("right") or []
        enough = row.met.sufficient
        wrong = row.scored and not (enough and hit(first, right))
        if wrong or (row.asked.get("unanswerable") and enough):
            print(row.asked["id"], row.asked["ask"], f"sufficient={enough}")
            print("   right", *right, "\n   found", *first)


def main() -> int:
    """Print the report; 1 when something out of force was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, default="tuning")
    parser.add_argument("--file", choices=SPLIT_BY_ID, help="a file that holds both halves")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--data", type=Path, help="where the index is kept (default: nowhere)")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--ablations", action="store_true")
    given = parser.parse_args()
    questions = questions_of(given.half, given.file)
    with tempfile.TemporaryDirectory() as folder:
        house = House(Settings(KNOWLEDGE, Path(folder), given.data or Path(folder), "zh"))
        library = Library(house.open_library(), load_vocabulary(KNOWLEDGE))
        rankers = rankers_of(library.kept.index, library.kept.embedding)
        rows = [answered(question, house, library, rankers) for question in questions]
    told = report(given.half, rows, rankers)
    show(told)
    if given.ablations:
        show_ablations(questions, library.vocabulary, library.kept)
    if given.json:
        given.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    if given.half != "test" or given.failures:
        show_failures(rows)
    return int(bool(told["out of force"]))


if __name__ == "__main__":
    raise SystemExit(main())
