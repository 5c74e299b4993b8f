"""Keys that last and tokens that do not.

A key is `ask_<id>_<secret>`; only a hash of its secret is kept. The secret has 256 random bits, so
a plain hash is enough: nobody can try them out. A token says who, in which term and for how long;
what its bearer may do is looked up at each call, so that a closed person is out at once. A term
ends when the person is given another role, and with it every token of it.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

import jwt

from askdoc.identity.roles import NotSignedIn

LIFE = timedelta(hours=12)
_ISSUER = "askdoc"
_CLAIMS = ("sub", "term", "iat", "exp")
_KEY = re.compile(r"ask_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made: `shown` is given out once, `hashed` is kept."""

    id: str
    shown: str = field(repr=False)
    hashed: bytes


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose token it is; `term` counts the roles that they were given."""

    person: str
    term: int = 1


def new_api_key() -> NewKey:
    """A fresh key."""
    id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    return NewKey(id, f"ask_{id}_{secret}", _hashed(secret))


def key_parts(said: str) -> tuple[str, bytes]:
    """The id of a key and the hash of its secret. Raises NotSignedIn for what is no key."""
    found = _KEY.fullmatch(said.strip())
    if found is None:
        raise NotSignedIn()
    return found[1], _hashed(found[2])


def is_same(hashed: bytes, kept: bytes) -> bool:
    """Whether two hashes are equal, in a time that tells nothing."""
    return hmac.compare_digest(hashed, kept)


def issue_token(holder: Holder, now: datetime, signing: bytes, life: timedelta = LIFE) -> str:
    """A token for a person in their term that ends after `life`."""
    claims = {
        "iss": _ISSUER,
        "sub": holder.person,
        "term": holder.term,
        "iat": int(now.timestamp()),
        "exp": int((now + life).timestamp()),
    }
    return jwt.encode(claims, signing, algorithm="HS256")


def token_holder(token: str, now: datetime, signing: bytes) -> Holder:
    """Whose token it is. Raises NotSignedIn when it is no token of ours or is over."""
    holder, ends = _read(token, signing)
    if ends <= now.timestamp():
        raise NotSignedIn
    return holder


# What a token says never changes, only whether it is over; a page sends the same one all day.
@lru_cache(maxsize=4096)
def _read(token: str, signing: bytes) -> tuple[Holder, int]:
    try:
        claims = jwt.decode(
            token,
            signing,
            algorithms=["HS256"],
            issuer=_ISSUER,
            # The days are compared with the clock that the caller passes in.
            options={"require": list(_CLAIMS), "verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidTokenError:
        raise NotSignedIn from None
    ends, person, term = claims["exp"], claims["sub"], claims["term"]
    if not (isinstance(ends, int) and isinstance(person, str) and isinstance(term, int)):
        raise NotSignedIn
    return Holder(person, term), ends


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
