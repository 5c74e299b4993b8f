"""Server-sent events: an answer line by line, and what staff write while a chat is open."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool

from askdoc.api.calls import Call
from askdoc.api.problems import Defect, note_defect, problem
from askdoc.storage.requests import Replied
from askdoc.wording import AskdocError

MEDIA = "text/event-stream"
HEADERS = {"X-Accel-Buffering": "no"}
# A pause a line, so that an old reader can follow.
_PAUSE_SECONDS = 0.03
_POLL_SECONDS = 2.0
_LONGEST_SECONDS = 600.0


def event(name: str, told: Any, id: int | None = None) -> str:
    """One event; its data is one line of JSON."""
    numbered = "" if id is None else f"id: {id}\n"
    return f"{numbered}event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"


async def answered(call: Call, work: Callable[[], Replied]) -> AsyncIterator[str]:
    """That the message came, each line of the answer, then the turn as a whole."""
    with call.front.metrics.streams.track_inprogress():
        yield event("accepted", {"request_id": call.id})
        try:
            reply = await run_in_threadpool(work)
        except AskdocError as failed:
            yield event("problem", problem(failed, call.lang, call.id))
            return
        except Exception as failed:  # noqa: BLE001  the web edge: the status is long sent
            note_defect(failed)
            yield event("problem", problem(Defect(), call.lang, call.id))
            return
        for line in reply.body["answer"]["text"].split("\n"):
            yield event("line", {"text": line})
            await asyncio.sleep(_PAUSE_SECONDS)
        yield event("turn", reply.body)


async def watched(call: Call, after: int, read: Callable[[int], list[Any]]) -> AsyncIterator[str]:
    """What `read` finds after a number, as it comes, for ten minutes; browsers come again."""
    with call.front.metrics.streams.track_inprogress():
        yield ": open\n\n"
        ends = time.monotonic() + _LONGEST_SECONDS
        while time.monotonic() < ends:
            try:
                found = await run_in_threadpool(read, after)
            except AskdocError as failed:
                yield event("problem", problem(failed, call.lang, call.id))
                return
            for one in found:
                after = one["number"]
                yield event("message", one, after)
            await asyncio.sleep(_POLL_SECONDS)
            yield ": still here\n\n"
