"""A disease that is supposed behind a question about a medicine: 要是慢阻肺呢."""

import pytest

from askdoc.bootstrap import House

from .talking import last

ASTHMA = "我有支气管哮喘，全再乐能报吗"
KNOWN = "我确诊慢阻肺，全再乐能报吗"


@pytest.mark.parametrize(
    "said",
    [
        "要是慢阻肺呢",
        "那如果是慢阻肺呢？",
        "假如诊断的是慢性阻塞性肺疾病呢",
        "咁如果係慢阻肺呢",
        "換成慢阻肺呢，要是的話",
        "what if it's COPD?",
        "若是慢阻肺患者呢",
    ],
)
def test_what_is_supposed_is_answered_as_if_it_were_so(house: House, said: str) -> None:
    assert last(house, KNOWN).outcome == "covered"
    assert last(house, ASTHMA, said).outcome == "covered"


@pytest.mark.parametrize(
    "said",
    [
        "要是怀疑慢阻肺呢",
        "要是可能是慢阻肺，还没确诊呢",
        "如果只是有慢阻肺的风险呢",
        "万一以后得慢阻肺呢",
        "要是我爸有慢阻肺，我自己想吃呢",
        "要是没有慢阻肺呢",
    ],
)
def test_what_is_open_also_where_it_is_supposed_stays_open(house: House, said: str) -> None:
    assert last(house, ASTHMA, said).outcome != "covered"
