"""The rooms import one way: the contracts of import-linter hold."""

import subprocess
import sys
from pathlib import Path


def test_the_rooms_import_one_way() -> None:
    ran = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert "5 kept, 0 broken" in ran.stdout


def test_help_and_a_sum_start_without_the_database(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "person: {region: cn/shanghai, scheme: employee, status: active}\n"
        "visit: {day: 2026-11-23, setting: outpatient, tier: primary}\n"
        "items: [{class: A, amount: 300}]\n",
        encoding="utf-8",
    )
    for words in (["--help"], ["cost", "--case", str(case)]):
        program = (
            f"import sys; sys.argv = ['askdoc', *{words!r}]\n"
            "from askdoc.cli import main\n"
            "try: main()\n"
            "finally: print('heavy:', {'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert "heavy: set()" in done.stdout
