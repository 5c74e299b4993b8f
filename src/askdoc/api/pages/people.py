"""`/people`: for administrators: accounts with their roles, their keys, and taking leave of them.

A new key is drawn once, on the page that answers the press; nobody can open it again.
"""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from askdoc.api.calls import Call, Keeping
from askdoc.api.pages.forms import (
    NOTHING,
    Field,
    Filled,
    FormKey,
    carried,
    new_key,
    read_form,
    returned,
    sent,
)
from askdoc.api.pages.rendering import render
from askdoc.api.people_shapes import NewPerson, RoleIn
from askdoc.api.routes.people import (
    KeyId,
    add_key,
    add_person,
    erase_person,
    give_role,
    list_keys,
    list_people,
    revoke_key,
)
from askdoc.api.shapes import ObjectId
from askdoc.identity.roles import ROLES, Role
from askdoc.wording import AskdocError, phrase

router = APIRouter(prefix="/people", include_in_schema=False)
_MANY = 30


@router.get("")
def people(request: Request, call: Keeping, cursor: str | None = None) -> Response:
    """Who is known, without names."""
    return _page(request, call, cursor=cursor)


def _page(request: Request, call: Call, **more: Any) -> Response:
    told = {"filled": NOTHING, "shown": None, "opened": None, "keys": [], "cursor": None} | more
    page = list_people(call, _MANY, told["cursor"])
    roles = [(one, phrase(f"pages.people.of.{one}", call.lang)) for one in ROLES]
    return render(request, "people.html", call, page=page, roles=roles, key=new_key, **told)


@router.get("/{id}")
def person(request: Request, id: ObjectId, call: Keeping) -> Response:
    """The keys of one person."""
    return _page(request, call, opened=id, keys=list_keys(id, call)["items"])


@router.post("")
def add(
    request: Request,
    call: Keeping,
    key: FormKey,
    role: Annotated[Role, Form()],
    name: Field = "",
    resident: Field = "",
    clinic: Field = "",
    staff: Field = "",
) -> Response:
    """Keep a new person and show their key once."""
    said = {"name": name, "resident": resident, "clinic": clinic, "staff": staff}
    digest = sent(request, call, key, role=role, **said).asked.digest
    try:
        given = {one: text for one, text in said.items() if text}
        told = read_form(NewPerson, given | {"role": role})
        made = json.loads(bytes(add_person(told, call, key, digest).body))
        return _with_new_key(request, call, made["id"], key)
    except AskdocError as failed:
        filled = Filled("add", said | {"role": role})
        return _page(request, call, filled=returned(filled, failed, call))


@router.post("/{id}/role")
def change_role(
    request: Request,
    id: ObjectId,
    call: Keeping,
    key: FormKey,
    role: Annotated[Role, Form()],
    clinic: Field = "",
) -> Response:
    """Another role or clinic, and the new key that it needs, shown once."""
    digest = sent(request, call, key, role=role, clinic=clinic).asked.digest
    try:
        told = read_form(RoleIn, {"role": role, "clinic": clinic or None})
        give_role(id, told, call, key, digest)
        return _with_new_key(request, call, id, key)
    except AskdocError as failed:
        filled = returned(Filled("role", {"role": role, "clinic": clinic}), failed, call)
        return _page(request, call, filled=filled, opened=id, keys=list_keys(id, call)["items"])


@router.post("/{id}/keys")
def give_key(request: Request, id: ObjectId, call: Keeping, key: FormKey) -> Response:
    """A new key for a person, shown once."""
    try:
        return _with_new_key(request, call, id, key)
    except AskdocError as failed:
        return _page(request, call, filled=returned(NOTHING, failed, call))


def _with_new_key(request: Request, call: Call, id: str, key: str) -> Response:
    digest = sent(request, call, key, person=id).asked.digest
    made = json.loads(bytes(add_key(id, call, f"{key[:60]}.key", digest).body))
    keys = list_keys(id, call)["items"]
    return _page(request, call, opened=id, keys=keys, shown=made["key"])


@router.post("/{id}/keys/{of}/end")
def end_key(request: Request, id: ObjectId, of: KeyId, call: Keeping, key: FormKey) -> Response:
    """End a key."""

    def work() -> str:
        revoke_key(of, call, key, sent(request, call, key).asked.digest)
        return f"/people/{id}"

    return carried(work, lambda filled: _page(request, call, filled=filled), call)


@router.post("/{id}/erase")
def erase(request: Request, id: ObjectId, call: Keeping, key: FormKey) -> Response:
    """Erase a person."""

    def work() -> str:
        erase_person(id, call, key, sent(request, call, key).asked.digest)
        return "/people"

    return carried(work, lambda filled: _page(request, call, filled=filled), call)
