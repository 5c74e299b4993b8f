"""The reader: text → facts, amounts with their parts, medicines, and what is asked.

Closed lists and grammars only: what is not read is handed on as unread, never guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from askdoc.assistant.amounts import in_text, read_amounts
from askdoc.assistant.answer import Subject
from askdoc.assistant.facts import Fact, Reading
from askdoc.assistant.lexicon import Lexicon
from askdoc.assistant.negation import is_denied, is_wondered
from askdoc.assistant.whereabouts import read_whereabouts
from askdoc.language import (
    DaySaid,
    Normalised,
    find_counts,
    find_days,
    find_refused_money,
    find_shares,
    normalise,
)
from askdoc.language.word_list import Hit, WordList
from askdoc.medicines import CatalogueOnDay, Conditions, find_mentions
from askdoc.policy import Region

MOST_LETTERS = 2000
# Behind these a tier is where one might go; with another tier said, the visit was there.
_GOING = re.compile(r"(?:去|到|换|改|转|那|at (?:the |a )?|at)(?:去|到)?$")
_AGE = re.compile(r"(\d{1,3}) ?(?:岁|周岁|years? old\b)")
_RETIRED = re.compile(r"(\d{4}) ?年?(?:\d{1,2}月)?(?:退休|retired)|retired in (\d{4})")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the reader reads against."""

    lexicon: Lexicon
    regions: WordList[str]
    diagnoses: WordList[str]
    catalogue: CatalogueOnDay
    today: date


def region_words(regions: Mapping[str, Region]) -> WordList[str]:
    """The names of all regions that a person can live in."""
    words: dict[str, str] = {}
    for region in regions.values():
        if region.level in ("norm", "nation"):
            continue
        for word in (*region.name.values(), *region.aliases):
            words[word.lower()] = region.path
    return WordList(words)


def diagnosis_words(conditions: Conditions) -> WordList[str]:
    """The names of all conditions that payment scopes know, by condition id."""
    words = {text.lower(): found for text, found in conditions.by_text.items() if len(text) > 1}
    return WordList(words)


def read(text: str, around: Surroundings) -> Reading:
    """The question as facts; reads at most MOST_LETTERS letters."""
    source = normalise(text[:MOST_LETTERS])
    mentions = tuple(find_mentions(source.text, around.catalogue))
    masked = _mask(source.text.lower(), [mention.span for mention in mentions])
    subject = _subject(masked, around.lexicon)
    facts, conflicts, going_to = _facts(masked, around.lexicon, subject)
    where = read_whereabouts(masked, around.regions, around.lexicon)
    if where.rivals:
        conflicts["region"] = where.rivals
    for fact in _numbers(source, subject, around.today):
        facts[fact.name] = fact
    asks: dict[str, int] = {}
    for hit in around.lexicon.asks.find(masked):
        asks[hit.meaning] = max(asks.get(hit.meaning, 0), len(hit.word))
    return Reading(
        text=source.text,
        lang=_lang(source.text),
        subject=subject,
        facts=facts,
        conflicts=conflicts,
        region=where.region,
        place=where.place,
        unrecorded=where.unrecorded,
        amounts=read_amounts(
            source, masked, [mention.span for mention in mentions], around.lexicon
        ),
        first_pay_share=_first_pay(source, masked, around.lexicon),
        mentions=mentions,
        diagnoses=tuple(
            dict.fromkeys(
                hit.meaning
                for hit in around.diagnoses.find(masked)
                if not is_denied(masked[: hit.start], hit.word)
            )
        ),
        asks=asks,
        figures=tuple(dict.fromkeys(hit.meaning for hit in around.lexicon.values.find(masked))),
        going_to=going_to,
        vague_days=_vague_days(source, around.today),
        unread=tuple(refused.text for refused in find_refused_money(source)),
    )


def _lang(text: str) -> Literal["zh", "en"]:
    return "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"


def _mask(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with medicine names blanked, so that 儿童 in a name is no person."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _subject(masked: str, lexicon: Lexicon) -> Subject:
    hits = lexicon.subjects.find(masked)
    found: Subject = "self"
    for name in ("parent", "partner", "child", "grandparent", "patient"):
        if hits and hits[0].meaning == name:
            found = name
    return found


def _facts(
    masked: str, lexicon: Lexicon, subject: Subject
) -> tuple[dict[str, Fact], dict[str, tuple[str, ...]], tuple[str, ...]]:
    said: dict[str, list[tuple[str, Hit[Mapping[str, str]]]]] = {}
    going: set[str] = set()
    for hit in lexicon.facts.find(masked):
        if is_denied(masked[: hit.start], hit.word) or is_wondered(masked[hit.end :]):
            continue
        for name, value in hit.meaning.items():
            said.setdefault(name, []).append((value, hit))
        if "tier" in hit.meaning and _GOING.search(masked[: hit.start]):
            going.add(hit.meaning["tier"])
    facts: dict[str, Fact] = {}
    conflicts: dict[str, tuple[str, ...]] = {}
    for name, all_said in said.items():
        strong = [one for one in all_said if one[1].word not in lexicon.weak] or all_said
        values = tuple(dict.fromkeys(value for value, _ in strong))
        if len(values) > 1:
            conflicts[name] = values
            continue
        value, hit = strong[0]
        typed: str | bool = value == "true" if name == "contracted" else value
        facts[name] = Fact(name, typed, "said", subject, hit.word)
    if "tier" in conflicts:
        facts.pop("institution", None)
    return facts, conflicts, tuple(sorted(going))


def _days(source: Normalised, today: date) -> list[DaySaid]:
    return [day for day in find_days(source, today) if day.grain == "day"]


def _vague_days(source: Normalised, today: date) -> tuple[str, ...]:
    """Words for a time that is no single day and does not hold today: 去年, 上个月."""
    exact = _days(source, today)
    retired = _RETIRED.search(source.text)
    span = retired.span() if retired else (0, 0)
    found = list(exact) if len({day.day for day in exact}) > 1 else []
    for said in find_days(source, today):
        start, end = in_text(source, said.span)
        same_year = said.day.year == today.year
        holds_today = same_year and (said.grain == "year" or said.day.month == today.month)
        if said.grain != "day" and not holds_today and not (start < span[1] and span[0] < end):
            found.append(said)
    return tuple(source.original[one.span[0] : one.span[1]] for one in found)


def _numbers(source: Normalised, subject: Subject, today: date) -> list[Fact]:
    found: list[Fact] = []
    age = _AGE.search(source.text)
    if age and int(age[1]) <= 130:
        found.append(Fact("age", int(age[1]), "said", subject, age[0]))
    for count in find_counts(source):
        if not age and count.unit == "岁" and count.value == int(count.value) <= 130:
            start, end = count.span
            words = source.original[start:end]
            found.append(Fact("age", int(count.value), "said", subject, words))
    retired = _RETIRED.search(source.text)
    if retired:
        year = int(retired[1] or retired[2])
        if 1950 <= year <= today.year:
            found.append(Fact("retired_year", year, "said", subject, retired[0]))
    days = _days(source, today)
    if len({day.day for day in days}) == 1:
        start, end = days[0].span
        words = source.original[start:end]
        found.append(Fact("day", days[0].day.isoformat(), "said", subject, words))
    return found


def _first_pay(source: Normalised, masked: str, lexicon: Lexicon) -> Decimal | None:
    for share in find_shares(source):
        start, _ = in_text(source, share.span)
        if lexicon.shares.find(masked[max(0, start - 12) : start]):
            return share.value
    return None
