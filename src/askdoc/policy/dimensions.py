"""What a policy value may depend on, and the bands that number facts fall into.

A text dimension has a closed list of members; a number dimension is cut into bands such as
`..69` and `70..` that leave neither gap nor overlap.
"""

import re
from dataclasses import dataclass

STATUSES = {
    "employee": ("active", "retired"),
    "resident": ("child", "student", "adult", "senior"),
}
MEMBERS: dict[str, tuple[str, ...]] = {
    "scheme": ("employee", "resident"),
    "grade": ("first", "second"),
    "status": ("active", "retired", "child", "student", "adult", "senior"),
    "tier": ("primary", "secondary", "tertiary"),
    "institution": ("village", "community", "hospital"),
    "contracted": ("true", "false"),
    "referral": ("none", "referred", "emergency", "not_referred"),
    "filed": ("none", "long_term", "temporary"),
    "setting": ("outpatient", "chronic", "inpatient", "emergency"),
    "group": (
        "extreme_hardship",
        "orphan",
        "low_income",
        "near_low_income",
        "at_risk",
        "poverty_by_illness",
        "none",
    ),
}
NUMBERS = ("age", "retired_year", "admissions")
# A fact that may stay unsaid where the table has an `any` branch for it.
FALLS_BACK = ("institution",)
ANY = "any"

_BAND = re.compile(r"(?:(\d+))?\.\.(?:(\d+))?")


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """Whole numbers from `low` to `high`, both included; `high` None means no upper end."""

    low: int
    high: int | None

    def __contains__(self, number: int) -> bool:
        return self.low <= number and (self.high is None or number <= self.high)


def read_band(text: str) -> Band | None:
    """`..69`, `60..69` or `70..`; None when the text is no band."""
    found = _BAND.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None
    low, high = int(found[1] or 0), int(found[2]) if found[2] else None
    return Band(low, high) if high is None or low <= high else None


def bands_fit(bands: list[Band]) -> bool:
    """Whether the bands cover every whole number from 0 on exactly once."""
    expected: int | None = 0
    for band in sorted(bands):
        if expected is None or band.low != expected:
            return False
        expected = None if band.high is None else band.high + 1
    return expected is None


def members_for(parameter: str, dimension: str) -> tuple[str, ...]:
    """The members that a table of this parameter must cover."""
    if dimension == "status":
        return STATUSES.get(parameter.split(".", 1)[0], MEMBERS["status"])
    return MEMBERS[dimension]
