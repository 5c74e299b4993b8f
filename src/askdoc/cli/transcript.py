"""`askdoc transcript`: a conversation as it was kept, and why words of a model were struck."""

from collections.abc import Iterator

from askdoc.assistant.talk.transcript import JsonObject, NoConversation, TurnRecord
from askdoc.bootstrap import House
from askdoc.cli.tables import lines
from askdoc.cli.words import print_json
from askdoc.wording import Lang, phrase

_MODEL = "outside_model"
_ALL = 10_000
_SHOWN_LINES = 2


def show_transcript(
    house: House, conversation: str | None, struck: bool, lang: Lang, json: bool
) -> None:
    """The turns of a conversation, or of the one that was opened last; `struck`: only those in
    which something of a model was refused. Raises NoConversation and UnknownConversation.
    """
    found = conversation or house.transcript.latest()
    if found is None:
        raise NoConversation
    turns = house.transcript.window(found, _ALL)
    shown = [one for one in turns if not struck or _is_struck(one)]
    if json:
        print_json({"conversation": found, "turns": shown})
        return
    lines([phrase("transcript.show.head", lang, conversation=found, count=len(turns))])
    if struck and not shown:
        lines([phrase("transcript.show.none_struck", lang)])
    for one in shown:
        lines(_turn_lines(one, lang))


def _is_struck(turn: TurnRecord) -> bool:
    return any(
        one["arguments"].get("struck") if one["name"] == _MODEL else "refused" in one["outcome"]
        for one in turn.tools
    )


def _turn_lines(turn: TurnRecord, lang: Lang) -> Iterator[str]:
    at = turn.at.astimezone().strftime("%Y-%m-%d %H:%M")
    yield ""
    yield phrase("transcript.show.turn", lang, number=turn.number, at=at)
    yield phrase("transcript.show.said", lang, said=turn.said)
    answered = turn.answer["text"].splitlines()
    for one in answered[:_SHOWN_LINES]:
        yield phrase("transcript.show.answered", lang, answered=one)
    if len(answered) > _SHOWN_LINES:
        yield phrase("transcript.show.more", lang, count=len(answered) - _SHOWN_LINES)
    for one in turn.tools:
        if one["name"] == _MODEL:
            yield from _model_lines(one, lang)
        else:
            yield phrase("transcript.show.tool", lang, name=one["name"], outcome=one["outcome"])


def _model_lines(call: JsonObject, lang: Lang) -> Iterator[str]:
    struck = call["arguments"]["struck"]
    outcome, _, why = call["outcome"].partition(": ")
    if outcome == "shown":
        yield phrase(f"transcript.model.{'rewritten' if struck else 'shown'}", lang)
    elif outcome == "in part":
        yield phrase("transcript.model.in_part", lang)
    elif why in ("struck", "time", "length", "silence"):
        yield phrase(f"transcript.model.{why}", lang)
    else:
        yield phrase("transcript.model.failed", lang, why=why)
    for one in struck:
        reason = phrase(f"transcript.struck.{one['why']}", lang)
        yield phrase("transcript.model.line", lang, words=one["words"], why=reason)
