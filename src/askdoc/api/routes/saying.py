"""`POST /v1/conversations/{id}/turns`: something said, and its answer.

The route that is called most. What is written as the description says is read here in one go;
FastAPI's general way costs many times that, and is left whatever is written otherwise.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool

from askdoc.api import streaming
from askdoc.api.calls import Arriving, Once, arrived
from askdoc.api.once import Done, replied
from askdoc.api.shapes import In, ObjectId, Said, TurnTold, Words, problems
from askdoc.api.turns import answered_before, enter, take

_JSON = "application/json"


class Message(In):
    """What is said; `pressed` is `sets` of the choice whose label it is, if one was pressed."""

    text: Said
    pressed: Annotated[dict[Words, Words], Field(max_length=20)] | None = None
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "阿托伐他汀能报吗"}]}
    )


_read_id = TypeAdapter(ObjectId).validate_python
_read_key = TypeAdapter(Once).validate_python
_read_message = Message.model_validate_json


class _SayingRoute(APIRoute):
    """A route that reads its own requests, where nothing about them is unusual."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        described = super().get_route_handler()

        async def answered(request: Request) -> Response:
            read = await _read(request)
            if read is None:
                return await described(request)
            id, message, key = read
            return await run_in_threadpool(say, id, message, await arrived(request, key))

        return answered


async def _read(request: Request) -> tuple[str, Message, str] | None:
    """What a request says; None where something is amiss, or might be."""
    headers = request.headers
    if headers.get("content-type") != _JSON:
        return None
    try:
        id, key = _read_id(request.path_params["id"]), _read_key(headers.get("idempotency-key"))
        return id, _read_message(await request.body()), key
    except ValidationError:
        return None


router = APIRouter(prefix="/v1", tags=["conversations"], route_class=_SayingRoute)


@router.post(
    "/conversations/{id}/turns",
    status_code=201,
    response_model=TurnTold,
    responses={
        **problems(404, 409),
        200: {
            "description": "For `text/event-stream`: events accepted, line, turn, problem.",
            "content": {streaming.MEDIA: {"schema": {"type": "string"}}},
        },
    },
)
def say(id: ObjectId, message: Message, arrival: Arriving) -> Response:
    """Say something; the answer is kept before it is given out. Streamed as `Accept` asks for."""
    here = enter(arrival, id, message.text)
    before = answered_before(here)
    if streaming.MEDIA in arrival.request.headers.get("accept", ""):
        told = streaming.answered(here.call, lambda: before or take(here, message.pressed).reply)
        return StreamingResponse(told, media_type=streaming.MEDIA, headers=streaming.HEADERS)
    if before is not None:
        return replied(Done(before, again=True))
    return replied(take(here, message.pressed))
