"""A small made-up catalogue, the shipped one, and the national list where it is at hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from askdoc.medicines import Catalogue, CatalogueOnDay, Edition, load_catalogue, store_edition
from askdoc.medicines.edition_import import read_edition

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "data"
DAY = date(2026, 3, 1)
LIST_DAY = date(2025, 6, 1)


@pytest.fixture(scope="session")
def small_folder() -> Path:
    return HERE / "knowledge"


@pytest.fixture(scope="session")
def small(small_folder: Path) -> CatalogueOnDay:
    return load_catalogue(small_folder).on(DAY)


@pytest.fixture(scope="session")
def shipped_catalogue(knowledge: Path) -> Catalogue:
    return load_catalogue(knowledge / "medicines")


@pytest.fixture(scope="session")
def shipped(shipped_catalogue: Catalogue) -> CatalogueOnDay:
    return shipped_catalogue.on(DAY)


@pytest.fixture(scope="session")
def list_file() -> Path:
    file = SHARED / "nrdl2024.csv"
    if not file.exists():
        pytest.skip("the national list is not at hand beside the project")
    return file


@pytest.fixture(scope="session")
def list_rows(list_file: Path) -> list[dict[str, str]]:
    """The rows of the list that are medicines, each with its number in the file."""
    with list_file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [{**row, "row": str(at)} for at, row in enumerate(csv.DictReader(lines), start=2)]
    return [row for row in rows if "饮片" not in row["part"]]


@pytest.fixture(scope="session")
def national(
    list_file: Path, knowledge: Path, tmp_path_factory: pytest.TempPathFactory
) -> CatalogueOnDay:
    """The imported list on a day of its edition."""
    folder = tmp_path_factory.mktemp("editions")
    shipped = load_catalogue(knowledge / "medicines")
    edition = Edition(
        "list-2024",
        {"zh": "导入的目录", "en": "imported list"},
        date(2025, 1, 1),
        date(2025, 12, 31),
        "imported file",
        "secondary",
    )
    store_edition(read_edition(list_file, shipped.forms), edition, folder)
    return load_catalogue(knowledge / "medicines", folder).on(LIST_DAY)
