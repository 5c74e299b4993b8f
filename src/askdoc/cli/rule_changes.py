"""`askdoc clinic change`: a changed rule, agreed to by the doctor before residents hear of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from askdoc.bootstrap import House
from askdoc.care.rule_changes import Change
from askdoc.cli.clinic import open_database
from askdoc.cli.tables import lines
from askdoc.storage.rule_changes import approve, look_at, propose, refuse
from askdoc.wording import Lang, phrase


@dataclass(frozen=True, slots=True)
class Decision:
    """What a doctor decides of a proposal."""

    id: str
    by: str
    is_approved: bool


def propose_change(house: House, change: Change, lang: Lang) -> None:
    """Keep it and show whom it touches. Raises BadChange and UnknownClinic."""
    propose(open_database(house), change)
    show_change(house, change.id, lang)


def show_change(house: House, id: str, lang: Lang) -> None:
    """What changes, and whom it touches today. Raises NotProposed."""
    found = look_at(open_database(house), id, _today(house))
    told = {name: getattr(found.change, name) for name in ("about", "old", "new", "day", "source")}
    lines([phrase("rule_changes.shown", lang, id=id, **told)])
    counts = {"touched": len(found.touched), "reachable": len(found.reachable)}
    lines([phrase("rule_changes.touched", lang, **counts), ", ".join(found.touched)])
    lines([phrase(f"rule_changes.state.{found.state}", lang, id=id)])


def decide_change(house: House, decision: Decision, lang: Lang) -> None:
    """Tell everybody, or nobody. Raises NotProposed."""
    database, now = open_database(house), datetime.now(UTC)
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
