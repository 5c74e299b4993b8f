"""The measures of retrieval against examples worked out by hand."""

import importlib.util
from math import log2
from pathlib import Path

import pytest

_FILE = Path(__file__).parents[2] / "eval" / "retrieval" / "metrics.py"
_spec = importlib.util.spec_from_file_location("retrieval_metrics", _FILE)
assert _spec is not None
assert _spec.loader is not None
metrics = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(metrics)


def test_ndcg_discounts_by_place_against_the_best_order() -> None:
    best = 1 + 1 / log2(3)
    assert metrics.ndcg(["x", "a", "y", "b"], ["a", "b"]) == pytest.approx(
        (1 / log2(3) + 1 / log2(5)) / best
    )
    assert metrics.ndcg(["a", "b"], ["b", "a"]) == pytest.approx(1)


def test_a_passage_named_twice_counts_once() -> None:
    assert metrics.ndcg(["a", "a"], ["a"]) == pytest.approx(1)
    assert metrics.recall(["a", "a", "b"], ["a", "b"], 2) == 1


def test_recall_counts_only_what_is_above_the_cut() -> None:
    ranked = ["a", "x", "y", "z", "w", "b"]
    assert metrics.recall(ranked, ["a", "b"], 5) == 0.5
    assert metrics.recall(ranked, ["a", "b"], 10) == 1


def test_mrr_is_one_over_the_first_right_place_within_ten() -> None:
    assert metrics.mrr(["x", "y", "a"], ["a"]) == pytest.approx(1 / 3)
    assert metrics.mrr([*"0123456789", "a"], ["a"]) == 0


def test_nothing_found_earns_nothing() -> None:
    assert [of([], ["a"]) for of in metrics.MEASURES.values()] == [0] * 5


def test_the_interval_of_equal_values_is_a_point() -> None:
    assert metrics.interval([0.5] * 7) == (0.5, 0.5, 0.5)


def test_the_interval_of_coin_throws_is_that_of_the_binomial() -> None:
    mean, low, high = metrics.interval([0.0, 1.0] * 50)
    assert mean == 0.5
    assert low == pytest.approx(0.4, abs=0.011)
    assert high == pytest.approx(0.6, abs=0.011)
    assert metrics.interval([0.0, 1.0] * 50) == (mean, low, high)
