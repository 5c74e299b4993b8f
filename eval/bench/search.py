"""What the search adds on top of numpy and bm25s, on 10,000 passages with given vectors.

Passages are clauses of the shipped documents drawn anew, so lengths and words are real; vectors
are drawn around centres. Nothing is embedded. Bounds are ratios within this run: once for
documents without questions, once with four questions a passage and a lens, where numpy compares
them too, plainly and through the lens. Two agreements with comparing every vector plainly are
bounded as well: of the order by vectors in the index as it is read back from its folder, and of
what Chroma finds with our settings.

Run: python eval/bench/search.py
"""

import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from bm25s import BM25

from askdoc.library.document import Document, Passage
from askdoc.library.embedding import Matrix
from askdoc.library.index import Index, build, load, save
from askdoc.library.lens import WIDTH
from askdoc.library.search import Ask, likeness, search_by
from askdoc.library.shipped import Shelf, load_shipped
from askdoc.library.vectors import open_store
from askdoc.library.vocabulary import load_vocabulary
from askdoc.library.words import tokens
from askdoc.policy import load_book

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
ROWS, QUERIES, REPEATS, DIMENSION, TOP, ASKED = 10_000, 200, 3, 384, 10, 4
BOUNDS = {"query": 1.2, "query with questions": 1.2, "build": 3.0, "warm": 0.1}
LEAST_AGREEMENT = 0.99
DAY = date(2026, 11, 25)


def drawn_passages(shipped: Sequence[Passage], rng: random.Random) -> list[Passage]:
    """Passages as long as the shipped ones, of their clauses."""
    clauses = [one for each in shipped for one in re.split(r"(?<=[。；，\n])", each.text) if one]
    made = []
    for at in range(ROWS):
        model, text = rng.choice(shipped), ""
        while len(text) < len(model.text):
            text += rng.choice(clauses)
        made.append(replace(model, id=f"bench#{at}", text=f"{text}{at}", asked=()))
    return made


def asked_index(shelf: Shelf, passages: Sequence[Passage], kept: Matrix) -> Index:
    """The same passages with questions of their own, seen through a lens."""
    asked = [
        replace(one, asked=tuple(f"{one.text[at * 9 : at * 9 + 12]}{at}" for at in range(ASKED)))
        for one in passages
    ]
    texts = list(dict.fromkeys(said for one in asked for said in one.asked))
    vectors = drawn_vectors(len(texts), np.random.default_rng(4))
    lens = np.linalg.qr(np.random.default_rng(5).standard_normal((DIMENSION, WIDTH)))[0]
    questions = dict(zip(texts, vectors, strict=True))
    return build(shelf.documents, asked, kept, questions, lens.astype(np.float32))


def drawn_vectors(count: int, rng: np.random.Generator) -> Matrix:
    """Unit vectors around 100 centres."""
    centres = np.random.default_rng(1).standard_normal((100, DIMENSION))
    rows = centres[rng.integers(0, 100, count)] + rng.standard_normal((count, DIMENSION))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def seconds(work: Callable[[], Any]) -> float:
    """The time one piece of work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def query_ratio(index: Index, asks: Sequence[Ask], vectors: Matrix) -> dict[str, float]:
    """Our hybrid query against exact numpy and bm25s, in turn."""
    questions = index.asked.vectors
    matrix, bm25 = index.vectors, index.words.bm25
    assert matrix is not None
    assert bm25 is not None
    ours: list[float] = []
    bound: list[float] = []
    for ask, vector in zip(asks, vectors, strict=True):

        def plain(ask: Ask = ask, vector: Matrix = vector) -> None:
            near = matrix @ vector
            if index.seen is not None:
                best = [questions @ vector, index.seen.questions @ (vector @ index.seen.turn)]
                near = index.seen.texts @ (vector @ index.seen.turn)
                for one in best:
                    near = near + one[index.asked.at].reshape(-1, ASKED).max(axis=1)
            top = np.argpartition(-near, TOP)[:TOP]
            _ = top[np.argsort(-near[top])]
            asked = [tokens(ask.question.read_as)]
            bm25.retrieve(asked, k=TOP, show_progress=False)

        ours.append(seconds(lambda ask=ask, vector=vector: search_by(ask, index, vector)))
        bound.append(seconds(plain))
    return {"ours": median(ours), "bound": median(bound), "ratio": median(ours) / median(bound)}


def agreement(index: Index, asks: Sequence[Ask], asked: Matrix, kept: Matrix) -> float:
    """The share of the ten nearest texts that the search's own likeness puts first as well."""
    shares = []
    for ask, vector in zip(asks, asked, strict=True):
        exact = np.argsort(-(kept.astype(np.float64) @ vector.astype(np.float64)))[:TOP]
        close = likeness(ask.question, index, vector).close
        assert close is not None
        shares.append(len(set(exact) & set(np.argsort(-close)[:TOP])) / TOP)
    return float(np.mean(shares))


def chroma_recall(folder: Path, passages: list[Passage], kept: Matrix, asked: Matrix) -> float:
    """How many of the ten nearest Chroma finds with our settings."""
    with open_store(folder, "bench", DIMENSION) as store:
        store.put(passages, kept)
        digests = np.array([one.digest for one in passages])
        shares = []
        for vector in asked:
            exact = set(digests[np.argsort(-(kept @ vector))[:TOP]])
            got = store.nearest(vector, {"begins": {"$gte": 0}}, TOP)
            shares.append(len(exact & set(got)) / TOP)
    return float(np.mean(shares))


def built(
    documents: dict[str, Document], passages: list[Passage], kept: Matrix, folder: Path
) -> None:
    """Everything that making a library does when the vectors are given."""
    with open_store(folder / "chroma", "bench", DIMENSION) as store:
        store.put(passages, kept)
    save(build(documents, passages, kept), passages, folder / "index" / "one")


def words_alone(passages: list[Passage]) -> None:
    """The bound of the build: bm25s over the same tokens."""
    BM25().index([tokens(one.read_as) for one in passages], show_progress=False)


def main() -> int:
    """Print what was measured as JSON; 1 when a bound is broken."""
    shelf = load_shipped(KNOWLEDGE, load_book(KNOWLEDGE, shown=True))
    passages = drawn_passages(shelf.passages, random.Random(7))
    kept = drawn_vectors(ROWS, np.random.default_rng(2))
    asked = drawn_vectors(QUERIES, np.random.default_rng(3))
    vocabulary, rng = load_vocabulary(KNOWLEDGE), random.Random(8)
    asks = [
        Ask(vocabulary.question(rng.choice(passages).text[:20]), DAY, "cn/shanghai", "employee")
        for _ in range(QUERIES)
    ]
    builds, bounds, warms, agreed = [], [], [], []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            builds.append(seconds(lambda at=folder: built(shelf.documents, passages, kept, at)))
            bounds.append(seconds(lambda: words_alone(passages)))

            def warm(at: Path = folder / "index" / "one") -> None:
                index = load(at)
                assert index is not None
                search_by(asks[0], index, asked[0])

            warms.append(seconds(warm))
            read_back = load(folder / "index" / "one")
            assert read_back is not None
            agreed.append(agreement(read_back, asks, asked, kept))
    index = build(shelf.documents, passages, kept)
    query_ratio(index, asks[:10], asked[:10])
    query = query_ratio(index, asks, asked)
    with_questions = asked_index(shelf, passages, kept)
    query_ratio(with_questions, asks[:10], asked[:10])
    wider = query_ratio(with_questions, asks, asked)
    with tempfile.TemporaryDirectory() as name:
        recall = chroma_recall(Path(name), passages, kept, asked)
    agreements = {"agreement@10": min(agreed), "chroma_agreement@10": recall}
    cold = median(builds)
    ratios = {
        "query": query["ratio"],
        "query with questions": wider["ratio"],
        "build": cold / median(bounds),
        "warm": median(warms) / cold,
    }
    passed = {name: ratios[name] <= bound for name, bound in BOUNDS.items()}
    passed |= {name: share >= LEAST_AGREEMENT for name, share in agreements.items()}
    print(
        json.dumps(
            {
                "query_seconds": query,
                "query_with_questions_seconds": wider,
                "build_seconds": {"ours": cold, "bm25s": median(bounds)},
                "warm_seconds": median(warms),
                "ratios": ratios,
                "bounds": BOUNDS,
                "agreements": agreements,
                "least": LEAST_AGREEMENT,
                "passed": passed,
            },
            indent=1,
        )
    )
    return int(not all(passed.values()))


if __name__ == "__main__":
    sys.exit(main())
