"""The figures of the evaluation's own calculator, typed from the policy facts.

Each row names the section that it stands in. Where the facts give a range or two readings, the
table holds the end under which the fund pays least.
"""

from typing import Any, NamedTuple

Facts = dict[str, Any]


class Row(NamedTuple):
    """One figure: where it holds, what it is, and the section of the facts that states it."""

    region: str
    scheme: str
    setting: str
    name: str
    when: dict[str, Any]
    value: str
    section: str


SH, HZ = "cn/shanghai", "cn/zhejiang/hangzhou"
QD, SZ = "cn/shandong/qingdao", "cn/guangdong/shenzhen"
TIERS = ("primary", "secondary", "tertiary")
OLD = range(60, 200)


def tiered(where: tuple[str, str, str], name: str, when: Facts, values: str, sec: str) -> list[Row]:
    """Three rows from "a b c": primary, secondary, tertiary."""
    pairs = zip(TIERS, values.split(), strict=True)
    return [Row(*where, name, {**when, "tier": tier}, value, sec) for tier, value in pairs]


def single(where: tuple[str, str, str], name: str, when: Facts, value: str, sec: str) -> list[Row]:
    return [Row(*where, name, when, value, sec)]


SH_E_OUT, SH_E_IN = (SH, "employee", "outpatient"), (SH, "employee", "inpatient")
SH_R_OUT, SH_R_IN = (SH, "resident", "outpatient"), (SH, "resident", "inpatient")
HZ_E_OUT, HZ_E_IN = (HZ, "employee", "outpatient"), (HZ, "employee", "inpatient")
HZ_R_OUT, HZ_R_IN = (HZ, "resident", "outpatient"), (HZ, "resident", "inpatient")
QD_E_OUT, QD_E_IN = (QD, "employee", "outpatient"), (QD, "employee", "inpatient")
QD_R_OUT, QD_R_IN = (QD, "resident", "outpatient"), (QD, "resident", "inpatient")
SZ_E_OUT, SZ_E_IN = (SZ, "employee", "outpatient"), (SZ, "employee", "inpatient")
SZ_R_OUT, SZ_R_IN = (SZ, "resident", "outpatient"), (SZ, "resident", "inpatient")
ACTIVE, RETIRED = {"status": "active"}, {"status": "retired"}
LATE = {"status": "retired", "retired_year": range(2001, 2027)}
EARLY = {"status": "retired", "retired_year": range(1950, 2001)}
FIRST, SECOND = {"grade": "first"}, {"grade": "second"}
SIGNED, UNSIGNED = {"contracted": True}, {"contracted": False}

TABLE: list[Row] = [
    *single(SH_E_OUT, "deductible", ACTIVE, "500", "3.1"),
    *single(SH_E_OUT, "deductible", LATE, "300", "3.1"),
    *single(SH_E_OUT, "deductible", EARLY, "200", "3.1"),
    *tiered(SH_E_OUT, "share", ACTIVE, "80 75 70", "3.1"),
    *tiered(SH_E_OUT, "share", {**RETIRED, "age": range(70)}, "85 80 75", "3.1"),
    *tiered(SH_E_OUT, "share", {**RETIRED, "age": range(70, 200)}, "90 85 80", "3.1"),
    *single(SH_E_IN, "deductible", ACTIVE, "1500", "3.1"),
    *single(SH_E_IN, "deductible", LATE, "1200", "3.1"),
    *single(SH_E_IN, "deductible", EARLY, "700", "3.1"),
    *single(SH_E_IN, "share", ACTIVE, "85", "3.1"),
    *single(SH_E_IN, "share", RETIRED, "92", "3.1"),
    *single(SH_E_IN, "ceiling", {}, "650000", "3.1"),
    *single(SH_E_OUT, "ceiling", {}, "650000", "3.1"),
    *single(SH_R_OUT, "deductible", {"status": "adult"}, "500", "3.2"),
    *single(SH_R_OUT, "deductible", {}, "300", "3.2"),
    *single(SH_R_OUT, "share", {"institution": "village"}, "80", "3.2"),
    *tiered(SH_R_OUT, "share", {}, "70 60 50", "3.2"),
    *tiered(SH_R_IN, "deductible", {}, "50 100 300", "3.2"),
    *tiered(SH_R_IN, "share", {"status": "senior"}, "90 80 70", "3.2"),
    *tiered(SH_R_IN, "share", {}, "80 75 60", "3.2, the reading that pays less"),
    *single(SH_R_IN, "ceiling", {}, "250000", "3.2"),
    *single(HZ_E_OUT, "deductible", ACTIVE, "1000", "4.1, the reading that pays less"),
    *single(HZ_E_OUT, "deductible", RETIRED, "700", "4.1, the reading that pays less"),
    *single(HZ_E_OUT, "deductible_cut", SIGNED, "300", "4.1"),
    *tiered(HZ_E_OUT, "share", ACTIVE, "86 80 76", "4.1, primary read as community"),
    *tiered(HZ_E_OUT, "share", RETIRED, "92 86 82", "4.1, primary read as community"),
    *tiered(HZ_E_IN, "deductible", {}, "300 500 800", "4.1"),
    *tiered(HZ_E_IN, "share", ACTIVE, "92 88 84", "4.1"),
    *tiered(HZ_E_IN, "share", RETIRED, "96 92 88", "4.1, four points more"),
    *single(HZ_E_IN, "ceiling", {}, "400000", "4.1"),
    *single(HZ_R_OUT, "deductible", {}, "300", "4.2"),
    *single(HZ_R_OUT, "deductible_cut", SIGNED, "300", "4.2, waived"),
    *single(HZ_R_OUT, "deductible_cut", {"referral": "referred"}, "300", "4.2"),
    *tiered(HZ_R_OUT, "share", {}, "70 60 40", "4.2"),
    *tiered(HZ_R_IN, "deductible", {}, "300 500 800", "4.2"),
    *tiered(HZ_R_IN, "share", {}, "80 75 70", "4.2"),
    *single(HZ_R_IN, "ceiling", {}, "300000", "4.2"),
    *tiered(QD_E_OUT, "deductible", {}, "100 500 800", "5.1, the reading that pays less"),
    *tiered(QD_E_OUT, "share", ACTIVE, "80 70 60", "5.1"),
    *tiered(QD_E_OUT, "share", RETIRED, "85 75 65", "5.1"),
    *single(QD_E_OUT, "ceiling", ACTIVE, "3000", "5.1, the reading that pays less"),
    *single(QD_E_OUT, "ceiling", RETIRED, "4000", "5.1, the reading that pays less"),
    *single(QD_E_IN, "deductible", {"admissions": range(2, 99)}, "0", "5.1, third stay free"),
    *tiered(QD_E_IN, "deductible", {"admissions": range(1, 2)}, "100 250 400", "5.1, half"),
    *tiered(QD_E_IN, "deductible", {}, "200 500 800", "5.1"),
    *tiered(QD_E_IN, "share", ACTIVE, "90 88 86", "5.1, the reading that pays less"),
    *tiered(QD_E_IN, "share", RETIRED, "93 91 89", "5.1, three points more"),
    *single(QD_R_OUT, "deductible", {**SIGNED, "tier": "primary"}, "0", "5.2"),
    *single(QD_R_OUT, "share", {**SIGNED, "tier": "primary"}, "60", "5.2"),
    *single(QD_R_OUT, "ceiling", {**SIGNED, "tier": "primary"}, "450", "5.2"),
    *tiered(QD_R_IN, "deductible", {}, "200 500 800", "5.2"),
    *tiered(QD_R_IN, "share", {}, "85 75 70", "5.2"),
    *single(SZ_E_OUT, "deductible", FIRST, "0", "6.1"),
    *tiered(SZ_E_OUT, "share", {**FIRST, **ACTIVE}, "75 65 55", "6.1"),
    *tiered(SZ_E_OUT, "share", {**FIRST, **RETIRED}, "80 70 60", "6.1"),
    *single(SZ_E_OUT, "share", {**SECOND, "tier": "primary", "age": OLD}, "80", "6.2"),
    *single(SZ_E_OUT, "share", {**SECOND, "tier": "primary"}, "75", "6.2"),
    *single(SZ_E_OUT, "share", {**SECOND, "tier": "tertiary"}, "0", "6.2, without referral"),
    *single(SZ_E_OUT, "deductible", {**SECOND, "tier": "tertiary"}, "0", "pays 0% in any case"),
    *tiered(SZ_E_IN, "deductible", {"admissions": range(1, 2)}, "100 200 300", "6.1, half"),
    *tiered(SZ_E_IN, "deductible", {}, "200 400 600", "6.1"),
    *tiered(SZ_E_IN, "share", {**FIRST, **ACTIVE}, "92 91 90", "6.1"),
    *single(SZ_E_IN, "share", {**FIRST, **RETIRED}, "95", "6.1"),
    *single(SZ_R_OUT, "share", {"tier": "primary", "status": "senior"}, "80", "6.2"),
    *single(SZ_R_OUT, "share", {"tier": "primary"}, "75", "6.2"),
    *tiered(SZ_R_IN, "deductible", {}, "200 400 600", "6.2, as 6.1"),
    *tiered(SZ_R_IN, "share", {}, "92 91 90", "6.2, as 6.1"),
]

# scheme of a region -> line, bands (up to, share), ceiling, diseases it is limited to
ILLNESS: dict[tuple[str, str], tuple[str, list[tuple[str, str]], str, tuple[str, ...]]] = {
    (SH, "resident"): ("0", [("inf", "60")], "inf", ("cancer", "dialysis", "transplant")),  # 3.2
    (HZ, "employee"): ("25000", [("50000", "70"), ("inf", "80")], "inf", ()),  # 4.1
    (HZ, "resident"): (  # 4.2
        "25000",
        [("100000", "70"), ("200000", "75"), ("inf", "80")],
        "inf",
        (),
    ),
    (QD, "employee"): ("14000", [("100000", "75"), ("inf", "85")], "500000", ()),  # 5.1
    (QD, "resident"): (  # 5.2, the reading with four bands
        "14000",
        [("100000", "60"), ("200000", "65"), ("300000", "70"), ("inf", "75")],
        "300000",
        (),
    ),
    (SZ, "resident"): ("10000", [("inf", "80")], "inf", ()),  # 6.2
}
FIRST_PAY = {(QD, "employee"): "0.10", (QD, "resident"): "0.10"}  # 5.1, typical in Shandong
AID = {"low_income": "70", "extreme_hardship": "70"}  # 2.6: at least 70%
POOR = ("low_income", "extreme_hardship")  # 2.6: line halved, five points more; residents
SUPPLEMENTARY = {(SH, "employee"): "80"}  # 3.1
