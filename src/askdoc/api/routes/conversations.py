"""`/v1/conversations`: talks that are kept, what staff wrote, what readers say."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

from askdoc.api import streaming
from askdoc.api.calls import Call, Digest, Once, Talking, change_of
from askdoc.api.once import Done, begin, finish, once, replied
from askdoc.api.paging import Count, CursorText, page, read_cursor
from askdoc.api.shapes import In, ObjectId, Turn, TurnTold, Words, problems
from askdoc.api.talking import entered, speaker_of, turn_record
from askdoc.desk.tasks import REPORTED
from askdoc.storage import desk, persons
from askdoc.storage.database import Kept
from askdoc.storage.requests import drop_replies
from askdoc.storage.task_rows import NewTask, open_task, tasks_in
from askdoc.wording import phrase

router = APIRouter(prefix="/v1", tags=["conversations"])
WINDOW = 100


class Opened(BaseModel):
    """A conversation that was opened."""

    id: str


class Listed(BaseModel):
    """A conversation in a list."""

    id: str
    opened_at: datetime
    turns: int
    mine: bool


class Conversations(BaseModel):
    """A page of conversations, newest first."""

    items: list[Listed]
    next: str | None


class MessageTold(BaseModel):
    """What staff wrote into the chat."""

    number: int
    text: str
    at: datetime


class TaskSeen(BaseModel):
    """Where a hand-over or report stands, as its resident sees it."""

    id: str
    state: Literal["open", "taken", "closed"]
    due: datetime


class Conversation(BaseModel):
    """A conversation: its newest turns, what staff wrote, what waits."""

    id: str
    turns: list[TurnTold]
    messages: list[MessageTold]
    tasks: list[TaskSeen]


class Judged(In):
    """What a reader says of an answer: useful, wrong, unclear, or that a person should answer."""

    verdict: Literal["useful", "wrong", "unclear", "person"]
    words: Annotated[Words, Query(max_length=500)] = ""


class Report(BaseModel):
    """Whether it makes work for somebody, and until when they answer."""

    task: str | None
    due: datetime | None
    told: str


@router.post("/conversations", status_code=201, response_model=Opened, responses=problems(409))
def open_conversation(call: Talking, key: Once, digest: Digest) -> JSONResponse:
    """Open a conversation of the caller's own."""

    def work(kept: Kept) -> dict[str, str]:
        id = desk.open_conversation(kept, "web", speaker_of(call.caller.role), call.now)
        persons.own(kept, id, call.person)
        call.note(kept, "conversation.open", id)
        return {"id": id}

    return once(change_of(call, key, digest), 201, work)


@router.get("/conversations", response_model=Conversations, responses=problems(400))
def list_conversations(
    call: Talking, count: Count = 20, cursor: CursorText = None
) -> dict[str, Any]:
    """The caller's conversations, and those of residents who let them in."""
    with call.front.house.database.reading() as kept:
        rows = persons.conversations_of(kept, call.person, read_cursor(cursor), count + 1)
    return page(
        rows,
        count,
        lambda row: row[0],
        lambda row: {
            "id": row[1],
            "opened_at": row[3],
            "turns": row[4],
            "mine": row[2] == call.person,
        },
    )


@router.get("/conversations/{id}", response_model=Conversation, responses=problems(404))
def read_conversation(id: ObjectId, call: Talking) -> dict[str, Any]:
    """A conversation: its newest hundred turns."""
    return conversation_told(call, id)


def conversation_told(call: Call, id: str) -> dict[str, Any]:
    """A conversation as it is told. Raises NotThere."""
    house, front = call.front.house, call.front
    with house.database.writing() as kept:
        entered(kept, call, id, "read")
        verdicts = desk.verdicts_in(kept, id)
        messages = desk.messages_in(kept, id, 0)
        tasks = tasks_in(kept, id)
    turns = house.transcript.window(id, WINDOW)
    return {
        "id": id,
        "turns": [turn_record(one, verdicts) for one in turns],
        "messages": [message_told(one) for one in messages],
        "tasks": [
            {
                "id": one.id,
                "state": one.state,
                "due": front.hours.due(one.opened_at, front.reply_hours),
            }
            for one in tasks
        ],
    }


def message_told(one: desk.Message) -> dict[str, Any]:
    """What staff wrote, as it is told."""
    return {"number": one.number, "text": one.text, "at": one.at.isoformat()}


@router.delete("/conversations/{id}", response_model=Opened, responses=problems(404, 409))
def forget_conversation(id: ObjectId, call: Talking, key: Once, digest: Digest) -> JSONResponse:
    """Delete everything that was kept of it, replies that wait to be asked for again too."""
    house = call.front.house
    change = change_of(call, key, digest)
    begun = begin(change)
    if begun.before is not None:
        return replied(Done(begun.before, again=True))

    def work() -> dict[str, str]:
        with house.database.writing() as kept:
            entered(kept, call, id, "forget")
            drop_replies(kept, call.person, key)
        house.transcript.forget(id)
        return {"id": id}

    return replied(Done(finish(begun, 200, work)))


@router.get(
    "/conversations/{id}/events",
    responses={
        **problems(404),
        200: {
            "description": "Events `message`: what staff write, as it comes.",
            "content": {streaming.MEDIA: {"schema": {"type": "string"}}},
        },
    },
    response_class=StreamingResponse,
)
def watch(
    id: ObjectId,
    call: Talking,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    last: Annotated[str | None, Header(alias="Last-Event-ID", max_length=10)] = None,
) -> StreamingResponse:
    """What staff write into the chat, as it comes."""
    database = call.front.house.database
    with database.writing() as kept:
        entered(kept, call, id, "read")
    if last is not None and last.isascii() and last.isdigit():
        after = min(int(last), 2**31 - 1)

    def read(number: int) -> list[dict[str, Any]]:
        with database.reading() as kept:
            return [message_told(one) for one in desk.messages_in(kept, id, number)]

    told = streaming.watched(call, after, read)
    return StreamingResponse(told, media_type=streaming.MEDIA, headers=streaming.HEADERS)


@router.post(
    "/conversations/{id}/turns/{turn}/verdict",
    tags=["feedback"],
    status_code=201,
    response_model=Report,
    responses=problems(404, 409),
)
def judge(
    id: ObjectId, turn: Turn, judged: Judged, call: Talking, key: Once, digest: Digest
) -> JSONResponse:
    """What a reader says of an answer; all verdicts but `useful` open a task."""

    def work(kept: Kept) -> dict[str, Any]:
        entered(kept, call, id, "talk")
        said, _ = desk.turn_told(kept, id, turn)
        desk.keep_verdict(kept, (id, turn), judged.verdict, judged.words, call.now)
        return _reported(kept, call, (id, turn, said), judged)

    return once(change_of(call, key, digest), 201, work)


def _reported(
    kept: Kept, call: Call, about: tuple[str, int, str], judged: Judged
) -> dict[str, Any]:
    if judged.verdict not in REPORTED:
        return {"task": None, "due": None, "told": phrase("desk.thanks", call.lang)}
    id, turn, said = about
    summary = f"{said}\n{judged.words}".strip()
    new = NewTask(
        kind="report", conversation=id, summary=summary, turn=turn, verdict=judged.verdict
    )
    task = open_task(kept, new, call.now)
    front = call.front
    due = front.hours.due(call.now, front.reply_hours)
    key = "reported" if front.hours.is_open(call.now) else "reported_closed"
    shown = f"{due.month}-{due.day} {due:%H:%M}"
    told = phrase(f"desk.{key}", call.lang, due=shown, opens=front.hours.opens)
    return {"task": task, "due": due.isoformat(), "told": told}
