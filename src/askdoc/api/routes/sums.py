"""`/v1/cost` and `/v1/explain`: a case to the fen, and why two bills differ."""

import json
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from askdoc.api.calls import Call, LookingUp
from askdoc.api.shapes import CONFIDENCE, In, RegionPath, Source, problems
from askdoc.assistant.sum_records import explanation_record, result_record
from askdoc.benefits import Case, cost
from askdoc.benefits.case_file import case_from
from askdoc.benefits.explain import explain
from askdoc.benefits.medicine_items import look_up_items
from askdoc.policy.strict_yaml import read_text

router = APIRouter(prefix="/v1", tags=["sums"])
Amount = Annotated[str, Field(pattern=r"^\d{1,8}(\.\d{1,2})?$", examples=["700.00"])]
Share = Annotated[str, Field(pattern=r"^(\d{1,3}(\.\d{1,2})?%|0(\.\d{1,4})?|1)$", examples=["10%"])]
Number = Annotated[str, Field(pattern=r"^\d{1,7}(\.\d{1,4})?$", examples=["28"])]
Word = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")]


class PersonIn(In):
    """Whose bill it is."""

    region: RegionPath
    scheme: Literal["employee", "resident"]
    status: Literal["active", "retired", "child", "student", "adult", "senior"]
    grade: Literal["first", "second"] | None = None
    age: int | None = Field(default=None, ge=0, le=130)
    sex: Literal["female", "male"] | None = None
    retired_year: int | None = Field(default=None, ge=1900, le=2200)
    contracted: bool | None = None
    groups: list[
        Literal[
            "extreme_hardship",
            "orphan",
            "low_income",
            "near_low_income",
            "at_risk",
            "poverty_by_illness",
        ]
    ] = Field(default_factory=list, max_length=6)


class VisitIn(In):
    """Where and when; `day` is that of settlement or discharge."""

    day: date
    setting: Literal["outpatient", "chronic", "inpatient", "emergency"]
    tier: Literal["primary", "secondary", "tertiary"]
    institution: Literal["village", "community", "hospital"] | None = None
    place: RegionPath | None = None
    disease: Word | None = None
    referral: Literal["none", "referred", "emergency", "not_referred"] | None = None
    filed: Literal["none", "long_term", "temporary"] | None = None


class ItemIn(In):
    """A line of the bill: `amount`, or `quantity` and `unit_price`."""

    class_: Literal["A", "B", "negotiated", "off_catalogue"] | None = Field(
        default=None, alias="class"
    )
    medicine: Word | None = None
    amount: Amount | None = None
    quantity: Number | None = None
    unit_price: Number | None = None
    over_standard: Amount | None = None
    first_pay_share: Share | None = None
    scope_met: Literal["true", "false", "unknown"] | None = None


class YearIn(In):
    """The insurance year before this visit."""

    deductible_used: Amount | None = None
    fund_paid: Amount | None = None
    in_scope_self_pay: Amount | None = None
    admissions: int | None = Field(default=None, ge=0, le=1000)
    aid_used: Amount | None = None
    account_current: Amount | None = None
    account_past: Amount | None = None


class CaseIn(In):
    """Everything that one sum needs."""

    person: PersonIn
    visit: VisitIn
    items: list[ItemIn] = Field(min_length=1, max_length=100)
    year: YearIn | None = None
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "person": {"region": "cn/shanghai", "scheme": "employee", "status": "active"},
                    "visit": {"day": "2026-11-23", "setting": "outpatient", "tier": "primary"},
                    "items": [{"class": "A", "amount": "300"}],
                    "year": {"deductible_used": "320", "account_current": "0"},
                }
            ]
        },
    )


class BillsIn(In):
    """Two bills of one person."""

    before: CaseIn
    after: CaseIn


class StepTold(BaseModel):
    """A line of the sum with the policy values that made it."""

    name: str
    figure: str
    text: str
    values: list[dict[str, Any]]


class RangeTold(BaseModel):
    """Between what and what, and the fact that narrows it most."""

    person_pays: list[str]
    paid_for: list[str]
    narrowed_by: str


class ResultTold(BaseModel):
    """A sum."""

    outcome: Literal["covered", "not_covered", "conditional", "indeterminate", "needs_filing"]
    figures: dict[str, str]
    steps: list[StepTold]
    sources: list[Source]
    missing: list[str]
    confidence: CONFIDENCE
    assumptions: list[str]
    year_after: dict[str, Any]
    range: RangeTold | None
    readings: list[dict[str, Any]]


class PartTold(BaseModel):
    """How much of the difference one fact accounts for."""

    fact: str
    text: str
    amount: str


class ExplanationTold(BaseModel):
    """Two sums and the parts of the difference in cash; the parts sum to it."""

    difference: str
    parts: list[PartTold]
    before: ResultTold
    after: ResultTold


def read_case(told: CaseIn, call: Call, name: str) -> tuple[Case, tuple[str, ...]]:
    """A case as from a file, with its medicines looked up. Raises SheetError naming the place."""
    house = call.front.house
    rows = told.model_dump(mode="json", exclude_none=True, by_alias=True)
    case = case_from(read_text(json.dumps(rows, ensure_ascii=False), name), house.book)
    return look_up_items(case, house.catalogue)


@router.post("/cost", response_model=ResultTold, responses=problems(400))
def compute(told: CaseIn, call: LookingUp) -> dict[str, Any]:
    """Compute a case to the fen; nothing of it is kept."""
    case, taken = read_case(told, call, "case")
    book = call.front.house.book
    return result_record(cost(case, book), taken, book, call.lang)


@router.post("/explain", response_model=ExplanationTold, responses=problems(400))
def explain_bills(told: BillsIn, call: LookingUp) -> dict[str, Any]:
    """Say why two bills of one person differ."""
    before, taken_before = read_case(told.before, call, "before")
    after, taken_after = read_case(told.after, call, "after")
    book = call.front.house.book
    found = explain(before, after, book)
    return explanation_record(found, (taken_before, taken_after), book, call.lang)
