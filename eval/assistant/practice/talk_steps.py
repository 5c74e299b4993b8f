"""What each turn of the practice conversations of talks.yaml tells anew, as facts of a bill.

Each turn with a sum names the earlier turn that it goes on from (0: from nothing) and only what is
told anew.
"""

from typing import Any

from rates import HZ, QD, SH, SZ

Facts = dict[str, Any]
Step = tuple[int, int, Facts]  # turn, turn that it goes on from, what is told anew


def case(region: str, scheme: str, status: str, setting: str, tier: str, **more: Any) -> Facts:
    """The facts of a first turn; whatever is no amount of the bill goes into `told`."""
    told = more.pop("told", {})
    whole = {"region": region, "scheme": scheme, "status": status, "setting": setting, "tier": tier}
    return {**whole, **told, "amounts": {key: str(value) for key, value in more.items()}}


def tier(name: str) -> Facts:
    return {"tier": name}


def sums(**more: Any) -> Facts:
    return {"amounts": {key: str(value) for key, value in more.items()}}


E, R = "employee", "resident"
OUT, IN = "outpatient", "inpatient"
LOW, MID, TOP = "primary", "secondary", "tertiary"
ACTIVE, RETIRED, ADULT, SENIOR, CHILD = "active", "retired", "adult", "senior", "child"
GRADE = {"grade": "first"}
OFFSITE = {"place": "elsewhere", "referral": "referred", "filed": "temporary"}
ALL = 5000  # a deductible that is used up, whatever its height

STEPS: dict[str, list[Step]] = {
    "pt001": [
        (
            1,
            0,
            case(
                SH, E, ACTIVE, OUT, TOP,
                total=1200, class_b=400, first_pay_share="0.10", off_catalogue=100,
                deductible_used=320, account_current=0,
            ),
        ),
        (2, 1, tier(MID)),
        (3, 2, sums(off_catalogue=150)),
    ],
    "pt002": [
        (1, 0, case(HZ, R, ADULT, OUT, LOW, total=80, deductible_used=ALL, told={"age": 45})),
        (2, 1, sums(total=800)),
    ],
    "pt003": [
        (
            1,
            0,
            case(
                QD, E, ACTIVE, IN, MID,
                total=12000, class_b=3000, first_pay_share="0.10", off_catalogue=800,
            ),
        ),
        (2, 1, {"status": RETIRED, "age": 71}),
        (3, 2, {"admissions": 1}),
    ],
    "pt004": [
        (1, 0, case(SH, E, ACTIVE, OUT, MID, total=900, deductible_used=500)),
        (2, 1, {"scheme": R, "status": ADULT, "age": 50}),
    ],
    "pt005": [
        (
            1,
            0,
            case(
                HZ, E, RETIRED, OUT, MID,
                total=9000, class_b=2000, first_pay_share="0.05", told={"age": 63},
            ),
        ),
        (2, 1, {"setting": IN}),
    ],
    "pt006": [
        (
            1,
            0,
            case(
                SH, E, RETIRED, OUT, TOP,
                total=1500, deductible_used=ALL, told={"age": 68, "retired_year": 1996},
            ),
        ),
        (2, 1, {"age": 86}),
    ],
    "pt007": [
        (
            1,
            0,
            case(
                SZ, E, RETIRED, IN, TOP,
                total=24000, off_catalogue=200, class_b=6000, first_pay_share="0.10", told=GRADE,
            ),
        ),
        (2, 1, sums(off_catalogue=280)),
        (3, 2, sums(first_pay_share="0.15")),
    ],
    "pt008": [
        (1, 0, case(HZ, E, ACTIVE, OUT, TOP, total=2600, told={"contracted": False})),
        (2, 1, {"contracted": True}),
    ],
    "pt009": [
        (1, 0, case(SH, E, ACTIVE, OUT, TOP, total=1200, deductible_used=ALL)),
        (2, 1, tier(LOW)),
        (3, 1, tier(MID)),
    ],
    "pt010": [
        (1, 0, case(SH, E, ACTIVE, IN, TOP, total=20000, off_catalogue=1000, told=OFFSITE)),
        (2, 1, {"referral": "not_referred"}),
        (3, 2, {"filed": "long_term"}),
    ],
    "pt011": [
        (1, 0, case(QD, E, ACTIVE, OUT, TOP, total=2000)),
        (2, 1, {"setting": IN}),
    ],
    "pt012": [
        (1, 0, case(SZ, E, ACTIVE, OUT, MID, total=700, told=GRADE)),
        (2, 1, sums(class_b=300, first_pay_share="0.20")),
        (3, 2, sums(class_b=500)),
    ],
    "pt016": [
        (1, 0, case(SZ, E, ACTIVE, IN, TOP, total=8000, told={**GRADE, "age": 38})),
        (2, 1, {"admissions": 1}),
    ],
    "pt017": [
        (1, 0, case(HZ, R, ADULT, IN, TOP, total=60000, off_catalogue=2000, told={"age": 52})),
        (2, 1, {"group": "low_income"}),
    ],
    "pt019": [
        (1, 0, case(SH, E, ACTIVE, OUT, LOW, total=800, class_b=300, first_pay_share="0.10")),
        (2, 1, sums(account_current=200)),
    ],
    "pt020": [
        (1, 0, case(SH, E, ACTIVE, OUT, TOP, total=1000, deductible_used=ALL)),
        (2, 1, {"status": RETIRED, "retired_year": 2009, "age": 62}),
        (3, 1, tier(MID)),
    ],
    "pt021": [
        (1, 0, case(HZ, R, CHILD, OUT, MID, total=460, told={"age": 6})),
        (2, 0, case(HZ, E, RETIRED, OUT, MID, total=1800, told={"age": 66})),
        (3, 1, tier(LOW)),
    ],
    "pt022": [
        (
            1,
            0,
            case(
                QD, E, RETIRED, IN, TOP,
                total=36000, off_catalogue=2000, class_b=10000, first_pay_share="0.10",
                told={"age": 70},
            ),
        ),
        (2, 1, {"scheme": R, "status": SENIOR, "age": 68}),
        (3, 1, tier(MID)),
    ],
    "pt023": [
        (1, 0, case(SH, R, SENIOR, OUT, LOW, total=400, deductible_used=ALL, told={"age": 72})),
        (2, 0, case(SH, E, ACTIVE, OUT, LOW, total=400, deductible_used=ALL)),
        (3, 1, tier(MID)),
    ],
    "pt025": [
        (1, 0, case(SZ, E, ACTIVE, OUT, TOP, total=500, told=GRADE)),
        (2, 0, case(SZ, E, RETIRED, OUT, LOW, total=320, told={**GRADE, "age": 64})),
        (3, 1, tier(LOW)),
    ],
    "pt026": [(3, 0, case(SH, E, ACTIVE, OUT, TOP, total=1600, deductible_used=ALL))],
    "pt027": [
        (1, 0, case(QD, E, ACTIVE, OUT, MID, total=1500)),
        (3, 1, tier(TOP)),
    ],
    "pt028": [
        (1, 0, case(SH, R, ADULT, IN, TOP, total=15000, told={"age": 34})),
        (4, 1, tier(MID)),
    ],
    "pt029": [
        (1, 0, case(HZ, E, ACTIVE, OUT, TOP, total=3000, deductible_used=ALL)),
        (3, 1, {"status": RETIRED}),
    ],
    "pt030": [
        (
            1,
            0,
            case(
                SH, E, ACTIVE, IN, TOP, total=18000, told={**OFFSITE, "referral": "not_referred"}
            ),
        ),
        (3, 1, {"referral": "referred"}),
    ],
    "pt031": [
        (1, 0, case(SZ, E, RETIRED, OUT, LOW, total=260, told=GRADE)),
        (4, 1, tier(MID)),
    ],
    "pt032": [(2, 0, case(SH, E, ACTIVE, OUT, MID, total=2000, deductible_used=ALL))],
    "pt033": [(2, 0, case(HZ, E, ACTIVE, IN, TOP, total=12000))],
    "pt034": [(2, 0, case(QD, E, RETIRED, OUT, MID, total=1400))],
    "pt035": [(2, 0, case(SZ, E, ACTIVE, OUT, TOP, total=880, told=GRADE))],
    "pt036": [
        (
            2,
            0,
            case(
                HZ, R, ADULT, OUT, LOW,
                total=1000, told={"age": 47, "contracted": True, "any": {"tier": [LOW, MID, TOP]}},
            ),
        ),
    ],
    "pt037": [(3, 0, case(SH, E, ACTIVE, OUT, MID, total=600, deductible_used=ALL))],
    "pt039": [
        (1, 0, case(SH, E, ACTIVE, OUT, LOW, total=500, deductible_used=ALL)),
        (2, 1, {}),
        (3, 1, {}),
    ],
    "pt040": [(1, 0, case(HZ, E, RETIRED, IN, TOP, total=5000))],
    "pt043": [
        (1, 0, case(SZ, R, ADULT, IN, MID, total=9000, told={"age": 41})),
        (2, 1, {}),
    ],
    "pt044": [
        (
            1,
            0,
            case(
                SH, E, RETIRED, OUT, TOP,
                total=1400, deductible_used=ALL, told={"age": 75, "retired_year": 2003},
            ),
        ),
        (2, 1, sums(total=1040)),
        (3, 2, tier(LOW)),
    ],
    "pt045": [(3, 0, case(SZ, E, ACTIVE, OUT, MID, total=640, told=GRADE))],
    "pt047": [
        (1, 0, case(HZ, R, ADULT, IN, MID, total=22000, off_catalogue=600, told={"age": 58})),
        (2, 1, tier(TOP)),
        (3, 2, {}),
    ],
    "pt048": [
        (
            1,
            0,
            case(
                SH, E, RETIRED, OUT, MID,
                total=900, deductible_used=ALL, told={"age": 71, "retired_year": 2005},
            ),
        ),
        (2, 1, tier(LOW)),
        (3, 0, case(SH, E, ACTIVE, OUT, LOW, total=900, deductible_used=ALL)),
    ],
    "pt049": [
        (2, 0, case(SZ, E, ACTIVE, OUT, LOW, total=420, told=GRADE)),
        (3, 2, sums(total=540)),
    ],
    "pt050": [
        (
            1,
            0,
            case(
                QD, E, RETIRED, IN, MID,
                total=15000, class_b=4000, first_pay_share="0.10", told={"age": 69},
            ),
        ),
        (2, 1, tier(TOP)),
    ],
    "pt051": [
        (1, 0, case(HZ, E, ACTIVE, OUT, TOP, total=1800, deductible_used=ALL)),
        (2, 1, tier(LOW)),
        (3, 2, {}),
    ],
    "pt052": [
        (1, 0, case(SH, E, ACTIVE, OUT, TOP, total=1200, deductible_used=ALL)),
        (2, 1, tier(MID)),
        (3, 1, tier(LOW)),
    ],
    "pt053": [(3, 0, case(SZ, E, ACTIVE, OUT, MID, total=900, told=GRADE))],
    "pt054": [
        (
            1,
            0,
            case(
                HZ, E, RETIRED, IN, MID,
                total=16000, class_b=5000, first_pay_share="0.05", off_catalogue=400,
                told={"age": 67},
            ),
        ),
        (2, 1, {"scheme": R, "status": SENIOR, "age": 64}),
        (3, 1, tier(TOP)),
    ],
    "pt058": [(2, 0, case(HZ, R, ADULT, OUT, MID, total=720, told={"age": 49}))],
    "pt060": [
        (
            1,
            0,
            case(
                QD, E, ACTIVE, IN, TOP,
                total=21000, off_catalogue=1000, class_b=5000, first_pay_share="0.10",
            ),
        ),
    ],
}  # fmt: skip

# Turns that state a rule's value rather than a sum, with the facts that it belongs to.
RULES: dict[tuple[str, int], Facts] = {
    ("pt015", 1): case(HZ, E, ACTIVE, IN, TOP),
    ("pt015", 2): case(HZ, E, RETIRED, IN, TOP),
    ("pt015", 3): case(HZ, E, RETIRED, IN, MID),
    ("pt041", 2): case(SH, E, ACTIVE, OUT, MID),
}
