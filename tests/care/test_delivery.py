"""Hangzhou's continuous prescriptions: each step in its order, by the right person, once."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any, get_args

import pytest

from askdoc.care.delivery import (
    FlowRules,
    NoFlow,
    Step,
    StepNotAllowed,
    Taken,
    checked_by,
    flow_rules,
    state_of,
    take,
)
from askdoc.policy import Book, Policy
from askdoc.wording.phrases import has_phrase

RULES = FlowRules(checkers=2)
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
WHOLE: tuple[tuple[Step, str, str, str], ...] = (
    ("written", "d1", "doctor", ""),
    ("reviewed", "d2", "physician", ""),
    ("ordered", "f1", "pharmacist", ""),
    ("logistics_told", "f1", "pharmacist", ""),
    ("rechecked", "f1", "pharmacist", ""),
    ("rechecked", "f2", "pharmacist", ""),
    ("patient_told", "s1", "staff", ""),
    ("signed", "k1", "courier", "本人"),
    ("proof_uploaded", "k1", "courier", "photo-17"),
)


def taken(number: int, **told: Any) -> Taken:
    step, by, role, detail = WHOLE[number]
    usual: dict[str, Any] = {"step": step, "by": by, "role": role, "detail": detail}
    return Taken(**(usual | {"at": NOW + timedelta(minutes=number)} | told))


def after(count: int) -> tuple[Taken, ...]:
    steps: tuple[Taken, ...] = ()
    for number in range(count):
        steps = take(steps, taken(number), RULES)
    return steps


def why(steps: tuple[Taken, ...], new: Taken) -> object:
    with pytest.raises(StepNotAllowed) as refused:
        take(steps, new, RULES)
    return refused.value.fields["why"]


def test_the_whole_flow_tells_who_did_what_when() -> None:
    steps = after(len(WHOLE))
    assert state_of(steps) == "proof_uploaded"
    assert [(one.step, one.by) for one in steps] == [(step, by) for step, by, _, _ in WHOLE]
    assert checked_by(steps) == {"f1", "f2"}


def test_no_step_is_left_out_and_none_is_taken_twice() -> None:
    order = [step for step, *_ in WHOLE]
    for count, step in product(range(len(WHOLE) + 1), get_args(Step)):
        new = Taken(step=step, by="x", role=_any_role(step), at=NOW + timedelta(days=1), detail="x")
        expected = {order[count]} if count < len(WHOLE) else set()
        expected |= {"refused"} if count == 1 else set()
        expected |= {"cancelled"} if 0 < count < 8 else set()
        expected |= {"rechecked"} if count in (4, 5, 6) else set()
        try:
            take(after(count), new, RULES)
        except StepNotAllowed:
            assert step not in expected, (count, step)
        else:
            assert step in expected, (count, step)


def _any_role(step: Step) -> str:
    return {"written": "doctor", "reviewed": "physician", "refused": "physician",
            "signed": "courier", "proof_uploaded": "courier"}.get(step, "pharmacist")  # fmt: skip


def test_nobody_reviews_what_they_wrote_themselves() -> None:
    assert why(after(1), taken(1, by="d1")) == "own_prescription"


def test_two_different_people_check_before_the_patient_is_told() -> None:
    assert why(after(5), taken(5, by="f1")) == "same_person"
    assert why(after(5), taken(6)) == "checkers"


def test_a_step_belongs_to_its_role() -> None:
    assert why(after(1), taken(1, role="pharmacist")) == "role"
    assert why(after(7), taken(7, role="staff")) == "role"


def test_who_signed_and_where_the_proof_is_must_be_told() -> None:
    assert why(after(7), taken(7, detail=" ")) == "detail"
    assert why(after(8), taken(8, detail="")) == "detail"
    assert why(after(1), Taken(step="refused", by="d2", role="physician", at=NOW)) == "detail"


def test_time_does_not_run_backwards() -> None:
    assert why(after(3), taken(3, at=NOW)) == "time"


def test_nothing_begins_without_a_prescription() -> None:
    assert why((), taken(1)) == "not_written"
    with pytest.raises(StepNotAllowed):
        state_of(())


def test_the_number_of_checkers_is_a_policy_value(book: Book) -> None:
    hangzhou = Policy(book, date(2026, 11, 25), "norm/hangzhou-continuous-2018")
    assert flow_rules(hangzhou) == FlowRules(checkers=2)
    assert [one.parameter for one in hangzhou.used] == ["continuous_prescription.recheck_persons"]

    with pytest.raises(NoFlow):
        flow_rules(Policy(book, date(2026, 11, 25), "cn/shanghai"))


def test_every_step_can_be_told() -> None:
    assert [one for one in get_args(Step) if not has_phrase(f"delivery.step.{one}", "zh")] == []
