"""One bill two ways, and ways that can't be computed."""

from askdoc.bootstrap import House

from .talking import last

STUDENT = "杭州大学生居民医保，21岁，没签约，三级门诊600甲类，起付线没用过，"


def test_a_step_named_done_and_not_done_is_two_sums(house: House) -> None:
    told = last(house, STUDENT + "转诊和不转诊差多少")
    assert told.figures == {"person_pays:referred": "360.00", "person_pays:not_referred": "480.00"}
    assert "转诊比自行前往少付 120.00元" in told.text


def test_a_way_without_filing_is_never_called_covered(house: House) -> None:
    said = "上海在职职工去苏州三级医院住院2万全甲类，自己去的，备案和不备案各付多少"
    told = last(house, said)
    assert told.outcome == "needs_filing"


def test_both_settings_are_two_sums(house: House) -> None:
    said = "青岛职工在职二级医院，6000块甲类药费，今年第一次住，走门诊还是住院自己付得少"
    assert set(last(house, said).figures) == {"person_pays:outpatient", "person_pays:inpatient"}


def test_a_place_whose_rules_are_not_recorded_gets_no_sum(house: House) -> None:
    told = last(house, "深圳少儿门诊500甲类，社康和三级医院各付多少")
    assert told.outcome == "indeterminate"
    assert "规定没有收录，算不出来" in told.text
    assert not told.figures
    assert "付 0.00元" not in told.text


def test_bills_whose_rules_are_not_recorded_are_not_set_side_by_side(house: House) -> None:
    said = "深圳少儿三级医院门诊，上次500甲类付了200，这次500甲类付了300，为什么贵了"
    told = last(house, said)
    assert told.outcome == "indeterminate"
    assert not told.figures


def test_a_contract_said_once_is_no_comparison(house: House) -> None:
    told = last(house, "杭州职工在职，没签约，社区门诊300甲类，起付线用完了，自己付多少")
    assert "person_pays" in told.figures
