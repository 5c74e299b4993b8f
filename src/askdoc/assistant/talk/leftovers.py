"""What was said and no tool used: it is named, never passed over.

Amounts are named by the answers themselves; here are facts, persons, diagnoses and denials.
"""

from decimal import Decimal

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.context import Context
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.unknown_name import unknown_names
from askdoc.wording import Lang, phrase

# Facts that the words of the answer show already, or that only say how it was meant.
_SHOWN_ELSEWHERE = ("medicine", "passage")
# What depends on the disease: a payment scope, and the bill that a medicine stands in.
_OF_DIAGNOSES = {"bill", "medicine"}
_LOOKED_UP = "policy"
# Parts of a bill of which something is paid first.
_WITH_SHARE = ("class_b", "negotiated")


def is_unread(now: Reading) -> bool:
    """Whether nothing at all was read in a message that is no question of its own."""
    read = (
        now.facts or now.amounts or now.mentions or now.asks or now.persons or now.diagnoses
    ) or (now.region or now.place or now.unrecorded or now.denied or now.conflicts)
    return not read and now.first_pay_share is None


def leftover_lines(
    now: Reading, frames: tuple[Frame, ...], answer: Answer, context: Context, lang: Lang
) -> list[str]:
    """What this message said that none of its frames used, as lines."""
    book = context.book
    if answer.passages and {frame.family for frame in frames} == {"medicine"}:
        # No medicine was named, and a document answered.
        frames = (context.frames.by_id[_LOOKED_UP],)
    uses = {name for frame in frames for name in frame.uses}
    families = {frame.family for frame in frames}
    comma = phrase("assistant.comma", lang)
    unused = [
        telling.fact(name, fact.value, lang, book)
        for name, fact in now.facts.items()
        if name not in uses and name not in _SHOWN_ELSEWHERE and name not in answer.missing
    ]
    untold = [
        name
        for name in telling.diseases(now.diagnoses, context.catalogue.conditions, lang)
        if name not in answer.text
    ]
    if not families & {*_OF_DIAGNOSES, _LOOKED_UP}:
        unused += untold
    if "bill" not in families:
        unused += _figures(now, lang)
    if answer.kind != "ask":
        unused += _said_beside(now, frames, answer, context, lang)
    lines = []
    if untold and families & _OF_DIAGNOSES and answer.kind != "ask":
        words = comma.join(untold)
        lines.append(phrase("assistant.left_over.diagnoses", lang, words=words))
    if unused:
        words = comma.join(dict.fromkeys(unused))
        lines.append(phrase("assistant.left_over.unused", lang, words=words))
    if searched := _searched(now, families, answer, context, lang):
        words = comma.join(dict.fromkeys(searched))
        lines.append(phrase("assistant.left_over.searched", lang, words=words))
    if now.denied:
        lines.append(phrase("assistant.left_over.denied", lang, words=comma.join(now.denied)))
    others = [
        one
        for one in now.persons
        if one not in ("self", now.subject)
        and not any(line.startswith(phrase(f"assistant.who.{one}", lang)) for line in answer.lines)
    ]
    if others:
        who = comma.join(phrase(f"assistant.who.{one}", lang) for one in others)
        lines.append(phrase("assistant.left_over.persons", lang, who=who))
    return lines


def _new_names(now: Reading, answer: Answer, context: Context) -> list[str]:
    """Names of medicines that no list holds, beside those that were mentioned."""
    return [
        name
        for name in unknown_names(now.text, context.surroundings())
        if name not in answer.text
        and not any(name in one.text or one.text in name for one in now.mentions)
    ]


def _searched(
    now: Reading, families: set[str], answer: Answer, context: Context, lang: Lang
) -> list[str]:
    """Facts that went into a search and are not shown by what it found."""
    if families != {_LOOKED_UP} or answer.kind == "ask":
        return []
    shown = {one.fact for one in answer.understood}
    told = [
        telling.fact(name, fact.value, lang, context.book)
        for name, fact in now.facts.items()
        # What a word only hints at was not said: 看病 is no 门诊.
        if name not in (*shown, *_SHOWN_ELSEWHERE) and fact.words not in context.lexicon.weak
    ]
    told += telling.diseases(now.diagnoses, context.catalogue.conditions, lang)
    if now.place is not None and "place" not in shown:
        told.append(telling.fact("place", now.place, lang, context.book))
    return [words for words in told if words not in answer.text]


def _figures(now: Reading, lang: Lang) -> list[str]:
    """The amounts of a message, also those that were not read as one."""
    known = [
        phrase(f"assistant.role.{one.role}", lang, amount=telling.yuan(one.amount, lang))
        for one in now.amounts
        if one.role is not None
    ]
    return [*known, *(one.words for one in now.amounts if one.role is None), *now.unread]


def _said_beside(
    now: Reading, frames: tuple[Frame, ...], answer: Answer, context: Context, lang: Lang
) -> list[str]:
    """Medicines not told of, shares that nothing computes with, a place, facts said in two ways."""
    uses = {name for frame in frames for name in frame.uses}
    families = {frame.family for frame in frames}
    book = context.book
    words = [
        one.text
        for one in now.mentions
        if one.text not in answer.text
        and not any(row.name in answer.medicines for row in one.resolution.medicines)
    ]
    of_class = any(one.role in _WITH_SHARE for one in now.amounts) or bool(
        Decimal(answer.figures.get("first_pay", 0))
    )
    if now.first_pay_share is not None and not ("bill" in families and of_class):
        words.append(telling.percent(now.first_pay_share))
    words += [share for share in now.shares if share not in answer.text]
    words += _new_names(now, answer, context)
    if "place" not in uses:
        words += [telling.fact("place", now.place, lang, book)] if now.place else []
        words += [now.unrecorded] if now.unrecorded else []
    if "bill" not in families:
        words += [
            telling.fact(name, value, lang, book)
            for name, values in now.conflicts.items()
            if name not in answer.missing
            for value in values
            if telling.fact(name, value, lang, book) not in answer.text
        ]
    return words
