"""A row that is out of order is refused with its file and line."""

import shutil
from pathlib import Path

import pytest

from askdoc.medicines import Catalogue, load_catalogue
from askdoc.policy.strict_yaml import SheetError

ROWS = "list-2025/rows.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (ROWS, "    class: A\n", "    class: C\n", "not_one_of"),
        (ROWS, "    brands: [好糖宁, Goodsugar]", "    brand: 好糖宁", "unknown_key"),
        (ROWS, "    source: test-rule\n", "", "missing_key"),
        (ROWS, "    form: 丸", "    form: 汤", "unknown_form"),
        (ROWS, "conditions: [hypertension]", "conditions: [unheard]", "unknown_condition"),
        (ROWS, "id: first-slow\n", "id: first-tablet\n", "duplicate_id"),
        (ROWS, "name: 丙丁他汀钙片", "name: 甲乙双胍片", "duplicate_name"),
        (ROWS, "aliases: [双胍老名]", "aliases: [丙丁他汀钙片]", "text_shared"),
        (ROWS, "excluded_purpose, text", "bad_mood, text", "not_one_of"),
        (ROWS, "    class: off_catalogue", "    class: B", "not_covered_mismatch"),
        (ROWS, "kind: age, at_least: 18", "kind: age", "limit_missing"),
        (ROWS, "kind: setting, only", "kind: weather, only", "not_one_of"),
        (ROWS, "codes: [XA10BAA001A001]", "codes: [XA10]", "not_code"),
        (ROWS, "    code_source: test-list\n", "", "code_source_missing"),
        (ROWS, "atc: A10BA02", "atc: 10BA02", "not_atc"),
        (ROWS, "to: 2026-06-30", "to: 2025-06-30", "ends_before_begin"),
        (ROWS, "amount: 1.17", "amount: 1.175", "not_amount"),
        (ROWS, "ingredients: [壬癸]", "ingredients: []", "ingredients_empty"),
        ("conditions.yaml", "is_a: [diabetes]", "is_a: [nothing]", "unknown_condition"),
        ("conditions.yaml", "zh: 高血压", "zh: 糖尿病", "condition_text_shared"),
        ("forms.yaml", "forms: [丸]", "forms: [片]", "form_in_two_groups"),
        ("editions.yaml", "id: list-2025", "id: list-2026", "unknown_edition"),
        ("salts.yaml", "never:", "ever:", "unknown_key"),
    ],
)
def test_a_bad_file_is_refused_where_it_is_bad(
    small_folder: Path, tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    folder = tmp_path / "medicines"
    shutil.copytree(small_folder, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SheetError) as raised:
        load_catalogue(folder)
    assert raised.value.problem == problem
    assert "medicines/" in raised.value.sentence("zh")
    assert raised.value.sentence("en")


def test_a_missing_file_is_said(small_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SheetError) as raised:
        load_catalogue(tmp_path)
    assert raised.value.problem == "no_file"


def test_the_shipped_catalogue_is_in_order(shipped_catalogue: Catalogue) -> None:
    medicines = next(iter(shipped_catalogue.shelves.values())).medicines
    assert len(medicines) >= 197
    assert all(one.source and one.english for one in medicines)
    assert all(one.not_covered for one in medicines if one.payment_class == "off_catalogue")
