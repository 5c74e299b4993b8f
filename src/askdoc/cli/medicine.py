"""`askdoc medicine` and `askdoc medicines import`: one medicine, two medicines, a whole edition."""

from datetime import date
from pathlib import Path

from askdoc.assistant.answers.same_ingredient import answer_same
from askdoc.assistant.as_plain import answer_record
from askdoc.assistant.talk.turn import take_turn
from askdoc.bootstrap import House
from askdoc.cli.ask import print_last
from askdoc.cli.tables import lines
from askdoc.cli.words import print_json
from askdoc.medicines import resolve, store_edition
from askdoc.medicines.edition_import import read_edition
from askdoc.medicines.errors import EditionsOverlap
from askdoc.medicines.medicine import Edition
from askdoc.profile import read_facts
from askdoc.wording import Lang, phrase


def show_medicine(
    house: House,
    names: tuple[str, str | None],
    person: tuple[str | None, str | None],
    day: date | None,
    lang: Lang,
    json: bool,
) -> None:
    """What the catalogue says of a name, or whether two names are the same ingredient."""
    first, second = names
    given = read_facts(dict(zip(("region", "scheme"), person, strict=True)), house.book)
    today = day or date.today()  # noqa: DTZ011  the person's own calendar day
    if second is None:
        context = house.context(today, {**given, "medicine": first}, 0, lang)
        answer = take_turn(first, context)
    else:
        context = house.context(today, given, 0, lang)
        answer = answer_same(
            resolve(first, context.on_day), resolve(second, context.on_day), context, lang
        )
    if json:
        print_json(answer_record(answer, context.today))
    else:
        print_last(answer)


def import_list(
    house: House, file: Path, edition: str, days: tuple[date, date], lang: Lang, json: bool
) -> None:
    """Import an edition; report what was refused, row by row."""
    for one in house.catalogue.editions:
        if one.id != edition and one.begins <= days[1] and (one.ends or days[1]) >= days[0]:
            raise EditionsOverlap(first=edition, second=one.id, day=max(days[0], one.begins))
    found = read_edition(file, house.catalogue.forms)
    stored = Edition(
        id=edition,
        name={"zh": file.name, "en": file.name},
        begins=days[0],
        ends=days[1],
        source=edition,
        confidence="unverified",
    )
    store_edition(found, stored, house.settings.editions)
    if json:
        print_json(
            {
                "edition": edition,
                "medicines": len(found.medicines),
                "pieces": len(found.pieces),
                "refused": found.refused,
                "unread": found.unread,
            }
        )
        return
    counts = {"count": len(found.medicines), "pieces": len(found.pieces), "edition": edition}
    lines([phrase("cli.medicines.done", lang, **counts, refused=len(found.refused))])
    for row in (*found.refused, *found.unread):
        why = phrase(f"medicines.refused.{row.reason}", lang, said=row.said)
        lines([phrase("cli.medicines.refused_row", lang, row=row.row, why=why)])
