"""Shapes that several routes share. Amounts and shares are text, days are 2026-11-25.

Text that comes in is made whole first: half of a surrogate pair or a NUL is kept by no database.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from askdoc.assistant.talk.transcript import whole_text

Words = Annotated[str, AfterValidator(whole_text)]
Said = Annotated[
    str, Field(min_length=1, max_length=2000, pattern=r"\S"), AfterValidator(whole_text)
]
ObjectId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Turn = Annotated[int, Path(ge=1, le=2**31 - 1)]
RegionPath = Annotated[str, Field(max_length=100, examples=["cn/shanghai"])]
FactMap = dict[str, str | int | bool]
CONFIDENCE = Literal["official", "secondary", "unverified"]


class In(BaseModel):
    """What comes in: nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


class Facts(In):
    """What is known of the person; what is not told is left out."""

    region: RegionPath | None = None
    scheme: Literal["employee", "resident"] | None = None
    status: Literal["active", "retired", "child", "student", "adult", "senior"] | None = None
    grade: Literal["first", "second"] | None = None
    age: int | None = Field(default=None, ge=0, le=130)
    sex: Literal["female", "male"] | None = None
    retired_year: int | None = Field(default=None, ge=1900, le=2200)
    contracted: bool | None = None

    def told(self) -> FactMap:
        """The facts that are told."""
        return self.model_dump(exclude_none=True)


class Understood(BaseModel):
    """A fact that the answer rests on."""

    fact: str
    value: str | int | bool
    shown: str
    origin: Literal["said", "profile", "asked", "assumed"]
    subject: str
    change: str


class Step(BaseModel):
    """A line of the sum."""

    name: str
    figure: str
    text: str


class Source(BaseModel):
    """A document that the answer rests on."""

    id: str
    title: str
    article: str | None
    begins: date | None
    begins_unknown: bool
    confidence: CONFIDENCE
    supports: list[str]


class Choice(BaseModel):
    """A way to answer a question back: say its label."""

    label: str
    sets: dict[str, str]


class Range(BaseModel):
    """Between what and what, and which fact narrows it most."""

    person_pays: list[str]
    paid_for: list[str]
    narrowed_by: str


class Answer(BaseModel):
    """An answer."""

    kind: Literal["answer", "ask", "decline", "emergency", "nothing_found", "handed_over"]
    outcome: str | None
    text: str
    understood: list[Understood]
    figures: dict[str, str]
    steps: list[Step]
    sources: list[Source]
    missing: list[str]
    choices: list[Choice]
    confidence: CONFIDENCE | None
    range: Range | None
    medicines: list[str]
    passages: list[str]
    day: date


class Approved(BaseModel):
    """What staff confirmed for exactly this question, where and until when."""

    text: str
    region: str
    until: date


class TurnTold(BaseModel):
    """One turn of a conversation."""

    number: int
    at: datetime
    said: str
    answer: Answer
    verdict: str | None
    approved: list[Approved]


class Problem(BaseModel):
    """What went wrong and what to do, in the caller's language (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[dict[str, str]] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer with, for its description."""
    told: dict[int | str, dict[str, Any]] = {}
    for status in sorted({401, 403, 413, 422, 429, 500, 503, *statuses}):
        told[status] = {
            "description": "A problem.",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
    return told
