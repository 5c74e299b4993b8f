"""`/demo`: only where sample data is shown: the sender, killed and counted, and a resident's phone.

What a phone shows comes from the log of the phones; what is pressed there goes the way that a
button in a chat goes.
"""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from askdoc.api.calls import Call, LookingUp, may
from askdoc.api.pages.rendering import render
from askdoc.api.problems import NothingHere
from askdoc.api.routes.clinic import Seeing, at_clinic
from askdoc.care.loop import Replied, barrier_choices, pressed
from askdoc.sample.phones import Arrived
from askdoc.sample.stage import Stage
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.patients import record_of
from askdoc.storage.refill_answers import answer_reminder

router = APIRouter(include_in_schema=False)


def stage_of(call: LookingUp) -> Stage:
    """The stage. Raises NothingHere where nothing is a sample."""
    if call.front.stage is None:
        raise NothingHere
    return call.front.stage


Staged = Annotated[Stage, Depends(stage_of)]
Own = Annotated[Call, Depends(may("grant_family"))]


@router.get("/demo", dependencies=[Depends(stage_of)])
def demo(call: LookingUp) -> Response:
    """What there is to see for this role."""
    to = "/demo/phone" if call.caller.role == "resident" else "/demo/sender"
    return RedirectResponse(to, 303)


@router.get("/demo/sender")
def show_sender(request: Request, seeing: Seeing, stage: Staged) -> Response:
    """The sender, what it may be done to, and the count."""
    return render(request, "demo_sender.html", seeing.call, count=_counted(seeing.call, stage))


@router.get("/demo/count")
def count(seeing: Seeing, stage: Staged) -> JSONResponse:
    """The count alone."""
    return JSONResponse(_counted(seeing.call, stage))


@router.post("/demo/sender", dependencies=[Depends(at_clinic)])
def act(stage: Staged, action: Annotated[Literal["start", "kill"], Form()]) -> Response:
    """Start the sender, or kill it."""
    if action == "start":
        stage.start()
    else:
        stage.kill()
    return RedirectResponse("/demo/sender", 303)


def _counted(call: Call, stage: Stage) -> dict[str, Any]:
    letters = SqlOutbox(call.front.house.database).counted("refill")
    found = stage.count()
    return {
        "arrived": found.messages,
        "waiting": letters.get("due", 0) + letters.get("sending", 0),
        "marked": found.marked_repeats,
        "unmarked": found.unmarked_repeats,
        "kills": stage.kills,
        "sending": stage.is_sending,
    }


@router.get("/demo/phone")
def show_phone(request: Request, call: Own, stage: Staged) -> Response:
    """What reached the resident's phone."""
    return _phone(request, call, stage, None, "")


@router.post("/demo/phone")
def press(
    request: Request, call: Own, stage: Staged, choice: Annotated[str, Form(max_length=100)]
) -> Response:
    """Press a button under a message."""
    said = pressed(choice)
    on_it = {one.id for message in _messages(call, stage) for one in message.choices}
    # Barriers are offered by the reply to the first button of the same reminder.
    if said is None or f"refill:{said.answer}:{said.token}" not in on_it:
        raise NothingHere
    database = call.front.house.database
    replied = answer_reminder(database, said.token, said.answer, call.now, said.barrier)
    return _phone(request, call, stage, replied, said.token)


def _messages(call: Call, stage: Stage) -> list[Arrived]:
    with call.front.house.database.writing() as kept:
        record = record_of(kept, call.person)
        call.note(kept, "demo.phone", record or call.person)
    return stage.on_phone(record) if record else []


def _phone(
    request: Request, call: Call, stage: Stage, replied: Replied | None, token: str
) -> Response:
    ways = barrier_choices(token, call.lang) if replied and replied.choices else ()
    return render(
        request,
        "demo_phone.html",
        call,
        messages=_messages(call, stage),
        reply=replied.sentence(call.lang) if replied else "",
        ways=ways,
    )
