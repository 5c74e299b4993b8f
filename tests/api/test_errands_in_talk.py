"""Slots and refills in a talk over HTTP: for whom is known from the account's record."""

from typing import Any

from askdoc.storage.booking_lookup import mine

from .conftest import NOW, Web
from .schedules import hospital, with_record


def says(web: Web, conversation: str, text: str, pressed: dict[str, str] | None = None) -> Any:
    body = {"text": text} | ({"pressed": pressed} if pressed else {})
    told = web.ask("POST", f"/v1/conversations/{conversation}/turns", json=body)
    assert told.status_code == 201, told.text
    return told.json()["answer"]


def test_a_resident_books_by_pressing_and_sees_the_fee(web: Web) -> None:
    resident = with_record(web, web.people["resident"])
    place = hospital(web)
    talk = web.talk()
    offered = says(web, talk, f"帮我约示例{place}院心内科")
    assert "起付线" in offered["text"]
    first = offered["choices"][0]
    assert first["label"].startswith("12月2日（周三）上午9:00-9:30")
    held = says(web, talk, first["label"], first["sets"])
    assert "还没有约上" in held["text"]
    yes = held["choices"][0]
    booked = says(web, talk, yes["label"], yes["sets"])
    assert "已给您预约：12月2日（周三）上午9:00-9:30" in booked["text"]
    again = says(web, talk, yes["label"], yes["sets"])
    assert again["text"] == booked["text"]
    kept = mine(web.front.house.booking_office, resident, NOW)
    assert [one.state for one in kept] == ["booked"]


def test_an_account_without_a_record_hears_what_to_do(web: Web) -> None:
    hospital(web)
    answer = says(web, web.talk(), "帮我约心内科")
    assert (answer["kind"], answer["choices"]) == ("decline", [])
    assert "登记" in answer["text"]
