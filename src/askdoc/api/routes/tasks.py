"""`/v1/tasks`: what waits for people, who took it, what they reply, what became of it."""

from collections import Counter
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from askdoc.api.calls import AtDesk, Call, Digest, Once, change_of
from askdoc.api.once import once
from askdoc.api.paging import Count, CursorText, page, read_cursor
from askdoc.api.routes.conversations import conversation_told
from askdoc.api.shapes import In, ObjectId, RegionPath, Said, TurnTold, problems
from askdoc.desk.tasks import Correction, Task, check_correction, check_mine
from askdoc.identity.roles import NotThere
from askdoc.policy import UnknownRegion
from askdoc.privacy.masked import mask
from askdoc.storage import desk, persons
from askdoc.storage.database import Kept
from askdoc.wording import phrase

router = APIRouter(prefix="/v1", tags=["tasks"])
State = Annotated[Literal["open", "taken", "closed"] | None, Query()]
_NEWEST = 2000


class TaskTold(BaseModel):
    """A task in the list."""

    id: str
    kind: Literal["hand_over", "report"]
    verdict: Literal["useful", "wrong", "unclear", "person"] | None
    summary: str
    opened_at: datetime
    due: datetime
    late: bool
    state: Literal["open", "taken", "closed"]
    mine: bool
    outcome: Literal["answered", "approved_answer", "knowledge_change", "stated_reason"] | None


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
    """A task with the conversation that it is about, and who the resident is."""

    resident: str
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
    """What became of it; `text` is what the resident is told."""

    outcome: Literal["answered", "approved_answer", "knowledge_change", "stated_reason"]
    text: Said
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
    """Hand-overs and reports."""
    with call.front.house.database.writing() as kept:
        rows = desk.list_tasks(kept, state, read_cursor(cursor) or 0, count + 1)
        for one in rows[:count]:
            call.note(kept, "task.list", one.id)
    told = page(rows, count, lambda one: one.number, lambda one: task_told(one, call))
    return told | {"open_now": call.front.hours.is_open(call.now)}


@router.get("/tasks/{id}", response_model=TaskOpened, responses=problems(404))
def read_task(id: ObjectId, call: AtDesk) -> dict[str, Any]:
    """A task with the conversation that it is about."""
    return task_opened(call, id)


def task_opened(call: Call, id: str) -> dict[str, Any]:
    """A task as it is opened. Raises NotThere."""
    with call.front.house.database.reading() as kept:
        task = desk.task_of(kept, id)
        owner = persons.owner_of(kept, task.conversation)
        words = persons.person_of(kept, owner, call.wrapping).words if owner else {}
    if owner is None:
        raise NotThere
    talk = conversation_told(call, task.conversation)
    unnamed = phrase("desk.unnamed", call.lang)
    return task_told(task, call) | {
        "resident": str(words.get("name") or unnamed),
        "turn": task.turn,
        "turns": talk["turns"],
        "messages": talk["messages"],
    }


def task_told(one: Task, call: Call) -> dict[str, Any]:
    """A task as it is told."""
    due = call.front.hours.due(one.opened_at, call.front.reply_hours)
    return {
        "id": one.id,
        "kind": one.kind,
        "verdict": one.verdict,
        "summary": one.summary,
        "opened_at": one.opened_at,
        "due": due,
        "late": one.state != "closed" and due < call.now,
        "state": one.state,
        "mine": one.owner == call.person,
        "outcome": one.outcome,
    }


class TaskId(BaseModel):
    """The task that was changed."""

    id: str


@router.post(
    "/tasks/{id}/take", status_code=201, response_model=TaskId, responses=problems(404, 409)
)
def take_task(id: ObjectId, call: AtDesk, key: Once, digest: Digest) -> JSONResponse:
    """Take a task, so that no colleague works on it too."""

    def work(kept: Kept) -> dict[str, str]:
        desk.take_task(kept, id, call.person)
        call.note(kept, "task.take", id)
        return {"id": id}

    return once(change_of(call, key, digest), 201, work)


@router.post(
    "/tasks/{id}/replies", status_code=201, response_model=TaskId, responses=problems(404, 409)
)
def reply(id: ObjectId, told: Reply, call: AtDesk, key: Once, digest: Digest) -> JSONResponse:
    """Write into the resident's chat."""

    def work(kept: Kept) -> dict[str, str]:
        task = desk.task_of(kept, id)
        check_mine(task, call.person)
        desk.write_message(kept, task, told.text, call.now)
        call.note(kept, "task.reply", id)
        return {"id": id}

    return once(change_of(call, key, digest), 201, work)


@router.post(
    "/tasks/{id}/close", status_code=201, response_model=TaskId, responses=problems(400, 404, 409)
)
def close(id: ObjectId, told: Closing, call: AtDesk, key: Once, digest: Digest) -> JSONResponse:
    """Close a task: the resident is told, and the correction becomes a case to evaluate by."""
    scope = told.scope.model_dump(exclude_none=True) if told.scope else {}
    if told.scope and told.scope.region not in call.front.house.book.regions:
        known = ", ".join(sorted(call.front.house.book.regions))
        raise UnknownRegion(region=told.scope.region, known=known)
    made = Correction(outcome=told.outcome, text=told.text, scope=scope, expires_on=told.expires_on)
    check_correction(made, call.today)

    def work(kept: Kept) -> dict[str, str]:
        task = desk.task_of(kept, id)
        check_mine(task, call.person)
        desk.keep_correction(kept, task, made, call.person, call.now)
        desk.close_task(kept, id, made.outcome, call.now)
        desk.write_message(kept, task, made.text, call.now)
        call.note(kept, "task.close", id)
        return {"id": id}

    return once(change_of(call, key, digest), 201, work)


@router.get("/corrections", tags=["feedback"], response_model=Corrections, responses=problems(400))
def list_corrections(call: AtDesk, count: Count = 50, cursor: CursorText = None) -> dict[str, Any]:
    """What became of reported answers: cases for the evaluation."""
    with call.front.house.database.writing() as kept:
        rows = desk.list_corrections(kept, read_cursor(cursor), count + 1)
        for one in rows[:count]:
            call.note(kept, "correction.read", one.task)
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
def list_unanswered(call: AtDesk) -> dict[str, Any]:
    """What was asked and not answered lately, by count, without names and numbers."""
    with call.front.house.database.reading() as kept:
        asked = desk.unanswered(kept, _NEWEST)
    counted = Counter(mask(one).text for one in asked)
    return {"items": [{"question": one, "count": count} for one, count in counted.most_common(50)]}
