"""`askdoc cost` and `askdoc explain`: files in, sums out, one sentence for a bad file."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from .conftest import Command, one_sentence

GOOD = """
person: {region: cn/shanghai, scheme: employee, status: active}
visit: {day: 2026-11-23, setting: outpatient, tier: primary}
items:
  - {class: A, amount: 300}
  - {class: B, amount: 400, first_pay_share: 10%}
  - {class: off_catalogue, amount: 100}
year: {deductible_used: 320, account_current: 0}
"""


def written(tmp_path: Path, text: str, name: str = "case.yaml") -> str:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_case_is_printed_step_by_step(askdoc: Command, tmp_path: Path) -> None:
    ran = askdoc("cost", "--case", written(tmp_path, GOOD))
    assert ran.code == 0
    assert "384.00" in ran.out
    assert "416.00" in ran.out
    assert "2023-07-01" in ran.out


def test_a_case_as_json_has_figures_steps_and_sources(askdoc: Command, tmp_path: Path) -> None:
    found = json.loads(askdoc("cost", "--case", written(tmp_path, GOOD), "--json").out)
    assert found["figures"]["person_pays"] == "416.00"
    assert [one["name"] for one in found["steps"]][:2] == ["total", "off_catalogue"]
    assert found["year_after"]["deductible_used"] == "500.00"


def test_a_json_case_is_read_too(askdoc: Command, tmp_path: Path) -> None:
    case = {
        "person": {"region": "cn/shanghai", "scheme": "employee", "status": "active"},
        "visit": {"day": "2026-11-23", "setting": "outpatient", "tier": "primary"},
        "items": [{"class": "A", "amount": "300"}],
    }
    ran = askdoc("cost", "--case", written(tmp_path, json.dumps(case), "case.json"), "--json")
    assert json.loads(ran.out)["figures"]["total"] == "300.00"


def test_a_medicine_on_the_bill_is_looked_up(askdoc: Command, tmp_path: Path) -> None:
    text = GOOD.replace(
        "{class: B, amount: 400, first_pay_share: 10%}",
        "{medicine: 立普妥, quantity: 28, unit_price: 0.5, first_pay_share: 10%}",
    )
    found = json.loads(askdoc("cost", "--case", written(tmp_path, text), "--json").out)
    assert found["figures"]["first_pay"] == "1.40"


def test_the_tiers_are_compared_and_a_year_is_planned(askdoc: Command, tmp_path: Path) -> None:
    case = written(tmp_path, GOOD)
    found = json.loads(askdoc("cost", "--case", case, "--compare", "--year", "--json").out)
    assert {one["tier"] for one in found["places"]} == {"primary", "secondary", "tertiary"}
    months = found["months"]
    assert len(months) == 12
    assert months[0]["figures"]["deductible"] == "180.00"
    assert months[1]["figures"]["deductible"] == "0.00"
    july = next(month for month in months if month["day"] == "2027-07-23")
    assert july["new_year"]
    assert july["figures"]["deductible"] == "500.00"


def test_a_medicine_is_compared_with_its_alternatives(askdoc: Command, tmp_path: Path) -> None:
    text = GOOD.replace(
        "{class: B, amount: 400, first_pay_share: 10%}",
        "{medicine: 立普妥, quantity: 1000, unit_price: 0.5, first_pay_share: 10%}",
    )
    case = written(tmp_path, text)
    found = json.loads(askdoc("cost", "--case", case, "--alternatives", "--json").out)
    first, *others = found["alternatives"]
    assert (first["medicine"], first["on_the_bill"]) == ("阿托伐他汀钙片", True)
    assert {one["medicine"] for one in others} == {"瑞舒伐他汀钙片", "辛伐他汀片"}
    simvastatin = next(one for one in others if one["medicine"] == "辛伐他汀片")
    assert simvastatin["figures"]["first_pay"] == "0.00"
    assert "医生" in askdoc("cost", "--case", case, "--alternatives").out


BAD = {
    "a missing fact": (GOOD.replace(", tier: primary", ""), "tier"),
    "an unknown key": (GOOD.replace("amount: 300", "amont: 300"), "amont"),
    "a bad amount": (GOOD.replace("amount: 300", "amount: 3o0"), "3o0"),
    "a negative amount": (GOOD.replace("amount: 300", "amount: -3"), "-3"),
    "an unknown region": (GOOD.replace("cn/shanghai", "cn/atlantis"), "cn/atlantis"),
    "a status of the other scheme": (GOOD.replace("status: active", "status: child"), "child"),
    "no such day": (GOOD.replace("2026-11-23", "2026-02-30"), "2026-02-30"),
    "a key twice": (GOOD.replace("{class: A,", "{class: A, class: B,"), "class"),
    "not yaml": ("person: {", "YAML"),
    "a list": ("- 1", "键值"),
    "empty": ("", "空"),
    "an unknown assumption": (GOOD + "assume: {no.such: 1}\n", "no.such"),
    "an unrecorded medicine": (GOOD.replace("{class: A,", "{medicine: 神奇片,"), "神奇片"),
    "several medicines": (GOOD.replace("{class: A,", "{medicine: 二甲双胍,"), "二甲双胍缓释片"),
    "over the whole": (GOOD.replace("amount: 300", "amount: 300, over_standard: 301"), "301"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_case_ends_in_one_sentence(askdoc: Command, tmp_path: Path, name: str) -> None:
    text, words = BAD[name]
    ran = askdoc("cost", "--case", written(tmp_path, text))
    assert one_sentence(ran), ran
    assert words in ran.err


def test_what_is_no_readable_file_is_refused(askdoc: Command, tmp_path: Path) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(bytes(range(256)) * 50)
    for file in (tmp_path / "nothing.yaml", tmp_path, binary):
        assert one_sentence(askdoc("cost", "--case", str(file)))


def test_a_refusal_speaks_the_asked_language(askdoc: Command, tmp_path: Path) -> None:
    case = written(tmp_path, GOOD.replace(", tier: primary", ""))
    assert "missing" in askdoc("cost", "--case", case, "--lang", "en").err


TABLETS = """
person: {region: cn/shanghai, scheme: employee, status: active}
visit: {day: 2026-09-10, setting: outpatient, tier: primary}
items: [{medicine: 二甲双胍片, quantity: 1000, unit_price: 0.4, first_pay_share: 10%}]
year: {deductible_used: 500, account_current: 0}
"""


@pytest.mark.parametrize(
    ("was", "now", "cause"),
    [
        ("account_current: 0", "account_current: 1000", "account"),
        ("deductible_used: 500", "deductible_used: 100", "deductible"),
        ("tier: primary", "tier: tertiary", "tier"),
        ("二甲双胍片", "二甲双胍缓释片", "class_or_form"),
        ("unit_price: 0.4", "unit_price: 0.6", "price"),
        ("quantity: 1000", "quantity: 1500", "quantity"),
        ("setting: outpatient", "setting: inpatient", "setting"),
    ],
)
def test_a_single_change_accounts_for_the_whole_difference(
    askdoc: Command, tmp_path: Path, was: str, now: str, cause: str
) -> None:
    before = written(tmp_path, TABLETS, "before.yaml")
    after = written(tmp_path, TABLETS.replace(was, now), "after.yaml")
    found = json.loads(askdoc("explain", before, after, "--json").out)
    assert [part["fact"] for part in found["parts"]] == [cause]
    assert found["parts"][0]["amount"] == found["difference"] != "0.00"


def test_a_new_insurance_year_is_named_and_parts_sum_to_the_fen(
    askdoc: Command, tmp_path: Path
) -> None:
    before = written(tmp_path, TABLETS.replace("2026-09-10", "2026-06-20"), "before.yaml")
    later = TABLETS.replace("2026-09-10", "2026-07-05").replace("used: 500", "used: 0")
    after = written(tmp_path, later.replace("unit_price: 0.4", "unit_price: 0.43"), "after.yaml")
    found = json.loads(askdoc("explain", before, after, "--json").out)
    parts = {part["fact"]: Decimal(part["amount"]) for part in found["parts"]}
    assert set(parts) == {"new_year", "price"}
    assert sum(parts.values()) == Decimal(found["difference"])


def test_bills_of_two_persons_are_not_compared(askdoc: Command, tmp_path: Path) -> None:
    before = written(tmp_path, TABLETS, "before.yaml")
    after = written(tmp_path, TABLETS.replace("cn/shanghai", "cn/shandong/qingdao"), "after.yaml")
    assert one_sentence(askdoc("explain", before, after))


def test_the_same_bill_twice_has_nothing_to_explain(askdoc: Command, tmp_path: Path) -> None:
    case = written(tmp_path, TABLETS)
    ran = askdoc("explain", case, case)
    assert ran.code == 0
    assert "没有差额" in ran.out
