"""`/`: signing in, and beginning without a name; `/sign-out`; on sample data three people to be.

A key typed here becomes a cookie that scripts cannot read and other sites cannot send.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from askdoc.api.calls import COOKIE, Call, call_of, front_of, limited
from askdoc.api.front import Front
from askdoc.api.pages.rendering import render
from askdoc.identity.roles import MAY, NotSignedIn
from askdoc.identity.tokens import LIFE, Holder, issue_token, key_parts
from askdoc.profile import read_facts
from askdoc.sample.people import SAMPLE_KEYS
from askdoc.storage import persons
from askdoc.wording import AskdocError

router = APIRouter(include_in_schema=False)
Fact = Annotated[str, Form(max_length=100)]


def visitor(request: Request) -> Call | None:
    """Who is looking, if anybody is signed in."""
    try:
        return call_of(request, None, None)
    except NotSignedIn:
        return None


Visiting = Annotated[Call | None, Depends(visitor)]


def from_here(request: Request) -> Front:
    """The front desk, for a form that one of our own pages sent. Raises NotSignedIn, TooOften."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NotSignedIn
    return limited(request)


Sending = Annotated[Front, Depends(from_here)]


@router.get("/")
def entrance(request: Request, call: Visiting) -> Response:
    """The first page: what askdoc is for, and ways in."""
    return _entrance(request, call)


def _entrance(request: Request, call: Call | None, wrong: str = "", status: int = 200) -> Response:
    front = front_of(request)
    regions = [
        (path, one.name["zh"] if call is None or call.lang == "zh" else one.name["en"])
        for path, one in front.house.book.regions.items()
        if one.level == "city"
    ]
    return render(
        request, "entrance.html", call, status, regions=regions, wrong=wrong, samples=SAMPLE_KEYS
    )


@router.post("/start")
def start(front: Sending, region: Fact = "", scheme: Fact = "", status: Fact = "") -> Response:
    """Begin without a name: a resident of whom only the place, scheme and status are known."""
    said = {"region": region or None, "scheme": scheme or None, "status": status or None}
    facts = read_facts(said, front.house.book)
    with front.house.database.writing() as kept:
        words = {"name": "", "phone": "", "facts": facts}
        told = [("resident", words)]
        now, wrapping = front.clock(), front.house.secret.wrapping
        (person,) = persons.add_persons(kept, told, now, wrapping)  # type: ignore[arg-type]
    return _let_in(front, Holder(person), "/chat")


@router.post("/sign-in")
def sign_in(
    request: Request, front: Sending, key: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """With a key."""
    try:
        parts = key_parts(key)
        with front.house.database.reading() as kept:
            caller = persons.caller_with_key(kept, *parts)
    except AskdocError as failed:
        shown = failed.sentence("en" if request.query_params.get("lang") == "en" else "zh")
        return _entrance(request, None, shown, 401)
    first = "/desk" if caller.role in MAY["work_tasks"] else "/chat"
    others = {"doctor": "/medicines", "administrator": "/people"}
    return _let_in(front, Holder(caller.person, caller.term), others.get(caller.role, first))


@router.post("/sign-out", dependencies=[Depends(from_here)])
def sign_out() -> Response:
    """Leave."""
    found = RedirectResponse("/", 303)
    found.delete_cookie(COOKIE, path="/")
    return found


def _let_in(front: Front, holder: Holder, page: str) -> Response:
    token = issue_token(holder, front.clock(), front.house.secret.signing)
    found = RedirectResponse(page, 303)
    settings: dict[str, Any] = {"httponly": True, "samesite": "strict", "path": "/"}
    found.set_cookie(
        COOKIE,
        token,
        max_age=int(LIFE.total_seconds()),
        secure=front.secure_cookie,
        **settings,
    )
    return found
