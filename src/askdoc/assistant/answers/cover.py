"""Whether a medicine may be called covered in a conversation.

The catalogue decides from facts; here is what people say beside them. What a reader would not
guess: whatever speaks against cover only ever makes it conditional, never the other way round.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from askdoc.assistant.answers.known import Known
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.scope_said import AWAY_FROM_BEDS, DAYS, FIRST
from askdoc.assistant.reading.time_ahead import time_ahead
from askdoc.medicines import Decision, Medicine, ScopeFacts, decide
from askdoc.medicines.decision import Outcome
from askdoc.wording import Lang, phrase

_WITH_BEDS = ("inpatient", "emergency")
# What happened in another year and is no reason to look at its catalogue.
_BEGAN = re.compile(
    r"^[^，。；,;]{0,8}?(?:确诊|查出|查|诊断|得|患|发现|开始|退休|退的|没|体检|手术|做|装|住|犯|起)"
    r"|^[^,.;]{0,20}\b(?:diagnosed|retired|found|since|had|operat|surgery)"
)
_EARLIER_YEAR = re.compile(r"[去前]年|往年|(?:19|20)\d\d|\blast year\b|年前|\byears? ago\b")


def decided(
    medicine: Medicine, reading: Reading, known: Known, context: Context, lang: Lang
) -> tuple[Decision, list[str]]:
    """The decision for a person's case, and as lines what speaks against cover."""
    firm = frozenset(reading.diagnoses) - frozenset(reading.doubted)
    facts = with_scope_said(scope_facts(known, firm), reading.scope_said)
    decision = _on_its_day(medicine, facts, reading, context)
    why: list[str] = []
    for weigh in (_for_purpose, _for_disease, _for_circumstances):
        decision, lines = weigh(medicine, decision, reading, context, lang)
        why += lines
    return decision, why


def _on_its_day(
    medicine: Medicine, facts: ScopeFacts, reading: Reading, context: Context
) -> Decision:
    """The decision for the day of the question; past the last known day, for the time to come."""
    ahead = time_ahead(reading.text, context.today)
    if ahead is not None and "day" not in reading.facts:
        later = replace(context, today=ahead)
        decision = decide(medicine, facts, ahead, later.on_day)
        if decision.outcome == "indeterminate":
            return decision
    return decide(medicine, facts, context.today, context.on_day)


def scope_facts(known: Known, diagnoses: frozenset[str]) -> ScopeFacts:
    """What is known of what payment scopes ask for."""

    def text(name: str) -> str | None:
        return str(known[name].value) if name in known else None

    return ScopeFacts(
        age=int(known["age"].value) if "age" in known else None,
        sex=text("sex"),
        scheme=text("scheme"),
        tier=text("tier"),
        setting=text("setting"),
        diagnoses=diagnoses or None,
    )


def with_scope_said(facts: ScopeFacts, said: tuple[str, ...]) -> ScopeFacts:
    """The facts with what was said that can only rule a payment scope out."""
    kinds = dict(one.split("=", 1) for one in said)
    days = kinds.pop(DAYS, None)
    return replace(
        facts,
        days_so_far=None if days is None else int(days),
        specialist_wrote_first=False if kinds.pop(FIRST, None) else facts.specialist_wrote_first,
        not_in=frozenset(_WITH_BEDS) if kinds.pop(AWAY_FROM_BEDS, None) else frozenset(),
        measured={name: Decimal(value) for name, value in kinds.items()},
    )


def _for_purpose(
    medicine: Medicine, decision: Decision, reading: Reading, context: Context, lang: Lang
) -> tuple[Decision, list[str]]:
    """The decision for what the medicine is taken for: the fund pays for treatment only."""
    if decision.outcome not in ("covered", "conditional") or not reading.purposes:
        return decision, []
    purpose = reading.purposes[0]
    outcome: Outcome = "not_covered" if purpose == "lifestyle" else "conditional"
    line = phrase(f"assistant.medicine.purpose.{purpose}", lang)
    return replace(decision, outcome=outcome), [line]


def _for_disease(
    medicine: Medicine, decision: Decision, reading: Reading, context: Context, lang: Lang
) -> tuple[Decision, list[str]]:
    """Cover only where what was said of diseases does not speak against it.

    The fund pays within the label: a disease that no recorded use names, or the denial of the one
    that does, leaves it open.
    """
    if decision.outcome != "covered" or not medicine.indications:
        return decision, []
    table = context.catalogue.conditions
    uses = set(medicine.indications)

    def is_use(said: str) -> bool:
        found = table.recognise(said)
        wider = {above for one in uses for above in table.with_wider(one)}
        return found is None or found in wider or bool(table.with_wider(found) & uses)

    known = [one for one in reading.diagnoses if table.recognise(one)]
    denied = [one for one in reading.denied if table.recognise(one)]
    if known and not any(map(is_use, known)):
        key, words = "other_disease", known
    elif denied and not known and any(map(is_use, denied)):
        key, words = "no_disease", denied
    else:
        return decision, []
    names = phrase("medicines.list_mark", lang).join(
        table.by_id[found].name[lang] for one in words if (found := table.recognise(one))
    )
    line = phrase(f"assistant.medicine.{key}", lang, names=names)
    return replace(decision, outcome="conditional", missing=("diagnoses",)), [line]


def _for_circumstances(
    medicine: Medicine, decision: Decision, reading: Reading, context: Context, lang: Lang
) -> tuple[Decision, list[str]]:
    """Cover only where nothing that was said beside the facts speaks against it."""
    if decision.outcome not in ("covered", "conditional"):
        return decision, []
    # A scope may hang on what was denied; without one, a denial tells of the person's story.
    open_to = medicine.restriction is not None or not medicine.scope_recorded
    kinds = [kind for kind in reading.against if kind != "unclear" or open_to]
    if _is_other_year(reading, context.today):
        kinds.append("other_year")
    lines = [phrase(f"assistant.medicine.against.{kind}", lang) for kind in kinds]
    return (replace(decision, outcome="conditional") if kinds else decision), lines


def _is_other_year(reading: Reading, today: date) -> bool:
    """Whether the medicine is or was taken in another year, as no exact day says."""
    ahead = None if "day" in reading.facts else time_ahead(reading.text, today)
    if ahead is not None and ahead.year != today.year:
        return True
    return any(
        _EARLIER_YEAR.search(words) and not _BEGAN.match(reading.text.partition(words)[2])
        for words in reading.vague_days
    )
