"""Pages from templates: what every page is given, and how its phrases are looked up."""

from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from askdoc.api.calls import Call, front_of
from askdoc.api.language import lang_of
from askdoc.china_days import CHINA
from askdoc.identity.roles import MAY, Role
from askdoc.wording import Lang, phrase

HERE = Path(__file__).parent
_LINKS = (("chat", "/chat", "talk"), ("appointments", "/appointments", "book_slots"),
          ("medicines", "/medicines", "look_up"), ("desk", "/desk", "work_tasks"),
          ("slot_desk", "/slot-desk", "keep_slots"), ("clinic", "/clinic", "see_clinic"),
          ("knowledge", "/knowledge", "look_up"), ("people", "/people", "keep_people"),
          ("me", "/me", "look_up"))  # fmt: skip


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["moment"] = lambda at: f"{at.astimezone(CHINA):%m-%d %H:%M}"
    found.filters["clock"] = lambda at: f"{datetime.fromisoformat(at).astimezone(CHINA):%H:%M}"
    return found


def render(
    request: Request, template: str, call: Call | None, status: int = 200, **given: Any
) -> HTMLResponse:
    """A page, or a part of one."""
    lang = call.lang if call else lang_of(request)
    front = front_of(request)
    told = {
        "t": partial(_phrase, lang),
        "lang": lang,
        "here": request.url.path,
        "role": call.caller.role if call else None,
        "links": links(call.caller.role) if call else [],
        "sample": front.stage is not None,
        "today": front.today(),
    }
    return HTMLResponse(_templates().get_template(template).render(told | given), status)


def links(role: Role) -> list[tuple[str, str]]:
    """The pages that a role may open."""
    return [(name, path) for name, path, action in _LINKS if role in MAY[action]]  # type: ignore[index]


def _phrase(lang: Lang, key: str, /, **fields: object) -> str:
    return phrase(f"pages.{key}", lang, **fields)
