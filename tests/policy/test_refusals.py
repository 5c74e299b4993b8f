"""One bad file for each mistake: the loader names file and line and says what to do.

A bad file starts with `# says: LINE words`; it stands in for the city's own page.
"""

import shutil
from pathlib import Path

import pytest

from askdoc.policy import SheetError, load_book

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_bad_page_is_refused_with_file_line_and_reason(file: Path, tmp_path: Path) -> None:
    shutil.copytree(HERE / "knowledge", tmp_path, dirs_exist_ok=True)
    page = tmp_path / "policy/cn/north/anle/rules.yaml"
    shutil.copy(file, page)
    line, words = (
        file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# says: ").split(" ", 1)
    )
    with pytest.raises(SheetError) as refused:
        load_book(tmp_path).load_all()
    sentence = refused.value.sentence("en")
    assert sentence.startswith(f"cn/north/anle/rules.yaml:{line}: ")
    assert words in sentence
    assert refused.value.sentence("zh").startswith(f"cn/north/anle/rules.yaml:{line}：")


def test_there_is_a_bad_file_for_each_mistake() -> None:
    assert len(BAD) >= 25


def test_a_missing_register_of_sources_is_named(tmp_path: Path) -> None:
    shutil.copytree(HERE / "knowledge", tmp_path, dirs_exist_ok=True)
    (tmp_path / "sources.yaml").unlink()
    with pytest.raises(SheetError, match=r"sources\.yaml: There is no such file"):
        load_book(tmp_path)


def test_a_parameter_declared_twice_is_refused(tmp_path: Path) -> None:
    shutil.copytree(HERE / "knowledge", tmp_path, dirs_exist_ok=True)
    again = (
        "parameters:\n  employee.rate:\n    description: {zh: 比例, en: rate}\n"
        "    unit: share\n    lowest_level: city\n"
    )
    (tmp_path / "policy/cn/twice.yaml").write_text(again, encoding="utf-8")
    with pytest.raises(SheetError, match=r"cn/twice\.yaml:3: .*declared twice"):
        load_book(tmp_path)
