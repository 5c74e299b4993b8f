"""The application: routes by noun, one way to fail, one edge."""

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from askdoc import __version__
from askdoc.api.edge import Edge
from askdoc.api.front import Front
from askdoc.api.pages import (
    appointments,
    chat,
    demo,
    desk,
    entrance,
    knowledge,
    look_up,
    me,
    slot_desk,
)
from askdoc.api.pages import clinic as clinic_page
from askdoc.api.pages import people as people_page
from askdoc.api.pages.rendering import HERE
from askdoc.api.pages.troubles import show_troubles
from askdoc.api.problems import handle_problems
from askdoc.api.routes import (
    answers,
    clinic,
    conversations,
    health,
    medicines,
    people,
    policy,
    rule_changes,
    saying,
    schedule,
    search,
    slots,
    sums,
    tasks,
)
from askdoc.api.shapes import Problem

_ROUTES = (
    # Whoever comes first is found soonest.
    saying,
    answers,
    conversations,
    medicines,
    sums,
    search,
    policy,
    tasks,
    slots,
    schedule,
    clinic,
    rule_changes,
    people,
    health,
)
_PAGES = (
    entrance,
    chat,
    appointments,
    look_up,
    desk,
    slot_desk,
    clinic_page,
    demo,
    knowledge,
    me,
    people_page,
)
_ABOUT = (
    "Answers about medical insurance and medicines in China. Numbers come from code, every claim "
    "shows its source. Sign in with a bearer token or a key; every change needs an "
    "Idempotency-Key; errors are problem+json in the language of Accept-Language (zh, en)."
)


def build_app(front: Front) -> ASGIApp:
    """The application over a front desk."""
    app = FastAPI(
        title="askdoc",
        version=__version__,
        description=_ABOUT,
        openapi_url="/v1/openapi.json",
        # The usual pages about an interface load their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # What requests hold is for no collector that the surroundings name.
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    app.state.front = front
    for one in (*_ROUTES, *_PAGES):
        app.include_router(one.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    handle_problems(app, show_troubles)
    _describe_problems(app)
    return Edge(app, front)


def _describe_problems(app: FastAPI) -> None:
    """Put the shape of problems into the description, where no route returns it by type."""
    plain = app.openapi

    def described() -> dict[str, object]:
        if app.openapi_schema is None:
            found = plain()
            shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            found["components"]["schemas"]["Problem"] = shape
        return app.openapi_schema or {}

    app.openapi = described  # type: ignore[method-assign]
