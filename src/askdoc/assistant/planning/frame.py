"""Frames: what askdoc can do for a question, from `knowledge/frames.yaml`.

A frame is data: which words and findings speak for it, which tool does the work, which facts that
tool looks at. Adding one needs no code unless its tool is new.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from askdoc.assistant.reading.lexicon import ASKS
from askdoc.language.word_list import WordList
from askdoc.policy.strict_yaml import Map, SheetError, read_sheet

FILE = "frames.yaml"
NO_TOOL = "none"
FAMILIES = ("bill", "rule", "medicine", "policy", "other", "refills", "visit")
CORES = ("none", "amount", "medicine", "two_medicines")
# What can be found in a question and speak for or against a frame.
FEATURES = (
    *("bill", "amount", "visit", "figure", "diagnosis", "matter", "unknown_name"),
    *("medicine", "two_medicines", "two_tiers", "two_bills", "two_paid"),
    *("two_ways", "here_and_there", "service"),
    *("medicine_without_bill", "matter_without_amount", "matter_without_medicine"),
    *("figure_without_amount", "place_without_amount", "away", "rule_question"),
)
FACTS = (
    *("region", "scheme", "status", "grade", "tier", "institution", "setting", "place"),
    *(
        "contracted",
        "referral",
        "filed",
        "age",
        "sex",
        "retired_year",
        "group",
        "admissions",
        "day",
        "medicine",
    ),
    "passage",
    # Whose errand it is, and what is wished for in it.
    *("patient", "remind_hours", "reminder_reply"),
    *("department", "days", "hours", "hospital", "hospital_named", "slot", "booking"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One thing that askdoc does: points by ask and by finding, the tool, the facts it uses."""

    id: str
    tool: str
    family: str
    core: str
    asks: Mapping[str, float]
    fits: Mapping[str, float]
    uses: tuple[str, ...]
    next: tuple[str, ...]
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames by id, and the words for policy matters."""

    by_id: Mapping[str, Frame]
    matters: WordList[str]


def load_frames(knowledge: Path, tools: tuple[str, ...]) -> Frames:
    """The frames of a knowledge folder. Raises SheetError naming file and line."""
    sheet = read_sheet(knowledge / FILE).only("frames", "matters")
    rows = sheet.rows("frames").maps()
    ids = [row.scalar("frame").text() for row in rows]
    frames = {name: _frame(row, tools, ids) for name, row in zip(ids, rows, strict=True)}
    if len(frames) < len(ids):
        again = next(name for name in ids if ids.count(name) > 1)
        raise SheetError(sheet.rows("frames").place, "listed_twice", found=again)
    matters = [one.text().lower() for one in sheet.rows("matters").scalars()]
    return Frames(frames, WordList({word: word for word in matters}))


def _frame(row: Map, tools: tuple[str, ...], ids: list[str]) -> Frame:
    row.only("frame", "tool", "family", "core", "asks", "fits", "uses", "next", "say")
    return Frame(
        id=row.scalar("frame").text(),
        tool=row.scalar("tool").one_of((*tools, NO_TOOL)),
        family=row.scalar("family").one_of(FAMILIES),
        core=row.scalar("core").one_of(CORES),
        asks=_points(row.map("asks"), ASKS),
        fits=_points(row.map("fits"), FEATURES),
        uses=tuple(one.one_of(FACTS) for one in row.rows("uses").scalars()),
        next=tuple(one.one_of(tuple(ids)) for one in row.rows("next").scalars()),
        say=tuple(one.text() for one in row.rows("say").scalars()),
    )


def _points(row: Map, allowed: tuple[str, ...]) -> dict[str, float]:
    row.only(*allowed)
    return {name: float(row.scalar(name).number()) for name in row}
