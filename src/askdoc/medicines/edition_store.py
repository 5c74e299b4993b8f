"""Imported editions on disk: one JSON file each, replaced whole or not at all.

What a reader would not guess: what was refused is stored beside what was taken, so that
`askdoc check` can still say it.
"""

import json
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from askdoc.medicines.errors import EditionDaysBad, EditionNameBad, StoredDamaged
from askdoc.medicines.imported import HerbalPiece, Imported, RefusedRow
from askdoc.medicines.medicine import (
    Agreement,
    Edition,
    Medicine,
    PaymentClass,
    PaymentStandard,
    Restriction,
    UnitAmount,
)
from askdoc.policy.confidence import CONFIDENCES, Confidence

_FORMAT = 1
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CLASSES: dict[str, PaymentClass] = {"A": "A", "B": "B", "negotiated": "negotiated"}
_CONFIDENCES: dict[str, Confidence] = {known: known for known in CONFIDENCES}


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """An edition as it was imported."""

    edition: Edition
    medicines: tuple[Medicine, ...]
    pieces: tuple[HerbalPiece, ...]
    refused: tuple[RefusedRow, ...]


def store_edition(imported: Imported, edition: Edition, folder: Path) -> Path:
    """Writes the edition to `<folder>/<id>.json` and gives that file; an older one is replaced.

    Raises EditionNameBad, EditionDaysBad, and OSError when the folder cannot be written.
    """
    if not _ID.fullmatch(edition.id):
        raise EditionNameBad(found=edition.id)
    if edition.ends is not None and edition.ends < edition.begins:
        raise EditionDaysBad(begins=edition.begins, ends=edition.ends)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{edition.id}.json"
    text = json.dumps(_as_json(imported, edition), ensure_ascii=False, indent=0)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return file


def read_stored(folder: Path) -> tuple[StoredEdition, ...]:
    """Every stored edition in the folder; none when the folder does not exist.

    Raises StoredDamaged for a file that is not what `store_edition` writes.
    """
    return tuple(_read_one(file) for file in sorted(folder.glob("*.json")))


def _read_one(file: Path) -> StoredEdition:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["format"] != _FORMAT or found["edition"]["id"] != file.stem:
            raise StoredDamaged(file=file.name)
        edition = _edition(found["edition"])
        return StoredEdition(
            edition,
            tuple(_medicine(row, edition) for row in found["medicines"]),
            tuple(HerbalPiece(str(name), bool(paid)) for name, paid in found["pieces"]),
            tuple(
                RefusedRow(int(row["row"]), str(row["reason"]), str(row["said"]))
                for row in found["refused"]
            ),
        )
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        InvalidOperation,
        RecursionError,
    ) as failed:
        raise StoredDamaged(file=file.name) from failed


def _as_json(imported: Imported, edition: Edition) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "edition": {
            "id": edition.id,
            "name": dict(edition.name),
            "from": edition.begins.isoformat(),
            "to": edition.ends.isoformat() if edition.ends else None,
            "source": edition.source,
            "confidence": edition.confidence,
        },
        "medicines": [_row(medicine) for medicine in imported.medicines],
        "pieces": [[piece.name, piece.is_paid] for piece in imported.pieces],
        "refused": [
            {"row": one.row, "reason": one.reason, "said": one.said} for one in imported.refused
        ],
    }


def _row(medicine: Medicine) -> dict[str, Any]:
    agreement = medicine.agreement
    restriction = medicine.restriction
    filled = {
        "id": medicine.id,
        "name": medicine.name,
        "form": medicine.form,
        "group": medicine.group,
        "class": medicine.payment_class,
        "place": medicine.place,
        "aliases": list(medicine.aliases),
        "beside": medicine.form_stands_beside,
        "for_group": medicine.listed_by_group,
        "without": list(medicine.excluded_forms),
        "scope_recorded": medicine.scope_recorded,
        "limit": restriction.text["zh"] if restriction else None,
        "agreement": [str(agreement.begins), str(agreement.ends)] if agreement else None,
        "standard": _standard_row(medicine.payment_standard),
        "codes": list(medicine.codes),
    }
    return {key: said for key, said in filled.items() if said not in (None, [], False)}


def _edition(row: dict[str, Any]) -> Edition:
    return Edition(
        id=str(row["id"]),
        name={"zh": str(row["name"]["zh"]), "en": str(row["name"]["en"])},
        begins=date.fromisoformat(row["from"]),
        ends=date.fromisoformat(row["to"]) if row["to"] else None,
        source=str(row["source"]),
        confidence=_CONFIDENCES[row["confidence"]],
    )


def _standard_row(standard: PaymentStandard | None) -> list[list[str]] | str | None:
    if standard is None:
        return None
    if standard.is_confidential:
        return "confidential"
    return [[str(one.amount), one.per, one.of] for one in standard.amounts]


def _standard(found: list[list[str]] | str | None) -> PaymentStandard | None:
    if found is None:
        return None
    if isinstance(found, str):
        return PaymentStandard(())
    return PaymentStandard(tuple(UnitAmount(Decimal(amount), per, of) for amount, per, of in found))


def _medicine(row: dict[str, Any], edition: Edition) -> Medicine:
    limit = row.get("limit")
    days = row.get("agreement")
    return Medicine(
        id=f"{edition.id}:{row['id']}",
        edition=edition.id,
        name=row["name"],
        form=row.get("form"),
        group=row.get("group"),
        payment_class=_CLASSES[row["class"]],
        confidence=edition.confidence,
        source=edition.source,
        place=row["place"],
        form_stands_beside=row.get("beside", False),
        listed_by_group=row.get("for_group", False),
        excluded_forms=tuple(row.get("without", ())),
        aliases=tuple(row.get("aliases", ())),
        restriction=Restriction({"zh": limit, "en": limit}, ()) if limit else None,
        scope_recorded=row.get("scope_recorded", False),
        agreement=Agreement(*map(date.fromisoformat, days)) if days else None,
        payment_standard=_standard(row.get("standard")),
        codes=tuple(row.get("codes", ())),
        imported=True,
    )
