"""A second opinion on a message, learnt from labelled ones: emergency, matter of care, or neither.

The weights are one row for each place of a piece (`pieces`) and, where the embedding runs, one
for each of its directions; both were learnt together, so that the pieces alone will do. Every
score is a plain sum, and the reason given is the clause that adds most to it.
"""

import os
from collections.abc import Callable
from dataclasses import astuple, dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from askdoc.assistant.triage.happening import Speaker
from askdoc.assistant.triage.message import Message
from askdoc.assistant.triage.pieces import PLACES, Pieces, clause_pieces, clauses_of, pieces_of
from askdoc.assistant.triage.red_flags import CARE_KINDS, CareKind
from askdoc.language import Span
from askdoc.library.embedding import DEFAULT, Embedding, NoEmbedding, load_embedding

FILE = "red_flag_model.npz"
# The classes in the order of the weights.
CLASSES = ("none", "emergency", *CARE_KINDS)
NONE, EMERGENCY, FIRST_CARE = 0, 1, 2
# What is embedded of a long message; the pieces still are those of the whole.
_EMBEDDED_LETTERS = 256
_STEPS = 127
# By so much more an emergency must outweigh none where a rule names a matter of care.
_BESIDE_CARE = 1.0

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Log odds from which an opinion counts, chosen by validation (`red_flag_model`).

    An emergency must reach `emergency` against none (`beside_insurance` in a message that also asks
    about insurance) and `over_care` against all matters of care; a weak rule is overruled below
    `veto`; a matter of care must reach `care` against none.
    """

    emergency: float
    beside_insurance: float
    over_care: float
    veto: float
    care: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt. Shapes: letters (places, classes), meaning (dimensions, classes).

    `bias` and `limits` are those without the embedding and with it.
    """

    letters: Floats
    meaning: Floats
    centre: Floats
    bias: tuple[Floats, Floats]
    limits: tuple[Limits, Limits]
    embedding: str
    digest: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the weights make of one message, in log odds.

    `clause_for` finds the clause that speaks most for a class; spans count in the folded text.
    """

    emergency: float
    over_care: float
    care_kind: CareKind
    care: float
    limits: Limits
    about_insurance: bool
    clause_for: Callable[[int], Span] = field(repr=False)

    @property
    def reason(self) -> Span:
        """The clause that speaks most for an emergency."""
        return self.clause_for(EMERGENCY)

    @property
    def care_reason(self) -> Span:
        """The clause that speaks most for the matter of care."""
        return self.clause_for(FIRST_CARE + CARE_KINDS.index(self.care_kind))

    def is_emergency(self, beside_care: bool = False) -> bool:
        """Whether it calls for help; `beside_care`: a rule names a matter of care."""
        limits = self.limits
        least = limits.beside_insurance if self.about_insurance else limits.emergency
        least += _BESIDE_CARE if beside_care else 0
        return self.emergency > least and self.over_care > limits.over_care

    @property
    def is_surely_none(self) -> bool:
        return min(self.emergency, self.over_care) < self.limits.veto

    @property
    def is_care(self) -> bool:
        return self.care > self.limits.care and self.over_care < 0


class SecondOpinion:
    """The opinions of one knowledge folder; weights and embedding are read when first asked."""

    def __init__(self, knowledge: Path, with_embedding: bool = True) -> None:
        self._file = knowledge / FILE
        self._with_embedding = with_embedding

    @cached_property
    def weights(self) -> Weights | None:
        """None where no weights are shipped or they are damaged: then the rules stand alone."""
        return read_weights(self._file)

    @cached_property
    def embedding(self) -> Embedding | None:
        """None where the embedding cannot run, or is not the one that was learnt with."""
        if not self._with_embedding or self.weights is None:
            return None
        try:
            found = load_embedding(DEFAULT)
        except NoEmbedding:
            return None
        return found if found.id == self.weights.embedding else None

    def of(self, said: Message, speaker: Speaker) -> Opinion | None:
        """The opinion on a message, or None without weights."""
        weights = self.weights
        if weights is None:
            return None
        row = None
        if self.embedding is not None:
            row = centred(self.embedding.question(embedded_text(said)), weights.centre)
        sums = scores(weights, pieces_of(said, speaker), row)
        return _opinion(said, sums, weights, weights.limits[row is not None])


def is_about_insurance(said: Message) -> bool:
    """Whether any word of the message is about insurance."""
    return said.has("insurance", 0, len(said.text))


def embedded_text(said: Message) -> str:
    """What the embedding reads of a message."""
    return said.text[:_EMBEDDED_LETTERS]


def scores(weights: Weights, pieces: Pieces, row: Floats | None) -> Floats:
    """Log chances of every class, from the pieces and, where given, the embedded row."""
    sums = pieces.sizes @ weights.letters[pieces.places] + weights.bias[row is not None]
    return log_chances(sums if row is None else sums + row @ weights.meaning)


def log_chances(sums: Floats) -> Floats:
    """Scores (…, classes) as the logarithms of chances that add up to one."""
    least = sums - sums.max(axis=-1, keepdims=True)
    chances: Floats = least - np.log(np.exp(least).sum(axis=-1, keepdims=True))
    return chances


def odds(chances: Floats) -> tuple[Floats, Floats, NDArray[np.intp], Floats]:
    """Log odds of an emergency against none and against care, the likeliest care and its odds."""
    care = chances[..., FIRST_CARE:]
    any_care = np.log(np.exp(care).sum(axis=-1))
    emergency = chances[..., EMERGENCY]
    none = chances[..., NONE]
    return emergency - none, emergency - any_care, care.argmax(axis=-1), care.max(axis=-1) - none


def centred(row: Floats, centre: Floats) -> Floats:
    """An embedded row without what all messages share, of unit length."""
    apart = row - centre
    return np.asarray(apart / max(float(np.linalg.norm(apart)), 1e-9), np.float32)


def _opinion(said: Message, chances: Floats, weights: Weights, limits: Limits) -> Opinion:
    emergency, over_care, kind, care = odds(chances)
    return Opinion(
        emergency=float(emergency),
        over_care=float(over_care),
        care_kind=CARE_KINDS[int(kind)],
        care=float(care),
        limits=limits,
        about_insurance=is_about_insurance(said),
        clause_for=partial(_clause_for, said, weights),
    )


def _clause_for(said: Message, weights: Weights, of: int) -> Span:
    """The clause that speaks most for a class."""
    clauses = clauses_of(said)
    if len(clauses) < 2:
        return (0, len(said.text))
    apart = weights.letters[:, of] - weights.letters[:, NONE]

    def weight(clause: Span) -> float:
        pieces = clause_pieces(said, clause)
        return float(pieces.sizes @ apart[pieces.places])

    return max(clauses, key=weight)


def read_weights(file: Path) -> Weights | None:
    """The kept weights; None when they are missing, damaged or of another make."""
    try:
        with np.load(file) as kept:
            if tuple(kept["classes"]) != CLASSES or kept["letters"].shape[0] != PLACES:
                return None
            limits = [Limits(*(float(one) for one in row)) for row in kept["limits"]]
            return Weights(
                letters=kept["letters"] * kept["scale"],
                meaning=kept["meaning"].astype(np.float32),
                centre=kept["centre"].astype(np.float32),
                bias=(kept["bias"][0], kept["bias"][1]),
                limits=(limits[0], limits[1]),
                embedding=str(kept["embedding"]),
                digest=str(kept["digest"]),
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def write_weights(file: Path, weights: Weights) -> None:
    """Keep these weights, whole or not at all: the letters in steps, the rest in half."""
    letters, scale = _coarse(weights.letters)
    draft = file.with_name(f".{file.name}")
    with draft.open("wb") as opened:
        np.savez_compressed(
            opened,
            classes=np.array(CLASSES),
            letters=letters,
            scale=scale,
            meaning=weights.meaning.astype(np.float16),
            centre=weights.centre.astype(np.float16),
            bias=np.stack(weights.bias).astype(np.float32),
            limits=np.array([astuple(one) for one in weights.limits], np.float32),
            embedding=np.array(weights.embedding),
            digest=np.array(weights.digest),
        )
    os.replace(draft, file)


def _coarse(letters: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights in steps, and the step of each class."""
    scale: Floats = (np.abs(letters).max(axis=0, keepdims=True) / _STEPS).astype(np.float32)
    steps = np.round(letters / np.where(scale == 0, 1, scale))
    return steps.astype(np.int8), scale
