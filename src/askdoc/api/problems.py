"""Every error as `application/problem+json`: the one tree of errors meets HTTP here and only here.

An error that no line below names is a caller's mistake (400). What is no AskdocError is a defect of
ours: it is logged by its place, never with what it was about.
"""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from askdoc.api.language import lang_of
from askdoc.wording import AskdocError, Lang, phrase

# Bytes of a body.
LIMIT = 64 * 1024
MEDIA = "application/problem+json"
_LOG = logging.getLogger(__name__)
STATUS = {
    "identity.not_signed_in": 401,
    "identity.not_allowed": 403,
    "identity.not_there": 404,
    "identity.not_at_clinic": 404,
    "identity.too_often": 429,
    "identity.unreadable": 500,
    "identity.bad_secret": 500,
    "transcript.unknown_conversation": 404,
    "transcript.state_too_large": 409,
    "requests.other_body": 409,
    "requests.still_running": 409,
    "desk.already_taken": 409,
    "desk.already_closed": 409,
    "desk.not_yours": 409,
    "desk.no_way": 409,
    "desk.answered_elsewhere": 409,
    "identity.no_record": 409,
    "referrals.slot_taken": 409,
    "referrals.slot_over": 409,
    "referrals.not_open_yet": 409,
    "referrals.too_many_holds": 409,
    "referrals.hold_over": 409,
    "referrals.not_booked": 409,
    "referrals.key_used": 409,
    "referrals.session_overlaps": 409,
    "referrals.cancel_there": 409,
    "referrals.move_there": 409,
    "referrals.unknown_slot": 404,
    "referrals.unknown_booking": 404,
    "referrals.unknown_request": 404,
    "refills.no_call": 409,
    "refills.no_open_task": 409,
    "refills.unknown_clinic": 404,
    "rule_changes.not_proposed": 409,
    "policy.unknown_region": 404,
    "policy.unknown_parameter": 404,
    "library.no_such_document": 404,
    "storage.unreachable": 503,
    "storage.busy": 503,
    "storage.damaged": 503,
    "storage.newer": 503,
    "api.nothing_here": 404,
    "api.wrong_method": 405,
    "api.too_large": 413,
    "api.bad_request": 422,
    "api.not_filled": 422,
    "api.defect": 500,
}


class NothingHere(AskdocError):
    """No page or route has this address."""

    code = "api.nothing_here"


class WrongMethod(AskdocError):
    """The address takes other methods."""

    code = "api.wrong_method"


class TooLarge(AskdocError):
    """More was sent than any question needs."""

    code = "api.too_large"

    def __init__(self) -> None:
        super().__init__(limit=LIMIT // 1024)


class BadRequest(AskdocError):
    """What was sent has not the shape that the description of the interface gives."""

    code = "api.bad_request"


class NotFilled(AskdocError):
    """Fields of a form, by their `names`, do not say what they are asked."""

    code = "api.not_filled"

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__(names=", ".join(sorted(names)))
        self.names = names


class Defect(AskdocError):
    """Something that we did not foresee."""

    code = "api.defect"


def status_of(error: AskdocError) -> int:
    """The HTTP status of an error."""
    return STATUS.get(error.code, 400)


def problem(error: AskdocError, lang: Lang, request_id: str) -> dict[str, Any]:
    """The body of a problem."""
    return {
        "type": f"urn:askdoc:problem:{error.code}",
        "title": phrase(f"api.title.{status_of(error)}", lang),
        "status": status_of(error),
        "detail": error.sentence(lang),
        "code": error.code,
        "request_id": request_id,
    }


def problem_response(error: AskdocError, request: Request, **more: Any) -> JSONResponse:
    """A problem as a response; `more` are fields beside the usual ones."""
    lang = lang_of(request)
    body = problem(error, lang, getattr(request.state, "request_id", "")) | more
    headers: dict[str, str] = {"Content-Language": lang}
    if "seconds" in error.fields:
        headers["Retry-After"] = str(error.fields["seconds"])
    if status_of(error) == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status_of(error), headers, media_type=MEDIA)


def note_defect(failed: BaseException) -> None:
    """Log where a defect is; its text may hold what a person wrote, so it is left out."""
    frames = traceback.extract_tb(failed.__traceback__)
    place = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "?"
    _LOG.error(
        "api.defect", extra={"action": "api.defect", "kind": type(failed).__name__, "place": place}
    )


Show = Callable[[Request, AskdocError], Response | None]


def handle_problems(app: FastAPI, show: Show) -> None:
    """Let the app answer errors as problems, or as `show` draws them for somebody at a page."""

    async def on_error(request: Request, error: Exception) -> Response:
        if not isinstance(error, AskdocError):
            raise error
        if status_of(error) >= 500:
            note_defect(error)
        return show(request, error) or problem_response(error, request)

    async def on_shape(request: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        wrong = [
            {"where": ".".join(str(one) for one in found["loc"]), "problem": found["type"]}
            for found in error.errors()
        ]
        refused = BadRequest(where=", ".join(sorted({one["where"] for one in wrong}))[:200])
        return show(request, refused) or problem_response(refused, request, errors=wrong)

    async def on_http(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        if error.status_code == 405:
            found = problem_response(WrongMethod(), request)
            found.headers.update(error.headers or {})
            return found
        if error.status_code == 413:
            return problem_response(TooLarge(), request)
        if error.status_code == 404:
            return show(request, NothingHere()) or problem_response(NothingHere(), request)
        return problem_response(BadRequest(where="body"), request, errors=[])

    app.add_exception_handler(AskdocError, on_error)
    app.add_exception_handler(RequestValidationError, on_shape)
    app.add_exception_handler(HTTPException, on_http)
