"""Who may do what: roles, tokens, keys, sealed names, limits."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from askdoc.identity.limits import Limit, TooOften
from askdoc.identity.roles import (
    MAY,
    ROLES,
    Belonging,
    Caller,
    NotAllowed,
    NotSignedIn,
    may_forget,
    may_read,
    may_talk_in,
)
from askdoc.identity.sealing import Unreadable, new_key, seal_words, unseal_words
from askdoc.identity.secret import BadSecret, new_secret, read_secret
from askdoc.identity.tokens import Holder, issue_token, key_parts, new_api_key, token_holder
from askdoc.testing import memory_pay

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
TOLD = {"sub": "p", "term": 1, "iat": 1, "exp": 9**10, "iss": "askdoc"}
SIGNING = read_secret(new_secret()).signing


@pytest.mark.parametrize("role", ROLES)
def test_only_an_administrator_keeps_people_and_sees_no_talk(role: str) -> None:
    caller = Caller("p", role)  # type: ignore[arg-type]
    for action, roles in MAY.items():
        if role in roles:
            caller.must(action)
        else:
            with pytest.raises(NotAllowed):
                caller.must(action)
    assert (role in MAY["keep_people"]) == (role == "administrator")
    assert may_read(caller, Belonging("other", frozenset({"q"}))) is False


def test_family_is_let_in_by_name_and_staff_by_a_task() -> None:
    whose = Belonging("owner", frozenset({"son"}), has_task=True)
    owner, son = Caller("owner", "resident"), Caller("son", "family_member")
    staff, doctor = Caller("nurse", "clinic_staff"), Caller("doc", "doctor")
    neighbour = Caller("neighbour", "resident")
    assert [may_read(one, whose) for one in (owner, son, staff, doctor, neighbour)] == [
        *[True] * 4,
        False,
    ]
    assert [may_talk_in(one, whose) for one in (owner, son, staff)] == [True, True, False]
    assert [may_forget(one, whose) for one in (owner, son, staff)] == [True, False, False]
    assert not may_read(staff, Belonging("owner"))
    assert not may_read(owner, Belonging(None, has_task=True))
    assert not may_read(Caller("son", "resident"), whose)


def test_a_token_says_who_until_it_ends() -> None:
    token = issue_token(Holder("p1", 2), NOW, SIGNING)
    assert token_holder(token, NOW + timedelta(hours=11), SIGNING) == Holder("p1", 2)
    with pytest.raises(NotSignedIn):
        token_holder(token, NOW + timedelta(hours=12), SIGNING)


def test_what_is_forged_below_is_a_token_but_for_one_thing() -> None:
    assert token_holder(jwt.encode(TOLD, SIGNING), NOW, SIGNING) == Holder("p")


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "a.b.c",
        jwt.encode(TOLD, "x" * 32),
        jwt.encode(TOLD, None, algorithm="none"),
        jwt.encode(TOLD | {"iss": "other"}, SIGNING),
        jwt.encode(TOLD | {"term": "1"}, SIGNING),
        *(
            jwt.encode({one: TOLD[one] for one in TOLD if one != left_out}, SIGNING)
            for left_out in ("sub", "term", "exp", "iat", "iss")
        ),
    ],
)
def test_a_forged_token_is_nobody(forged: str) -> None:
    with pytest.raises(NotSignedIn):
        token_holder(forged, NOW, SIGNING)


def test_a_key_is_shown_once_and_kept_as_a_hash() -> None:
    made = new_api_key()
    assert key_parts(made.shown) == (made.id, made.hashed)
    secret = made.shown.rsplit("_", 1)[1]
    assert secret.encode() not in made.hashed
    assert secret not in repr(made)
    with pytest.raises(NotSignedIn):
        key_parts("ask_0_x")


def test_what_is_sealed_opens_with_its_key_for_its_person_only() -> None:
    key = new_key()
    sealed = seal_words(key, {"name": "王秀英"}, "persons.sealed a")
    assert unseal_words(key, sealed, "persons.sealed a") == {"name": "王秀英"}
    assert "王秀英".encode() not in sealed
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for other, text, about in (
        (new_key(), sealed, "persons.sealed a"),
        (key, sealed, "persons.sealed b"),
        (key, changed, "persons.sealed a"),
        (key, b"", "persons.sealed a"),
    ):
        with pytest.raises(Unreadable):
            unseal_words(other, text, about)
    lengths = {len(seal_words(key, {"name": "王" * n}, "x")) for n in range(1, 8)}
    assert len(lengths) == 1


def test_a_secret_that_is_not_ours_is_refused() -> None:
    assert read_secret(new_secret()).signing != read_secret(new_secret()).signing
    for wrong in ("", "secret", "A" * 43, "5YyX" * 3):
        with pytest.raises(BadSecret):
            read_secret(wrong)


def test_calls_beyond_the_limit_are_told_when_to_come_back() -> None:
    limit = Limit(60, 3, memory_pay())
    for _ in range(3):
        limit.take("p1", 0.0)
    with pytest.raises(TooOften) as told:
        limit.take("p1", 0.0)
    assert told.value.fields["seconds"] == 1
    limit.take("p2", 0.0)
    limit.take("p1", 1.0)
    with pytest.raises(TooOften):
        limit.take("p1", 1.0)
