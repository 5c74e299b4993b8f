"""LangChain on both sides: its embeddings serve the library, the library serves as its store."""

from datetime import date

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from askdoc.language.word_list import WordList
from askdoc.library.index import build
from askdoc.library.langchain_adapter import FromLangChain, LibraryStore, ToLangChain
from askdoc.library.vocabulary import Vocabulary

from .conftest import CountedWords, document, passage

TODAY = date(2026, 11, 25)
PLAIN = Vocabulary(WordList({}))
PASSAGES = [
    passage("起付线", "在职职工看门诊，年度起付线是某个数。"),
    passage("居民", "居民看门诊，起付线是另一个数。", schemes=("resident",)),
]


def store() -> LibraryStore:
    embedding = CountedWords()
    vectors = embedding.passages([one.read_as for one in PASSAGES])
    return LibraryStore(
        build({"anle-rule": document()}, PASSAGES, vectors), embedding, PLAIN, TODAY
    )


def test_a_search_through_langchain_keeps_the_filters() -> None:
    pages = store().similarity_search("起付线", region="cn/shanghai", scheme="resident")
    assert [page.id for page in pages] == ["anle-rule#居民"]
    assert store().similarity_search("起付线", region="cn/shandong/qingdao") == []
    past = store().similarity_search("起付线", region="cn/shanghai", day=date(2020, 1, 1))
    assert past == []


def test_a_retriever_made_from_it_finds_pages_with_what_a_citation_needs() -> None:
    kwargs = {"k": 1, "region": "cn/shanghai", "scheme": "employee"}
    page = store().as_retriever(search_kwargs=kwargs).invoke("职工起付线")[0]
    assert page.metadata["title"] == "安乐门诊待遇"
    assert page.metadata["sources"] == ("anle",)
    assert page.metadata["begins"] == date(2024, 1, 1)


def test_texts_added_through_langchain_are_found() -> None:
    told = {"region": "cn", "schemes": ["employee"], "begins": date(2026, 1, 1)}
    made = LibraryStore.from_texts(
        ["家属可以代取长期处方的药。"],
        ToLangChain(CountedWords()),
        [told],
        vocabulary=PLAIN,
        today=TODAY,
    )
    made.add_texts(["急诊处方三天。"], [told | {"title": "处方"}])
    assert made.similarity_search("代取", k=1)[0].page_content == "家属可以代取长期处方的药。"
    assert made.similarity_search("急诊", k=1)[0].metadata["title"] == "处方"


def test_a_text_without_region_scheme_or_first_day_is_not_taken() -> None:
    with pytest.raises(KeyError, match="region"):
        store().add_texts(["没有说明的规定。"], [{"schemes": ["employee"], "begins": None}])


def test_any_langchain_embedding_serves_with_rows_of_unit_length() -> None:
    made = FromLangChain(DeterministicFakeEmbedding(size=16), "fake-16")
    assert made.dimension == 16
    rows = made.passages(["一", "二"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert made.question("三").shape == (16,)


def test_the_library_embedding_serves_langchain() -> None:
    made = ToLangChain(CountedWords())
    assert len(made.embed_query("起付线")) == 64
    assert [len(row) for row in made.embed_documents(["一", "二"])] == [64, 64]


def test_texts_added_to_a_library_leave_its_questions_known() -> None:
    embedding = CountedWords()
    old = passage("起付线", "年度内先由个人承担的部分。", asked=("门槛费要多少钱",))
    questions = {said: embedding.question(said) for said in old.asked}
    vectors = embedding.passages([old.read_as])
    index = build({"anle-rule": document()}, [old], vectors, questions)
    kept = LibraryStore(index, embedding, PLAIN, TODAY)
    kept.add_texts(
        ["家属可以替老人取药。"],
        [{"region": "cn/shanghai", "schemes": ["employee"], "begins": None}],
    )
    found = kept.similarity_search("门槛费多少钱", k=1, region="cn/shanghai", scheme="employee")
    assert [page.id for page in found] == [old.id]
    other = kept.similarity_search("替老人取药", k=1, region="cn/shanghai", scheme="employee")
    assert [page.id for page in other] == ["text-1#1"]
