"""`/clinic`: refills at a glance, each list with what can be done, CSV, and the page for Monday."""

import csv
from decimal import Decimal
from io import StringIO
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from askdoc.api.acting import resident_names
from askdoc.api.pages.clinic_charts import HIGH, REST, WIDE, Share, columns, shares
from askdoc.api.pages.rendering import render
from askdoc.api.paging import CursorText
from askdoc.api.routes.clinic import AtClinic, ListName, Seeing, list_part
from askdoc.api.routes.rule_changes import ChangeId, open_change, show_changes
from askdoc.care.loop import CALL_OUTCOMES
from askdoc.clinic_lists import (
    LISTS,
    LOOKING,
    Clinic,
    csv_rows,
    head_words,
    list_of,
    notes,
    shown,
    shown_rows,
    title,
)
from askdoc.identity.roles import MAY
from askdoc.wording import Lang, phrase

router = APIRouter(include_in_schema=False)
_LONG = 50
# On the page for Monday a list is cut here; the rest is in its file.
_PRINTED = 5


@router.get("/clinic")
def overview(request: Request, seeing: Seeing) -> Response:
    """How long each list is, what is coming, what reminders changed."""
    clinic = seeing.clinic
    with clinic.database.writing() as kept:
        seeing.call.note(kept, "clinic.read", clinic.id)
    lists = {name: list_of(clinic, name) for name in LISTS}
    return _page(request, seeing, "clinic.html", lists=lists, tab="", **_pictures(seeing))


@router.get("/clinic/lists/{name}.csv")
def download(name: ListName, seeing: Seeing) -> Response:
    """A whole list for a spreadsheet."""
    listed = list_of(seeing.clinic, name)
    with seeing.clinic.database.writing() as kept:
        seeing.note(kept, listed)
    to = StringIO(newline="")
    csv.writer(to).writerows(csv_rows(listed, seeing.call.lang))
    file = f"{name}-{seeing.clinic.day.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    # With the mark by which spreadsheets know UTF-8.
    return Response("\ufeff" + to.getvalue(), headers=headers, media_type="text/csv; charset=utf-8")


@router.get("/clinic/lists/{name}")
def show_part(
    request: Request, name: ListName, seeing: Seeing, cursor: CursorText = None
) -> Response:
    """One list, with a form for each call and each task."""
    found, lang = list_part(seeing, name, _LONG, cursor), seeing.call.lang
    return _page(
        request,
        seeing,
        "clinic_list.html",
        tab=name,
        title=title(found.listed, lang),
        part=found.part,
        heads=head_words(found.part, lang),
        rows=shown_rows(found.part, lang),
        names=found.names,
        following=found.following,
        outcomes=_outcomes(lang),
    )


@router.get("/clinic/report")
def report(request: Request, seeing: Seeing) -> Response:
    """Everything on one sheet of paper."""
    clinic, lang = seeing.clinic, seeing.call.lang
    lists = {name: list_of(clinic, name) for name in LISTS}
    tables = [
        (title(one, lang), head_words(one, lang), shown_rows(one.part(0, _PRINTED), lang))
        for one in lists.values()
    ]
    with clinic.database.writing() as kept:
        for one in lists.values():
            seeing.note(kept, one.part(0, _PRINTED))
    return _page(request, seeing, "clinic_report.html", tab="report", tables=tables, most=_PRINTED)


@router.get("/clinic/changes")
def changes(request: Request, seeing: Seeing, cursor: CursorText = None) -> Response:
    """Rules that change."""
    found = show_changes(seeing, _LONG, cursor)
    return _page(request, seeing, "clinic_changes.html", tab="changes", found=found)


@router.get("/clinic/changes/{id}")
def change(request: Request, id: ChangeId, seeing: Seeing) -> Response:
    """One change: whom it touches and why; a doctor decides."""
    told, call = open_change(id, seeing), seeing.call
    told_here = told["touched"][:_LONG]
    # All of them stand in the audit already.
    with seeing.clinic.database.reading() as kept:
        names = resident_names(kept, call, [one["resident"] for one in told_here])
    return _page(
        request,
        seeing,
        "clinic_change.html",
        tab="changes",
        change=told,
        shown=told_here,
        names=names,
        may_decide=call.caller.role in MAY["decide_changes"],
        most=_LONG,
        reached={is_so: shown("reachable", is_so, call.lang) for is_so in (True, False)},
    )


def _page(request: Request, seeing: AtClinic, template: str, **given: Any) -> Response:
    clinic, lang = seeing.clinic, seeing.call.lang
    words = {name: phrase(f"refills.tab.{name}", lang) for name in LISTS}
    return render(
        request,
        template,
        seeing.call,
        clinic=clinic.id,
        day=clinic.day,
        notes=notes(clinic, lang),
        tabs=words,
        **given,
    )


def _pictures(seeing: AtClinic) -> dict[str, Any]:
    clinic = seeing.clinic
    coming = clinic.overview.forecast.items()
    by_medicine = columns((week, clinic.medicine(one), count) for (week, one, _), count in coming)
    by_doctor = columns((week, doctor, count) for (week, _, doctor), count in coming)
    pictures = [("by_medicine", by_medicine), ("by_doctor", by_doctor)]
    return {
        "pictures": [(name, found) for name, found in pictures if found is not None],
        "arms": _arms(clinic, seeing.call.lang),
        "looking": LOOKING["cohort"],
        "rest": REST,
        "wide": WIDE,
        "high": HIGH,
    }


def _arms(clinic: Clinic, lang: Lang) -> list[tuple[str, str, list[Share]]]:
    """Each arm with its shares as bars; one that nobody is in is left out."""
    found = []
    for name, arm in clinic.arms.items():
        if not arm.cycles:
            continue
        told = {
            "sent": Decimal(arm.sent) / arm.cycles,
            "answered": Decimal(arm.answered) / arm.cycles,
            "share_on_time": arm.share_on_time,
            "share_covered": arm.days.share,
        }
        drawn = shares((phrase(f"refills.head.{one}", lang), told[one]) for one in told)
        found.append((name, phrase(f"refills.arm.{name}", lang), drawn))
    return found


def _outcomes(lang: Lang) -> list[tuple[str, str]]:
    return [(one, phrase(f"refills.outcome.{one}", lang)) for one in CALL_OUTCOMES]
