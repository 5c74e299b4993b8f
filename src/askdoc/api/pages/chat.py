"""`/chat`: the resident's talk, its turns as they are drawn, and where a source opens."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from askdoc.api.calls import Call, LookingUp, Talking
from askdoc.api.pages.charts import who_pays
from askdoc.api.pages.chips import chips
from askdoc.api.pages.rendering import render
from askdoc.api.routes.conversations import conversation_told, list_conversations
from askdoc.api.routes.search import document_told
from askdoc.api.shapes import ObjectId, Turn
from askdoc.identity.roles import NotThere
from askdoc.storage import persons

router = APIRouter(include_in_schema=False)


@router.get("/chat")
def new_chat(request: Request, call: Talking) -> Response:
    """A talk that begins with its first message."""
    return _chat(request, call, None)


@router.get("/chat/{id}")
def open_chat(request: Request, id: ObjectId, call: Talking) -> Response:
    """A talk as it stands."""
    return _chat(request, call, conversation_told(call, id))


@router.get("/chat/{id}/turns/{number}")
def draw_turn(request: Request, id: ObjectId, number: Turn, call: Talking) -> Response:
    """One turn as a part of the page."""
    told = conversation_told(call, id)
    found = next((one for one in told["turns"] if one["number"] == number), None)
    if found is None:
        raise NotThere
    shown = drawn(call, found)
    return render(request, "turn.html", call, turn=shown, id=id, newest=True)


def _chat(request: Request, call: Call, told: dict[str, Any] | None) -> Response:
    with call.front.house.database.reading() as kept:
        person = persons.person_of(kept, call.person, call.wrapping)
    talks = list_conversations(call, 8)["items"]
    turns = [drawn(call, one) for one in told["turns"]] if told else []
    return render(
        request,
        "chat.html",
        call,
        id=told["id"] if told else "",
        turns=turns,
        messages=told["messages"] if told else [],
        waiting=[one for one in told["tasks"] if one["state"] != "closed"] if told else [],
        talks=[one for one in talks if one["turns"]],
        name=str(person.words.get("name", "")),
        open_now=call.front.hours.is_open(call.now),
        hours=call.front.hours,
    )


def drawn(call: Call, turn: dict[str, Any]) -> dict[str, Any]:
    """A turn with its chips and the bar of who pays what."""
    answer = turn["answer"]
    book = call.front.house.book
    return turn | {
        "chips": chips(answer["understood"], book, call.lang),
        "parts": who_pays(answer["figures"]) if answer["kind"] == "answer" else [],
        "lines": answer["text"].split("\n"),
    }


@router.get("/sources/{id}")
def show_source(request: Request, id: str, call: LookingUp) -> Response:
    """A source of the register, and every passage that rests on it."""
    house, lang = call.front.house, call.lang
    source = house.book.sources.get(id[:200])
    index = house.searchable.kept.index
    passages = [index.passage(number) for number in range(index.size)]
    resting = [one for one in passages if id in one.sources]
    if source is None:
        raise NotThere
    told = {
        "title": source.named(lang),
        "issuer": source.issuer[lang],
        "checkable": source.checkable[lang],
        "issued": source.issued,
    }
    article = request.query_params.get("article", "")[:200]
    return render(
        request,
        "source.html",
        call,
        source=told,
        passages=resting,
        article=article,
        book=house.book,
    )


@router.get("/documents/{id}")
def show_document(request: Request, id: str, call: LookingUp) -> Response:
    """A document, section by section; the address names the section that is meant."""
    return render(request, "document.html", call, document=document_told(call, id[:200]))
