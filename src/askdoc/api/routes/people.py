"""`/v1/people`, `/v1/me`, `/v1/tokens`, `/v1/audit`: who is known, their keys, who touched what."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import JSONResponse

from askdoc.api.calls import Call, Digest, Granting, Keeping, Once, call_of, change_of, limited, may
from askdoc.api.front import Front
from askdoc.api.once import once
from askdoc.api.paging import Count, CursorText, page, read_cursor
from askdoc.api.people_shapes import (
    Audit,
    Change,
    Family,
    KeyEnded,
    KeyIn,
    Keys,
    KeyTold,
    Letting,
    Me,
    NewPerson,
    People,
    PersonId,
    RoleIn,
    Token,
)
from askdoc.api.shapes import Facts, ObjectId, Words, problems
from askdoc.identity.roles import NotAllowed
from askdoc.identity.tokens import LIFE, Holder, issue_token, key_parts
from askdoc.profile import read_facts
from askdoc.storage import persons, requests
from askdoc.storage.database import Kept
from askdoc.storage.record_links import link
from askdoc.storage.role_changes import change_role

router = APIRouter(prefix="/v1", tags=["people"])
KeyId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
Anyone = Annotated[Call, Depends(call_of)]
Leaving = Annotated[Call, Depends(may("leave"))]


@router.post("/tokens", response_model=Token, responses=problems())
def make_token(told: KeyIn, front: Annotated[Front, Depends(limited)]) -> dict[str, Any]:
    """A bearer token for the owner of a key."""
    parts = key_parts(told.key)
    with front.house.database.reading() as kept:
        caller = persons.caller_with_key(kept, *parts)
    holder = Holder(caller.person, caller.term)
    token = issue_token(holder, front.clock(), front.house.secret.signing)
    return {"token": token, "seconds": int(LIFE.total_seconds())}


@router.get("/me", response_model=Me, responses=problems())
def show_me(call: Anyone) -> dict[str, Any]:
    """What is kept of the caller."""
    with call.front.house.database.writing() as kept:
        person = persons.person_of(kept, call.person, call.wrapping)
        call.note(kept, "person.read", call.person)
        family = persons.family_of(kept, call.person)
    words = person.words
    return {
        "id": person.id,
        "role": person.role,
        "name": str(words.get("name", "")),
        "phone": str(words.get("phone", "")),
        "facts": words.get("facts", {}),
        "family": family,
    }


@router.put("/me", response_model=PersonId, responses=problems(400, 409))
def change_me(told: Change, call: Anyone, key: Once, digest: Digest) -> JSONResponse:
    """Tell something else of oneself."""
    words = _words(told.name, told.phone, told.facts, call)

    def work(kept: Kept) -> dict[str, str]:
        persons.change_words(kept, call.person, words, call.wrapping)
        call.note(kept, "person.change", call.person)
        return {"id": call.person}

    return once(change_of(call, key, digest), 200, work)


@router.delete("/me", response_model=PersonId, responses=problems(409))
def erase_me(call: Leaving, key: Once, digest: Digest) -> JSONResponse:
    """Erase oneself: the key to one's words, and all that is one's own here.

    The record at the clinic, and what is booked by it, is the clinic's and stays.
    """

    def work(kept: Kept) -> dict[str, str]:
        persons.erase_person(kept, call.person)
        call.note(kept, "person.erase", call.person)
        return {"id": call.person}

    return once(change_of(call, key, digest), 200, work)


@router.put("/me/family/{id}", response_model=Family, responses=problems(404, 409))
def let_in(
    id: ObjectId, call: Granting, key: Once, digest: Digest, told: Letting | None = None
) -> JSONResponse:
    """Let a family member read and speak in the caller's conversations, and act for them."""
    relation = told.relation if told else "other"

    def work(kept: Kept) -> dict[str, list[str]]:
        persons.let_in(kept, call.person, id, call.now, relation)
        call.note(kept, "family.let_in", id)
        return {"family": persons.family_of(kept, call.person)}

    return once(change_of(call, key, digest), 200, work)


@router.delete("/me/family/{id}", response_model=Family, responses=problems(404, 409))
def shut_out(id: ObjectId, call: Granting, key: Once, digest: Digest) -> JSONResponse:
    """End that."""

    def work(kept: Kept) -> dict[str, list[str]]:
        persons.shut_out(kept, call.person, id)
        call.note(kept, "family.shut_out", id)
        return {"family": persons.family_of(kept, call.person)}

    return once(change_of(call, key, digest), 200, work)


@router.post("/people", status_code=201, response_model=PersonId, responses=problems(400, 404, 409))
def add_person(told: NewPerson, call: Keeping, key: Once, digest: Digest) -> JSONResponse:
    """Keep a new person."""
    words = _words(told.name, told.phone, told.facts, call)

    def work(kept: Kept) -> dict[str, str]:
        (id,) = persons.add_persons(kept, [(told.role, words)], call.now, call.wrapping)
        link(kept, id, told.record)
        call.note(kept, "person.add", id)
        return {"id": id}

    return once(change_of(call, key, digest), 201, work)


@router.get("/people", response_model=People, responses=problems(400))
def list_people(call: Keeping, count: Count = 50, cursor: CursorText = None) -> dict[str, Any]:
    """Who is known, without names."""
    with call.front.house.database.reading() as kept:
        rows = persons.list_persons(kept, read_cursor(cursor) or 0, count + 1)
    return page(
        rows,
        count,
        lambda row: row[0],
        lambda row: {"id": row[1], "role": row[2], "since": row[3]},
    )


@router.put("/people/{id}/role", response_model=PersonId, responses=problems(400, 404, 409))
def give_role(id: ObjectId, told: RoleIn, call: Keeping, key: Once, digest: Digest) -> JSONResponse:
    """Give a person another role, or another clinic; their tokens and keys stop at once."""

    def work(kept: Kept) -> dict[str, str]:
        _check_other(call, id)
        change_role(kept, id, told.role, call.now)
        link(kept, id, told.record)
        call.note(kept, f"person.role.{told.role}", id)
        return {"id": id}

    return once(change_of(call, key, digest), 200, work)


def _check_other(call: Call, person: str) -> None:
    """Raises NotAllowed: an office without its last administrator could not be opened again."""
    if person == call.person:
        raise NotAllowed


@router.delete("/people/{id}", response_model=PersonId, responses=problems(404, 409))
def erase_person(id: ObjectId, call: Keeping, key: Once, digest: Digest) -> JSONResponse:
    """Erase a person: the key to their words, and all that is theirs."""

    def work(kept: Kept) -> dict[str, str]:
        _check_other(call, id)
        persons.erase_person(kept, id)
        call.note(kept, "person.erase", id)
        return {"id": id}

    return once(change_of(call, key, digest), 200, work)


@router.post(
    "/people/{id}/keys", status_code=201, response_model=KeyTold, responses=problems(404, 409)
)
def add_key(id: ObjectId, call: Keeping, key: Once, digest: Digest) -> JSONResponse:
    """A new key for a person."""

    def work(kept: Kept) -> dict[str, str]:
        made = persons.add_key(kept, id, call.now)
        call.note(kept, "key.add", made.id)
        return {"id": made.id, "key": made.shown}

    return once(change_of(call, key, digest), 201, work)


@router.get("/people/{id}/keys", response_model=Keys, responses=problems(404))
def list_keys(id: ObjectId, call: Keeping) -> dict[str, Any]:
    """The keys of a person by their ids."""
    with call.front.house.database.reading() as kept:
        rows = persons.keys_of(kept, id)
    return {"items": [{"id": one, "since": since, "ended": ended} for one, since, ended in rows]}


@router.delete("/keys/{id}", response_model=KeyEnded, responses=problems(404, 409))
def revoke_key(id: KeyId, call: Keeping, key: Once, digest: Digest) -> JSONResponse:
    """End a key."""

    def work(kept: Kept) -> dict[str, str]:
        persons.revoke_key(kept, id, call.now)
        call.note(kept, "key.revoke", id)
        return {"id": id}

    return once(change_of(call, key, digest), 200, work)


@router.get("/audit", response_model=Audit, responses=problems(400))
def read_audit(
    call: Keeping,
    count: Count = 50,
    cursor: CursorText = None,
    object: Annotated[Words | None, Query(min_length=1, max_length=64)] = None,
) -> dict[str, Any]:
    """Who read or changed what; never what stood there."""
    with call.front.house.database.reading() as kept:
        rows = requests.list_audit(kept, read_cursor(cursor), count + 1, object)
    return page(
        rows,
        count,
        lambda row: row[0],
        lambda row: {
            "at": row[1].at,
            "person": row[1].person,
            "action": row[1].action,
            "object": row[1].object,
            "request": row[1].request,
        },
    )


def _words(name: str, phone: str, facts: Facts, call: Call) -> dict[str, Any]:
    """What is sealed of a person. Raises BadFact."""
    told = facts.told()
    read_facts({key: str(one).lower() for key, one in told.items()}, call.front.house.book)
    return {"name": name, "phone": phone, "facts": told}
