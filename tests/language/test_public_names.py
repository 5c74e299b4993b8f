"""The room's front door: every promised name is there, and the heavy ones come late."""

import subprocess
import sys

import pytest

import askdoc.language


@pytest.mark.parametrize("name", askdoc.language.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(askdoc.language, name) is not None


def test_a_name_that_nobody_promised_is_refused() -> None:
    with pytest.raises(AttributeError, match="find_everything"):
        askdoc.language.find_everything  # noqa: B018


def test_simplifying_loads_neither_the_finders_nor_the_conversion_table() -> None:
    program = (
        "import sys; from askdoc.language import simplify; simplify('医保１２'); "
        "print('askdoc.language.money' in sys.modules, 'zhconv' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
