"""Checks the figures of the files whose conversations carry their own facts.

python eval/assistant/practice/bill_sums.py
"""

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from calculator import compute, fen, needed, spellings, sum_faults

FOLDER = Path(__file__).resolve().parents[1]
FILES = (
    "practice/bills_again",
    "practice/bills_third",
    "practice/voices_bills",
    "practice/voices_talks",
    "practice/more_voices",
    "practice/fresh_sets",
    "practice/fresh_talks",
    "practice/unseen_sets",
    "practice/unseen_talks",
    "held/talks",
    "rounds/talks",
)

Facts = dict[str, Any]


def case_faults(facts: Facts, expect: Facts) -> list[str]:
    """Figures, ranges, places, bills and rules of a set that are not the calculator's."""
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
    return sum_faults({"facts": facts, "expect": expect})


def spelled(value: Decimal) -> list[str]:
    """The ways in which a text may write a sum, each with what keeps it from a longer number."""
    ways = {f"{value:.2f}", f"{value:,.2f}"}
    for plain in spellings(value):
        ways |= {f"{plain}元", f"{plain} 元", f"{plain}块", f"{plain} yuan", f"¥{plain}"}
    return sorted(ways)


def said_faults(facts: Facts, expect: Facts) -> list[str]:
    """A sum said again in words, or what one of two places saves."""
    if "saved" in facts:
        dear, cheap = (compute({**facts, **one})["person_pays"] for one in facts["saved"])
        right = [spelled(abs(dear - cheap))]
    else:
        sums = compute(facts)
        right = [spelled(sums["person_pays"]), spelled(sums["fund_pays"])]
    return [] if expect.get("says_any") in right else [f"says_any should be one of {right}"]


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
        if "tier" in told:
            # One place instead of those that were compared.
            found[number].pop("places", None)
        again = not told or "saved" in told
        check = said_faults if again else case_faults
        faults += check(found[number], turn["expect"])
    return faults


def main() -> int:
    faults: list[str] = []
    for name in FILES:
        told = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
        for case in told["cases"]:
            faults += [f"{case['id']}: {one}" for one in case_faults(case["facts"], case["expect"])]
        for talk in told["conversations"]:
            faults += [f"{talk['id']}: {one}" for one in talk_faults(talk)]
    print("\n".join(faults) or f"{', '.join(FILES)} agree")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
