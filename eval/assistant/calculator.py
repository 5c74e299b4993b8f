"""A second, small calculator of what a bill costs, for the evaluation only.

It shares no code and no data with askdoc: its figures are those of `rates.py`.

    python eval/assistant/calculator.py --check          sets.yaml agrees with the calculator
    python eval/assistant/calculator.py --show c001      all figures of one set
"""

import sys
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path

import yaml
from rates import AID, FIRST_PAY, ILLNESS, POOR, SH, SUPPLEMENTARY, TABLE, Facts

FILES = (("sets", "sets"), ("held/sets", "cases"), ("rounds/sets", "cases"))
FEN = Decimal("0.01")
NOUGHT = Decimal(0)

Figures = dict[str, Decimal]


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
        faults += [f"{place}: person pays {pays}"] if not spellings(pays) & said else []
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
    folder = Path(__file__).parent
    sets = [
        one
        for file, under in FILES
        for one in yaml.safe_load((folder / f"{file}.yaml").read_text("utf-8"))[under]
    ]
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
