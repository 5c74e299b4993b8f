"""One call: who makes it, in which language, at what moment, under which id.

A cookie is for our own pages. It counts for a change only when the browser says that the change
comes from a page of ours; other callers send a bearer token or a key.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from askdoc.api.front import Front
from askdoc.api.language import lang_of
from askdoc.identity.roles import Action, Caller, NotSignedIn
from askdoc.identity.tokens import Holder, key_parts, token_holder
from askdoc.storage import persons, requests
from askdoc.storage.database import Kept
from askdoc.wording import Lang

COOKIE = "askdoc"
_SAFE = ("GET", "HEAD", "OPTIONS")
_bearer = HTTPBearer(auto_error=False, description="A token from POST /v1/tokens.")
_key = APIKeyHeader(name="X-API-Key", auto_error=False, description="A key: ask_…")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
Key = Annotated[str | None, Depends(_key)]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a caller shows of themselves and holds: whose token it is, or the parts of a key."""

    token_of: Holder | None
    key: tuple[str, bytes] | None = field(default=None, repr=False)

    def caller(self, kept: Kept) -> Caller:
        """Who is calling. Raises NotSignedIn when they are gone, or the key is ended or unknown."""
        if self.token_of is not None:
            return persons.caller_of(kept, self.token_of)
        if self.key is not None:
            return persons.caller_with_key(kept, *self.key)
        raise NotSignedIn

    def holder(self, kept: Kept) -> Holder:
        """Who shows it; a token's may be gone. Raises NotSignedIn for a bad key."""
        if self.token_of is not None:
            return self.token_of
        caller = self.caller(kept)
        return Holder(caller.person, caller.term)


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
        self.note_each(kept, action, [object])

    def note_each(self, kept: Kept, action: str, objects: Iterable[str]) -> None:
        """The same for several objects."""
        requests.note(
            kept,
            [requests.Touched(self.now, self.person, action, one, self.id) for one in objects],
        )


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
    front.count_address(_address(request))
    return front


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"


def shown(request: Request, bearer: Bearer, key: Key) -> Shown:
    """What the caller shows, once it holds. Raises NotSignedIn."""
    if key is not None:
        return Shown(None, key_parts(key))
    front = front_of(request)
    token = bearer.credentials if bearer else _cookie(request)
    return Shown(token_holder(token, front.clock(), front.house.secret.signing))


def _cookie(request: Request) -> str:
    token = request.cookies.get(COOKIE)
    from_us = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    if token is None or (request.method not in _SAFE and not from_us):
        raise NotSignedIn()
    return token


def call_of(request: Request, bearer: Bearer, key: Key) -> Call:
    """The call. Raises NotSignedIn and TooOften."""
    front = limited(request)
    who = shown(request, bearer, key)
    with front.house.database.reading() as kept:
        caller = who.caller(kept)
    return _counted(request, caller)


def _counted(request: Request, caller: Caller) -> Call:
    front = front_of(request)
    front.count(caller.person)
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
Correcting = Annotated[Call, Depends(may("correct_answers"))]
AtDesk = Annotated[Call, Depends(may("work_tasks"))]
Keeping = Annotated[Call, Depends(may("keep_people"))]
Booking = Annotated[Call, Depends(may("book_slots"))]
AtSlots = Annotated[Call, Depends(may("keep_slots"))]
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
    query = request.scope["query_string"].decode("latin-1")
    told = sha256(f"{request.method} {request.scope['path']}?{query}\n".encode())
    told.update(await request.body())
    return told.hexdigest()


Digest = Annotated[str, Depends(digest_of)]


def change_of(call: Call, key: str, digest: str) -> Change:
    """The call with what makes it happen once."""
    return Change(call, requests.Asked(call.person, key, digest))


def changing(action: Action) -> Callable[[Call, str, str], Awaitable[Change]]:
    """A dependency: the change of somebody whose role may make it."""

    async def asked(
        call: Annotated[Call, Depends(may(action))], key: Once, digest: Digest
    ) -> Change:
        return change_of(call, key, digest)

    return asked


ToBook = Annotated[Change, Depends(changing("book_slots"))]
ToSchedule = Annotated[Change, Depends(changing("keep_slots"))]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A change that somebody asks for whose token or key is yet to be looked up.

    A dependency that asks the database takes a thread of its own, which costs more than asking.
    The route that is called most is given this instead and asks on the thread on which it works.
    """

    request: Request
    who: Shown
    key: str
    digest: str

    @property
    def front(self) -> Front:
        return front_of(self.request)

    def change(self, caller: Caller, action: Action) -> Change:
        """The change, by somebody who may do this. Raises NotAllowed and TooOften."""
        call = _counted(self.request, caller)
        call.caller.must(action)
        return change_of(call, self.key, self.digest)


async def arrival_of(request: Request, bearer: Bearer, key: Key, once: Once) -> Arrival:
    """All that is known without the database. Raises NotSignedIn and TooOften."""
    front, address = front_of(request), _address(request)
    if not front.has_paid(address):
        await run_in_threadpool(front.count_address, address)
    return Arrival(request, shown(request, bearer, key), once, await digest_of(request))


async def arrived(request: Request, once: str) -> Arrival:
    """The same for a route that reads its requests by itself."""
    return await arrival_of(request, await _bearer(request), await _key(request), once)


Arriving = Annotated[Arrival, Depends(arrival_of)]
