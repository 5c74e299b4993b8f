"""Contracts to the fen: every case in `cases/*.yaml` is computed and compared.

A case names what it shows and why. Do not change an expected figure to match what the engine
says: it was worked out apart from the engine.
"""

from pathlib import Path

import pytest

from askdoc.benefits import case_from, cost
from askdoc.policy import Book
from askdoc.policy.strict_yaml import Map, mapping, read_sheet

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(row, id=f"{file.stem}: {row.scalar('name').text()}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for row in read_sheet(file, f"cases/{file.name}").only("cases").rows("cases").maps()
]


@pytest.mark.parametrize("row", CASES)
def test_a_case_comes_out_to_the_fen(row: Map, book: Book) -> None:
    row.only("name", "because", "given", "expect")
    assert row.scalar("because").text()
    result = cost(case_from(mapping(row.node("given")), book), book)
    expect = row.map("expect").only(
        "outcome", "figures", "confidence", "missing", "range", "assumptions"
    )
    figures = expect.map("figures") if "figures" in expect else Map({}, row.place)
    wanted = {name: figures.scalar(name).amount() for name in figures}
    found = {name: getattr(result.figures, name) for name in wanted}
    assert found == wanted, row.place
    if "outcome" in expect:
        assert result.outcome == expect.scalar("outcome").content
    if "confidence" in expect:
        assert result.confidence == expect.scalar("confidence").content
    if "missing" in expect:
        assert set(expect.texts("missing")) <= set(result.missing)
    if "range" in expect:
        assert result.range is not None
        low, high = (one.amount() for one in expect.rows("range").scalars())
        assert result.range.person_pays == (low, high)
    if "assumptions" in expect:
        assert set(expect.texts("assumptions")) <= set(result.assumptions)


def test_every_case_states_figures_or_a_range() -> None:
    assert len(CASES) >= 10
    for case in CASES:
        (row,) = case.values
        assert isinstance(row, Map)
        assert {"figures", "range"} & set(row.map("expect"))
