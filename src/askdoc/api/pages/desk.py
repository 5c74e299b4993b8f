"""`/desk`: what waits for people at the clinic, and one task with its talk."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from askdoc.api.calls import AtDesk
from askdoc.api.pages.chat import drawn
from askdoc.api.pages.rendering import render
from askdoc.api.routes.tasks import list_corrections, list_tasks, list_unanswered, task_opened
from askdoc.api.shapes import ObjectId
from askdoc.care.referrals.requests import STANDINGS
from askdoc.desk.tasks import OUTCOMES, STATES, TALKED
from askdoc.identity.roles import MAY, NotAllowed
from askdoc.wording import Lang, phrase

router = APIRouter(include_in_schema=False)
View = Annotated[Literal["open", "taken", "closed", "unanswered", "corrections"], Query()]


_CORRECTING = ("unanswered", "corrections")


@router.get("/desk")
def inbox(
    request: Request, call: AtDesk, view: View = "open", cursor: str | None = None
) -> Response:
    """The inbox by state, the questions without an answer, what was corrected."""
    corrects = call.caller.role in MAY["correct_answers"]
    if view in _CORRECTING and not corrects:
        raise NotAllowed
    state = next((one for one in STATES if one == view), None)
    page: dict[str, Any]
    if state is not None:
        page = list_tasks(call, state, 30, cursor)
    elif view == "corrections":
        page = list_corrections(call, 30, cursor)
    else:
        page = list_unanswered(call) | {"next": None}
    open_now, hours = call.front.hours.is_open(call.now), call.front.hours
    return render(
        request,
        "desk.html",
        call,
        view=view,
        views=STATES + (_CORRECTING if corrects else ()),
        page=page,
        open_now=open_now,
        hours=hours,
        **_words(call.lang),
    )


def _words(lang: Lang) -> dict[str, Any]:
    """Words for what became of a task, and for what stands in the way, from other rooms."""

    def outcome_words(outcome: str) -> str:
        if outcome in OUTCOMES:
            return phrase(f"pages.outcome.{outcome}", lang)
        if outcome in STANDINGS:
            return phrase(f"referrals.request.state.{outcome}", lang)
        return phrase(f"refills.outcome.{outcome}", lang)

    return {"outcome_words": outcome_words, "phrase_of": lambda key: phrase(key, lang)}


@router.get("/desk/{id}")
def open_task(request: Request, id: ObjectId, call: AtDesk) -> Response:
    """A task with its talk."""
    task = task_opened(call, id)
    book = call.front.house.book
    return render(
        request,
        "task.html",
        call,
        task=task,
        talked=task["kind"] in TALKED,
        **_words(call.lang),
        turns=[drawn(call, one) for one in task["turns"]],
        cities=[
            (path, one.name[call.lang]) for path, one in book.regions.items() if one.level == "city"
        ],
    )
