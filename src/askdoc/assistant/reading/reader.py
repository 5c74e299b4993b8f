"""The reader: text → facts, amounts with their parts, medicines, and what is asked.

Closed lists and grammars only: what is not read is handed on as unread, never guessed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from askdoc.assistant.answer import Subject
from askdoc.assistant.reading.against import read_against
from askdoc.assistant.reading.amounts import (
    is_not_it,
    read_amounts,
    rest_is_class_a,
    with_rest,
    with_whole_paid,
)
from askdoc.assistant.reading.asked_medicines import compared
from askdoc.assistant.reading.asking import asked_by_shape, figures_by_shape
from askdoc.assistant.reading.dose_told import answers_itself, tells_dose
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.assistant.reading.facts_said import (
    FactsSaid,
    hearsay_spans,
    read_facts_said,
    read_persons,
)
from askdoc.assistant.reading.first_pay import first_pay_share, other_shares
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.negation import is_lacking, lacks
from askdoc.assistant.reading.numbers_said import multiplied, read_numbers, vague_days
from askdoc.assistant.reading.other_offices import wage_spans
from askdoc.assistant.reading.scope_said import scope_said
from askdoc.assistant.reading.services import asked_services
from askdoc.assistant.reading.slot_wished import wishes_slot
from askdoc.assistant.reading.whereabouts import read_whereabouts
from askdoc.assistant.reading.written_out import written_out
from askdoc.assistant.reading.zeros import zeros_said
from askdoc.language import Normalised, find_money, find_refused_money, normalise
from askdoc.language.speech import in_common_speech
from askdoc.language.word_list import Hit, WordList, overlapping
from askdoc.medicines import CatalogueOnDay, Conditions, find_mentions
from askdoc.policy import Region

MOST_LETTERS = 2000
# Who gives birth is asked about, and no child: 春天要生宝宝.
_BIRTH = re.compile(
    r"(?<![学医先女男花])[生怀](?:了|个|一个|二胎|头胎)*(?:宝宝|孩子|小孩|娃娃|娃儿?|小囡)"
    r"|\b(?:have|having|expecting) (?:a|our|my) (?:baby|child)\b"
)
# Beyond the deductible, which the question before it named.
_BEYOND = re.compile(r"^(?:那|咁)?[^，。；]{0,8}?(?:之后|过后|以后)|\bafter (?:that|it)\b")
# A kind of place, of which a figure of a rule is asked.
_OF_VISIT = {"tier", "institution"}
_OF_INSURANCE = {"medicine", "value", "cost", "alternatives", "same_ingredient", "why_not"}
# 几万, 几块: asked for, not said.
_ASKS_HOW_MUCH = re.compile(r"几")


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
    words = {text: found for text, found in conditions.by_text.items() if len(text) > 1}
    for one in conditions.by_id.values():
        # English names have blanks, which the table does without.
        words |= {name.lower(): one.id for name in (one.name["en"], *one.aliases) if len(name) > 1}
    return WordList(words)


def read(text: str, around: Surroundings) -> Reading:
    """The question as facts; reads at most MOST_LETTERS letters."""
    spoken = in_common_speech(normalise(text[:MOST_LETTERS]), around.lexicon.speech)
    source = normalise(written_out(_with_own_commas(spoken)))
    mentions = tuple(find_mentions(source.text, around.catalogue))
    masked = _mask(source.text.lower(), [mention.span for mention in mentions])
    diseases = around.diagnoses.find(masked)
    born = _BIRTH.sub(lambda found: " " * len(found[0]), masked)
    persons = read_persons(born, around.lexicon)
    subject: Subject = next((one for one in persons if one != "self"), "self")
    said = read_facts_said(born, around.lexicon, subject)
    conflicts = dict(said.conflicts)
    where = read_whereabouts(masked, around.regions, around.lexicon)
    if where.rivals:
        conflicts["region"] = where.rivals
    numbers, spans = read_numbers(source, masked, subject, around.today)
    spans = [*spans, *wage_spans(masked), *(one.span for one in zeros_said(masked))]
    names = [mention.span for mention in mentions]
    amounts, year = read_amounts(source, masked, names, spans, around.lexicon)
    # "起付线用完了" tells how far the year is; it asks for no deductible.
    told = _blanked(masked, (*year, *hearsay_spans(masked, around.lexicon)))
    first = first_pay_share(source, masked, around.lexicon)
    asks = _asks(told, around.lexicon, bool(mentions))
    shaped = dict(figures_by_shape(told))
    if (
        shaped
        and not (mentions or amounts)
        and (said.facts.keys() & _OF_VISIT or _BEYOND.search(told))
    ):
        asks.setdefault("value", max(shaped.values()))
    if "value" not in asks:
        # 几成 alone may ask of anything that is paid.
        shaped = {}
    if not asks and not amounts and (letters := wishes_slot(masked, around.lexicon)):
        asks["slot"] = letters
    against = read_against(masked, around.lexicon, diseases, persons)
    amounts = with_whole_paid(amounts, "cost" in asks)
    return Reading(
        text=source.text,
        lang=_lang(source.text),
        subject=subject,
        facts={**said.facts, **_beside(numbers, said)},
        conflicts=conflicts,
        region=where.region,
        place=where.place,
        unrecorded=where.unrecorded,
        amounts=with_rest(multiplied(amounts, source), masked),
        first_pay_share=first,
        shares=other_shares(
            source, [one for one in (first, *(one.first_pay for one in amounts)) if one is not None]
        ),
        mentions=mentions,
        diagnoses=tuple(
            dict.fromkeys(hit.meaning for hit in diseases if not is_lacking(hit, masked))
        ),
        asks=compared(asks, source.text, mentions),
        figures=tuple(
            dict.fromkeys((*(hit.meaning for hit in around.lexicon.values.find(told)), *shaped))
        ),
        going_to=said.going_to,
        vague_days=vague_days(source, around.today),
        unread=tuple(
            refused.text
            for refused in find_refused_money(source)
            if not _ASKS_HOW_MUCH.match(refused.text)
            and not _is_within(source.text_span(refused.span), spans)
        ),
        persons=persons,
        rest_class_a=rest_is_class_a(masked),
        primary=said.primary,
        lacking=_lacking(diseases, masked, around.catalogue.conditions),
        against=against.kinds,
        doubted=tuple(sorted(against.open)),
        services=asked_services(told, around.lexicon),
        living=tuple(hit.word for hit in around.lexicon.living_services.find(masked)),
        denied=(*said.denied, *(hit.word for hit in diseases if is_lacking(hit, masked))),
        scope_said=scope_said(masked, mentions),
        purposes=tuple(
            dict.fromkeys(
                hit.meaning
                for hit in around.lexicon.purposes.find(masked)
                if not lacks(masked[: hit.start])
            )
        ),
        not_it=tuple(
            money.amount
            for money in find_money(source)
            if is_not_it(masked, *source.text_span(money.span))
        ),
    )


def _asks(told: str, lexicon: Lexicon, names_medicine: bool) -> dict[str, int]:
    """What is asked, with the letters of the longest word for it."""
    asks: dict[str, int] = {}
    doses: dict[str, int] = {}
    for hit in overlapping(lexicon.asks, told):
        if hit.meaning == "advice" and answers_itself(told, hit.start, hit.end):
            continue
        tells = hit.meaning == "advice" and tells_dose(told, hit.start, hit.end)
        found = doses if tells else asks
        found[hit.meaning] = max(found.get(hit.meaning, 0), len(hit.word))
    for shape, letters in asked_by_shape(told):
        if shape == "dose" and not names_medicine:
            continue
        ask = "advice" if shape == "dose" else shape
        # "加倍也没用，能走医保吗" tells of a dose and asks for cover.
        if ask != "advice" or "medicine" not in asks:
            asks.setdefault(ask, letters)
    # A dose that is only told is no question where something of the insurance is asked.
    return asks if asks.keys() & _OF_INSURANCE else {**asks, **doses}


def _is_within(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Whether a span meets one of others: a year that was read is no unread amount."""
    return any(start < span[1] and span[0] < end for start, end in others)


def _beside(numbers: list[Fact], said: FactsSaid) -> dict[str, Fact]:
    """What numbers say; the setting that a count of stays implies gives way to words for it."""
    taken = {*said.facts, *said.conflicts} & {"setting"}
    return {fact.name: fact for fact in numbers if fact.name not in taken}


def _with_own_commas(source: Normalised) -> str:
    """The normalised text with the full-width commas, which part amounts and never thousands."""
    return "".join(
        "，" if letter == "," and source.original[source.starts[at]] != "," else letter
        for at, letter in enumerate(source.text)
    )


def _lacking(diseases: Iterable[Hit[str]], masked: str, table: Conditions) -> tuple[str, ...]:
    """The conditions that are denied, with every kind of them."""
    denied = {hit.meaning for hit in diseases if is_lacking(hit, masked)}
    return tuple(one for one in table.by_id if table.with_wider(one) & denied) if denied else ()


def _lang(text: str) -> Literal["zh", "en"]:
    return "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"


def _mask(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with medicine names blanked, so that 儿童 in a name is no person."""
    return _blanked(text, spans)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
