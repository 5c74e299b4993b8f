"""The words of insurance are explained, however one asks what they are."""

from collections.abc import Callable

import pytest

from askdoc.assistant.answer import Answer

Ask = Callable[..., Answer]
TERMS = (
    *("谈判药", "起付线", "大病保险", "封顶线", "双通道", "门诊统筹", "医疗救助", "慢特病", "两病"),
    *("长处方", "先行自付", "异地备案", "家庭共济", "个人账户", "统筹基金"),
)


@pytest.mark.parametrize("asked", ["什么是{}", "{}是什么意思", "{}是啥意思"])
@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_explained_with_its_source(answered: Ask, term: str, asked: str) -> None:
    told = answered(asked.format(term))
    assert told.kind == "answer"
    assert told.passages or told.sources
