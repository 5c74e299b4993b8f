"""`/v1/medicines`: finding one while typing, and what is recorded of one."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator, BaseModel, Field

from askdoc.api.calls import Call, LookingUp
from askdoc.api.shapes import CONFIDENCE, problems
from askdoc.assistant.answers.medicine_card import medicine_card
from askdoc.assistant.talk.transcript import whole_text
from askdoc.identity.roles import NotThere
from askdoc.medicines.finder import Finder
from askdoc.medicines.shelf import Shelf
from askdoc.profile import read_facts
from askdoc.wording import phrase

router = APIRouter(prefix="/v1", tags=["medicines"])
Region = Annotated[str | None, Query(max_length=100, examples=["cn/shanghai"])]
Scheme = Annotated[Literal["employee", "resident"] | None, Query()]
Day = Annotated[date | None, Query(description="Left out: today.")]
MedicineId = Annotated[str, Path(max_length=200), AfterValidator(whole_text)]


class Found(BaseModel):
    """A medicine that may be meant, and the name it was found by."""

    id: str
    name: str
    form: str | None
    found_by: str
    class_: Literal["A", "B", "negotiated", "off_catalogue"] = Field(alias="class")
    class_shown: str
    restricted: bool


class FoundList(BaseModel):
    """At most eight, the likest first."""

    items: list[Found]


class Row(BaseModel):
    """A medicine in a list: class, illustrative price, what is paid first here."""

    id: str
    name: str
    form: str | None
    class_: Literal["A", "B", "negotiated", "off_catalogue"] = Field(alias="class")
    class_shown: str
    price: str | None
    per: str | None
    first_pay_share: str | None
    first_pay_shown: str
    confidence: CONFIDENCE
    source: str


class AlternativeTold(BaseModel):
    """An alternative that the catalogue's editors named; a doctor decides."""

    name: str
    rows: list[Row]


class Agreement(BaseModel):
    """The days of a price agreement."""

    begins: date
    ends: date


class Standard(BaseModel):
    """The price up to which the fund counts."""

    amount: str
    per: str
    of: str


class Card(Row):
    """Everything that is recorded of a medicine."""

    brands: list[str]
    english: str
    codes: list[str]
    outcome: Literal["covered", "not_covered", "conditional", "indeterminate"]
    verdict: str
    reasons: list[str]
    missing: list[str]
    restriction: str | None
    settings: list[list[str]]
    scope_recorded: bool
    agreement: Agreement | None
    standards: list[Standard]
    bulk_purchased: bool
    long_prescription: Literal["yes", "no", "local_rule"]
    alternatives: list[AlternativeTold]
    note: str | None
    edition: str
    day: date
    sentence: str


@lru_cache(maxsize=4)
def finder(shelf: Shelf) -> Finder:
    """The finder of a shelf, made once."""
    return Finder(shelf)


@router.get("/medicines", response_model=FoundList, responses=problems())
def find_medicines(
    call: LookingUp,
    q: Annotated[
        str,
        Query(min_length=1, max_length=60, description="Name, pinyin, initials, brand or code."),
        AfterValidator(whole_text),
    ],
    day: Day = None,
) -> dict[str, Any]:
    """Medicines whose name begins so."""
    on = call.front.house.catalogue.on(day or call.today)
    return {
        "items": [
            {
                "id": one.medicine.id,
                "name": one.medicine.name,
                "form": one.medicine.form,
                "found_by": one.name,
                "class": one.medicine.payment_class,
                "class_shown": phrase(f"medicines.class.{one.medicine.payment_class}", call.lang),
                "restricted": one.medicine.restriction is not None,
            }
            for one in finder(on.shelf).find(q)
        ]
    }


@router.get("/medicines/{id}", response_model=Card, responses=problems(400, 404))
def show_medicine(
    id: MedicineId,
    call: LookingUp,
    region: Region = None,
    scheme: Scheme = None,
    day: Day = None,
) -> dict[str, Any]:
    """What is recorded of a medicine, for a place and scheme on a day."""
    return card_told(call, id, {"region": region, "scheme": scheme}, day)


def card_told(
    call: Call, id: str, place: Mapping[str, str | None], day: date | None = None
) -> dict[str, Any]:
    """A card for a place and scheme. Raises NotThere and BadFact."""
    house = call.front.house
    told = read_facts(place, house.book)
    context = house.context_of(day or call.today, {}, told, call.lang, "doctor")
    medicine = next((one for one in context.on_day.medicines if one.id == id), None)
    if medicine is None:
        raise NotThere
    return medicine_card(medicine, context, call.lang)
