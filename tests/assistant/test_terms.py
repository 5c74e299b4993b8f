"""The words of insurance are explained, however one asks what they are."""

from collections.abc import Callable

import pytest

from askdoc.assistant.answer import Answer

Ask = Callable[..., Answer]
TERMS = (
    *("谈判药", "起付线", "大病保险", "封顶线", "双通道", "门诊统筹", "医疗救助", "慢特病", "两病"),
    *("长处方", "先行自付", "异地备案", "家庭共济", "个人账户", "统筹基金"),
    *("医保目录", "转诊", "延伸处方", "家庭医生签约", "参保地", "定点医院", "通用名", "知情同意"),
)
GLOSSARY = {
    "医保目录": "医保目录是什么意思",
    "转诊": "转诊是什么意思",
    "延伸处方": "延伸处方是什么意思",
    "家庭医生签约": "家庭医生签约是什么意思",
    "参保地": "参保地和就医地是什么意思",
    "定点医院": "定点医院和定点药店是什么意思",
}


@pytest.mark.parametrize("asked", ["什么是{}", "{}是什么意思", "{}是啥意思"])
@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_explained_with_its_source(answered: Ask, term: str, asked: str) -> None:
    told = answered(asked.format(term))
    assert told.kind == "answer"
    assert told.passages or told.sources


def test_how_something_is_done_is_not_answered_with_what_it_means(answered: Ask) -> None:
    told = answered("上海职工，家庭医生的签约手续上哪儿办")
    assert told.passages
    assert all(one.kind != "term" for one in told.passages)


@pytest.mark.parametrize("asked", ["什么是{}", "{}是什么意思", "啥叫{}"])
@pytest.mark.parametrize("term", GLOSSARY)
def test_a_term_of_the_glossary_is_explained_first(answered: Ask, term: str, asked: str) -> None:
    told = answered(asked.format(term))
    assert told.passages
    assert told.passages[0].id == f"cn-terms-care#{GLOSSARY[term]}"
