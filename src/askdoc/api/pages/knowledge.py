"""`/knowledge`: what is modelled, what is to be confirmed, values through time, what changed."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from askdoc.api.calls import Call, LookingUp
from askdoc.api.pages.charts import HIGH, WIDE, plots
from askdoc.api.pages.rendering import render
from askdoc.api.routes.policy import (
    list_findings,
    list_modelled,
    list_regions,
    show_changes,
    show_values,
    value_told,
)
from askdoc.policy.history import told

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Query(max_length=100)]
_YEAR = timedelta(days=365)


@router.get("/knowledge")
def modelled(request: Request, call: LookingUp) -> Response:
    """What is modelled, and how well."""
    rows = list_modelled(call)["items"]
    return render(request, "modelled.html", call, rows=rows, tab="modelled")


@router.get("/knowledge/findings")
def findings(
    request: Request,
    call: LookingUp,
    matter: Literal["unverified", "conflict", "unchecked", "bound"] = "unverified",
) -> Response:
    """Values that somebody should confirm."""
    rows = list_findings(call, matter)["items"]
    return render(request, "findings.html", call, rows=rows, matter=matter, tab="findings")


@router.get("/knowledge/conflicts")
def conflicts(request: Request, call: LookingUp) -> Response:
    """Values that sources disagree on, side by side."""
    book = call.front.house.whole_book
    rows = [
        value_told(one, book, call.lang) | {"name": book.parameters[name].description[call.lang]}
        for path in book.regions
        for name, entries in book.pages(path).entries.items()
        for entry in entries
        for one in told(entry)
        if one.leaf is not None and one.leaf.readings
    ]
    return render(request, "conflicts.html", call, rows=rows, tab="conflicts")


@router.get("/knowledge/values")
def values(request: Request, call: LookingUp, region: Name = "", parameter: Name = "") -> Response:
    """One value through time, as a picture and as a table."""
    shown: dict[str, Any] | None = None
    if region and parameter:
        shown = show_values(parameter, call, region)
    return render(
        request,
        "values.html",
        call,
        shown=shown,
        pictures=plots(shown["history"], call.today) if shown else [],
        wide=WIDE,
        high=HIGH,
        region=region,
        parameter=parameter,
        tab="values",
        **_choices(call),
    )


@router.get("/knowledge/changes")
def changed(
    request: Request,
    call: LookingUp,
    region: Name = "",
    first: date | None = None,
    last: date | None = None,
) -> Response:
    """What changed between two days."""
    first, last = first or call.today - _YEAR, last or call.today
    rows = show_changes(call, region, first, last)["items"] if region else None
    return render(
        request,
        "changes.html",
        call,
        rows=rows,
        region=region,
        first=first,
        last=last,
        tab="changes",
        **_choices(call),
    )


def _choices(call: Call) -> dict[str, Any]:
    """Regions, and the figures that any region dates, by what they mean."""
    book, lang = call.front.house.whole_book, call.lang
    book.load_all()
    dated = {name for path in book.regions for name in book.pages(path).entries}
    return {
        "regions": list_regions(call)["items"],
        "parameters": [
            (name, one.description[lang]) for name, one in book.parameters.items() if name in dated
        ],
    }
