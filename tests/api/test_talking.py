"""Talking over HTTP: the same turn as in the terminal, kept once, streamed, judged, answered."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from starlette.requests import Request

from askdoc.api.calls import Arrival, Change, Shown
from askdoc.api.turns import enter, take
from askdoc.assistant.talk.transcript import UnknownConversation
from askdoc.identity.tokens import Holder
from askdoc.storage import requests

from .conftest import BILL, Web


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_a_turn_rests_on_what_its_owner_told_of_themselves(web: Web) -> None:
    told = web.say(web.talk(), BILL)
    assert told.status_code == 201
    answer = told.json()["answer"]
    assert answer["figures"]["person_pays"] == "224.00"
    origins = {one["fact"]: one["origin"] for one in answer["understood"]}
    assert origins["region"] == "profile"
    assert origins["tier"] == "said"


_PLAIN, _USUAL = "application/json", "application/json; charset=utf-8"
_TOLD = json.dumps({"text": "你好"}).encode()
_BUTTONS = {str(number): "" for number in range(21)}
_ODD: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "as it should be": (201, _TOLD, {}),
    "half of a surrogate pair": (422, rb'{"text": "hello \ud800"}', {}),
    "a NUL": (201, rb'{"text": "hello \u0000"}', {}),
    "said twice": (201, b'{"text": "a", "text": "hello"}', {}),
    "another encoding": (201, _TOLD.decode().encode("utf-16"), {}),
    "a button": (201, b'{"text": "x", "pressed": {"choice": "1"}}', {}),
    "too many buttons": (422, json.dumps({"text": "x", "pressed": _BUTTONS}).encode(), {}),
    "nothing": (422, b"", {}),
    "no object": (422, b"[1]", {}),
    "no text": (422, b"{}", {}),
    "blank": (422, b'{"text": "  "}', {}),
    "a number": (422, b'{"text": 7}', {}),
    "not a number": (422, b'{"text": "x", "pressed": NaN}', {}),
    "too long": (422, json.dumps({"text": "x" * 2001}).encode(), {}),
    "more than is named": (422, b'{"text": "x", "more": 1}', {}),
    "no JSON": (422, b'{"text": ', {}),
    "a key with a blank": (422, _TOLD, {"Idempotency-Key": "a b"}),
    "a key too long": (422, _TOLD, {"Idempotency-Key": "k" * 65}),
    "an empty key": (422, _TOLD, {"Idempotency-Key": ""}),
    "a bad token": (401, _TOLD, {"Authorization": "Bearer x"}),
    "no bearer": (401, _TOLD, {"Authorization": "Basic eDp4"}),
    "a bad API key": (401, _TOLD, {"X-API-Key": "ask_x"}),
    "English": (422, b"{}", {"Accept-Language": "en"}),
}


@pytest.mark.parametrize("name", _ODD)
def test_a_message_is_read_in_one_go_as_the_description_reads_it(web: Web, name: str) -> None:
    status, content, headers = _ODD[name]
    told, token = [], {"Authorization": f"Bearer {web.token(web.people['resident'])}"}
    for media in (_PLAIN, _USUAL):
        path = f"/v1/conversations/{web.talk()}/turns"
        sent = {"headers": token | headers | {"Content-Type": media}, "content": content}
        got = web.ask("POST", path, None, **sent)
        told.append((got.status_code, {**got.json(), "request_id": "", "at": ""}))
    assert told[0] == told[1]
    assert told[0][0] == status


def test_a_message_without_key_or_to_no_conversation_is_refused_either_way(web: Web) -> None:
    token = {"Authorization": f"Bearer {web.token(web.people['resident'])}"}
    for id in (web.talk(), "0" * 32, "A" * 32, "0" * 31, "0" * 32 + "%0A"):
        for key in ({}, {"Idempotency-Key": "either-way"}):
            told = []
            for media in (_PLAIN, _USUAL):
                headers = token | key | {"Content-Type": media}
                path = f"/v1/conversations/{id}/turns"
                got = web.client.post(path, headers=headers, content=b'{"text": ""}')
                told.append((got.status_code, {**got.json(), "request_id": ""}))
            assert told[0] == told[1]
            assert told[0][0] == 422


def test_a_turn_is_streamed_line_by_line_and_ends_as_it_is_kept(web: Web) -> None:
    id = web.talk()
    told = web.say(id, BILL, headers={"Accept": "text/event-stream"})
    assert told.headers["content-type"].startswith("text/event-stream")
    found = events(told.text)
    assert (found[0][0], found[-1][0]) == ("accepted", "turn")
    lines = [data["text"] for name, data in found if name == "line"]
    assert "\n".join(lines) == found[-1][1]["answer"]["text"]
    kept = web.ask("GET", f"/v1/conversations/{id}").json()["turns"]
    assert [one["number"] for one in kept] == [1]
    assert kept[0]["answer"] == found[-1][1]["answer"]


def test_a_message_that_is_sent_again_is_answered_as_before(web: Web) -> None:
    id = web.talk()
    key = {"Idempotency-Key": "once-1"}
    first, again = web.say(id, BILL, headers=key), web.say(id, BILL, headers=key)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    streamed = web.say(id, BILL, headers=key | {"Accept": "text/event-stream"})
    assert events(streamed.text)[-1][1] == first.json()
    other = web.say(id, "你好", headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "requests.other_body")
    assert len(web.ask("GET", f"/v1/conversations/{id}").json()["turns"]) == 1


def test_of_two_that_say_the_same_at_once_one_is_kept_and_both_get_its_answer(web: Web) -> None:
    id = web.talk()
    key = {"Idempotency-Key": "at-once"}
    both = Barrier(2)
    with ThreadPoolExecutor(2) as pool:

        def say(_: int) -> Any:
            both.wait()
            return web.say(id, BILL, headers=key)

        told = list(pool.map(say, range(2)))
    assert [one.status_code for one in told] == [201, 201]
    assert told[0].json() == told[1].json()
    assert len(web.ask("GET", f"/v1/conversations/{id}").json()["turns"]) == 1


def test_what_was_kept_first_meanwhile_is_what_a_turn_answers(web: Web) -> None:
    """The same as two at once, one after the other in the order that a race may have."""
    id, arrival = web.talk(), _arrival(web, "meanwhile")
    late = enter(arrival, id, BILL)
    first = take(enter(arrival, id, BILL), None)
    again = take(late, None)
    assert (first.again, again.again) == (False, True)
    assert again.reply == first.reply
    other = replace(late, said="你好", change=_other_body(late.change))
    with pytest.raises(requests.OtherBody):
        take(other, None)
    assert len(web.ask("GET", f"/v1/conversations/{id}").json()["turns"]) == 1


def test_a_turn_that_fails_is_in_the_audit_and_leaves_its_key_free(web: Web) -> None:
    id, arrival = web.talk(), _arrival(web, "fails")
    here = enter(arrival, id, BILL)
    web.front.house.transcript.forget(id)
    with pytest.raises(UnknownConversation):
        take(here, None)
    with web.front.house.database.reading() as kept:
        noted = [one.action for _, one in requests.list_audit(kept, None, 5, id)]
    assert noted == ["conversation.talk", "conversation.open"]
    assert web.say(web.talk(), "你好", headers={"Idempotency-Key": "fails"}).status_code == 201


def test_replies_of_yesterday_are_forgotten_with_the_first_change_of_the_day(web: Web) -> None:
    id = web.talk()
    key = {"Idempotency-Key": "yesterday"}
    web.say(id, "你好", headers=key)
    web.clock.pass_by(days=2)
    web.talk()
    again = web.say(id, "谢谢", headers=key)
    assert (again.status_code, again.headers.get("Idempotency-Replayed")) == (201, None)
    with web.front.house.database.writing() as kept:
        assert requests.drop_old(kept, web.clock.now) == 0


def test_a_report_waits_for_staff_whose_reply_comes_into_the_chat(web: Web) -> None:
    id = web.talk()
    web.say(id, BILL)
    judged = web.ask(
        "POST",
        f"/v1/conversations/{id}/turns/1/verdict",
        json={"verdict": "wrong", "words": "少了"},
    )
    assert judged.status_code == 201, judged.text
    task = judged.json()["task"]
    assert judged.json()["due"] == "2026-11-25T13:30:00+08:00"
    opened = web.ask("GET", f"/v1/tasks/{task}", "clinic_staff").json()
    assert opened["turns"][0]["said"] == BILL
    assert (opened["turn"], opened["verdict"], opened["resident"]) == (1, "wrong", "示例resident")
    drawn = web.ask("GET", f"/desk/{task}", "clinic_staff").text
    assert BILL in drawn
    # What the resident may press is nothing to press for staff.
    assert "data-say" not in drawn
    assert "data-verdict" not in drawn
    early = web.ask("POST", f"/v1/tasks/{task}/replies", "clinic_staff", json={"text": "您好"})
    assert early.json()["code"] == "desk.not_yours"
    assert web.ask("POST", f"/v1/tasks/{task}/take", "clinic_staff").status_code == 201
    second = web.add("clinic_staff")
    taken = web.ask("POST", f"/v1/tasks/{task}/take", second)
    assert (taken.status_code, taken.json()["code"]) == (409, "desk.already_taken")
    web.ask("POST", f"/v1/tasks/{task}/replies", "clinic_staff", json={"text": "我看一下"})
    closing = {
        "outcome": "approved_answer",
        "text": "核对过，账户余额另算。",
        "scope": {"region": "cn/shanghai"},
        "expires_on": "2027-01-01",
    }
    late = closing | {"expires_on": "2026-11-25"}
    assert web.ask("POST", f"/v1/tasks/{task}/close", "clinic_staff", json=late).status_code == 400
    closed = web.ask("POST", f"/v1/tasks/{task}/close", "clinic_staff", json=closing)
    assert closed.status_code == 201, closed.text
    seen = web.ask("GET", f"/v1/conversations/{id}").json()
    assert [one["text"] for one in seen["messages"]] == ["我看一下", "核对过，账户余额另算。"]
    assert seen["tasks"][0]["state"] == "closed"
    again = web.say(web.talk(), BILL).json()
    assert again["approved"][0]["text"] == "核对过，账户余额另算。"
    elsewhere = web.add("resident", region="cn/shandong/qingdao", scheme="employee")
    assert web.say(web.talk(elsewhere), BILL, elsewhere).json()["approved"] == []
    cases = web.ask("GET", "/v1/corrections", "clinic_staff").json()["items"]
    assert cases[0]["asked"] == BILL


def test_outside_of_hours_nothing_is_promised_before_the_desk_opens(web: Web) -> None:
    web.clock.pass_by(hours=12)
    id = web.talk()
    web.say(id, BILL)
    path = f"/v1/conversations/{id}/turns/1/verdict"
    told = web.ask("POST", path, json={"verdict": "person"}).json()
    assert told["due"] == "2026-11-26T12:00:00+08:00"
    assert "现在不是工作时间" in told["told"]


def test_a_hand_over_waits_at_the_desk_too(web: Web) -> None:
    id = web.talk()
    web.say(id, BILL)
    asked = web.say(id, "找人").json()["answer"]
    assert asked["kind"] == "ask"
    press = {"text": asked["choices"][0]["label"], "pressed": asked["choices"][0]["sets"]}
    assert web.ask("GET", f"/v1/conversations/{id}").json()["tasks"] == []
    path = f"/v1/conversations/{id}/turns"
    told = web.ask("POST", path, json=press).json()
    assert told["answer"]["kind"] == "handed_over"
    web.ask("POST", path, json=press)
    tasks = web.ask("GET", f"/v1/conversations/{id}").json()["tasks"]
    assert [one["state"] for one in tasks] == ["open"]
    assert web.ask("GET", f"/v1/tasks/{tasks[0]['id']}", "clinic_staff").status_code == 200


def test_a_daughter_speaks_for_her_mother_once_she_is_let_in(web: Web) -> None:
    id, daughter = web.talk(), web.people["family_member"]
    assert web.say(id, BILL, daughter).status_code == 404
    assert web.ask("PUT", f"/v1/me/family/{daughter}").status_code == 200
    told = {"relation": "parent"}
    assert web.ask("PUT", f"/v1/me/family/{daughter}", json=told).status_code == 200
    answer = web.say(id, BILL, daughter).json()["answer"]
    assert answer["figures"]["person_pays"] == "224.00"
    listed = web.ask("GET", "/v1/conversations", daughter).json()["items"]
    assert [(one["id"], one["mine"]) for one in listed] == [(id, False)]
    assert web.ask("DELETE", f"/v1/conversations/{id}", daughter).status_code == 404
    assert web.ask("DELETE", f"/v1/me/family/{daughter}").status_code == 200
    assert web.ask("GET", f"/v1/conversations/{id}", daughter).status_code == 404


def test_a_forgotten_conversation_is_gone_with_its_replies(web: Web) -> None:
    id = web.talk()
    key = {"Idempotency-Key": "forget-me"}
    web.say(id, BILL, headers=key)
    assert web.ask("DELETE", f"/v1/conversations/{id}").json() == {"id": id}
    assert web.ask("GET", f"/v1/conversations/{id}").status_code == 404
    assert web.say(id, BILL, headers=key).status_code == 404


def test_pages_of_a_list_meet_without_gap_or_repeat(web: Web) -> None:
    person = web.add("resident")
    made = [web.talk(person) for _ in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        told = web.ask("GET", f"/v1/conversations?count=2{cursor}", person).json()
        seen += [one["id"] for one in told["items"]]
        if told["next"] is None:
            break
        cursor = f"&cursor={told['next']}"
    assert seen == made[::-1]
    wrong = web.ask("GET", "/v1/conversations?cursor=zzz", person)
    assert (wrong.status_code, wrong.json()["code"]) == (400, "api.bad_cursor")


def test_unanswered_questions_are_listed_by_count_without_names(web: Web) -> None:
    person = web.add("resident")
    id = web.talk(person)
    for _ in range(2):
        web.say(id, "我叫王秀英，请问嘎嘎咕咕是哪里", person)
    found = web.ask("GET", "/v1/questions/unanswered", "clinic_staff").json()["items"]
    mine = [one for one in found if "嘎嘎咕咕" in one["question"]]
    assert [one["count"] for one in mine] == [2]
    assert "王秀英" not in mine[0]["question"]


def _arrival(web: Web, key: str) -> Arrival:
    request = Request(
        {
            "type": "http",
            "method": "POST",
            "path": "/",
            "query_string": b"",
            "headers": [],
            "app": web.client.app.app,  # type: ignore[attr-defined]
            "state": {"request_id": "test-arrival"},
        }
    )
    return Arrival(request, Shown(Holder(web.people["resident"])), key, "digest")


def _other_body(change: Change) -> Change:
    return replace(change, asked=replace(change.asked, digest="another"))
