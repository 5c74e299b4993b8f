"""Words about the conversation itself, and about fetching medicine, raise no alarm."""

from dataclasses import replace
from pathlib import Path

import pytest

from askdoc.assistant.triage.alarms import RedFlags, load_red_flags, triage


@pytest.fixture(scope="session")
def flags(knowledge: Path) -> RedFlags:
    return load_red_flags(knowledge)


@pytest.mark.parametrize(
    "said",
    [
        "听不懂，讲人话",
        "你这话说得太含糊",
        "这话讲得不清楚，再说一遍",
        "听不懂，说人话行不行",
    ],
)
def test_a_complaint_about_an_answer_is_no_slurred_speech(flags: RedFlags, said: str) -> None:
    assert triage(said, flags) is None


@pytest.mark.parametrize("said", ["我爸说话突然含糊了", "老伴说的话听不懂，嘴也歪了"])
def test_speech_that_fails_is_still_one(flags: RedFlags, said: str) -> None:
    found = triage(said, flags)
    assert found is not None
    assert found.kind == "emergency"


@pytest.mark.parametrize(
    "said", ["可唔可以帮我老公攞药", "可唔可以幫阿妈去社康攞藥", "帮屋企人攞药要带咩"]
)
def test_fetching_medicine_for_somebody_asks_for_no_prescription(
    flags: RedFlags, said: str
) -> None:
    assert triage(said, flags) is None


def test_who_wants_no_other_dose_asks_for_none(flags: RedFlags) -> None:
    rules = replace(flags, opinion=None)
    assert triage("医生说再看看，我也不想加量", rules) is None
    found = triage("我想加量", rules)
    assert found is not None
    assert found.kind == "wants_dose_change"
