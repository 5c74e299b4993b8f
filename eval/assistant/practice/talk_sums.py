"""The sums that the practice conversations of talks.yaml expect, and a check that they stand there.

What the turns tell stands in talk_steps.py; the sums are those of eval/assistant/calculator.py.

    python eval/assistant/practice/talk_sums.py          talks.yaml is sound and agrees
    python eval/assistant/practice/talk_sums.py --show pt001
"""

import sys
from decimal import Decimal
from itertools import product
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from calculator import compute, examples, fen, figures, needed, spellings
from talk_steps import RULES, STEPS, Facts

TALKS = Path(__file__).with_name("talks.yaml")

TOPICS = {
    "correction", "follow_up", "subject_switch", "digression", "choice",
    "act", "traditional", "dialect", "english", "nothing_ignored",
}  # fmt: skip
KINDS = {"answer", "ask", "decline", "emergency", "nothing_found", "handed_over"}
EXPECT = {
    "kind", "outcome", "figures", "range", "medicines", "class", "says", "says_any", "never",
    "never_outcome", "documents", "understood", "missing",
}  # fmt: skip


def facts_of(talk: str) -> dict[int, Facts]:
    """The facts of every turn of a conversation that has a sum."""
    found: dict[int, Facts] = {0: {"amounts": {}}}
    for turn, goes_on_from, told in STEPS.get(talk, []):
        before = found[goes_on_from]
        amounts = {**before["amounts"], **told.get("amounts", {})}
        found[turn] = {**before, **told, "amounts": amounts}
    return {turn: facts for turn, facts in found.items() if turn}


def ends(facts: Facts) -> dict[str, str]:
    """Lowest and highest sum over the values that a fact may have."""
    names, values = list(facts["any"]), product(*facts["any"].values())
    ways = [{**facts, **dict(zip(names, each, strict=True))} for each in values]
    pays = [compute(way)["person_pays"] for way in ways]
    return {"lowest": str(fen(min(pays))), "highest": str(fen(max(pays)))}


def said_sum(facts: Facts) -> list[str]:
    """The ways in which a text may write what the person pays."""
    pays = compute(facts)["person_pays"]
    return sorted(spellings(pays) | {f"{pays:.2f}", f"{pays:,.2f}"})


def sum_faults(expect: Facts, facts: Facts | None) -> list[str]:
    has_sum = "figures" in expect or "range" in expect
    if facts is None:
        return ["a sum that talk_sums does not know"] if has_sum else []
    if "range" in expect:
        right_ends = ends(facts)
        return [f"range should be {right_ends}"] if expect["range"] != right_ends else []
    if "figures" in expect:
        right = figures(facts)
        pairs = expect["figures"].items()
        return [f"{k}: {v}, should be {right.get(k)}" for k, v in pairs if right.get(k) != v]
    ways = said_sum(facts)
    return [f"says_any should be {ways}"] if expect.get("says_any") != ways else []


def form_faults(turn: Facts) -> list[str]:
    """What in a turn is not of the agreed form."""
    expect = turn.get("expect", {})
    faults = [f"unknown key {key}" for key in set(turn) - {"say", "expect", "why"}]
    faults += [f"unknown expectation {key}" for key in set(expect) - EXPECT]
    kinds = expect.get("kind", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    faults += [f"unknown kind {kind}" for kind in kinds if kind not in KINDS]
    lists = ("says", "says_any", "never", "never_outcome", "medicines", "missing", "documents")
    faults += [f"{key} is no list" for key in lists if not isinstance(expect.get(key, []), list)]
    return faults if turn.get("say") and expect else [*faults, "nothing said or expected"]


def rule_faults(expect: Facts, rule: Facts) -> list[str]:
    share = f"{Decimal(needed(rule, 'share')):f}%"
    return [] if share in expect.get("says_any", []) else [f"the share is {share}"]


def faults_of(talk: Facts) -> list[str]:
    faults = [] if talk["topic"] in TOPICS else [f"unknown topic {talk['topic']}"]
    faults += [] if 2 <= len(talk["turns"]) <= 5 else ["2 to 5 turns"]
    faults += [] if talk["speaker"] in ("resident", "doctor") else ["unknown speaker"]
    known = facts_of(talk["id"])
    faults += [f"no turn {turn}" for turn in known if turn > len(talk["turns"])]
    for number, turn in enumerate(talk["turns"], start=1):
        found = form_faults(turn) + sum_faults(turn["expect"], known.get(number))
        rule = RULES.get((talk["id"], number))
        found += rule_faults(turn["expect"], rule) if rule else []
        faults += [f"turn {number}: {fault}" for fault in found]
    return [f"{talk['id']} {fault}" for fault in faults]


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--show"]:
        for name in arguments[1:]:
            for turn, facts in facts_of(name).items():
                print(name, turn, ends(facts) if "any" in facts else figures(facts))
        return 0
    talks = yaml.safe_load(TALKS.read_text(encoding="utf-8"))["conversations"]
    ids = [talk["id"] for talk in talks]
    faults = examples() + [fault for talk in talks for fault in faults_of(talk)]
    faults += [f"used twice: {one}" for one in sorted({i for i in ids if ids.count(i) > 1})]
    faults += [f"no conversation {one}" for one in STEPS if one not in ids]
    sums_known = sum(len(steps) for steps in STEPS.values())
    print("\n".join(faults) or f"{len(talks)} conversations and {sums_known} sums agree")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
