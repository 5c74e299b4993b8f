"""Whether a medicine may be called covered in a conversation.

The catalogue decides from facts; here is what people say beside them. What a reader would not
guess: whatever speaks against cover only ever makes it conditional, never the other way round.
"""

import re
from dataclasses import replace

from askdoc.assistant.answers.known import Known
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.medicines import Decision, Medicine, ScopeFacts, decide
from askdoc.medicines.decision import Outcome
from askdoc.wording import Lang, phrase

# What happened in another year and is no reason to look at its catalogue.
_BEGAN = re.compile(
    r"^[^，。；,;]{0,8}?(?:确诊|查出|查|诊断|得|患|发现|开始|退休|退的|没|体检|手术|做|装|住|犯|起)"
    r"|^[^,.;]{0,20}\b(?:diagnosed|retired|found|since|had|operat|surgery)"
)
# A year to come in which something happens first, and then the medicine: 明年手术后再吃.
_TO_COME = re.compile(r"[明后]年|下一?年|\bnext year\b")
_THEN = re.compile(r"^[^，。；,;]*(?:再|后|完|时|才|\b(?:then|when|after|before|start|take)\b)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHER_YEAR = re.compile(
    r"[去前后明]年|往年|(?:19|20)\d\d|\b(?:last|next) year\b|年前|\byears? ago\b"
)


def decided(
    medicine: Medicine, reading: Reading, known: Known, context: Context, lang: Lang
) -> tuple[Decision, list[str]]:
    """The decision for a person's case, and as lines what speaks against cover."""
    firm = frozenset(reading.diagnoses) - frozenset(reading.doubted)
    facts = scope_facts(known, firm)
    decision = decide(medicine, facts, context.today, context.on_day)
    why: list[str] = []
    for weigh in (_for_purpose, _for_disease, _for_circumstances):
        decision, lines = weigh(medicine, decision, reading, context, lang)
        why += lines
    return decision, why


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
    year = context.today.year
    ahead = () if "day" in reading.facts else _years_ahead(reading.text, year)
    if any(_is_other_year(words, reading.text, year) for words in (*reading.vague_days, *ahead)):
        kinds.append("other_year")
    lines = [phrase(f"assistant.medicine.against.{kind}", lang) for kind in kinds]
    return (replace(decision, outcome="conditional") if kinds else decision), lines


def _years_ahead(text: str, year: int) -> tuple[str, ...]:
    return tuple(one for one in _YEAR.findall(text) if int(one) > year)


def _is_other_year(words: str, text: str, year: int) -> bool:
    """Whether a time is another year, and the medicine's rather than what happened or will."""
    behind = text.partition(words)[2]
    if not _OTHER_YEAR.search(words):
        return False
    ahead = _TO_COME.search(words) or _years_ahead(words, year)
    return not _BEGAN.match(behind) or bool(ahead and _THEN.match(behind))
