"""A second, small calculator of what a bill costs, for the evaluation only.

It shares no code and no data with askdoc: the figures are typed here from the policy facts, each
with the section that it stands in. Where the facts give a range or two readings, the table holds
the end under which the fund pays least.

    python eval/assistant/calculator.py --check          sets.yaml agrees with the calculator
    python eval/assistant/calculator.py --show c001      all figures of one set
"""

import sys
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SETS = Path(__file__).with_name("sets.yaml")
FEN = Decimal("0.01")
NOUGHT = Decimal(0)

Facts = dict[str, Any]
Figures = dict[str, Decimal]


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


def fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP)


def look_up(facts: Facts, name: str) -> Decimal | None:
    setting = "outpatient" if facts["setting"] == "emergency" else facts["setting"]
    where = (facts["region"], facts["scheme"], setting, name)
    for row in TABLE:
        if row[:4] == where and all(fits(facts, key, want) for key, want in row.when.items()):
            return Decimal(row.value)
    return None


def fits(facts: Facts, key: str, want: object) -> bool:
    value = facts.get(key, {"admissions": 0, "contracted": False}.get(key))
    return value in want if isinstance(want, range) else value == want


def needed(facts: Facts, name: str) -> Decimal:
    found = look_up(facts, name)
    if found is None:
        raise LookupError(f"no {name} for {facts}")
    return found


def points_lost(facts: Facts) -> Decimal:
    """Section 2.6: points, never a multiplication; nothing for care at home."""
    if "place" not in facts or facts.get("filed") == "long_term":
        return NOUGHT
    referral, filed = facts.get("referral"), facts.get("filed")
    eased = referral == "emergency" or (referral == "referred" and filed == "temporary")
    return Decimal(10 if eased else 20)


def parts(facts: Facts) -> Figures:
    """Steps 1 to 4 of section 1; the payment standard cuts the price before the first share."""
    said = {k: v if k == "over_standard_in" else Decimal(v) for k, v in facts["amounts"].items()}
    usual = Decimal(FIRST_PAY.get((facts["region"], facts["scheme"]), "0"))
    within = said.get("over_standard_in", "")
    over = said.get("over_standard", NOUGHT)
    first = NOUGHT
    for kind, share in (("class_b", "first_pay_share"), ("negotiated", "negotiated_share")):
        price = said.get(kind, NOUGHT) - (over if within == kind else NOUGHT)
        first += fen(price * said.get(share, usual))
    off = said.get("off_catalogue", NOUGHT) + said.get("out_of_scope", NOUGHT)
    eligible = said["total"] - off - over - first
    shown = {"total": said["total"], "off_catalogue": off, "over_standard": over}
    return {**shown, "first_pay": first, "eligible": eligible}


def deductible_left(facts: Facts) -> Decimal:
    cut = look_up(facts, "deductible_cut") or NOUGHT
    whole = max(NOUGHT, needed(facts, "deductible") - cut)
    return max(NOUGHT, whole - Decimal(facts["amounts"].get("deductible_used", "0")))


def pooled(facts: Facts, sums: Figures) -> Figures:
    """Steps 5 to 7, with the current-year account before them in Shanghai's outpatient care."""
    account = Decimal(facts["amounts"].get("account_current", "0"))
    if facts["region"] != SH or facts["scheme"] != "employee" or facts["setting"] == "inpatient":
        account = NOUGHT
    account = min(account, sums["eligible"])
    deductible = min(deductible_left(facts), sums["eligible"] - account)
    base = sums["eligible"] - account - deductible
    share = max(NOUGHT, needed(facts, "share") - points_lost(facts))
    fund = fen(base * share / 100)
    ceiling = look_up(facts, "ceiling")
    if "ceiling" in facts["amounts"]:
        ceiling = Decimal(facts["amounts"]["ceiling"])
    paid = Decimal(facts["amounts"].get("fund_paid", "0"))
    above = NOUGHT if ceiling is None else max(NOUGHT, fund - max(NOUGHT, ceiling - paid))
    extra = Decimal(SUPPLEMENTARY.get((facts["region"], facts["scheme"]), "0"))
    return {
        "account_first": account,
        "deductible": deductible,
        "base": base,
        "fund_pays": fund - above,
        "co_pay": base - fund,
        "above_ceiling": above,
        "supplementary": fen(above * extra / 100),
    }


def illness_of_year(facts: Facts, self_pay: Decimal) -> Decimal:
    """Step 8: what serious-illness insurance pays for a year's in-scope self-pay."""
    found = ILLNESS.get((facts["region"], facts["scheme"]))
    if found is None or (found[3] and facts.get("disease") not in found[3]):
        return NOUGHT
    poor = facts["scheme"] == "resident" and facts.get("group") in POOR
    low = Decimal(found[0]) * (Decimal("0.5") if poor else 1)
    paid = NOUGHT
    for up_to, share in found[1]:
        top = min(self_pay, Decimal(up_to))
        paid += fen(max(NOUGHT, top - low) * (Decimal(share) + (5 if poor else 0)) / 100)
        low = max(low, top)
    return paid if poor else min(paid, Decimal(found[2]))


def compute(facts: Facts) -> Figures:
    """All figures of a bill."""
    sums = parts(facts)
    sums |= pooled(facts, sums)
    own = sums["deductible"] + sums["co_pay"] + sums["above_ceiling"] - sums["supplementary"]
    before = Decimal(facts["amounts"].get("in_scope_self_pay", "0"))
    illness = illness_of_year(facts, before + own) - illness_of_year(facts, before)
    aid = fen((own - illness) * Decimal(AID.get(facts.get("group", ""), "0")) / 100)
    layers = sums["fund_pays"] + sums["supplementary"] + illness + aid
    person = sums["total"] - layers
    sums |= {"serious_illness": illness, "medical_aid": aid, "person_pays": person}
    borne = ("off_catalogue", "over_standard", "first_pay", "account_first", "deductible", "co_pay")
    borne_sum = sum((sums[name] for name in borne), sums["above_ceiling"])
    assert person == borne_sum - sums["supplementary"] - illness - aid, facts
    return sums


def figures(facts: Facts) -> dict[str, str]:
    return {name: str(fen(value)) for name, value in compute(facts).items()}


def spellings(value: Decimal, unit: str = "") -> set[str]:
    """The ways in which a text may write a number."""
    plain = f"{value:.2f}".rstrip("0").rstrip(".")
    ways = {plain + unit}
    if value >= 1000:
        ways |= {f"{value:,.2f}".rstrip("0").rstrip(".")}
    if value >= 10000 and value % 1000 == 0:
        ways |= {f"{value / 10000:.2f}".rstrip("0").rstrip(".") + "万"}
    return ways


def sum_faults(case: Facts) -> list[str]:
    """Sums in a set that are not the calculator's."""
    facts, expect = case["facts"], case["expect"]
    faults = []
    if "figures" in expect:
        right, wrong = figures(facts), expect["figures"].items()
        faults += [f"{k}: {v}, should be {right.get(k)}" for k, v in wrong if right.get(k) != v]
    if "range" in expect:
        ways = [
            dict(zip(facts["any"], each, strict=True)) for each in product(*facts["any"].values())
        ]
        pays = [compute({**facts, **way})["person_pays"] for way in ways]
        ends = {"lowest": str(fen(min(pays))), "highest": str(fen(max(pays)))}
        faults += [f"range should be {ends}"] if ends != expect["range"] else []
    return faults


def faults_of(case: Facts) -> list[str]:
    """What in a set does not agree with the calculator or with itself."""
    facts, expect = case["facts"], case["expect"]
    known = [*case["held_back"].items(), *case["profile"].items()]
    faults = [f"{k} is not so in facts" for k, v in known if facts.get(k) != v]
    faults += sum_faults(case)
    said, told = set(expect.get("says", [])), " ".join(case["tell"])
    for place in facts.get("places", []):
        pays = compute({**facts, **place})["person_pays"]
        faults += [f"{place}: person pays {pays}"] if not spellings(pays) <= said else []
    for name in facts.get("asked", []):
        ways = spellings(needed(facts, name), "%" if name == "share" else "")
        there = ways <= said | set(expect.get("says_any", []))
        faults += [f"{name} is {ways}"] if not there else []
    for bill in facts.get("bills", []):
        paid = {
            f"paid {way} oneself" for way in spellings(compute({**facts, **bill})["person_pays"])
        }
        faults += [f"{bill}: {paid}"] if not any(way in told for way in paid) else []
    return faults


EXAMPLES = """
- [{region: cn/shanghai, scheme: employee, status: active, setting: outpatient, tier: primary,
    amounts: {total: 800, class_b: 400, first_pay_share: "0.10", off_catalogue: 100,
              deductible_used: 320}},
   {eligible: "660.00", fund_pays: "384.00", person_pays: "416.00"}]
- [{region: cn/zhejiang/hangzhou, scheme: resident, status: adult, group: low_income,
    setting: inpatient, tier: tertiary, amounts: {total: 120000, off_catalogue: 8000,
    over_standard: 1500, class_b: 72000, first_pay_share: "0.10"}},
   {fund_pays: "71750.00", serious_illness: "14287.50", medical_aid: "12083.75",
    person_pays: "21878.75"}]
- [{region: cn/zhejiang/hangzhou, scheme: resident, status: adult, setting: inpatient,
    tier: tertiary, amounts: {total: 120000, off_catalogue: 8000, over_standard: 1500,
    class_b: 72000, first_pay_share: "0.10"}},
   {serious_illness: "4585.00", person_pays: "43665.00"}]
- [{region: cn/guangdong/shenzhen, scheme: employee, grade: first, status: active,
    setting: outpatient, tier: tertiary, amounts: {total: 1200, ceiling: 10000, fund_paid: 9700}},
   {fund_pays: "300.00", above_ceiling: "360.00", person_pays: "900.00"}]
- [{region: cn/shanghai, scheme: employee, status: active, setting: inpatient, tier: tertiary,
    place: elsewhere, referral: not_referred, filed: temporary, amounts: {total: 30000,
    off_catalogue: 2000, class_b: 15000, first_pay_share: "0.10"}},
   {base: "25000.00", fund_pays: "16250.00", person_pays: "13750.00"}]
"""


def examples() -> list[str]:
    """The worked examples A to D of section 8 that do not come out as they stand there."""
    faults = []
    for facts, sums in yaml.safe_load(EXAMPLES):
        right = figures(facts)
        faults += [
            f"worked example: {k} is {right[k]}, not {v}" for k, v in sums.items() if right[k] != v
        ]
    return faults


def main(arguments: list[str]) -> int:
    sets = yaml.safe_load(SETS.read_text(encoding="utf-8"))["sets"]
    if arguments[:1] == ["--show"]:
        for case in sets:
            if case["id"] in arguments[1:]:
                print(case["id"], figures(case["facts"]))
        return 0
    faults = examples()
    for case in sets:
        faults += [f"{case['id']}: {fault}" for fault in faults_of(case)]
    ids = [case["id"] for case in sets]
    faults += [f"used twice: {one}" for one in sorted({i for i in ids if ids.count(i) > 1})]
    print("\n".join(faults) or f"{len(sets)} sets and the worked examples agree")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
