"""Checks every figure that conversations.yaml expects, each sum named by conversation and turn.

Stand-alone on purpose: the rates are typed from the policy facts a second time, so that a slip in
the product's own data shows as a difference here. Where two readings of a value exist, the one
under which the fund pays least is used. `python eval/assistant/conversation_sums.py` exits 1 and
names the turns that disagree.
"""

import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

CONVERSATIONS = Path(__file__).with_name("conversations.yaml")
FEN = Decimal("0.01")
USED_UP = "0"
Figures = dict[str, str]

# Facts 3.1, Shanghai employees: deductible, then shares of primary, secondary, tertiary.
SH_ACTIVE = {"deductible": "500", "primary": "80", "secondary": "75", "tertiary": "70"}
SH_RETIRED = {"deductible": "300", "primary": "85", "secondary": "80", "tertiary": "75"}
SH_RETIRED_70 = {"deductible": "300", "primary": "90", "secondary": "85", "tertiary": "80"}
SH_STAY_ACTIVE = {"deductible": "1500", "tertiary": "85", "secondary": "85"}
SH_STAY_RETIRED = {"deductible": "1200", "tertiary": "92", "secondary": "92"}
# Facts 3.2, Shanghai residents; stays are those of persons of 60 and over.
SH_ADULT = {"deductible": "500", "primary": "70", "secondary": "60", "tertiary": "50"}
SH_SENIOR = {
    "deductible": "300", "village": "80", "primary": "70", "secondary": "60", "tertiary": "50"
}  # fmt: skip
SH_STAY_SENIOR = {"primary": ("50", "90"), "secondary": ("100", "80"), "tertiary": ("300", "70")}
# Facts 4.1, Hangzhou employees: 1,000 and 700 are the readings worse for the person.
HZ_ACTIVE = {"deductible": "1000", "community": "86", "secondary": "80", "tertiary": "76"}
HZ_RETIRED = {"deductible": "700", "community": "92", "secondary": "86", "tertiary": "82"}
HZ_STAY_ACTIVE = {"primary": ("300", "92"), "secondary": ("500", "88"), "tertiary": ("800", "84")}
HZ_STAY_RETIRED = {"primary": ("300", "96"), "secondary": ("500", "92"), "tertiary": ("800", "88")}
HZ_CONTRACT_CUT = "300"
# Facts 4.2, Hangzhou residents.
HZ_RESIDENT = {"deductible": "300", "primary": "70", "secondary": "60", "tertiary": "40"}
HZ_STAY_RESIDENT = {
    "primary": ("300", "80"), "secondary": ("500", "75"), "tertiary": ("800", "70")
}  # fmt: skip
# Facts 5.1 and 5.2, Qingdao, first stay of the year; employees by the lower of two shares.
QD_STAY_ACTIVE = {"primary": ("200", "90"), "secondary": ("500", "88"), "tertiary": ("800", "86")}
QD_STAY_RETIRED = {"primary": ("200", "93"), "secondary": ("500", "91"), "tertiary": ("800", "89")}
QD_STAY_RESIDENT = {
    "primary": ("200", "85"), "secondary": ("500", "75"), "tertiary": ("800", "70")
}  # fmt: skip
# Facts 6.2, Shenzhen residents, first stay of the year.
SZ_STAY_RESIDENT = {
    "primary": ("200", "92"), "secondary": ("400", "91"), "tertiary": ("600", "90")
}  # fmt: skip


def fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def bill(
    total: str,
    share: str,
    deductible_left: str = USED_UP,
    *,
    off_catalogue: str = "0",
    class_b: str = "0",
    first_pay_percent: str = "10",
) -> Figures:
    """Section 1 of the facts, down to the fund's share; no sum here reaches a yearly ceiling."""
    first_pay = fen(Decimal(class_b) * Decimal(first_pay_percent) / 100)
    eligible = Decimal(total) - Decimal(off_catalogue) - first_pay
    deductible = min(Decimal(deductible_left), eligible)
    base = eligible - deductible
    fund = fen(base * Decimal(share) / 100)
    figures = {
        "total": Decimal(total),
        "off_catalogue": Decimal(off_catalogue),
        "first_pay": first_pay,
        "eligible": eligible,
        "deductible": deductible,
        "base": base,
        "fund_pays": fund,
        "co_pay": base - fund,
        "person_pays": Decimal(total) - fund,
    }
    return {name: str(fen(amount)) for name, amount in figures.items()}


def stay(total: str, terms: tuple[str, str]) -> Figures:
    deductible, share = terms
    return bill(total, share, deductible)


def less(amount: str, cut: str) -> str:
    return str(Decimal(amount) - Decimal(cut))


SUMS: dict[str, Figures] = {
    "v001.1": bill("1200", SH_ACTIVE["secondary"]),
    "v001.2": bill("1200", SH_ADULT["secondary"]),
    "v002.1": bill("2600", HZ_RETIRED["tertiary"], HZ_RETIRED["deductible"]),
    "v002.2": bill("2600", HZ_RETIRED["secondary"], HZ_RETIRED["deductible"]),
    "v003.1": bill("560", SH_ACTIVE["primary"]),
    "v003.2": bill("650", SH_ACTIVE["primary"]),
    "v004.1": bill("900", SH_ACTIVE["secondary"]),
    "v004.2": bill("900", SH_RETIRED["secondary"]),
    "v005.1": stay("20000", QD_STAY_ACTIVE["tertiary"]),
    "v005.2": stay("20000", HZ_STAY_ACTIVE["tertiary"]),
    "v006.1": bill("9000", SH_RETIRED["tertiary"], SH_RETIRED["deductible"]),
    "v006.2": bill("9000", SH_STAY_RETIRED["tertiary"], SH_STAY_RETIRED["deductible"]),
    "v007.1": bill("1500", HZ_ACTIVE["community"], HZ_ACTIVE["deductible"]),
    "v007.2": bill("1500", HZ_ACTIVE["community"], less(HZ_ACTIVE["deductible"], HZ_CONTRACT_CUT)),
    "v009.1": bill("800", SH_RETIRED["primary"]),
    "v009.2": bill("800", SH_RETIRED_70["primary"]),
    "v010.1": bill("1000", SH_ACTIVE["tertiary"], class_b="600"),
    "v010.2": bill("1000", SH_ACTIVE["tertiary"], class_b="400"),
    "v011.1": bill("900", SH_ACTIVE["tertiary"]),
    "v011.2": bill("900", SH_ACTIVE["primary"]),
    "v011.3": bill("900", SH_ACTIVE["secondary"]),
    # Facts 2.6: at most 10 points less with a referral, at most 20 without.
    "v012.1": bill("30000", less(SH_STAY_ACTIVE["tertiary"], "10"), SH_STAY_ACTIVE["deductible"]),
    "v012.2": bill("30000", less(SH_STAY_ACTIVE["tertiary"], "20"), SH_STAY_ACTIVE["deductible"]),
    "v015.1": bill("500", SH_RETIRED["primary"]),
    "v015.2": bill("500", SH_RETIRED["primary"], off_catalogue="80"),
    "v016.1": bill("1000", HZ_RESIDENT["tertiary"], HZ_RESIDENT["deductible"]),
    "v016.2": bill("1000", HZ_RESIDENT["tertiary"]),
    "v020.1": stay("8000", QD_STAY_RESIDENT["secondary"]),
    "v020.2": stay("8000", QD_STAY_RESIDENT["primary"]),
    "v021.1": bill("3000", SH_ACTIVE["tertiary"], SH_ACTIVE["deductible"]),
    "v021.2": bill("5000", SH_ACTIVE["tertiary"], SH_ACTIVE["deductible"]),
    "v025.1": bill("600", SH_ACTIVE["secondary"]),
    "v025.2": bill("600", SH_RETIRED["secondary"]),
    "v025.3": bill("600", SH_ACTIVE["tertiary"]),
    "v026.1": bill("3000", HZ_ACTIVE["tertiary"], HZ_ACTIVE["deductible"]),
    "v026.2": bill("3000", HZ_RETIRED["tertiary"], HZ_RETIRED["deductible"]),
    "v027.1": stay("10000", SH_STAY_SENIOR["secondary"]),
    "v027.2": bill("10000", SH_STAY_ACTIVE["secondary"], SH_STAY_ACTIVE["deductible"]),
    "v028.1": bill("260", HZ_RESIDENT["primary"], HZ_RESIDENT["deductible"]),
    "v028.2": bill("260", HZ_ACTIVE["community"]),
    "v029.1": bill("1000", SH_RETIRED_70["tertiary"]),
    "v029.2": bill("1000", SH_ADULT["tertiary"]),
    "v031.1": bill("700", SH_SENIOR["tertiary"]),
    "v031.2": bill("700", SH_RETIRED["tertiary"]),
    "v031.3": bill("700", SH_SENIOR["primary"]),
    "v033.1": stay("12000", QD_STAY_RESIDENT["tertiary"]),
    "v033.2": stay("12000", QD_STAY_RETIRED["tertiary"]),
    "v034.1": bill("21000", SH_STAY_RETIRED["tertiary"], SH_STAY_RETIRED["deductible"]),
    "v034.2": bill("21000", SH_STAY_ACTIVE["tertiary"], SH_STAY_ACTIVE["deductible"]),
    "v034.3": bill("21000", SH_STAY_RETIRED["tertiary"], SH_STAY_RETIRED["deductible"]),
    "v035.1": bill("400", SH_ACTIVE["secondary"]),
    "v035.3": bill("400", SH_ACTIVE["primary"]),
    "v036.3": bill("800", SH_ACTIVE["secondary"]),
    "v037.1": stay("6400", SZ_STAY_RESIDENT["secondary"]),
    "v037.3": stay("6400", SZ_STAY_RESIDENT["tertiary"]),
    "v039.1": stay("5500", HZ_STAY_RETIRED["secondary"]),
    "v039.3": stay("5500", HZ_STAY_RETIRED["tertiary"]),
    "v040.1": bill("200", SH_SENIOR["village"]),
    "v040.3": bill("200", SH_SENIOR["primary"]),
    "v042.3": bill("1600", SH_ACTIVE["tertiary"], class_b="700"),
    "v043.2": bill("1100", SH_ACTIVE["secondary"]),
    "v044.2": stay("9000", HZ_STAY_RESIDENT["secondary"]),
    "v045.2": bill("450", SH_RETIRED["tertiary"]),
    "v046.2": bill("320", SH_ACTIVE["primary"]),
    "v047.2": bill("1300", SH_ACTIVE["tertiary"]),
    "v048.2": stay("16000", HZ_STAY_RETIRED["tertiary"]),
    "v049.2": stay("3200", QD_STAY_RESIDENT["primary"]),
    "v050.2": bill("8200", SH_STAY_ACTIVE["tertiary"], SH_STAY_ACTIVE["deductible"]),
    "v052.1": bill("740", SH_ACTIVE["secondary"]),
    "v053.1": bill("860", HZ_ACTIVE["secondary"]),
    "v055.1": bill("1000", SH_ACTIVE["tertiary"], SH_ACTIVE["deductible"]),
    "v055.3": bill("1000", SH_ACTIVE["tertiary"]),
    "v058.1": bill("260", SH_RETIRED["primary"]),
    "v062.1": bill("1500", SH_ACTIVE["tertiary"]),
    "v062.2": bill("1500", SH_ACTIVE["primary"]),
    "v064.1": stay("15000", QD_STAY_RESIDENT["tertiary"]),
    "v064.3": stay("15000", QD_STAY_RESIDENT["secondary"]),
    "v065.2": bill("950", SH_ACTIVE["secondary"]),
    "v067.1": bill("480", SH_ACTIVE["primary"]),
    "v067.2": bill("480", SH_ACTIVE["tertiary"]),
    # Facts 4.2: the deductible is waived for those who are contracted.
    "v070.1": bill("310", HZ_RESIDENT["primary"], USED_UP),
    "v070.2": bill("310", HZ_RESIDENT["primary"], HZ_RESIDENT["deductible"]),
    "v071.1": bill("1400", SH_RETIRED["secondary"]),
    "v073.1": bill("1800", SH_ACTIVE["tertiary"]),
    "v073.2": bill("1800", SH_ACTIVE["primary"]),
    "v076.1": stay("12000", HZ_STAY_RETIRED["secondary"]),
    "v076.2": stay("12000", HZ_STAY_RETIRED["tertiary"]),
    "v077.2": bill("640", SH_ACTIVE["secondary"]),
    "v082.1": bill("560", SH_ACTIVE["secondary"]),
    "v082.2": bill("560", SH_ACTIVE["primary"]),
    "v084.1": bill("2000", SH_ACTIVE["tertiary"], off_catalogue="120", class_b="800"),
    "v084.2": bill("2000", SH_ACTIVE["tertiary"], off_catalogue="180", class_b="1000"),
}


def expected(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for conversation in yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]:
        for number, turn in enumerate(conversation["turns"], start=1):
            figures = turn["expect"].get("figures")
            if figures:
                yield f"{conversation['id']}.{number}", figures


def complaints(path: Path = CONVERSATIONS) -> list[str]:
    found = dict(expected(path))
    wrong = [f"{key}: no sum" for key in found.keys() - SUMS.keys()]
    wrong += [f"{key}: no figures in the file" for key in SUMS.keys() - found.keys()]
    for key in found.keys() & SUMS.keys():
        for name, value in found[key].items():
            if SUMS[key].get(name) != value:
                wrong.append(f"{key}: {name} is {value}, the sum gives {SUMS[key].get(name)}")
    return sorted(wrong)


def main() -> int:
    wrong = complaints()
    print("\n".join(wrong) or f"{len(SUMS)} sums agree with {CONVERSATIONS.name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
