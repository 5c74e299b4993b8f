"""Checks the figures of the practice files whose conversations carry their own facts.

python eval/assistant/practice/bill_sums.py
"""

import sys
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from calculator import compute, fen, figures, needed

FILES = ("bills_again", "bills_third", "voices_bills", "voices_talks", "more_voices")

Facts = dict[str, Any]


def case_faults(case: Facts) -> list[str]:
    """Figures, places, bills and rules of a set that are not the calculator's."""
    facts, expect = case["facts"], case["expect"]
    if "bills" in facts:
        pays = [str(fen(compute({**facts, **one})["person_pays"])) for one in facts["bills"]]
        right = dict(zip(("before", "after"), pays, strict=True))
        return [f"bills are {right}"] if expect["figures"] != right else []
    if "places" in facts:
        pays = [str(fen(compute({**facts, **one})["person_pays"])) for one in facts["places"]]
        return [f"places are {pays}"] if expect["says"] != pays else []
    if "asked" in facts:
        known = [f"{needed(facts, name):f}" for name in facts["asked"]]
        told = " ".join(expect["says_any"])
        return [f"{one} is not said" for one in known if one not in told]
    return unlike(expect["figures"], facts)


def unlike(said: Facts, facts: Facts) -> list[str]:
    right = figures(facts)
    return [f"{key} is {right[key]}" for key, value in said.items() if right[key] != value]


def talk_faults(talk: Facts) -> list[str]:
    """Figures of the turns, each told anew over the turn that it goes on from."""
    found: dict[int, Facts] = {0: {"amounts": {}}}
    faults = []
    for number, turn in enumerate(talk["turns"], 1):
        if "told" not in turn:
            continue
        before, told = found[turn["from"]], turn["told"]
        amounts = {**before["amounts"], **told.get("amounts", {})}
        found[number] = {**before, **told, "amounts": amounts}
        faults += unlike(turn["expect"].get("figures", {}), found[number])
    return faults


def main() -> int:
    faults: list[str] = []
    for name in FILES:
        told = yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text("utf-8"))
        for case in told["cases"]:
            faults += [f"{case['id']}: {one}" for one in case_faults(case)]
        for talk in told["conversations"]:
            faults += [f"{talk['id']}: {one}" for one in talk_faults(talk)]
    print("\n".join(faults) or f"{', '.join(FILES)} agree")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
