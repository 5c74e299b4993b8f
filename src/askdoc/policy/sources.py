"""The register of documents that values come from (`knowledge/sources.yaml`)."""

from dataclasses import dataclass
from pathlib import Path

from askdoc.policy.confidence import CONFIDENCES, Confidence
from askdoc.policy.strict_yaml import Map, SheetError, read_sheet
from askdoc.wording import Lang

NOT_VERIFIED = "not verified"
KINDS = (
    "law",
    "official_copy",
    "rule_base",
    "dataset",
    "news",
    "compiler",
    "norm",
    "product",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One document: who issued it, its number and day as far as they are verified.

    `allows` is the best confidence that a value from it may carry.
    """

    id: str
    title: dict[Lang, str]
    issuer: dict[Lang, str]
    number: str | None
    issued: str | None
    kind: str
    checkable: dict[Lang, str]
    allows: Confidence

    def named(self, lang: Lang) -> str:
        """Its title, with the document number when that is verified."""
        return f"{self.title[lang]}（{self.number}）" if self.number else self.title[lang]


def load_sources(file: Path) -> dict[str, Source]:
    """All registered sources by id."""
    sources: dict[str, Source] = {}
    for row in read_sheet(file).only("sources").rows("sources").maps():
        source = _source(row)
        if source.id in sources:
            raise SheetError(row.place, "duplicate_id", id=source.id)
        sources[source.id] = source
    return sources


def _source(row: Map) -> Source:
    row.only("id", "title", "issuer", "number", "issued", "kind", "checkable", "allows")
    allows = row.scalar("allows").one_of(CONFIDENCES)
    return Source(
        id=row.scalar("id").text(),
        title=row.both_languages("title"),
        issuer=row.both_languages("issuer"),
        number=_verified(row, "number"),
        issued=_verified(row, "issued"),
        kind=row.scalar("kind").one_of(KINDS),
        checkable=row.both_languages("checkable"),
        allows=next(known for known in CONFIDENCES if known == allows),
    )


def _verified(row: Map, key: str) -> str | None:
    said = row.scalar(key).text()
    return None if said == NOT_VERIFIED else said
