"""A turn of a kept conversation over HTTP: the same `Session` as in the terminal.

The surroundings are those of the conversation's owner, whoever speaks: a daughter who asks in her
mother's conversation asks about her mother.
"""

from typing import Any

from askdoc.api.calls import Call
from askdoc.assistant.context import Context
from askdoc.assistant.talk.transcript import TurnRecord
from askdoc.assistant.triage.alarms import Speaker
from askdoc.desk.tasks import Verdict
from askdoc.identity.roles import Belonging, NotThere, Role, may_forget, may_read, may_talk_in
from askdoc.profile import read_facts
from askdoc.storage import persons
from askdoc.storage.database import Kept
from askdoc.storage.persons import Person
from askdoc.wording import AskdocError

_WAYS = {"read": may_read, "talk": may_talk_in, "forget": may_forget}


def entered(kept: Kept, call: Call, conversation: str, way: str) -> Belonging:
    """Whose the conversation is, once the caller may enter it this way; noted in the audit.

    Raises NotThere, also where there is one that is not the caller's.
    """
    whose = persons.belonging(kept, conversation, call.caller)
    if not _WAYS[way](call.caller, whose):
        raise NotThere
    call.note(kept, f"conversation.{way}", conversation)
    return whose


def surroundings(call: Call, owner: Person) -> Context:
    """What a turn in the owner's conversation reads against."""
    house = call.front.house
    facts = {name: str(one).lower() for name, one in owner.words.get("facts", {}).items()}
    try:
        profile = read_facts(facts, house.book)
    except AskdocError:
        # A place that is no longer in the book says nothing any more.
        profile = {}
    return house.context_of(call.today, profile, {}, None, speaker_of(owner.role))


def speaker_of(role: Role) -> Speaker:
    """How a person of this role is spoken to."""
    return "doctor" if role == "doctor" else "resident"


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
