"""Which frames a question fits: points for its words and for what was found in it.

Likeness to labelled utterances speaks only where the words leave it open, and then by its margin
over the next frame: unrelated sentences come almost as close as related ones.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from askdoc.assistant.planning.frame import Frame, Frames
from askdoc.assistant.reading.asked_medicines import was_never_taken
from askdoc.assistant.reading.both_ways import said_both_ways
from askdoc.assistant.reading.facts import Reading, paid_oneself
from askdoc.assistant.reading.two_bills import two_bills

# Facts of a visit or contract that a bill may be compared by, where they are said in two ways.
WAYS = frozenset({"contracted", "referral", "filed", "institution", "setting"})
BILL_PARTS = ("total", "class_a", "class_b", "negotiated", "off_catalogue", "scope_not_met")
# Points from which a frame is acted on, and by which it must lead the next one.
ACT = 3.0
LEAD = 0.5
# Points from which a frame is worth offering as a choice.
MAYBE = 1.5
# What the frame with the nearest utterance gets when it is nearer by the margin.
LIKENESS = 2.5
MARGIN = 0.012
MOST_CHOICES = 3
# Frames of this family look up the same documents: which of them is meant, nobody needs to ask.
_LOOKED_UP = "policy"
# An errand is near only where its matter is named, so that small talk never starts one.
_ERRANDS = ("refills", "visit")
_OF_ERRAND = re.compile(
    r"[药配约挂号诊续]|提醒|通知|消息|短信|取消|候补|看病|医生|大夫|专家"
    r"|medic|pill|refill|remind|message|appoint|book|visit|doctor|specialist|slot|prescri",
    re.I,
)
_OF_RULES = {"policy", "meaning", "difference", "procedure"}
# A bill and what was paid of it: a third sum is another bill's.
_PAID_AND_BILL = 2
# Why two sums differ, asked without a word for why: 差2760是扣了啥, "how come?".
_WHY_APART = re.compile(
    r"解释|说说(?:看|道理)|(?:差|多|贵)[^，。；？?]{0,8}(?:哪|啥|什么|谁|扣)|怎么(?:算|来)的"
    r"|\b(?:how come|explain)\b",
    re.I,
)
# Words for a second time, or for two at once.
_TWICE = re.compile(
    r"又|另[一外]|上[次回趟个]|前[次回趟]|[这第][次回趟二张]|两[次回趟张年]|同样|一样|现在|后来|那[年次回趟]|去年|一次"
    r"|\b(?:now|next|same|both|each|again|while|when|last|before|another|two|second)\b",
    re.I,
)
Likeness = Callable[[str], Mapping[str, float]]
_ASKING = re.compile(
    r"[?？吗么呢]|多少|多长|多久|多大|何时|几|怎么|咋|什么|啥|哪|谁|能不能|是不是|可不可以|要不要|有没有|算一|算算|为何"
    r"|请问|想问|问问"
    r"|\b(?:how|what|which|who|where|when|why)\b"
    r"|(?:^|[.,;!] ?|\b(?:and|so|then|or|but|please|ok(?:ay)?) )"
    r"(?:can|could|is|are|was|do|does|did|will|would|may|should)\b",
    re.I,
)
_BESIDE = r"另外|还有就是|再问|顺便|also,|and also "
_ENDS = re.compile(rf"(?<=[？?。！!；;\n])|(?:，|,)?(?={_BESIDE})")
_ASIDE = re.compile(rf"[，,\s]*(?:{_BESIDE})", re.I)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The frames to act on (one, or one for each part), to offer, or none."""

    band: Literal["act", "offer", "nothing"]
    frames: tuple[Frame, ...] = ()


def features(reading: Reading, frames: Frames, unknown_name: bool) -> dict[str, float]:
    """What was found in a question, each 1."""
    bill = any(one.role in BILL_PARTS for one in reading.amounts)
    medicine = bool(reading.mentions) or "medicine" in reading.facts
    amount = bool(reading.amounts or reading.unread)
    matter = bool(frames.matters.find(reading.text.lower()))
    found = {
        "bill": bill,
        "amount": amount,
        "visit": bool(reading.facts.keys() & {"tier", "setting"}),
        "figure": bool(reading.figures),
        "diagnosis": bool(reading.diagnoses),
        "matter": matter,
        "unknown_name": unknown_name,
        "medicine": medicine,
        "two_bills": amount and two_bills(reading.text) is not None,
        "two_paid": _tells_two_paid(reading),
        "two_ways": bool(reading.conflicts.keys() & WAYS)
        and bool(
            reading.asks.keys() & {"compare_places", "each"} or said_both_ways(reading.text.lower())
        ),
        "two_tiers": "tier" in reading.conflicts
        and ("转" not in reading.text or bool(reading.asks.keys() & {"compare_places", "each"}))
        and not _asks_how(reading),
        "here_and_there": reading.place is not None
        and bill
        and bool(reading.asks.keys() & {"compare_places", "each"}),
        "place_without_amount": not (amount or medicine or matter or unknown_name)
        and "tier" in reading.facts
        and "cost" in reading.asks,
        "service": reading.services and not medicine,
        "two_medicines": len(_beside_each_other(reading)) > 1,
        "medicine_without_bill": medicine and not bill,
        "matter_without_amount": matter and not amount,
        "matter_without_medicine": matter and not medicine,
        "figure_without_amount": bool(reading.figures) and not amount,
        "away": reading.place is not None and not amount,
        "rule_question": matter and not amount and bool(reading.asks.keys() & _OF_RULES),
    }
    return {name: 1.0 for name, holds in found.items() if holds}


def _beside_each_other(reading: Reading) -> set[str]:
    """The names that stand beside each other; what was never taken stands beside none."""
    mentions = reading.mentions
    never = {one.span for one in mentions if was_never_taken(reading.text, one, mentions)}
    kept = mentions if len(never) == len(mentions) else [m for m in mentions if m.span not in never]
    return {one.resolution.query for one in kept}


def _asks_how(reading: Reading) -> bool:
    """Whether it is asked how something is done between two places, and nothing of what it costs:
    大医院开过，能回社区接着配吗.
    """
    costs = {"compare_places", "each", "cost", "value", "explain"}
    return "procedure" in reading.asks and not (reading.asks.keys() & costs or reading.amounts)


def _tells_two_paid(reading: Reading) -> bool:
    """Whether what was paid of two bills is told, or, where it is asked why, sums that may be."""
    paid = paid_oneself(reading)
    numbers = [*(one.amount for one in reading.amounts if one.amount), *reading.unread]
    asks_why = reading.asks.keys() & {"why", "explain"} or _WHY_APART.search(reading.text)
    apart = reading.conflicts.keys() & {"tier", *WAYS} or _TWICE.search(reading.text)
    return len(paid) > 1 or bool(asks_why and apart and len(numbers) > _PAID_AND_BILL)


def scores(
    reading: Reading, frames: Frames, unknown_name: bool = False
) -> list[tuple[float, Frame]]:
    """Every frame with its points, best first."""
    found = features(reading, frames, unknown_name)
    counted = [
        (
            sum(points for ask, points in frame.asks.items() if ask in reading.asks)
            + sum(points for name, points in frame.fits.items() if name in found),
            frame,
        )
        for frame in frames.by_id.values()
    ]
    return sorted(counted, key=lambda one: -one[0])


def choose(
    reading: Reading, frames: Frames, unknown_name: bool, likeness: Likeness | None
) -> Chosen:
    """The frame to act on; two to four to offer when none leads; none."""
    ranked = scores(reading, frames, unknown_name)
    if not _leads(ranked) and likeness is not None:
        ranked = _with_likeness(ranked, likeness(reading.text), reading)
    if _leads(ranked):
        return Chosen("act", (ranked[0][1],))
    worth = [frame for points, frame in ranked if points >= MAYBE][:MOST_CHOICES]
    if len(worth) > 1:
        return Chosen("offer", tuple(worth))
    return Chosen("act" if worth else "nothing", tuple(worth))


def _leads(ranked: list[tuple[float, Frame]]) -> bool:
    """Whether the best frame leads; those of the policy family look up the same documents."""
    points, best = ranked[0]
    beside = best.family == _LOOKED_UP
    rival = next(one for one, frame in ranked[1:] if not (beside and frame.family == _LOOKED_UP))
    return points >= ACT and points - rival >= LEAD


def _with_likeness(
    ranked: list[tuple[float, Frame]], near: Mapping[str, float], reading: Reading
) -> list[tuple[float, Frame]]:
    """The frames with the nearest one first; no bill or errand is near without words."""
    by_nearness = sorted(near.items(), key=lambda one: -one[1])
    if len(by_nearness) < 2 or by_nearness[0][1] - by_nearness[1][1] < MARGIN:
        return ranked
    best = by_nearness[0][0]
    amount = bool(reading.amounts or reading.unread)
    errand = bool(_OF_ERRAND.search(reading.text))

    def gained(frame: Frame) -> float:
        words = {"bill": amount, **dict.fromkeys(_ERRANDS, errand)}
        may = words.get(frame.family, True) or bool(frame.asks.keys() & reading.asks.keys())
        return LIKENESS if frame.id == best and may else 0

    return sorted(
        [(points + gained(frame), frame) for points, frame in ranked],
        key=lambda one: -one[0],
    )


def is_asking(text: str) -> bool:
    """Whether a sentence asks at all: a statement that names a deductible does not."""
    return bool(_ASKING.search(text))


def is_aside(part: str) -> bool:
    """Whether a part of a message says of itself that it asks something else."""
    return bool(_ASIDE.match(part))


def parts(text: str) -> list[str]:
    """The sentences of a message, each with its own end; never empty."""
    found = [part.strip() for part in _ENDS.split(text) if part and part.strip(" ，,。")]
    return found or [text]


def sure_frame(reading: Reading, frames: Frames) -> Frame | None:
    """The frame that a reading fits best, where it fits well enough to act on."""
    points, frame = scores(reading, frames)[0]
    return frame if points >= ACT else None
