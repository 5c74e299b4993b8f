"""Questions that a document answers: the passage in force, with its article and its doubt.

Nothing is added to what the passage says. What is too far from every passage is said not to be
known, and what begins later is told with the day from which it holds.
"""

from dataclasses import replace

from askdoc.assistant.answer import Answer, Choice, Cited
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.known import Known
from askdoc.assistant.answers.look_up import LookedUp, Sought, look_up_for, sought
from askdoc.assistant.answers.questions import ask_back
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.other_offices import asks_another_office
from askdoc.library.document import Kind, Passage
from askdoc.library.search import Match
from askdoc.wording import Lang, phrase

# Passages told in full, and how far below the best one the second may lie.
_SECOND = 0.92
_OFFERED = 3
# How much closer a city's passage must be before the city is asked for.
_CLOSER = 0.01
_FOUND = 5
_ANOTHER_OFFICE = ("other_office", "other_whom")


def answer_policy(
    reading: Reading, known: Known, context: Context, lang: Lang, kinds: tuple[Kind, ...]
) -> Answer:
    """The passages that answer a question, or that nothing recorded does."""
    if context.library is None:
        return nothing_recorded(lang, reading.services)
    if asks_another_office(reading, context.lexicon):
        return _of_another_office(lang)
    given = {name: known[name].value for name in ("region", "scheme", "day") if name in known}
    asking = replace(context, given=given, profile={}, lang=lang)
    wanted = sought(reading.text, asking, context.library())
    found = look_up_for(wanted, asking, kinds, _FOUND)
    if _differs_by_region(wanted, known, asking, found, kinds):
        return ask_back("region", context, lang, None)
    chosen = known["passage"].value if "passage" in known else None
    matches = [one for one in found.found.matches if one.passage.id == chosen]
    if not matches and found.found.sufficient:
        matches = _told(found.found.matches)
    if not matches:
        return _coming_only(found, reading, lang)
    told = [match.passage for match in matches]
    lines = _based_on(found, lang)
    brief = []
    for passage in told:
        brief += [phrase("assistant.policy.head", lang, heading=passage.path[-1]), passage.text]
    lines += brief + _notes(found, told, lang)
    rest = [one for one in found.found.matches if one.passage not in told][:_OFFERED]
    return Answer(
        kind="answer",
        lines=tuple(lines),
        brief=tuple(brief),
        understood=found.understood,
        sources=tuple(cited for one in told for cited in _cited(one, found, context, lang)),
        missing=found.missing,
        choices=tuple(Choice(one.passage.path[-1], {"passage": one.passage.id}) for one in rest),
        confidence=told[0].confidence,
        passages=tuple(told),
        lang=lang,
    )


def _differs_by_region(
    wanted: Sought, known: Known, context: Context, found: LookedUp, kinds: tuple[Kind, ...]
) -> bool:
    """Whether a city's own rule answers better than what holds everywhere, and no city is known."""
    unasked = context.questions_asked < MOST_QUESTIONS
    if "region" in known or wanted.reading.unrecorded or not unasked:
        return False
    national = found.found.matches[0] if found.found.sufficient else None
    for region in context.book.regions.values():
        if region.level != "city":
            continue
        there = replace(context, given={**context.given, "region": region.path})
        local = look_up_for(wanted, there, kinds, 1).found
        best = local.matches[0] if local.sufficient else None
        if best is None or best.passage.region != region.path:
            continue
        if national is None or (best.closeness or 0) > (national.closeness or 0) + _CLOSER:
            return True
    return False


def nothing_recorded(lang: Lang, services: tuple[str, ...] = ()) -> Answer:
    """Nothing that is recorded answers this: said so, with whom to ask what."""
    lines = (phrase("assistant.policy.nothing", lang), phrase("assistant.policy.whom", lang))
    if services:
        names = phrase("assistant.comma", lang).join(dict.fromkeys(services))
        lines = (phrase("assistant.policy.service", lang, names=names), lines[1])
    return Answer("nothing_found", lines, outcome="indeterminate", lang=lang)


def _of_another_office(lang: Lang) -> Answer:
    """What others pay is not recorded here: said so, with whom to ask."""
    lines = tuple(phrase(f"assistant.policy.{one}", lang) for one in _ANOTHER_OFFICE)
    return Answer("nothing_found", lines, outcome="indeterminate", lang=lang)


def _told(matches: tuple[Match, ...]) -> list[Match]:
    best = matches[0].score
    return [matches[0], *(one for one in matches[1:2] if one.score >= best * _SECOND)]


def _based_on(found: LookedUp, lang: Lang) -> list[str]:
    if not found.understood:
        return []
    facts = phrase("assistant.dot", lang).join(one.shown for one in found.understood)
    return [phrase("assistant.based_on", lang, facts=facts)]


def _notes(found: LookedUp, told: list[Passage], lang: Lang) -> list[str]:
    lines = []
    if found.missing:
        names = phrase("assistant.comma", lang).join(
            phrase(f"assistant.name.{name}", lang) for name in found.missing
        )
        lines.append(phrase("assistant.policy.more_if", lang, names=names))
    lines += _coming(found, lang)
    if any(one.confidence == "unverified" for one in told):
        about = told[0].path[-1]
        lines.append(phrase("assistant.policy.to_confirm", lang, about=about))
    return lines


def _coming(found: LookedUp, lang: Lang) -> list[str]:
    return [
        phrase(
            "assistant.policy.coming",
            lang,
            day=one.passage.begins.isoformat(),
            heading=one.passage.path[-1],
            text=one.passage.text,
        )
        for one in found.found.coming[:1]
        if one.passage.begins is not None and found.found.sufficient
    ]


def _coming_only(found: LookedUp, reading: Reading, lang: Lang) -> Answer:
    nothing = nothing_recorded(lang, reading.services)
    if found.unrecorded is not None:
        line = phrase("assistant.unrecorded_home", lang, place=found.unrecorded)
        return replace(nothing, lines=(line, *nothing.lines[1:]))
    return replace(nothing, lines=(*nothing.lines, *_coming(found, lang)))


def _cited(passage: Passage, found: LookedUp, context: Context, lang: Lang) -> tuple[Cited, ...]:
    """The passage itself, then the registered documents that it rests on."""
    document = found.documents[passage.document]
    title = phrase(
        "assistant.policy.title", lang, title=document.title[lang], heading=passage.path[-1]
    )
    days = (passage.begins, passage.begins_unknown)
    own = Cited(document.id, title, passage.article, *days, passage.confidence)
    if document.own:
        return (own,)
    sources = [
        telling.source(id, context.book.sources[id].allows, context.book, lang)
        for id in passage.sources
    ]
    return (own, *sources)
