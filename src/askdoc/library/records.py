"""Passages and documents as JSON holds them, and files that appear whole or not at all."""

import json
import os
import tempfile
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from askdoc.library.document import Document, Passage


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage as JSON holds it."""
    return asdict(passage) | _days(passage)


def read_passage(told: dict[str, Any]) -> Passage:
    """A passage from its record. Raises TypeError or ValueError for anything else."""
    passage = Passage(**told)
    return replace(
        passage,
        path=tuple(passage.path),
        schemes=tuple(passage.schemes),
        sources=tuple(passage.sources),
        asked=tuple(passage.asked),
        kin=tuple(passage.kin),
        begins=_day(told["begins"]),
        ends=_day(told["ends"]),
    )


def document_record(document: Document) -> dict[str, Any]:
    """A document as JSON holds it."""
    return asdict(document) | _days(document)


def read_document_record(told: dict[str, Any]) -> Document:
    """A document from its record. Raises TypeError or ValueError for anything else."""
    document = Document(**told)
    return replace(
        document,
        schemes=tuple(document.schemes),
        topics=tuple(document.topics),
        begins=_day(told["begins"]),
        ends=_day(told["ends"]),
    )


def write_whole(file: Path, content: dict[str, Any]) -> None:
    """Write JSON so that a crash leaves the old file or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump(content, opened, ensure_ascii=False)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(draft, file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _days(told: Document | Passage) -> dict[str, str | None]:
    return {
        "begins": told.begins.isoformat() if told.begins else None,
        "ends": told.ends.isoformat() if told.ends else None,
    }


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
