"""Talking over HTTP: the same turn as in the terminal, kept once, streamed, judged, answered."""

import json
from typing import Any

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
