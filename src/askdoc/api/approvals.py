"""What staff confirmed of an answer, told beside it: to this question alone, and where it holds.

It corrects one answer. Where another text comes out, for this person or by a newer rule, it is not
told; nor to another question that comes to the same text.
"""

from collections.abc import Mapping
from typing import Any

from askdoc.assistant.context import Context
from askdoc.assistant.reading.sameness import is_same
from askdoc.assistant.talk.transcript import JsonObject, NewTurn, json_value
from askdoc.storage.desk import Approved, Corrected


def approvals(found: list[Approved], turn: NewTurn, context: Context) -> list[dict[str, Any]]:
    """What of this turn's answer was confirmed for its question, of all that was for its text."""
    return [
        {
            "text": one.corrected.made.text,
            "region": one.corrected.made.scope.get("region", ""),
            "until": one.corrected.made.expires_on.isoformat(),
        }
        for one in found
        if one.corrected.made.expires_on is not None
        and _holds(one.corrected, context.profile)
        and _is_of(one, turn, context)
    ]


def _holds(one: Corrected, profile: Mapping[str, Any]) -> bool:
    place, scheme = one.made.scope.get("region", ""), one.made.scope.get("scheme")
    region = str(profile.get("region", ""))
    is_here = region == place or region.startswith(f"{place}/")
    return is_here and scheme in (None, profile.get("scheme"))


def _is_of(one: Approved, turn: NewTurn, context: Context) -> bool:
    """Whether it is of the question of this turn: by its very words, or by all that was read.

    What a document answered was chosen by the words, and many questions are asked back, declined
    or not answered in the same words: there only the very words count.
    """
    asked = one.corrected.asked
    if asked == turn.said:
        return True
    if turn.answer["kind"] != "answer":
        return False
    calls = _calls(json_value(turn.tools), json_value(turn.understood))
    if turn.passages or one.passages or not calls or calls != _calls(one.tools, one.understood):
        return False
    return is_same(context.read(asked), context.read(turn.said), context.surroundings())


def _calls(tools: list[JsonObject], understood: list[JsonObject]) -> list[tuple[Any, ...]]:
    """The calls with what was said for them; what is stored of the one who asks is not compared."""
    stored = {one["fact"] for one in understood if one["origin"] == "profile"}
    return [
        (one["name"], {name: it for name, it in one["arguments"].items() if name not in stored})
        for one in tools
    ]
