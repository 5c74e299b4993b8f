"""A turn of a kept conversation over HTTP: the same `Session` as in the terminal.

The surroundings are those of the conversation's owner, whoever speaks: a daughter who asks in her
mother's conversation asks about her mother.
"""

from typing import Any

from askdoc.api.calls import Call
from askdoc.assistant.as_plain import answer_record
from askdoc.assistant.context import Context
from askdoc.assistant.talk.deciding import Pressed
from askdoc.assistant.talk.session import Session
from askdoc.assistant.talk.transcript import TurnRecord
from askdoc.assistant.triage.alarms import Speaker
from askdoc.desk.tasks import Verdict
from askdoc.identity.roles import Belonging, NotThere, Role, may_forget, may_read, may_talk_in
from askdoc.profile import read_facts
from askdoc.storage import desk, persons
from askdoc.storage.database import Kept
from askdoc.wording import AskdocError

_WAYS = {"read": may_read, "talk": may_talk_in, "forget": may_forget}


def entered(kept: Kept, call: Call, conversation: str, way: str) -> Belonging:
    """Whose the conversation is, once the caller may enter it this way; noted in the audit.

    Raises NotThere, also where there is one that is not the caller's.
    """
    whose = persons.belonging(kept, conversation)
    if not _WAYS[way](call.caller, whose):
        raise NotThere
    call.note(kept, f"conversation.{way}", conversation)
    return whose


def surroundings(kept: Kept, call: Call, owner: str) -> Context:
    """What a turn in the owner's conversation reads against."""
    house = call.front.house
    person = persons.person_of(kept, owner, call.wrapping)
    facts = {name: str(one).lower() for name, one in person.words.get("facts", {}).items()}
    try:
        profile = read_facts(facts, house.book)
    except AskdocError:
        # A place that is no longer in the book says nothing any more.
        profile = {}
    return house.context_of(call.today, profile, {}, None, speaker_of(person.role))


def speaker_of(role: Role) -> Speaker:
    """How a person of this role is spoken to."""
    return "doctor" if role == "doctor" else "resident"


def take(
    call: Call, conversation: str, message: tuple[str, Pressed | None], context: Context
) -> dict[str, Any]:
    """Take the turn and keep it; `message` is what was said and the button pressed, if any."""
    said, pressed = message
    session = Session(call.front.house.transcript, conversation)
    number, answer = session.take_turn(said, context, call.now, pressed)
    call.front.metrics.answers.labels(answer.kind).inc()
    return {
        "number": number,
        "at": call.now.isoformat(),
        "said": said,
        "answer": answer_record(answer, context.today),
        "verdict": None,
        "approved": _approved_now(call, said, context),
    }


def _approved_now(call: Call, said: str, context: Context) -> list[dict[str, Any]]:
    with call.front.house.database.reading() as kept:
        return approved(kept, call, said, str(context.profile.get("region", "")))


def approved(kept: Kept, call: Call, said: str, region: str) -> list[dict[str, Any]]:
    """What staff confirmed for these words where the person is insured, today."""
    found: list[dict[str, Any]] = []
    for one in desk.approved(kept, said, call.today):
        place, until = one.made.scope.get("region", ""), one.made.expires_on
        if until is not None and (region == place or region.startswith(f"{place}/")):
            found.append({"text": one.made.text, "region": place, "until": until.isoformat()})
    return found


def turn_record(turn: TurnRecord, verdicts: dict[int, Verdict]) -> dict[str, Any]:
    """A turn that was kept, as it is told."""
    return {
        "number": turn.number,
        "at": turn.at.isoformat(),
        "said": turn.said,
        "answer": dict(turn.answer),
        "verdict": verdicts.get(turn.number),
        "approved": [],
    }
