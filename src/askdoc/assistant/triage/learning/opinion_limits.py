"""From which odds a second opinion counts, and how well rules and opinion then do.

Limits are chosen on fresh batches by verdicts of weights that never saw the batch: they find most
while the false alarms that they add stay within the bounds below.
"""

import numpy as np

from askdoc.assistant.triage.learning.lesson import Lesson, Mask, Verdicts
from askdoc.assistant.triage.second_opinion import CLASSES, FIRST_CARE, Floats, Limits

# How far the opinion may add false alarms, as shares of each kind of fresh message.
_MORE_LOOK_ALIKES = 0.015
_MORE_CARE = 0.03
_MORE_PLAIN = 0.005
_CARE_IN_PLAIN = 0.005
# A missed emergency is worse than a needless warning, and weights that saw every batch add fewer
# false alarms than those that validate: what is chosen is lowered by so much.
_LEAN = 1.0
_VETO_AT_MOST = -2.0
_VETO_APART = 0.5


def choose_limits(lesson: Lesson, judged: Verdicts) -> Limits:
    """The limits that find most while the added false alarms stay within their bounds."""
    emergency, beside = _emergency_limits(lesson, judged)
    raised = _reaches(lesson, judged, emergency, beside)
    over_care = _bound(judged.over_care, lesson.care, raised, _MORE_CARE)
    caught = lesson.weak & lesson.those("emergency")
    least = np.minimum(judged.emergency, judged.over_care)[caught]
    return Limits(
        emergency=emergency - _LEAN,
        beside_insurance=beside - _LEAN,
        over_care=over_care,
        veto=min(float(least.min(initial=0)) - _VETO_APART, _VETO_AT_MOST),
        care=_bound(
            judged.care,
            lesson.those("look_alike", "none"),
            judged.over_care < 0,
            _CARE_IN_PLAIN,
        ),
    )


def _emergency_limits(lesson: Lesson, judged: Verdicts) -> tuple[float, float]:
    """One limit for messages without a word of insurance and one for those with."""
    quiet = ~lesson.strong & ~lesson.weak
    wanted = lesson.those("emergency", fresh=True) & quiet
    look_alikes = lesson.those("look_alike", fresh=True)
    budget = int(_MORE_LOOK_ALIKES * int(look_alikes.sum()))
    least = _bound(judged.emergency, lesson.those("none"), quiet, _MORE_PLAIN)
    sides = [
        np.sort(judged.emergency[look_alikes & quiet & side])[::-1]
        for side in (~lesson.insured, lesson.insured)
    ]
    own = int(_MORE_LOOK_ALIKES * int((look_alikes & lesson.insured).sum()))
    ways = []
    for spent in range(own + 1):
        emergency, beside = (
            max(float(falling[min(count, len(falling) - 1)]), least)
            for falling, count in zip(sides, (budget - spent, spent), strict=True)
        )
        found = int((_reaches(lesson, judged, emergency, beside) & wanted).sum())
        ways.append((found, emergency, beside))
    return max(ways)[1:]


def _reaches(lesson: Lesson, judged: Verdicts, emergency: float, beside: float) -> Mask:
    """Which messages are emergencies against none, where the rules were quiet."""
    least = np.where(lesson.insured, beside, emergency)
    return ~lesson.strong & ~lesson.weak & (judged.emergency > least)


def _bound(odds_of: Floats, kind: Mask, counted: Mask, share: float) -> float:
    """The odds that at most this share of a kind exceed, of those that are counted."""
    falling = np.sort(odds_of[kind & counted])[::-1]
    allowed = int(share * int(kind.sum()))
    return float(falling[allowed]) if allowed < len(falling) else float(falling.min(initial=0))


def report(lesson: Lesson, judged: Verdicts, limits: Limits) -> str:
    """Recall and false alarms on fresh batches: the rules, the model, both."""
    least = np.where(lesson.insured, limits.beside_insurance, limits.emergency)
    opinion = (judged.emergency > least) & (judged.over_care > limits.over_care)
    vetoed = np.minimum(judged.emergency, judged.over_care) < limits.veto
    rules = lesson.strong | lesson.weak
    both = lesson.strong | opinion | (lesson.weak & ~vetoed)
    kinds = {
        "emergencies": lesson.those("emergency", fresh=True),
        "look-alikes": lesson.those("look_alike", fresh=True),
        "care": lesson.care,
        "plain": lesson.those("none"),
    }
    lines = [f"{'raised as emergency':24}" + "".join(f"{name:>13}" for name in kinds)]
    for name, raised in (("rules", rules), ("model", opinion), ("combined", both)):
        shares = "".join(f"{raised[kind].mean():13.3%}" for kind in kinds.values())
        lines.append(f"{name:24}{shares}")
    return "\n".join([*lines, _care_report(lesson, judged, limits, both)]) + "\n"


def _care_report(lesson: Lesson, judged: Verdicts, limits: Limits, raised: Mask) -> str:
    """How many matters of care are named rightly, and how many plain questions are named one."""
    named = (judged.care > limits.care) & (judged.over_care < 0) & ~raised
    guessed = [CLASSES[FIRST_CARE + int(kind)] for kind in judged.kind]
    of_rules = list(lesson.rule_kinds)
    of_both = [
        rule if rule not in ("none", "emergency") else kind if is_named else "none"
        for rule, kind, is_named in zip(of_rules, guessed, named, strict=True)
    ]
    found = []
    for name, kinds in (("rules", of_rules), ("combined", of_both)):
        right = [kinds[at] == lesson.messages[at].label for at in np.flatnonzero(lesson.care)]
        plain = [
            kinds[at] not in ("none", "emergency") for at in np.flatnonzero(lesson.those("none"))
        ]
        found.append(f"care named by {name}: {np.mean(right):.1%}, in plain {np.mean(plain):.2%}")
    return "; ".join(found)
