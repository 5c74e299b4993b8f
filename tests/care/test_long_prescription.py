"""The gate of a long prescription: every case in `cases/long_prescription.yaml`."""

from datetime import date
from pathlib import Path

import pytest

from askdoc.care.long_prescription import Asked, decide_long_prescription
from askdoc.policy import Book, Policy
from askdoc.policy.strict_yaml import Map, Scalar, read_sheet
from askdoc.wording.phrases import has_phrase

FILE = Path(__file__).parent / "cases" / "long_prescription.yaml"
CASES = [
    pytest.param(row, id=row.scalar("name").text())
    for row in read_sheet(FILE, FILE.name).only("cases").rows("cases").maps()
]
CONDITIONS = ("clear_diagnosis", "stable_plan", "good_adherence", "stable_condition", "long_use")
LISTS = ("over_usual_needs", "person_conditions", "excluded", "stop_when")


def asked_in(given: Map) -> Asked:
    """The usual patient with what the case says otherwise."""
    unstated = given.texts("unstated") if "unstated" in given else ()
    facts = {name: True for name in CONDITIONS if name not in unstated}
    if "facts" in given:
        facts |= {name: given.map("facts").scalar(name).flag() for name in given.map("facts")}

    def said(name: str, usual: str | None) -> str | None:
        found = given.scalar(name).content if name in given else usual
        return None if found == "unknown" else found

    kinds: frozenset[str] | None = frozenset()
    if "medicine_kinds" in given:
        is_word = isinstance(given.node("medicine_kinds"), Scalar)
        kinds = None if is_word else frozenset(given.texts("medicine_kinds"))
    first = said("first", "false")
    return Asked(
        supply_days=given.scalar("supply_days").whole(),
        facts=facts,
        medicine_kinds=kinds,
        first=None if first is None else first == "true",
        tier=said("tier", "primary"),
        title=said("title", None),
        advised={"true": True, "false": False, None: None}[said("advised", None)],
        extended=said("extended", "false") == "true",
        contracted=said("contracted", "false") == "true",
    )


@pytest.mark.parametrize("row", CASES)
def test_a_case_comes_out_as_the_rule_says(row: Map, book: Book) -> None:
    row.only("name", "because", "given", "expect")
    given = row.map("given")
    region = given.scalar("region").text() if "region" in given else "cn"
    day = given.scalar("day").day() if "day" in given else date(2026, 11, 25)
    found = decide_long_prescription(asked_in(given), Policy(book, day, region))
    expect = row.map("expect").only("outcome", "reasons", "missing", "longest_days", "confidence")
    assert found.outcome == expect.scalar("outcome").content
    if "reasons" in expect:
        assert tuple(one.key for one in found.reasons) == expect.texts("reasons")
    assert found.missing == (expect.texts("missing") if "missing" in expect else ())
    if "longest_days" in expect:
        assert found.longest_days == expect.scalar("longest_days").whole()
    if "confidence" in expect:
        assert found.confidence == expect.scalar("confidence").content
    for lang in ("zh", "en"):
        assert all(one.sentence(lang) for one in found.reasons)
        assert all(has_phrase(f"long_prescription.fact.{one}", lang) for one in found.missing)


@pytest.mark.parametrize("name", LISTS)
def test_everything_a_rule_names_can_be_told_to_a_person(name: str, book: Book) -> None:
    content = Policy(book, date(2026, 11, 25), "cn").find(f"long_prescription.{name}", {}).content
    assert isinstance(content, tuple)
    assert [one for one in content if not has_phrase(f"long_prescription.fact.{one}", "zh")] == []


def test_a_decision_names_the_values_it_rests_on(book: Book) -> None:
    asked = Asked(supply_days=28, facts=dict.fromkeys(CONDITIONS, True), first=False,
                  tier="primary", medicine_kinds=frozenset())  # fmt: skip
    found = decide_long_prescription(asked, Policy(book, date(2026, 11, 25), "cn"))
    assert {one.source for one in found.values} == {"long-prescription-2021"}
    assert found.confidence == "secondary"
