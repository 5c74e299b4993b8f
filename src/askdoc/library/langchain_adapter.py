"""The library and LangChain: any LangChain embedding can serve it, and it serves as a store.

The only file of this room that knows LangChain; whoever needs it imports it where they use it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from langchain_core.documents import Document as Page
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from askdoc.library.document import IN_FORCE_KINDS, Passage
from askdoc.library.embedding import Embedding, Matrix
from askdoc.library.index import Index, build
from askdoc.library.search import Ask, Match, search
from askdoc.library.vocabulary import Vocabulary


class FromLangChain:
    """A LangChain embedding as the library uses one. `id` must change when its vectors would."""

    floor: float | None = None

    def __init__(self, embeddings: Embeddings, id: str) -> None:
        self._embeddings = embeddings
        self.id = id
        self.dimension = len(embeddings.embed_query("医保"))

    def passages(self, texts: Sequence[str]) -> Matrix:
        return _unit(np.asarray(self._embeddings.embed_documents(list(texts)), np.float32))

    def question(self, text: str) -> Matrix:
        return _unit(np.asarray(self._embeddings.embed_query(text), np.float32))


class ToLangChain(Embeddings):
    """The library's embedding for anything that takes a LangChain one."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedding.passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        row: list[float] = self._embedding.question(text).tolist()
        return row


class LibraryStore(VectorStore):
    """The library as a vector store; `region`, `scheme`, `day` and `kinds` filter a search.

    `add_texts` and `from_texts` keep passages in memory: each needs `region`, `schemes` and
    `begins` (a date or None) in its metadata, as a rule that holds nowhere and never is none.
    """

    def __init__(
        self, index: Index, embedding: Embedding, vocabulary: Vocabulary, today: date
    ) -> None:
        self._index = index
        self._embedding = embedding
        self._vocabulary = vocabulary
        self._today = today

    @property
    def embeddings(self) -> Embeddings:
        return ToLangChain(self._embedding)

    def similarity_search(self, query: str, k: int = 4, **kwargs: Any) -> list[Page]:
        return [page for page, _ in self.similarity_search_with_score(query, k, **kwargs)]

    def similarity_search_with_score(
        self, query: str, k: int = 4, **kwargs: Any
    ) -> list[tuple[Page, float]]:
        """Pages with their score, best first; only what holds for the filters."""
        ask = Ask(
            question=self._vocabulary.question(query),
            day=kwargs.get("day") or self._today,
            region=kwargs.get("region"),
            scheme=kwargs.get("scheme"),
            kinds=kwargs.get("kinds") or IN_FORCE_KINDS,
            count=k,
        )
        found = search(ask, self._index, self._embedding)
        return [(_page(match), match.score) for match in found.matches]

    def add_texts(
        self, texts: Iterable[str], metadatas: list[dict[str, Any]] | None = None, **kwargs: Any
    ) -> list[str]:
        """Add passages to this store in memory and return their ids."""
        old = [self._index.passage(at) for at in range(self._index.size)]
        new = [
            _passage(f"text-{len(old) + at}", text, told)
            for at, (text, told) in enumerate(zip(texts, metadatas or [], strict=True))
        ]
        made = self._embedding.passages([passage.read_as for passage in new])
        vectors = made if self._index.vectors is None else np.vstack([self._index.vectors, made])
        # The index keeps the vectors of questions in the order in which passages name them.
        asked = dict.fromkeys(question for passage in old for question in passage.asked)
        questions = dict(zip(asked, self._index.asked.vectors, strict=False))
        lens = self._index.seen.turn if self._index.seen else None
        built = build(self._index.documents, [*old, *new], vectors, questions, lens)
        self._index = replace(built, outside=self._index.outside)
        return [passage.id for passage in new]

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> "LibraryStore":
        """A store of these passages alone; `vocabulary` and `today` are needed beside them."""
        maker = FromLangChain(embedding, "langchain")
        store = cls(build({}, [], None), maker, kwargs["vocabulary"], kwargs["today"])
        store.add_texts(texts, metadatas)
        return store


def _page(match: Match) -> Page:
    passage = match.passage
    return Page(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "document": passage.document,
            "title": passage.title["zh"],
            "path": passage.path,
            "article": passage.article,
            "region": passage.region,
            "schemes": passage.schemes,
            "begins": passage.begins,
            "ends": passage.ends,
            "confidence": passage.confidence,
            "sources": passage.sources,
        },
    )


def _passage(id: str, text: str, told: dict[str, Any]) -> Passage:
    title = str(told.get("title", id))
    return Passage(
        id=f"{id}#1",
        document=id,
        title={"zh": title, "en": title},
        path=tuple(told.get("path", ())),
        article=told.get("article"),
        text=text,
        kind=told.get("kind", "rule"),
        region=told["region"],
        schemes=tuple(told["schemes"]),
        begins=told["begins"],
        begins_unknown=False,
        ends=told.get("ends"),
        confidence=told.get("confidence", "unverified"),
        sources=tuple(told.get("sources", (id,))),
    )


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), np.float32)
