"""One call: who makes it, in which language, at what moment, under which id.

A cookie is for our own pages. It counts for a change only when the browser says that the change
comes from a page of ours; other callers send a bearer token or a key.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from askdoc.api.front import Front
from askdoc.api.language import lang_of
from askdoc.identity.roles import Action, Caller, NotSignedIn
from askdoc.identity.tokens import key_parts, token_person
from askdoc.storage import persons, requests
from askdoc.storage.database import Kept
from askdoc.wording import Lang

COOKIE = "askdoc"
_SAFE = ("GET", "HEAD", "OPTIONS")
_bearer = HTTPBearer(auto_error=False, description="A token from POST /v1/tokens.")
_key = APIKeyHeader(name="X-API-Key", auto_error=False, description="A key: ask_…")


@dataclass(frozen=True, slots=True)
class Call:
    """A call by somebody who is known."""

    front: Front
    caller: Caller
    lang: Lang
    now: datetime
    id: str

    @property
    def person(self) -> str:
        return self.caller.person

    @property
    def today(self) -> date:
        return self.front.today()

    @property
    def wrapping(self) -> bytes:
        return self.front.house.secret.wrapping

    def note(self, kept: Kept, action: str, object: str) -> None:
        """Write into the audit that this call touched health data or rights."""
        touched = requests.Touched(self.now, self.person, action, object, self.id)
        requests.note(kept, touched)


@dataclass(frozen=True, slots=True)
class Change:
    """A call that changes something, with the key that makes it happen once."""

    call: Call
    asked: requests.Asked


def front_of(request: Request) -> Front:
    """The front desk of this process."""
    front: Front = request.app.state.front
    return front


def limited(request: Request) -> Front:
    """The front desk, once the caller's address has not called too often. Raises TooOften."""
    front = front_of(request)
    front.addresses.take(request.client.host if request.client else "?", front.steady())
    return front


def signed_in(request: Request, token: str | None, key: str | None, front: Front) -> Caller:
    """Who is calling. Raises NotSignedIn."""
    house = front.house
    with house.database.reading() as kept:
        if key is not None:
            return persons.caller_with_key(kept, *key_parts(key))
        if token is None:
            token = _cookie(request)
        return persons.caller_of(kept, token_person(token, front.clock(), house.secret.signing))


def _cookie(request: Request) -> str:
    token = request.cookies.get(COOKIE)
    from_us = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    if token is None or (request.method not in _SAFE and not from_us):
        raise NotSignedIn()
    return token


def call_of(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    key: Annotated[str | None, Depends(_key)],
) -> Call:
    """The call. Raises NotSignedIn and TooOften."""
    front = limited(request)
    caller = signed_in(request, bearer.credentials if bearer else None, key, front)
    front.persons.take(caller.person, front.steady())
    return Call(front, caller, lang_of(request), front.clock(), request.state.request_id)


def may(action: Action) -> Callable[[Call], Awaitable[Call]]:
    """A dependency: the call of somebody whose role may do this."""

    # Without `async` it would go through a thread, which costs more than it does.
    async def allowed(call: Annotated[Call, Depends(call_of)]) -> Call:
        call.caller.must(action)
        return call

    return allowed


LookingUp = Annotated[Call, Depends(may("look_up"))]
Talking = Annotated[Call, Depends(may("talk"))]
AtDesk = Annotated[Call, Depends(may("work_tasks"))]
Keeping = Annotated[Call, Depends(may("keep_people"))]
Granting = Annotated[Call, Depends(may("grant_family"))]

Once = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=64,
        pattern=r"^[A-Za-z0-9._:-]+$",
        description="Made up by you, new for each change; the same key gives the same answer.",
        examples=["b7f0a1c2-0001"],
    ),
]


async def digest_of(request: Request) -> str:
    """A digest of all that a change says: method, address and body."""
    told = sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    told.update(await request.body())
    return told.hexdigest()


Digest = Annotated[str, Depends(digest_of)]


def change_of(call: Call, key: str, digest: str) -> Change:
    """The call with what makes it happen once."""
    return Change(call, requests.Asked(call.person, key, digest))
