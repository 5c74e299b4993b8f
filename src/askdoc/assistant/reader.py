"""The reader: text → facts, amounts with their parts, medicines, and what is asked.

Closed lists and grammars only: what is not read is handed on as unread, never guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from askdoc.assistant.answer import Subject
from askdoc.assistant.facts import AmountSaid, Fact, Reading
from askdoc.assistant.lexicon import Hit, Lexicon, WordList
from askdoc.language import (
    Money,
    Normalised,
    find_counts,
    find_days,
    find_money,
    find_refused_money,
    find_shares,
    normalise,
)
from askdoc.medicines import CatalogueOnDay, Conditions, Mention, find_mentions
from askdoc.policy import Region

MOST_LETTERS = 2000
_CLAUSE = re.compile(r"[，。；！？,;!?\n]|(?<!\d)\.(?!\d)|、")
_NOT = ("不是", "并非", "not ", "不")
_AWAY = re.compile(r"(在|去|到|in |at )$")
_CARE = re.compile(
    r"^(市|省)?的?(一家|某)?(三级|二级|一级|社区)?(医院)?(看病|住院|就医|门诊|急诊|治疗|开刀)"
)
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
    facts, conflicts, tiers = _facts(masked, around.lexicon, subject)
    region, place = _regions(masked, around.regions)
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
        region=region,
        place=place,
        amounts=_amounts(source, masked, mentions, around.lexicon),
        first_pay_share=_first_pay(source, masked, around.lexicon),
        mentions=mentions,
        diagnoses=tuple(
            dict.fromkeys(
                hit.meaning
                for hit in around.diagnoses.find(masked)
                if not masked[: hit.start].endswith(_NOT)
            )
        ),
        asks=asks,
        figures=tuple(dict.fromkeys(hit.meaning for hit in around.lexicon.values.find(masked))),
        tiers=tiers,
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
    for hit in lexicon.facts.find(masked):
        if not masked[: hit.start].endswith(_NOT):
            for name, value in hit.meaning.items():
                said.setdefault(name, []).append((value, hit))
    facts: dict[str, Fact] = {}
    conflicts: dict[str, tuple[str, ...]] = {}
    for name, all_said in said.items():
        strong = [one for one in all_said if one[1].word not in lexicon.weak] or all_said
        values = tuple(dict.fromkeys(value for value, _ in strong))
        if len(values) > 1 and name not in ("tier", "institution"):
            conflicts[name] = values
            continue
        value, hit = strong[0]
        typed: str | bool = value == "true" if name == "contracted" else value
        facts[name] = Fact(name, typed, "said", subject, hit.word)
    tiers = tuple(dict.fromkeys(value for value, _ in said.get("tier", [])))
    if "institution" in facts and facts.get("tier") != facts["institution"]:
        words = facts["institution"].words
        if "tier" in facts and facts["tier"].words != words:
            del facts["institution"]
    return facts, conflicts, tiers


def _regions(masked: str, words: WordList[str]) -> tuple[str | None, str | None]:
    """Where the person is insured, and where the care is when that is another place."""
    hits = words.find(masked)
    away = [
        hit for hit in hits if _AWAY.search(masked[: hit.start]) and _CARE.search(masked[hit.end :])
    ]
    home = [hit for hit in hits if hit not in away]
    if not home and away:
        return away[0].meaning, None
    region = home[0].meaning if home else None
    if len(home) > 1:
        region = max((hit.meaning for hit in home), key=len)
        if not all(region.startswith(hit.meaning) for hit in home):
            region = home[0].meaning
    place = away[0].meaning if away and away[0].meaning != region else None
    return region, place


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
    days = [day for day in find_days(source, today) if day.grain == "day"]
    if len(days) == 1:
        start, end = days[0].span
        words = source.original[start:end]
        found.append(Fact("day", days[0].day.isoformat(), "said", subject, words))
    return found


def _amounts(
    source: Normalised, masked: str, mentions: tuple[Mention, ...], lexicon: Lexicon
) -> tuple[AmountSaid, ...]:
    places = [(money, *_in_text(source, money.span)) for money in find_money(source)]
    places = [
        place
        for place in places
        if not any(start < place[2] and place[1] < end for start, end in _spans(mentions))
    ]
    found: list[AmountSaid] = []
    for index, (money, start, end) in enumerate(places):
        previous = places[index - 1][2] if index else 0
        following = places[index + 1][1] if index + 1 < len(places) else len(masked)
        role = _role(masked, (previous, start, end, following), lexicon)
        found.append(AmountSaid(role, money.amount, _words(source, money)))
    return _only_total(tuple(found))


def _spans(mentions: tuple[Mention, ...]) -> list[tuple[int, int]]:
    return [mention.span for mention in mentions]


def _words(source: Normalised, money: Money) -> str:
    start, end = money.span
    return source.original[start:end]


def _in_text(source: Normalised, span: tuple[int, int]) -> tuple[int, int]:
    """A span of the original as a span of the normalised text."""
    inside = [
        at
        for at, (start, end) in enumerate(zip(source.starts, source.ends, strict=True))
        if start < span[1] and end > span[0]
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _role(masked: str, at: tuple[int, int, int, int], lexicon: Lexicon) -> str | None:
    """The part of an amount: the nearest words in front of it in its clause, else behind it."""
    previous, start, end, following = at
    clause = max((found.end() for found in _CLAUSE.finditer(masked, previous, start)), default=0)
    front = lexicon.before.find(masked[max(previous, clause) : start])
    closing = _CLAUSE.search(masked, end, following)
    back = lexicon.after.find(masked[end : closing.start() if closing else following])
    near_back = [hit for hit in back if hit.start <= 6]
    named = [hit for hit in front if hit.meaning != "total"]
    if named:
        return named[-1].meaning
    if near_back:
        return near_back[0].meaning
    return front[-1].meaning if front else None


def _only_total(amounts: tuple[AmountSaid, ...]) -> tuple[AmountSaid, ...]:
    """A single amount that plays no part is the whole bill."""
    loose = [one for one in amounts if one.role is None]
    if len(loose) != 1 or any(one.role == "total" for one in amounts):
        return amounts
    return tuple(
        AmountSaid("total", one.amount, one.words) if one.role is None else one for one in amounts
    )


def _first_pay(source: Normalised, masked: str, lexicon: Lexicon) -> Decimal | None:
    for share in find_shares(source):
        start, _ = _in_text(source, share.span)
        if lexicon.shares.find(masked[max(0, start - 12) : start]):
            return share.value
    return None
