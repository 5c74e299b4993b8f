"""`/medicines`: the doctor's look-up; a card, and the slip that the patient takes home."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from askdoc.api.calls import Call, LookingUp
from askdoc.api.pages.rendering import render
from askdoc.api.routes.medicines import MedicineId, card_told, find_medicines
from askdoc.storage.clinic_settings import settings_of

router = APIRouter(include_in_schema=False)
# A choice that is left open comes as an empty word.
Place = Annotated[str, Query(max_length=100)]
_LONGEST = 60


@router.get("/medicines")
def look_up(
    request: Request,
    call: LookingUp,
    q: str = "",
    id: str = "",
    region: Place | None = None,
    scheme: Place = "",
) -> Response:
    """The search, what was found, and the card that is open; first where the caller works."""
    if region is None:
        region = _workplace(call)
    asked = q.strip()[:_LONGEST]
    found = find_medicines(call, asked)["items"] if asked else []
    card = _card(call, id[:200], region, scheme) if id else None
    return render(
        request,
        "medicines.html",
        call,
        q=asked,
        found=found,
        card=card,
        **_places(call, region, scheme),
    )


@router.get("/medicines/{id}/card")
def draw_card(
    request: Request, id: MedicineId, call: LookingUp, region: Place = "", scheme: Place = ""
) -> Response:
    """A card as a part of the page."""
    card = _card(call, id, region, scheme)
    return render(request, "card.html", call, card=card, **_places(call, region, scheme))


@router.get("/medicines/{id}/slip")
def draw_slip(
    request: Request, id: MedicineId, call: LookingUp, region: Place = "", scheme: Place = ""
) -> Response:
    """A large-type slip for the patient."""
    card = _card(call, id, region, scheme)
    return render(request, "slip.html", call, card=card, **_places(call, region, scheme))


def _workplace(call: Call) -> str:
    """The region of the caller's clinic, or none."""
    if call.caller.clinic is None:
        return ""
    with call.front.house.database.reading() as kept:
        return settings_of(kept, call.caller.clinic).region or ""


def _card(call: Call, id: str, region: str, scheme: str) -> dict[str, Any]:
    return card_told(call, id, {"region": region or None, "scheme": scheme or None})


def _places(call: Call, region: str, scheme: str) -> dict[str, Any]:
    book = call.front.house.book
    cities = [
        (path, one.name[call.lang]) for path, one in book.regions.items() if one.level == "city"
    ]
    return {
        "region": region,
        "scheme": scheme,
        "cities": cities,
        "place": book.regions[region].name[call.lang] if region in book.regions else "",
    }
