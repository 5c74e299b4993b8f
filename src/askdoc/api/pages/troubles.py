"""What somebody at a page sees when something goes wrong: a sentence and a way on."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from askdoc.api.language import lang_of
from askdoc.api.pages.rendering import render
from askdoc.api.problems import status_of
from askdoc.wording import AskdocError


def show_troubles(request: Request, error: AskdocError) -> Response | None:
    """A page for a person; None for a program, which gets a problem."""
    if request.url.path.startswith("/v1/") or "text/html" not in request.headers.get("accept", ""):
        return None
    status = status_of(error)
    if status == 401:
        return RedirectResponse("/", 303)
    sentence = error.sentence(lang_of(request))
    return render(request, "trouble.html", None, status, sentence=sentence)
