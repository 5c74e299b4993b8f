"""`askdoc clinic change`: a changed rule, agreed to by the doctor before residents hear of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from askdoc.bootstrap import House
from askdoc.care.rule_changes import Change
from askdoc.cli.tables import lines
from askdoc.cli.words import print_json
from askdoc.rule_watch import watch_clinic, window
from askdoc.storage.clinic_settings import settings_of
from askdoc.storage.rule_changes import approve, list_changes, look_at, propose, refuse, watched
from askdoc.wording import Lang, phrase


@dataclass(frozen=True, slots=True)
class Decision:
    """What a doctor decides of a proposal."""

    id: str
    by: str
    is_approved: bool


def look_for_changes(house: House, clinic: str, lang: Lang, json: bool) -> None:
    """Compare now, and show all changes of a clinic. Raises UnknownClinic."""
    database, today = house.database, _today(house)
    with database.reading() as kept:
        settings_of(kept, clinic)
        (one,) = watched(kept, today, clinic)
    looked, new = watch_clinic(house, database, one, today)
    with database.reading() as kept:
        found = list_changes(kept, clinic)
    if json:
        print_json([{"change": change, "state": state} for change, state in found])
        return
    first, last = window(house, today)
    lines([phrase("rule_changes.found", lang, first=first, last=last, new=new)])
    if looked.not_found:
        lines([phrase("rule_changes.not_found", lang, names=", ".join(looked.not_found))])
    lines([phrase("rule_changes.listed", lang, count=len(found))])
    for change, state in found:
        _show(change, state, lang)


def propose_change(house: House, change: Change, lang: Lang) -> None:
    """Keep it and show whom it touches. Raises BadChange and UnknownClinic."""
    propose(house.database, change)
    show_change(house, change.id, lang)


def show_change(house: House, id: str, lang: Lang) -> None:
    """What changes, and whom it touches today. Raises NotProposed."""
    found = look_at(house.database, id, _today(house))
    _show(found.change, found.state, lang)
    counts = {"touched": len(found.touched), "reachable": len(found.reachable)}
    lines([phrase("rule_changes.touched", lang, **counts), ", ".join(found.touched)])
    if found.unsure:
        told = {"unsure": len(found.unsure), "names": ", ".join(found.unsure)}
        lines([phrase("rule_changes.unsure", lang, **told)])


def _show(change: Change, state: str, lang: Lang) -> None:
    told = {name: getattr(change, name) for name in ("id", "about", "old", "new", "day", "source")}
    lines([phrase("rule_changes.shown", lang, **told)])
    lines([phrase(f"rule_changes.state.{state}", lang, id=change.id)])


def decide_change(house: House, decision: Decision, lang: Lang) -> None:
    """Tell everybody, or nobody. Raises NotProposed."""
    database, now = house.database, datetime.now(UTC)
    if not decision.is_approved:
        refuse(database, decision.id, decision.by, now)
        lines([phrase("rule_changes.state.refused", lang, id=decision.id)])
        return
    days = house.defaults["rule_notice_days"]
    holds = timedelta(days=days if isinstance(days, int) else 0)
    count = approve(database, decision.id, decision.by, _today(house), now, holds)
    lines([phrase("rule_changes.told", lang, count=count)])


def _today(house: House) -> date:
    return datetime.now(house.reminder_rules.zone).date()
