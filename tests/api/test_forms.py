"""A form that could not be kept comes back with what was typed into it."""

from bs4 import BeautifulSoup, Tag

from .conftest import Web
from .schedules import hospital, with_record


def test_what_was_typed_of_oneself_stays_when_one_field_is_wrong(web: Web) -> None:
    person = web.add("resident", "原名")
    typed = {"key": "f1", "name": "新名", "phone": "13800000000", "age": "七十", "sex": "female"}
    told = web.ask("POST", "/me", person, data=typed, headers={"Accept": "text/html"})
    assert 'role="alert"' in told.text
    page = BeautifulSoup(told.text, "html.parser")
    (form,) = page.select("form[action='/me'].stack")
    assert marked(form) == ["age"]
    for shown in ("新名", "13800000000", "七十"):
        assert f'value="{shown}"' in told.text
    assert '<option value="female" selected>' in told.text
    assert web.ask("GET", "/v1/me", person).json()["name"] == "原名"


def test_a_person_that_could_not_be_added_stays_typed_with_the_wrong_field_marked(
    web: Web,
) -> None:
    typed = {"key": "f2", "role": "doctor", "name": "王医生", "clinic": "诊" * 65, "staff": "s7"}
    page = drawn(web, "/people", "administrator", typed)
    form = page.select_one("form[action='/people']")
    assert form is not None
    assert value(form, "name") == "王医生"
    assert value(form, "clinic") == "诊" * 65
    assert value(form, "staff") == "s7"
    assert chosen(form, "role") == "doctor"
    assert marked(form) == ["clinic"]
    assert form.find_parent("details", open=True)


def test_a_role_that_could_not_be_given_stays_chosen(web: Web) -> None:
    person = web.add("doctor")
    typed = {"key": "f3", "role": "clinic_staff", "clinic": "诊" * 65}
    page = drawn(web, f"/people/{person}/role", "administrator", typed)
    form = page.select_one("form[action$='/role']")
    assert form is not None
    assert chosen(form, "role") == "clinic_staff"
    assert marked(form) == ["clinic"]
    assert form.find_parent("details", open=True)
    # The other form of the page is as it was.
    other = page.select_one("form[action='/people']")
    assert other is not None
    assert value(other, "clinic") == ""
    assert marked(other) == []


def test_a_session_that_ends_too_early_stays_typed_with_its_end_marked(web: Web) -> None:
    place = hospital(web)
    typed = {
        "key": "f4", "day": "2026-12-09", "hospital": place, "department": "眼科",
        "doctor": "赵医生", "begins": "10:00", "ends": "10:10", "persons": "3",
    }  # fmt: skip
    page = drawn(web, "/slot-desk/sessions", "clinic_staff", typed)
    form = page.select_one("form[action='/slot-desk/sessions']")
    assert form is not None
    for name in ("department", "doctor", "day", "begins", "ends", "persons"):
        assert value(form, name) == typed[name]
    assert chosen(form, "hospital") == place
    assert marked(form) == ["ends"]
    assert form.find_parent("details", open=True)


def test_a_session_without_a_day_stays_typed_with_its_day_marked(web: Web) -> None:
    typed = {"key": "f5", "day": "", "hospital": hospital(web), "department": "眼科"}
    typed |= {"doctor": "赵医生", "begins": "9:00", "ends": "10:00"}
    page = drawn(web, "/slot-desk/sessions", "clinic_staff", typed)
    form = page.select_one("form[action='/slot-desk/sessions']")
    assert form is not None
    assert value(form, "department") == "眼科"
    assert marked(form) == ["day"]


def test_an_answer_of_the_platform_stays_typed_in_its_own_card(web: Web) -> None:
    first, second = (asked(web) for _ in range(2))
    typed = {
        "key": "f6", "outcome": "arranged", "hospital": "示例医院", "department": "眼科",
        "doctor": " ", "day": "2026-12-09", "begins": "9:00", "ends": "8:00", "number": "A7",
    }  # fmt: skip
    page = drawn(web, f"/slot-desk/requests/{first}", "clinic_staff", typed)
    form, other = (
        page.select_one(f"#b-{id} form:has(input[value=arranged])") for id in (first, second)
    )
    assert form is not None
    assert other is not None
    assert value(form, "hospital") == "示例医院"
    assert value(form, "number") == "A7"
    assert marked(form) == ["doctor"]
    assert value(other, "hospital") == ""
    assert marked(other) == []
    typed["doctor"] = "王"
    again = drawn(web, f"/slot-desk/requests/{first}", "clinic_staff", typed | {"key": "f7"})
    form = again.select_one(f"#b-{first} form:has(input[value=arranged])")
    assert form is not None
    assert marked(form) == ["ends"]


def test_a_refusal_without_a_note_keeps_what_was_chosen(web: Web) -> None:
    id = asked(web)
    page = drawn(
        web, f"/slot-desk/requests/{id}", "clinic_staff", {"key": "f8", "outcome": "unclear"}
    )
    form = page.select_one(f"#b-{id} form:has(select[name=outcome])")
    assert form is not None
    assert chosen(form, "outcome") == "unclear"
    assert marked(form) == ["note"]


def test_what_was_typed_for_a_request_that_was_answered_meanwhile_is_still_there(web: Web) -> None:
    id, waiting = asked(web), asked(web)
    path = f"/slot-desk/requests/{id}"
    typed = {
        "key": "f9", "outcome": "arranged", "hospital": "示例医院", "department": "眼科",
        "doctor": "王", "day": "2026-12-09", "begins": "9:00", "ends": "9:30", "number": "A7",
    }  # fmt: skip
    refused = {"key": "f10", "outcome": "refused", "note": "平台说没有号"}
    assert web.ask("POST", path, "clinic_staff", data=refused).status_code == 200
    page = drawn(web, path, "clinic_staff", typed)
    (left,) = page.select("#typed")
    for name in set(typed) - {"key", "outcome"}:
        assert typed[name] in [one.text for one in left.select("dd")]
    assert page.select_one(f"#b-{waiting}") is not None
    page = drawn(web, path, "clinic_staff", refused | {"key": "f11"})
    (left,) = page.select("#typed")
    assert [one.text for one in left.select("dd")] == ["没有约上", "平台说没有号"]


def test_nothing_is_shown_twice_of_a_form_that_came_back_itself(web: Web) -> None:
    id = asked(web)
    page = drawn(
        web, f"/slot-desk/requests/{id}", "clinic_staff", {"key": "f12", "outcome": "unclear"}
    )
    assert page.select("#typed") == []


def asked(web: Web) -> str:
    """A wish for a slot of the platform, by somebody of the tests' own clinic."""
    person = web.add("resident", "示例")
    with_record(web, person)
    hospital(web)
    told = web.ask("POST", "/v1/slot-requests", person, json={"words": "下周 眼科"})
    id: str = told.json()["id"]
    return id


def drawn(web: Web, path: str, who: str, typed: dict[str, str]) -> BeautifulSoup:
    told = web.ask("POST", path, who, data=typed, headers={"Accept": "text/html"})
    page = BeautifulSoup(told.text, "html.parser")
    (alert,) = page.select("[role=alert]")
    # Nobody at a page knows the names that programs give the fields.
    assert not any(name in alert.text for name in typed)
    return page


def value(form: Tag, name: str) -> str:
    field = form.select_one(f"input[name={name}]")
    assert field is not None
    return str(field.get("value", ""))


def chosen(form: Tag, name: str) -> str:
    (option,) = form.select(f"select[name={name}] option[selected]")
    return str(option["value"])


def marked(form: Tag) -> list[str]:
    """The fields that are marked as wrong, each with a sentence beside it."""
    fields = form.select("[aria-invalid=true]")
    for field in fields:
        beside = form.find(id=field["aria-describedby"])
        assert beside is not None
        assert beside.text
    return [str(field["name"]) for field in fields]
