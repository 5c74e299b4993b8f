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
    assert "2 kept, 0 broken" in ran.stdout
