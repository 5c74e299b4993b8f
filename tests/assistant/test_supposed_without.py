"""What is supposed not to be: 要是没住院, 如果不住院, 若是没去三级."""

import pytest

from askdoc.bootstrap import House

from .conftest import Read
from .talking import facts, last

STAY = "上海职工在职，三级医院住院花了7700，今年第一次，付多少"


@pytest.mark.parametrize(
    "said",
    [
        "要是没住院，是门诊看的呢",
        "要是不住院只看门诊呢",
        "若是没住院，光看了门诊呢",
        "還是沒住院，看的門診",
        "就是没住院，看的是门诊",
    ],
)
def test_a_supposed_denial_denies(house: House, said: str) -> None:
    assert facts(last(house, STAY, said))["setting"] == "outpatient"


@pytest.mark.parametrize("said", ["是不是住院", "有没有住院", "是否住院"])
def test_what_is_only_asked_is_not_told(reading: Read, said: str) -> None:
    assert "setting" not in reading(said).facts
