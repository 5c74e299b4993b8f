"""`/me`: what is kept of the caller: seen, changed, erased; family let in and shut out."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from askdoc.api.acting import name_of
from askdoc.api.calls import COOKIE, Call, Granting, call_of
from askdoc.api.pages.forms import (
    NOTHING,
    Field,
    Filled,
    FormKey,
    Typed,
    carried,
    new_key,
    read_form,
    sent,
)
from askdoc.api.pages.rendering import render
from askdoc.api.people_shapes import Change, Letting
from askdoc.api.routes.people import (
    Leaving,
    change_me,
    erase_me,
    let_in,
    show_me,
    shut_out,
)
from askdoc.api.shapes import Facts
from askdoc.assistant.answers import telling
from askdoc.identity.roles import MAY
from askdoc.policy.dimensions import MEMBERS
from askdoc.wording import phrase

router = APIRouter(prefix="/me", include_in_schema=False)
Anyone = Annotated[Call, Depends(call_of)]
MemberId = Annotated[str, Form(pattern=r"^\s*[0-9a-f]{32}\s*$")]
Deed = Literal["let-in", "shut-out"]
_CHOSEN = ("scheme", "status", "grade")
_SEXES = ("female", "male")


@router.get("")
def me(request: Request, call: Anyone) -> Response:
    """What is kept of the caller."""
    return _page(request, call)


def _page(request: Request, call: Call, filled: Filled = NOTHING) -> Response:
    """The page, perhaps with a form that could not be kept in place of what is kept."""
    told = show_me(call)
    with call.front.house.database.reading() as kept:
        family = [(one, name_of(kept, call, one)) for one in told["family"]]
    return render(
        request,
        "me.html",
        call,
        me=told,
        family=family,
        filled=filled,
        choices=_choices(call),
        may_let_in=call.caller.role in MAY["grant_family"],
        may_leave=call.caller.role in MAY["leave"],
        key=new_key,
    )


def _choices(call: Call) -> dict[str, list[tuple[str, str]]]:
    book, lang = call.front.house.book, call.lang
    cities = [(path, one.name[lang]) for path, one in book.regions.items() if one.level == "city"]
    others = {
        name: [(one, telling.fact(name, one, lang, book)) for one in MEMBERS[name]]
        for name in _CHOSEN
    }
    sexes = [(one, phrase(f"pages.me.{one}", lang)) for one in _SEXES]
    contracted = [(one, phrase(f"pages.me.{one}", lang)) for one in ("true", "false")]
    return {"region": cities, "sex": sexes, "contracted": contracted} | others


class Told(Typed):
    """What the caller tells of themselves; what is left empty is erased."""

    name: Field = ""
    phone: Field = ""
    region: Field = ""
    scheme: Field = ""
    status: Field = ""
    grade: Field = ""
    sex: Field = ""
    age: Field = ""
    retired_year: Field = ""
    contracted: Field = ""


@router.post("")
def change(request: Request, call: Anyone, told: Annotated[Told, Form()]) -> Response:
    """Keep what the form says in place of what was kept."""
    said = told.said()
    facts = {name: one for name, one in said.items() if one and name in Facts.model_fields}

    def work() -> str:
        new = read_form(Change, {"name": told.name, "phone": told.phone, "facts": facts})
        change_me(new, call, told.key, sent(request, call, told.key, **said).asked.digest)
        return "/me#kept"

    filled = Filled("me", said)
    return carried(work, lambda filled: _page(request, call, filled), call, filled)


@router.post("/family/{deed}")
def family(
    request: Request,
    deed: Deed,
    call: Granting,
    key: FormKey,
    member: MemberId,
    relation: Annotated[Literal["parent", "spouse", "child", "other"], Form()] = "other",
) -> Response:
    """Let a family member in, or shut them out."""
    id = member.strip()
    digest = sent(request, call, key, member=id, relation=relation).asked.digest

    def work() -> str:
        if deed == "let-in":
            let_in(id, call, key, digest, Letting(relation=relation))
        else:
            shut_out(id, call, key, digest)
        return "/me#family"

    return carried(work, lambda filled: _page(request, call, filled), call)


@router.post("/erase")
def erase(request: Request, call: Leaving, key: FormKey) -> Response:
    """Erase the account and leave."""
    erase_me(call, key, sent(request, call, key).asked.digest)
    found = RedirectResponse("/", 303)
    found.delete_cookie(COOKIE, path="/")
    return found
