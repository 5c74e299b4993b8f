"""The same data through LangChain with Chroma and through Haystack; Chroma's defaults beside ours.

Reports only: nothing here is a bound. Needs the extra `bench`.

Run: python eval/bench/search_beside.py [ROWS]
"""

import json
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import chromadb
import numpy as np
import search as ours
from chromadb.config import Settings
from haystack import Document as Page
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from langchain_chroma import Chroma

from askdoc.library.embedding import Matrix
from askdoc.library.index import build
from askdoc.library.search import Ask, search_by
from askdoc.library.shipped import load_shipped
from askdoc.library.vectors import described, fitting, open_store
from askdoc.library.vocabulary import load_vocabulary
from askdoc.policy import load_book

QUERIES, TOP = 20, 10
QUIET = Settings(anonymized_telemetry=False)


def timed(work: Callable[[int], Any]) -> float:
    """The median seconds of a query."""
    spent = []
    for at in range(QUERIES):
        start = perf_counter()
        work(at)
        spent.append(perf_counter() - start)
    return median(spent)


def recall(found: list[set[str]], exact: list[set[str]]) -> float:
    """The share of the true neighbours that were found."""
    return float(np.mean([len(one & other) / TOP for one, other in zip(found, exact, strict=True)]))


def main() -> None:
    """Print one JSON object."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ours.ROWS
    ours.ROWS = rows
    shelf = load_shipped(ours.KNOWLEDGE, load_book(ours.KNOWLEDGE, shown=True))
    passages = ours.drawn_passages(shelf.passages, random.Random(7))
    kept = ours.drawn_vectors(rows, np.random.default_rng(2))
    asked = ours.drawn_vectors(QUERIES, np.random.default_rng(3))
    vocabulary, rng = load_vocabulary(ours.KNOWLEDGE), random.Random(8)
    texts = [rng.choice(passages).text[:20] for _ in range(QUERIES)]
    asks = [Ask(vocabulary.question(one), ours.DAY, "cn/shanghai", "employee") for one in texts]
    digests = [passage.digest for passage in passages]
    exact = [{digests[at] for at in np.argsort(-(kept @ one))[:TOP]} for one in asked]
    index = build(shelf.documents, passages, kept)
    told: dict[str, Any] = {"rows": rows}
    told["askdoc_seconds"] = timed(lambda at: search_by(asks[at], index, asked[at]))
    with tempfile.TemporaryDirectory() as name:
        told |= _chroma(Path(name), passages, kept, asked, exact)
    told |= _haystack(passages, kept, asked, texts)
    print(json.dumps(told, indent=1))


def _chroma(
    folder: Path, passages: list[Any], kept: Matrix, asked: Matrix, exact: list[set[str]]
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    holds = fitting(("cn", "cn/shanghai"), ("employee",), ("rule", "procedure"), ours.DAY)
    with open_store(folder / "ours", "bench", ours.DIMENSION) as store:
        store.put(passages, kept)
        everything = {"begins": {"$gte": 0}}
        found = [set(store.nearest(one, everything, TOP)) for one in asked]
        told["chroma_our_settings_recall"] = recall(found, exact)
        told["chroma_filtered_seconds"] = timed(lambda at: store.nearest(asked[at], holds, TOP))
    client = chromadb.PersistentClient(str(folder / "plain"), settings=QUIET)
    plain = client.create_collection("plain", embedding_function=None)
    for start in range(0, len(passages), 5000):
        part = passages[start : start + 5000]
        plain.upsert(
            ids=[one.digest for one in part],
            embeddings=kept[start : start + 5000],
            documents=[one.text for one in part],
            metadatas=[described(one) for one in part],
        )
    got = [set(plain.query(query_embeddings=one, n_results=TOP)["ids"][0]) for one in asked]
    told["chroma_defaults_recall"] = recall(got, exact)
    chain = Chroma(client=client, collection_name="plain")
    told["langchain_chroma_filtered_seconds"] = timed(
        lambda at: chain.similarity_search_by_vector(asked[at].tolist(), TOP, filter=holds)
    )
    client.close()
    return told


def _haystack(
    passages: list[Any], kept: Matrix, asked: Matrix, texts: list[str]
) -> dict[str, float]:
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    rows = zip(passages, kept, strict=True)
    store.write_documents(
        [Page(content=one.text, embedding=row.tolist(), meta=described(one)) for one, row in rows]
    )
    close, words = InMemoryEmbeddingRetriever(store), InMemoryBM25Retriever(store)

    def both(at: int) -> None:
        close.run(query_embedding=asked[at].tolist(), top_k=TOP)
        words.run(query=texts[at], top_k=TOP)

    return {"haystack_both_seconds": timed(both)}


if __name__ == "__main__":
    main()
