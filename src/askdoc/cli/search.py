"""`askdoc search`: the passages that hold for a person on a day, each with its article."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from askdoc.assistant.answers import telling
from askdoc.assistant.answers.look_up import LookedUp, look_up
from askdoc.assistant.answers.looked_up_record import looked_up_record, passage_sources
from askdoc.bootstrap import House
from askdoc.cli.tables import lines
from askdoc.cli.words import print_json
from askdoc.library.document import IN_FORCE_KINDS, Passage
from askdoc.library.search import Match
from askdoc.medicines import Medicine
from askdoc.profile import read_facts
from askdoc.wording import Lang, phrase


@dataclass(frozen=True, slots=True)
class Wish:
    """How much to look for: number of passages, and whether history and proposals instead."""

    count: int
    history: bool


def search_library(
    house: House,
    question: str,
    flags: Mapping[str, str | None],
    day: date | None,
    lang: Lang | None,
    wish: Wish,
    json: bool,
) -> None:
    """Look a question up and show what was found, or that nothing is sufficient."""
    given = read_facts(flags, house.book)
    if day is not None:
        given["day"] = day.isoformat()
    today = date.today()  # noqa: DTZ011  the person's own calendar day
    context = house.context(today, given, 0, lang)
    kinds = ("history", "norm") if wish.history else IN_FORCE_KINDS
    found = look_up(question, context, house.searchable, kinds, wish.count)
    notice = house.by_words(found.lang)
    if json:
        print_json(looked_up_record(found, house.book, notice))
    else:
        _print(found, house, notice)


def _print(found: LookedUp, house: House, notice: str | None) -> None:
    lang = found.lang
    lines([notice] if notice else [])
    lines([rests_on(found)] if found.understood else [])
    if found.unrecorded:
        lines([phrase("cli.search.unrecorded", lang, place=found.unrecorded)])
    elif found.missing:
        names = phrase("assistant.comma", lang).join(
            phrase(f"assistant.name.{name}", lang) for name in found.missing
        )
        lines([phrase("cli.search.missing", lang, names=names)])
    for medicine in found.medicines:
        lines([_medicine_line(medicine, lang)])
    if not found.found.sufficient:
        lines([phrase("cli.search.nothing", lang)] if not found.medicines else [])
    else:
        for number, match in enumerate(found.found.matches, 1):
            _print_match(f"{number}.", match, found, house)
    if found.found.coming:
        lines([phrase("cli.search.coming", lang)])
        for match in found.found.coming:
            _print_match("·", match, found, house)


def rests_on(found: LookedUp) -> str:
    """The person's place, scheme and day that the search went by."""
    dot = phrase("assistant.dot", found.lang)
    return phrase(
        "assistant.based_on", found.lang, facts=dot.join(one.shown for one in found.understood)
    )


def _print_match(mark: str, match: Match, found: LookedUp, house: House) -> None:
    passage, lang = match.passage, found.lang
    document = found.documents[passage.document]
    head = " › ".join((passage.title[lang], *passage.path))
    lines(["", f"{mark} {head}", f"   {validity(passage, house, lang)}"])
    lines(f"   {line}" for line in passage.text.split("\n") if line.strip())
    told = passage_sources(passage, document, house.book, lang)
    named = phrase("cli.search.source", lang)
    lines(f"   {named}{telling.source_line(one, lang)}" for one in told)
    if match.words:
        words = phrase("assistant.comma", lang).join(match.words[:6])
        lines([f"   {phrase('cli.search.why', lang, words=words)}"])


def validity(passage: Passage, house: House, lang: Lang) -> str:
    """Where a passage holds, for whom, from when to when, and how sure it is."""
    place = house.book.regions[passage.region].name[lang]
    comma = phrase("assistant.comma", lang)
    insured = comma.join(telling.fact("scheme", one, lang) for one in passage.schemes)
    if passage.begins_unknown or passage.begins is None:
        days = phrase("cli.search.begins_unknown", lang)
    else:
        days = phrase("cli.search.begins", lang, day=passage.begins.isoformat())
    if passage.ends is not None:
        days += phrase("cli.search.ends", lang, day=passage.ends.isoformat())
    sure = phrase(f"benefits.confidence.{passage.confidence}", lang)
    kind = phrase(f"library.kind.{passage.kind}", lang)
    return phrase("assistant.dot", lang).join((kind, place, insured, days, sure))


def _medicine_line(medicine: Medicine, lang: Lang) -> str:
    form = f"（{medicine.form}）" if medicine.form else ""
    said = phrase(f"medicines.class.{medicine.payment_class}", lang)
    scope = medicine.restriction.text[lang] if medicine.restriction else ""
    key = "medicine_limited" if scope else "medicine"
    return phrase(f"cli.search.{key}", lang, name=medicine.name + form, said=said, scope=scope)
