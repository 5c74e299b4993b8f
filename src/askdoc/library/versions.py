"""A section told for every stretch of days on which it reads differently.

The cuts are the days on which a value named in the section begins; equal neighbours are one.
A stretch on which none of its values is recorded has no fact of its own and is left out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from askdoc.library.document import Document, DocumentError, Passage
from askdoc.library.document_sheet import RawSection, Sheet
from askdoc.library.placeholders import (
    BadPlaceholder,
    Rendered,
    parameters_in,
    render,
    without_placeholders,
)
from askdoc.library.typed_figures import typed_figures
from askdoc.policy import Book, Policy, lowest


def passages_of(sheet: Sheet, book: Book, names: Mapping[str, str]) -> list[Passage]:
    """Every passage of a document in every version. Raises SheetError naming the section."""
    return [
        passage for section in sheet.sections for passage in _versions(section, sheet, book, names)
    ]


def _versions(
    section: RawSection, sheet: Sheet, book: Book, names: Mapping[str, str]
) -> list[Passage]:
    typed = typed_figures(without_placeholders(section.text))
    if typed:
        raise DocumentError(section.place, "figure_typed", found="、".join(typed))
    starts = _starts(section, sheet, book)
    found: list[Passage] = []
    for number, (begins, unknown) in enumerate(starts):
        ends = sheet.document.ends
        if number + 1 < len(starts):
            following = starts[number + 1][0]
            assert following is not None  # only the first stretch is open
            ends = following - timedelta(days=1)
        policy = Policy(book, begins or ends or date.min, sheet.values_from)
        try:
            rendered = render(section.text, policy, names)
        except BadPlaceholder as failed:
            raise DocumentError(section.place, failed.problem, **failed.fields) from failed
        if not _has_fact(section, rendered):
            continue
        told = _passage(section, sheet.document, rendered)
        told = replace(told, begins=begins, begins_unknown=unknown, ends=ends)
        if found and (found[-1].text, found[-1].sources) == (told.text, told.sources):
            found[-1] = replace(found[-1], ends=ends)
        else:
            found.append(told)
    if not found:
        raise DocumentError(section.place, "no_fact")
    return found


def _starts(section: RawSection, sheet: Sheet, book: Book) -> list[tuple[date | None, bool]]:
    """The first days of the stretches, oldest first, and whether each is only assumed."""
    document = sheet.document
    policy = Policy(book, book.first_day, sheet.values_from)
    cuts: dict[date, bool] = {}
    for name in parameters_in(section.text):
        if name not in book.parameters:
            raise DocumentError(section.place, "unknown_parameter", parameter=name)
        for entry in policy.history(name):
            inside = entry.begins is not None and (
                (document.begins is None or entry.begins > document.begins)
                and (document.ends is None or entry.begins <= document.ends)
            )
            if inside and entry.begins is not None:
                cuts[entry.begins] = cuts.get(entry.begins, True) and entry.begins_unknown
    return [(document.begins, document.begins_unknown), *sorted(cuts.items())]


def _has_fact(section: RawSection, rendered: Rendered) -> bool:
    known = [value for value in rendered.values if value.standing != "not_recorded"]
    return bool(known) or (section.own_source is not None and not rendered.values)


def _passage(section: RawSection, document: Document, rendered: Rendered) -> Passage:
    known = [value for value in rendered.values if value.standing != "not_recorded"]
    named = [section.own_source] if section.own_source else []
    return Passage(
        id=f"{document.id}#{section.heading}",
        document=document.id,
        title=document.title,
        path=(section.heading,),
        article=section.article,
        text=rendered.text,
        kind=document.kind,
        region=document.region,
        schemes=section.schemes,
        begins=document.begins,
        begins_unknown=document.begins_unknown,
        ends=document.ends,
        confidence=lowest([section.confidence, *(value.recorded for value in known)]),
        sources=tuple(dict.fromkeys([*named, *(value.source for value in known)])),
        asked=section.asked,
    )
