"""A small run of eval/privacy/masking.py, and that its measure can fail."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "eval" / "privacy"


@pytest.fixture(scope="module")
def masking() -> ModuleType:
    spec = importlib.util.spec_from_file_location("privacy_masking", FOLDER / "masking.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["privacy_masking"] = module
    spec.loader.exec_module(module)
    return module


def test_identifiers_are_found_and_figures_pass(masking: ModuleType) -> None:
    measured = masking.measure(seed=7, scale=0.15)
    assert masking.total(measured.found).right >= masking.LEAST_FOUND
    assert masking.total(measured.spared, masking.BOUND).right >= masking.LEAST_SPARED
    assert masking.total(measured.names).right >= 0.9


def test_real_codes_and_names_of_medicines_pass(masking: ModuleType) -> None:
    data = Path(os.environ.get("ASKDOC_SHARED_DATA", FOLDER.parents[2] / "shared" / "data"))
    if not (data / "drug_limits.csv").is_file():
        pytest.skip("the lists of medicines are not here")
    measured = masking.measure(seed=7, scale=0.3, data=data)
    assert measured.spared["drug_code"].right >= masking.LEAST_SPARED
    assert measured.spared["medicine"].right >= masking.LEAST_SPARED


def test_the_measure_sees_what_is_left(masking: ModuleType) -> None:
    assert masking.is_leaked("手机13800138000", "手机{}", "13800138000", 4)
    assert masking.is_leaked("手机⟦电话A⟧8000", "手机{}", "13800138000", 4)
    assert not masking.is_leaked("手机⟦电话A⟧", "手机{}", "13800138000", 4)
