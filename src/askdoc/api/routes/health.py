"""Whether the process lives, whether it can work, and what it counted."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel

from askdoc.api.calls import front_of
from askdoc.api.shapes import problems
from askdoc.storage.persons import is_reachable

router = APIRouter(tags=["health"])


class State(BaseModel):
    """That it is so."""

    state: Literal["alive", "ready"]


@router.get("/healthz", response_model=State, responses=problems())
def alive() -> dict[str, str]:
    """Whether the process answers."""
    return {"state": "alive"}


@router.get("/readyz", response_model=State, responses=problems())
def ready(request: Request) -> dict[str, str]:
    """Whether the database answers too; 503 when it does not."""
    with front_of(request).house.database.reading() as kept:
        is_reachable(kept)
    return {"state": "ready"}


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **problems()},
)
def metrics(request: Request) -> Response:
    """Counters for Prometheus; they name nobody."""
    shown = front_of(request).metrics.shown()
    return Response(shown, media_type="text/plain; version=0.0.4; charset=utf-8")
