"""How many identifiers the masker finds, and what it masks that is none.

    .venv/bin/python eval/privacy/masking.py [--seed 1] [--scale 1.0] [--data DIR] [--failures]

2,000 made-up identifiers with right checksums stand in the sentences of frames.yaml, plain and
disguised; names are counted apart. An identifier is found when no four signs of it in a row are
left (of a name: no two) and restoring gives the sentence back. What is no identifier must pass
untouched; drug codes and names of medicines are real ones from DIR and are left out without it.
Leaves with 1 below 99.5% found, or when less than 98% of amounts, document numbers and drug
codes pass.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import yaml

sys.path.insert(0, str(Path(__file__).parent))

import harmless
import made_up

from askdoc.privacy import mask

HERE = Path(__file__).parent
LEAST_FOUND, LEAST_SPARED = 0.995, 0.98
BOUND = ("amount", "several_amounts", "document_number", "drug_code")
Frames = dict[str, dict[str, list[str]]]


@dataclass
class Count:
    """Of one kind: how many there were, and the sentences that went wrong."""

    of: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def right(self) -> float:
        return 1 - len(self.wrong) / self.of if self.of else 1.0


@dataclass
class Measured:
    """What one run counted, by kind."""

    found: dict[str, Count] = field(default_factory=dict)
    names: dict[str, Count] = field(default_factory=dict)
    spared: dict[str, Count] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)


def total(counts: dict[str, Count], kinds: tuple[str, ...] = ()) -> Count:
    chosen = [count for kind, count in counts.items() if not kinds or kind in kinds]
    return Count(sum(count.of for count in chosen), [w for count in chosen for w in count.wrong])


def is_leaked(masked: str, frame: str, secret: str, window: int) -> bool:
    """Whether signs of the secret in a row are left that the sentence itself does not hold."""
    size = min(window, len(secret))
    pieces = (secret[at : at + size] for at in range(len(secret) - size + 1))
    return any(piece in masked and piece not in frame and piece.strip() for piece in pieces)


def judge(count: Count, frame: str, secret: str, window: int) -> None:
    text = frame.replace("{}", secret)
    masked = mask(text)
    count.of += 1
    if is_leaked(masked.text, frame, secret, window) or masked.vault.restore(masked.text) != text:
        count.wrong.append(f"{text}  ->  {masked.text}")


def measure(seed: int = 1, scale: float = 1.0, data: Path | None = None) -> Measured:
    frames: Frames = yaml.safe_load((HERE / "frames.yaml").read_text(encoding="utf-8"))
    random, measured = Random(seed), Measured()
    for kind, (often, write) in made_up.IDENTIFIERS.items():
        count = measured.found[kind] = Count()
        for _ in range(max(1, round(often * scale))):
            judge(count, random.choice(frames["identifiers"][kind]), write(random), 4)
    for kind, sentences in frames["names"].items():
        count = measured.names[kind] = Count()
        for _ in range(max(1, round(100 * scale))):
            frame = random.choice(sentences)
            is_english = frame.isascii()
            name = random.choice(made_up.LATIN_NAMES if is_english else made_up.NAMES)
            judge(count, frame, name, 4 if is_english else 2)
    for kind, text in _others(random, frames["others"], scale, data, measured):
        count = measured.spared.setdefault(kind, Count())
        count.of += 1
        masked = mask(text)
        if masked.text != text:
            count.wrong.append(f"{text}  ->  {masked.text}")
    return measured


def _others(
    random: Random, frames: dict[str, list[str]], scale: float, data: Path | None, into: Measured
) -> Iterator[tuple[str, str]]:
    writers = {
        "amount": harmless.amount,
        "several_amounts": harmless.part_of_several,
        "document_number": harmless.document_number,
        "approval_number": harmless.approval_number,
        "icd": harmless.icd,
        "day": harmless.day,
        "quantity": harmless.quantity,
        "hotline": lambda random: random.choice(harmless.HOTLINES),
        "institution": lambda random: random.choice(harmless.INSTITUTIONS),
        "region": lambda random: random.choice(harmless.REGIONS),
    }
    for kind, write in writers.items():
        for _ in range(round(300 * scale)):
            text = random.choice(frames[kind])
            while "{}" in text:
                text = text.replace("{}", write(random), 1)
            yield kind, text
    for text in frames["plain"]:
        yield "plain", text
    for kind, file, read in (
        ("drug_code", "drug_limits.csv", lambda row: row["sample_codes"].split()),
        ("medicine", "nrdl2024.csv", lambda row: [row["name"]]),
    ):
        if data is None or not (data / file).is_file():
            into.skipped.append(f"{kind}: no {file} given")
            continue
        with (data / file).open(encoding="utf-8", newline="") as rows:
            known = sorted({value for row in csv.DictReader(rows) for value in read(row)})
        for value in random.sample(known, min(len(known), round(1000 * scale))):
            yield kind, random.choice(frames[kind]).replace("{}", value)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    measured = measure(told.seed, told.scale, told.data)
    bound = total(measured.spared, BOUND)
    report = {
        "found": {kind: round(count.right, 4) for kind, count in measured.found.items()},
        "found of all": (round(total(measured.found).right, 4), total(measured.found).of),
        "names": {kind: round(count.right, 4) for kind, count in measured.names.items()},
        "names of all": (round(total(measured.names).right, 4), total(measured.names).of),
        "untouched": {
            kind: (round(count.right, 4), count.of) for kind, count in measured.spared.items()
        },
        "untouched of amounts, documents, codes": (round(bound.right, 4), bound.of),
        "skipped": measured.skipped,
    }
    print(json.dumps(report, ensure_ascii=False, indent=None if told.json else 1))
    if told.failures:
        for part in (measured.found, measured.names, measured.spared):
            for kind, count in part.items():
                for wrong in count.wrong:
                    print(f"{kind}: {wrong!r}")
    is_kept = total(measured.found).right >= LEAST_FOUND and bound.right >= LEAST_SPARED
    return 0 if is_kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
