"""Vectors in Chroma, under the digest of the text that they were made from.

Chroma is the store; it is asked for rows by digest and, for very large libraries, for nearest
neighbours. Who made the vectors is written on the collection, and another model is refused.

What a reader would not guess: Chroma 1.5.9 keeps its own embedding model unless told
`embedding_function=None` on create and on get; takes at most 5,461 rows at once; and its filters
on ranges know numbers only, so days are stored as 20260701.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from askdoc.library.document import SCHEMES, Passage
from askdoc.library.embedding import Matrix
from askdoc.wording import AskdocError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

COLLECTION = "askdoc-passages"
MOST_AT_ONCE = 5_000
FIRST_DAY, LAST_DAY = 0, 99999999


class OtherModel(AskdocError):
    """The collection holds vectors of another model; fields: `kept`, `wanted`."""

    code = "library.other_model"


class StoreUnreachable(AskdocError):
    """Chroma does not answer or its folder cannot be opened; fields: `where`, `why`."""

    code = "library.store_unreachable"


@dataclass(frozen=True, slots=True)
class VectorStore:
    """One collection of one model's vectors."""

    collection: "Collection"

    def get(self, digests: Sequence[str]) -> dict[str, Matrix]:
        """The stored vectors among these digests."""
        found: dict[str, Matrix] = {}
        for part in _parts(list(dict.fromkeys(digests))):
            got = self.collection.get(ids=part, include=["embeddings"])
            rows = np.asarray(got["embeddings"], np.float32)
            found.update(zip(got["ids"], rows, strict=True))
        return found

    def known(self) -> set[str]:
        """Every digest that has a vector."""
        return set(self.collection.get(include=[])["ids"])

    def put(self, passages: Sequence[Passage], vectors: Matrix) -> None:
        """Keep one vector for each passage; what was there under its digest is replaced."""
        rows = {
            passage.digest: (vector, described(passage))
            for passage, vector in zip(passages, vectors, strict=True)
        }
        for part in _parts(list(rows)):
            self.collection.upsert(
                ids=part,
                embeddings=np.stack([rows[digest][0] for digest in part]),
                metadatas=[rows[digest][1] for digest in part],
            )

    def keep_only(self, digests: set[str]) -> None:
        """Forget the vectors of every other text."""
        for part in _parts(sorted(self.known() - digests)):
            self.collection.delete(ids=part)

    def nearest(self, vector: Matrix, where: dict[str, Any], count: int) -> dict[str, float]:
        """About the `count` nearest digests that fit `where` (`fitting`), with their cosine."""
        got = self.collection.query(
            query_embeddings=vector, n_results=count, where=where, include=["distances"]
        )
        distances = (got["distances"] or [[]])[0]
        return {digest: 1.0 - far for digest, far in zip(got["ids"][0], distances, strict=True)}


def described(passage: Passage) -> dict[str, str | int | bool]:
    """What Chroma can filter by."""
    return {
        "region": passage.region,
        "kind": passage.kind,
        "begins": numbered(passage.begins, FIRST_DAY),
        "ends": numbered(passage.ends, LAST_DAY),
        **{scheme: scheme in passage.schemes for scheme in SCHEMES},
    }


def fitting(
    regions: Sequence[str], schemes: Sequence[str], kinds: Sequence[str], day: date
) -> dict[str, Any]:
    """Chroma's filter for what holds in any of the regions, for any of the schemes, on a day."""
    insured: list[dict[str, Any]] = [{scheme: True} for scheme in schemes]
    return {
        "$and": [
            {"region": {"$in": list(regions)}},
            {"kind": {"$in": list(kinds)}},
            {"begins": {"$lte": numbered(day, LAST_DAY)}},
            {"ends": {"$gte": numbered(day, LAST_DAY)}},
            insured[0] if len(insured) == 1 else {"$or": insured},
        ]
    }


def numbered(day: date | None, open_end: int) -> int:
    """A day as 20260701, so that a filter on a range understands it."""
    return open_end if day is None else day.year * 10000 + day.month * 100 + day.day


@contextmanager
def open_store(where: Path | str, model: str, dimension: int) -> Iterator[VectorStore]:
    """The store in a folder, or on a Chroma server at `http://host:port`; closed afterwards.

    Raises StoreUnreachable, and OtherModel when another model's vectors are in it.
    """
    with _client(where) as client:
        collection = client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,
            configuration=_configuration(),
            metadata={"model": model, "dimension": dimension},
        )
        written: Mapping[str, Any] = collection.metadata or {}
        if (written.get("model"), written.get("dimension")) != (model, dimension):
            raise OtherModel(kept=written.get("model"), wanted=model)
        yield VectorStore(collection)


def is_sound(folder: Path) -> bool:
    """Whether the store in a folder opens and tells what it holds; a folder not there is sound."""
    if not folder.is_dir():
        return True
    try:
        with _client(folder) as client:
            for collection in client.list_collections():
                collection.peek(1)
    except StoreUnreachable:
        return False
    return True


def _configuration() -> "CreateCollectionConfiguration":
    """Cosine from the start. eval/bench/search.py measures build time and recall of these."""
    return {
        "hnsw": {
            "space": "cosine",
            "ef_construction": 40,
            "ef_search": 300,
            "max_neighbors": 16,
        }
    }


def drop_store(where: Path | str) -> None:
    """Forget every vector, whoever made them."""
    with _client(where) as client:
        if COLLECTION in {one.name for one in client.list_collections()}:
            client.delete_collection(COLLECTION)


@contextmanager
def _client(where: Path | str) -> "Iterator[ClientAPI]":
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    client = _opened(where)
    try:
        yield client
    except (ChromaError, HTTPError) as failed:
        raise _unreachable(where, failed) from failed
    finally:
        _close(client)


def _opened(where: Path | str) -> "ClientAPI":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    quiet = Settings(anonymized_telemetry=False)
    try:
        if isinstance(where, Path):
            where.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(path=str(where), settings=quiet)
        address = urlsplit(where)
        return chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or 8000,
            ssl=address.scheme == "https",
            settings=quiet,
        )
    except (ChromaError, ValueError, OSError, RuntimeError, AttributeError) as failed:
        # Chroma keeps a half-opened store for the next who asks; that one must start afresh.
        SharedSystemClient.clear_system_cache()
        raise _unreachable(where, failed) from failed


def _unreachable(where: Path | str, failed: Exception) -> StoreUnreachable:
    return StoreUnreachable(where=str(where), why=str(failed).split("\n")[0][:200])


def _close(client: Any) -> None:
    """Let go of files and of the connections that Chroma's own `close` leaves open."""
    client.close()
    for server in (client._server, client._admin_client._server):
        session = getattr(server, "_session", None)
        if session is not None:
            session.close()


def _parts(digests: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(digests), MOST_AT_ONCE):
        yield digests[start : start + MOST_AT_ONCE]
