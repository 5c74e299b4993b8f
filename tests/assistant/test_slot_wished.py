"""A slot is wished by a department with a verb or a 号; a department alone wishes nothing."""

from collections.abc import Callable

import pytest

from askdoc.assistant.reading.facts import Reading

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    "said",
    [
        "后天想看呼吸科",
        "下周三内分泌科有号吗",
        "给我爸排个神经内科的号",
        "约个消化科",
        "内分泌的专家号还有吗",
        "礼拜五能看神经内科吗",
        "Can you get my mum a neurologist on Tuesday?",
        "any cardiology appointment this week",
    ],
)
def test_a_department_with_a_wish_asks_for_a_slot(reading: Read, said: str) -> None:
    assert "slot" in reading(said).asks


@pytest.mark.parametrize(
    "said",
    [
        "呼吸科开的药能报吗",
        "上周约了消化科",
        "在内分泌科住院",
        "签约医生让我去神经内科",
        "看呼吸科花了300，能报多少",
        "看消化科要带什么材料",
        "I saw a cardiologist last week",
        "大约呼吸科都这样",
    ],
)
def test_a_department_that_is_only_told_of_asks_for_none(reading: Read, said: str) -> None:
    assert "slot" not in reading(said).asks
