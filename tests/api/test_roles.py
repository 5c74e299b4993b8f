"""An administrator gives a person another role: what the old one opened is shut, at once."""

from typing import Any

import pytest

from askdoc.identity.roles import MAY, ROLES

from .conftest import BILL, Web
from .schedules import with_record


def becomes(web: Web, person: str, role: str, **told: Any) -> Any:
    return web.ask("PUT", f"/v1/people/{person}/role", "administrator", json={"role": role} | told)


@pytest.mark.parametrize("role", [one for one in ROLES if one != "administrator"])
def test_only_an_administrator_gives_roles(web: Web, role: str) -> None:
    person = web.add("resident")
    path = f"/v1/people/{person}/role"
    told = web.ask("PUT", path, role, json={"role": "administrator"})
    assert (told.status_code, told.json()["code"]) == (403, "identity.not_allowed")
    assert web.ask("GET", "/v1/me", person).json()["role"] == "resident"


def test_tokens_and_keys_of_the_old_role_stop_and_new_ones_open_the_new(web: Web) -> None:
    person = web.add("clinic_staff", "陈芳")
    old_key = web.ask("POST", f"/v1/people/{person}/keys", "administrator").json()["key"]
    old = {"Authorization": f"Bearer {web.token(person)}"}
    assert web.client.get("/v1/tasks", headers=old).status_code == 200
    told = becomes(web, person, "doctor")
    assert (told.status_code, told.json()) == (200, {"id": person})
    for shown in (old, {"X-API-Key": old_key}):
        assert web.client.get("/v1/me", headers=shown).status_code == 401
    assert web.client.post("/v1/tokens", json={"key": old_key}).status_code == 401
    new_key = web.ask("POST", f"/v1/people/{person}/keys", "administrator").json()["key"]
    token = web.client.post("/v1/tokens", json={"key": new_key}).json()["token"]
    me = web.client.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).json()
    assert (me["role"], me["name"]) == ("doctor", "陈芳")
    # Back again: what was given out before the first change stays shut.
    assert becomes(web, person, "clinic_staff").status_code == 200
    for shown in (old, {"Authorization": f"Bearer {token}"}):
        assert web.client.get("/v1/me", headers=shown).status_code == 401


def test_a_change_of_role_is_written_down_and_never_the_words_of_the_person(web: Web) -> None:
    person = web.add("resident", "秘密姓名")
    becomes(web, person, "family_member")
    told = web.ask("GET", f"/v1/audit?object={person}", "administrator")
    found = [(one["action"], one["person"]) for one in told.json()["items"]]
    assert found == [("person.role.family_member", web.people["administrator"])]
    assert "秘密姓名" not in told.text


def test_nobody_changes_their_own_role_or_that_of_nobody(web: Web) -> None:
    mine = becomes(web, web.people["administrator"], "doctor")
    assert mine.status_code == 403
    assert becomes(web, "0" * 32, "doctor").status_code == 404
    assert becomes(web, web.add("resident"), "king").status_code == 422
    assert web.ask("GET", "/v1/people", "administrator").status_code == 200


def test_who_is_no_longer_family_speaks_and_acts_for_nobody(web: Web) -> None:
    mother, son = web.add("resident"), web.add("family_member")
    with_record(web, mother)
    web.ask("PUT", f"/v1/me/family/{son}", mother)
    talk = web.talk(mother)
    web.say(talk, BILL, mother)
    assert web.ask("GET", f"/v1/conversations/{talk}", son).status_code == 200
    for role in ("resident", "family_member"):
        becomes(web, son, role)
        assert web.ask("GET", f"/v1/conversations/{talk}", son).status_code == 404
        assert web.ask("GET", "/v1/patients", son).json()["items"] == []
    assert web.ask("GET", "/v1/me", mother).json()["family"] == []


def test_who_leaves_a_clinic_sees_it_no_more_and_their_tasks_are_open_again(web: Web) -> None:
    staff = web.add("clinic_staff")
    assert becomes(web, staff, "clinic_staff", clinic="c-role").status_code == 200
    assert web.ask("GET", "/v1/clinic", staff).json()["clinic"] == "c-role"
    talk = web.talk()
    web.say(talk, BILL)
    path = f"/v1/conversations/{talk}/turns/1/verdict"
    task = web.ask("POST", path, json={"verdict": "wrong"}).json()["task"]
    assert web.ask("POST", f"/v1/tasks/{task}/take", staff).status_code == 201
    assert becomes(web, staff, "resident").status_code == 200
    assert web.ask("GET", "/v1/clinic", staff).status_code == 403
    found = web.ask("GET", f"/v1/tasks/{task}", "clinic_staff").json()
    assert (found["state"], found["mine"]) == ("open", False)
    assert web.ask("POST", f"/v1/tasks/{task}/take", "clinic_staff").status_code == 201
    # As staff again they belong to no clinic until somebody says so.
    becomes(web, staff, "doctor")
    assert web.ask("GET", "/v1/clinic", staff).status_code == 404
    becomes(web, staff, "doctor", clinic="c-role")
    assert web.ask("GET", "/v1/clinic", staff).json()["clinic"] == "c-role"


def test_the_tasks_of_a_colleague_who_was_erased_are_open_again(web: Web) -> None:
    staff, talk = web.add("clinic_staff"), web.talk()
    web.say(talk, BILL)
    path = f"/v1/conversations/{talk}/turns/1/verdict"
    task = web.ask("POST", path, json={"verdict": "wrong"}).json()["task"]
    web.ask("POST", f"/v1/tasks/{task}/take", staff)
    web.ask("DELETE", f"/v1/people/{staff}", "administrator")
    assert web.ask("GET", f"/v1/tasks/{task}", "clinic_staff").json()["state"] == "open"


def test_each_role_may_do_after_the_change_what_it_may_and_no_more(web: Web) -> None:
    person = web.add("resident")
    for role in ROLES:
        assert becomes(web, person, role).status_code == 200
        wanted = 200 if role in MAY["keep_people"] else 403
        assert web.ask("GET", "/v1/people", person).status_code == wanted
        wanted = 201 if role in MAY["talk"] else 403
        assert web.ask("POST", "/v1/conversations", person).status_code == wanted
