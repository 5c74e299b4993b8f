"""How far the deductible was used, put right or supposed in a few words; what comes on top."""

import pytest

from askdoc.bootstrap import House

from .talking import last, same_sum

USED = "上海在职职工，社区门诊940，起付线已经用了200，付多少"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("用了300才对", "已经用了300"),
        ("不对，是用了300", "已经用了300"),
        ("用咗300先啱", "已经用了300"),
        ("其实扣掉300了", "已经用了300"),
        ("要是一分没用呢", "一分没用"),
        ("如果还没用过呢", "一分没用"),
        ("那要是用完了呢", "已经用完了"),
        ("要是已经用满了的话", "已经用完了"),
        ("what if it's used up?", "已经用完了"),
    ],
)
def test_what_is_used_is_the_deductible_s(house: House, said: str, state: str) -> None:
    whole = USED.replace("已经用了200", state)
    assert last(house, USED, said).figures == last(house, whole).figures


@pytest.mark.parametrize("said", ["是300才对", "其实花了300"])
def test_another_whole_stays_one(house: House, said: str) -> None:
    assert same_sum(house, (USED, said), USED.replace("940", "300"))


@pytest.mark.parametrize(
    "said",
    [
        "再加药费80",
        "加上检查费80",
        "外加80块",
        "还要加80的药钱",
        "plus 80 for bandages",
        "仲要加80蚊藥費",
        "又多收了80",
    ],
)
def test_what_comes_on_top_makes_the_whole_larger(house: House, said: str) -> None:
    assert last(house, USED, said).figures["total"] == "1020.00"


@pytest.mark.parametrize("said", ["加到80", "加起来一共80", "总共80"])
def test_a_new_whole_is_no_addition(house: House, said: str) -> None:
    assert last(house, USED, said).figures["total"] == "80.00"


@pytest.mark.parametrize("said", ["那就不算自费的了", "自费的不算了"])
def test_a_part_that_is_not_counted_is_left_out(house: House, said: str) -> None:
    bill = "青岛职工在职，三级住院23000，自费2000，今年第一次，付多少"
    assert last(house, bill, said).figures["total"] == "21000.00"
