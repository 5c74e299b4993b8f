"""`/v1/tasks`: what waits for people, who took it, what they reply, what became of it."""

from collections import Counter
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from askdoc.api.acting import name_of, resident_name
from askdoc.api.calls import AtDesk, Call, Correcting, Digest, Once, change_of
from askdoc.api.once import once
from askdoc.api.paging import Count, CursorText, page, read_cursor
from askdoc.api.routes.conversations import WINDOW, message_told
from askdoc.api.shapes import In, ObjectId, RegionPath, Said, TurnTold, problems
from askdoc.api.talking import turn_record
from askdoc.api.to_discuss import to_discuss
from askdoc.care.loop import action_for, check_outcome, outcomes_of
from askdoc.desk.tasks import (
    OUTCOMES,
    TALKED,
    Correction,
    Kind,
    NeedsWords,
    Task,
    check_correction,
    check_mine,
)
from askdoc.policy import UnknownRegion
from askdoc.privacy.masked import mask
from askdoc.storage import desk, persons, task_rows
from askdoc.storage.database import Kept
from askdoc.wording import phrase

router = APIRouter(prefix="/v1", tags=["tasks"])
State = Annotated[Literal["open", "taken", "closed"] | None, Query()]
_NEWEST = 2000


class TaskTold(BaseModel):
    """A task in the list; `barrier` is what stands in the way of a refill."""

    id: str
    kind: Kind
    barrier: str | None
    clinic: str | None
    recipient: str
    verdict: Literal["useful", "wrong", "unclear", "person"] | None
    summary: str
    opened_at: datetime
    due: datetime
    late: bool
    state: Literal["open", "taken", "closed"]
    mine: bool
    outcome: str | None


class Tasks(BaseModel):
    """A page of tasks, oldest first, and whether somebody is at the desk now."""

    items: list[TaskTold]
    next: str | None
    open_now: bool


class WrittenTold(BaseModel):
    """What staff wrote into the chat."""

    number: int
    text: str
    at: datetime


class TaskOpened(TaskTold):
    """A task with the conversation that it is about, if any, and who the resident is.

    `outcomes` are what it can be closed with; none: it is answered where it was asked for.
    `to_discuss`: what the list has cheaper, where somebody finds their medicine dear.
    """

    resident: str
    to_discuss: list[str]
    outcomes: list[str]
    turn: int | None
    turns: list[TurnTold]
    messages: list[WrittenTold]


class Reply(In):
    """What staff write into the resident's chat."""

    text: Said
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "您好，我是医保专员。"}]}
    )


class Scope(In):
    """Where an approved answer holds."""

    region: RegionPath
    scheme: Literal["employee", "resident"] | None = None


class Closing(In):
    """What became of it; `text` is what the resident is told, needed where they asked in words."""

    outcome: Annotated[str, Field(max_length=32)]
    text: Said | None = None
    scope: Scope | None = None
    expires_on: date | None = Field(default=None, description="Needed for an approved answer.")
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "outcome": "approved_answer",
                    "text": "社区门诊的比例以参保地公布的为准。",
                    "scope": {"region": "cn/shanghai"},
                    "expires_on": "2027-06-30",
                }
            ]
        },
    )


class CorrectionTold(BaseModel):
    """What became of a reported answer: a case for the evaluation."""

    task: str
    outcome: Literal["answered", "approved_answer", "knowledge_change", "stated_reason"]
    asked: str
    answered: str
    text: str
    scope: dict[str, str]
    expires_on: date | None
    at: datetime


class Corrections(BaseModel):
    """A page of them, newest first."""

    items: list[CorrectionTold]
    next: str | None


class AskedOften(BaseModel):
    """A question without an answer and how often it was asked; names and numbers are masked."""

    question: str
    count: int


class Unanswered(BaseModel):
    """The most frequent ones first."""

    items: list[AskedOften]


@router.get("/tasks", response_model=Tasks, responses=problems(400))
def list_tasks(
    call: AtDesk, state: State = None, count: Count = 50, cursor: CursorText = None
) -> dict[str, Any]:
    """What waits for the caller: hand-overs, reports, refills and slots of their clinic."""
    with call.front.house.database.writing() as kept:
        after = read_cursor(cursor) or 0
        rows = task_rows.list_tasks(kept, call.caller, state, after, count + 1)
        call.note_each(kept, "task.list", [one.id for one in rows[:count]])
    told = page(rows, count, lambda one: one.number, lambda one: task_told(one, call))
    return told | {"open_now": call.front.hours.is_open(call.now)}


@router.get("/tasks/{id}", response_model=TaskOpened, responses=problems(404))
def read_task(id: ObjectId, call: AtDesk) -> dict[str, Any]:
    """A task with the conversation that it is about."""
    return task_opened(call, id)


def task_opened(call: Call, id: str) -> dict[str, Any]:
    """A task as it is opened. Raises NotThere."""
    house = call.front.house
    with house.database.writing() as kept:
        task = task_rows.task_of(kept, id, call.caller)
        call.note(kept, "task.read", id)
        name, cheaper = _name(kept, call, task), to_discuss(kept, call, task)
        if task.conversation is None:
            verdicts, written = {}, desk.messages_of(kept, id)
        else:
            call.note(kept, "conversation.read", task.conversation)
            verdicts = desk.verdicts_in(kept, task.conversation)
            written = desk.messages_in(kept, task.conversation, 0)
    talk = house.transcript.window(task.conversation, WINDOW) if task.conversation else []
    return task_told(task, call) | {
        "resident": name,
        "to_discuss": cheaper,
        "outcomes": list(outcomes_of(task.kind)),
        "turn": task.turn,
        "turns": [turn_record(one, verdicts) for one in talk],
        "messages": [message_told(one) for one in written],
    }


def _name(kept: Kept, call: Call, task: Task) -> str:
    """How the resident is called; without an account, as the clinic's records do."""
    if task.resident is not None:
        return resident_name(kept, call, task.resident)
    owner = persons.owner_of(kept, task.conversation) if task.conversation else None
    return (name_of(kept, call, owner) if owner else "") or phrase("desk.unnamed", call.lang)


def task_told(one: Task, call: Call) -> dict[str, Any]:
    """A task as it is told."""
    hours = call.front.hours
    within = hours.due(one.opened_at, call.front.reply_hours)
    due = within if one.due_on is None else hours.end_of(one.due_on)
    return {
        "id": one.id,
        "kind": one.kind,
        "barrier": one.barrier,
        "clinic": one.clinic,
        "recipient": one.recipient,
        "verdict": one.verdict,
        "summary": one.summary or _action(one, call),
        "opened_at": one.opened_at,
        "due": due,
        "late": one.state != "closed" and due < call.now,
        "state": one.state,
        "mine": one.owner == call.person,
        "outcome": one.outcome,
    }


def _action(one: Task, call: Call) -> str:
    """What a task of a refill asks of the clinic."""
    return phrase(f"refills.action.{action_for(one.barrier, one.kind)}", call.lang)


class TaskId(BaseModel):
    """The task that was changed."""

    id: str


@router.post(
    "/tasks/{id}/take", status_code=201, response_model=TaskId, responses=problems(404, 409)
)
def take_task(id: ObjectId, call: AtDesk, key: Once, digest: Digest) -> JSONResponse:
    """Take a task, so that no colleague works on it too."""

    def work(kept: Kept) -> dict[str, str]:
        task_rows.take_task(kept, id, call.caller)
        call.note(kept, "task.take", id)
        return {"id": id}

    return once(change_of(call, key, digest), 201, work)


@router.post(
    "/tasks/{id}/replies", status_code=201, response_model=TaskId, responses=problems(404, 409)
)
def reply(id: ObjectId, told: Reply, call: AtDesk, key: Once, digest: Digest) -> JSONResponse:
    """Write into the resident's chat."""

    def work(kept: Kept) -> dict[str, str]:
        task = task_rows.task_of(kept, id, call.caller)
        check_mine(task, call.person)
        desk.write_message(kept, task, told.text, call.now)
        call.note(kept, "task.reply", id)
        return {"id": id}

    return once(change_of(call, key, digest), 201, work)


@router.post(
    "/tasks/{id}/close", status_code=201, response_model=TaskId, responses=problems(400, 404, 409)
)
def close(id: ObjectId, told: Closing, call: AtDesk, key: Once, digest: Digest) -> JSONResponse:
    """Close a task. Where a person asked in words, they are told, and the correction becomes a
    case to evaluate by."""

    def work(kept: Kept) -> dict[str, str]:
        task = task_rows.task_of(kept, id, call.caller)
        check_mine(task, call.person)
        check_outcome(task.kind, told.outcome)
        if task.kind in TALKED:
            made = _correction(told, call)
            desk.keep_correction(kept, task, made, call.person, call.now)
        task_rows.close_task(kept, id, told.outcome, call.now)
        if told.text is not None:
            desk.write_message(kept, task, told.text, call.now)
        call.note(kept, "task.close", id)
        return {"id": id}

    return once(change_of(call, key, digest), 201, work)


def _correction(told: Closing, call: Call) -> Correction:
    """What staff made of an answer. Raises NeedsWords, NeedsScope and UnknownRegion."""
    scope = told.scope.model_dump(exclude_none=True) if told.scope else {}
    if told.scope and told.scope.region not in call.front.house.book.regions:
        known = ", ".join(sorted(call.front.house.book.regions))
        raise UnknownRegion(region=told.scope.region, known=known)
    if told.text is None:
        raise NeedsWords
    outcome = next(one for one in OUTCOMES if one == told.outcome)
    made = Correction(outcome=outcome, text=told.text, scope=scope, expires_on=told.expires_on)
    check_correction(made, call.today)
    return made


@router.get("/corrections", tags=["feedback"], response_model=Corrections, responses=problems(400))
def list_corrections(
    call: Correcting, count: Count = 50, cursor: CursorText = None
) -> dict[str, Any]:
    """What became of reported answers: cases for the evaluation."""
    with call.front.house.database.writing() as kept:
        rows = desk.list_corrections(kept, call.caller, read_cursor(cursor), count + 1)
        call.note_each(kept, "correction.read", [one.task for one in rows[:count]])
    return page(
        rows,
        count,
        lambda one: one.number,
        lambda one: {
            "task": one.task,
            "outcome": one.made.outcome,
            "asked": one.asked,
            "answered": one.answered,
            "text": one.made.text,
            "scope": one.made.scope,
            "expires_on": one.made.expires_on,
            "at": one.at,
        },
    )


@router.get(
    "/questions/unanswered", tags=["feedback"], response_model=Unanswered, responses=problems()
)
def list_unanswered(call: Correcting) -> dict[str, Any]:
    """What was asked and not answered lately, by count, without names and numbers."""
    with call.front.house.database.reading() as kept:
        asked = desk.unanswered(kept, _NEWEST)
    counted = Counter(mask(one).text for one in asked)
    return {"items": [{"question": one, "count": count} for one, count in counted.most_common(50)]}
