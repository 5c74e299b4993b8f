"""Questions about one medicine: its class, its payment scope, what it costs.

A name is only taken when it resolves; anything fuzzier is offered as a choice, and a name
that is not recorded is never called "not covered".
"""

from askdoc.assistant.answer import Answer, Choice, Cited
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.alternatives import alternatives, first_pay
from askdoc.assistant.answers.cover import decided
from askdoc.assistant.answers.known import Known, understood
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.medicines import Decision, Medicine, Resolution
from askdoc.wording import Lang, phrase

_RESTS_ON = ("region", "scheme", "status", "grade", "tier", "setting", "age", "sex", "day")


def answer_medicine(
    resolution: Resolution, reading: Reading, known: Known, context: Context, lang: Lang
) -> Answer:
    """What the catalogue says of one medicine, or a choice between several."""
    rests_on = understood(known, _RESTS_ON, context.book, lang)
    if resolution.kind == "none":
        return unresolved(resolution, lang)
    if resolution.kind == "several":
        return _several(resolution, reading, known, context, lang)
    medicine = resolution.medicines[0]
    decision, why = decided(medicine, reading, known, context, lang)
    diagnosed = telling.diseases(reading.diagnoses, context.catalogue.conditions, lang)
    told = [*_told(medicine, decision, diagnosed, lang, resolution.query), *why]
    asked = "alternatives" in reading.asks
    lines = [
        *told,
        *_paid(medicine, decision, known, context, lang),
        *alternatives(medicine, decision, asked, known, context, lang),
    ]
    return Answer(
        kind="answer",
        lines=tuple(lines),
        brief=tuple(told[:1]),
        medicines=(medicine.name,),
        outcome=decision.outcome,
        understood=rests_on,
        sources=_sources(medicine, decision, context, lang),
        missing=decision.missing,
        confidence=decision.confidence,
        lang=lang,
    )


def described(
    medicine: Medicine, reading: Reading, known: Known, context: Context, lang: Lang
) -> tuple[tuple[str, ...], tuple[Cited, ...]]:
    """The class and payment scope of a medicine on a bill, with its sources."""
    decision, why = decided(medicine, reading, known, context, lang)
    diagnosed = telling.diseases(reading.diagnoses, context.catalogue.conditions, lang)
    told = _told(medicine, decision, diagnosed, lang)
    return (*told, *why), _sources(medicine, decision, context, lang)


def unresolved(resolution: Resolution, lang: Lang) -> Answer:
    """A name that is not recorded: said so, with what may have been meant."""
    names = [one.name for one in resolution.candidates]
    joined = phrase("medicines.list_mark", lang).join(names)
    lines = []
    if resolution.problem in ("form_not_listed", "numeral_not_listed"):
        lines.append(phrase(f"medicines.problem.{resolution.problem}", lang, names=joined))
    elif resolution.problem == "empty":
        lines.append(phrase("medicines.problem.empty", lang))
    elif resolution.problem == "malformed_code":
        lines.append(phrase("medicines.problem.malformed_code", lang, query=resolution.query))
    else:
        lines.append(phrase("medicines.not_recorded", lang, name=resolution.query))
        if names:
            lines.append(phrase("medicines.did_you_mean", lang, names=joined))
    return Answer(
        kind="nothing_found",
        lines=tuple(lines),
        outcome="indeterminate",
        choices=tuple(Choice(name, {"medicine": name}) for name in names),
        lang=lang,
    )


def ask_which(resolution: Resolution, lang: Lang) -> Answer | None:
    """A question back for a name that only sounds like recorded ones: asked, never taken."""
    names = [one.name for one in resolution.candidates if one.why == "pinyin"]
    if resolution.kind != "none" or not names or resolution.query.isascii():
        return None
    joined = phrase("medicines.list_mark", lang).join(names)
    return Answer(
        kind="ask",
        lines=(phrase("assistant.ask.same_sound", lang, said=resolution.query, names=joined),),
        missing=("medicine",),
        choices=tuple(Choice(name, {"medicine": name}) for name in names),
        lang=lang,
    )


def _several(
    resolution: Resolution, reading: Reading, known: Known, context: Context, lang: Lang
) -> Answer:
    """Every medicine that the name stands for, each with its class: the form decides."""
    classes = {medicine.payment_class for medicine in resolution.medicines}
    key = "several" if len(classes) > 1 else "several_alike"
    lines = [phrase(f"assistant.medicine.{key}", lang, name=resolution.query)]
    outcomes: set[str] = set()
    sources: list[Cited] = []
    reasons: list[str] = []
    for medicine in resolution.medicines:
        decision, why = decided(medicine, reading, known, context, lang)
        reasons += why
        outcomes.add(decision.outcome)
        lines.append(
            phrase(
                "assistant.medicine.one_of",
                lang,
                head=_head(medicine, lang),
                verdict=_verdict(decision, lang),
            )
        )
        sources += _sources(medicine, decision, context, lang)
    names = [medicine.name for medicine in resolution.medicines]
    lines += dict.fromkeys(reasons)
    lines += [phrase("assistant.ask.which_form", lang)] if len(classes) > 1 else []
    return Answer(
        kind="answer",
        lines=tuple(lines),
        brief=tuple(lines),
        medicines=tuple(names),
        outcome=outcomes.pop() if len(outcomes) == 1 else "conditional",
        understood=understood(known, _RESTS_ON, context.book, lang),
        sources=tuple(dict.fromkeys(sources)),
        missing=("form",),
        choices=tuple(Choice(name, {"medicine": name}) for name in names),
        confidence="unverified"
        if any(one.confidence == "unverified" for one in resolution.medicines)
        else resolution.medicines[0].confidence,
        lang=lang,
    )


def one_line(medicine: Medicine, lang: Lang) -> str:
    """The name and class of a medicine, as one line of a list."""
    return phrase("assistant.medicine.line", lang, head=_head(medicine, lang))


def _head(medicine: Medicine, lang: Lang, said: str = "") -> str:
    listed = phrase(f"medicines.class.{medicine.payment_class}", lang)
    name = (
        medicine.name
        if lang == "zh" or not medicine.english
        else (f"{medicine.name} ({medicine.english})")
    )
    if said and said.lower() not in name.lower() and medicine.name not in said:
        name = phrase("assistant.medicine.said", lang, said=said, name=name)
    return phrase("assistant.medicine.head", lang, name=name, class_=listed)


def _verdict(decision: Decision, lang: Lang) -> str:
    return phrase(f"benefits.outcome.{decision.outcome}", lang)


def _told(
    medicine: Medicine, decision: Decision, diagnosed: list[str], lang: Lang, said: str = ""
) -> list[str]:
    lines = [
        phrase(
            "assistant.medicine.headline",
            lang,
            head=_head(medicine, lang, said),
            verdict=_verdict(decision, lang),
        )
    ]
    lines += [reason.sentence(lang) for reason in decision.reasons]
    facts = [name for name in decision.missing if name in _NAMED]
    if facts:
        comma = phrase("medicines.list_mark", lang)
        wanted = comma.join(_wanted(name, diagnosed, lang) for name in facts)
        lines.append(phrase("assistant.missing", lang, what=wanted))
    if medicine.agreement is not None:
        lines.append(
            phrase(
                "assistant.medicine.agreement",
                lang,
                begins=medicine.agreement.begins.isoformat(),
                ends=medicine.agreement.ends.isoformat(),
            )
        )
    return lines


def _wanted(fact: str, diagnosed: list[str], lang: Lang) -> str:
    """A fact that is missing; a diagnosis that was said is not told to be unknown."""
    if fact != "diagnoses" or not diagnosed:
        return phrase(f"medicines.fact.{fact}", lang)
    said = phrase("medicines.list_mark", lang).join(diagnosed)
    return phrase("assistant.medicine.exact_diagnosis", lang, said=said)


_NAMED = (
    "age",
    "sex",
    "scheme",
    "tier",
    "setting",
    "diagnoses",
    "days",
    "specialist_wrote_first",
    "payment_scope",
    "agreement",
)


def _paid(
    medicine: Medicine, decision: Decision, known: Known, context: Context, lang: Lang
) -> list[str]:
    """Payment standard, illustrative price, and the first-pay share where the person lives."""
    lines: list[str] = []
    standard = medicine.payment_standard
    if standard is not None and standard.is_confidential:
        lines.append(phrase("assistant.medicine.standard_secret", lang))
    for one in standard.amounts if standard is not None else ():
        amount = telling.yuan(one.amount, lang)
        lines.append(
            phrase("assistant.medicine.standard", lang, amount=amount, per=one.per, of=one.of)
        )
    if medicine.price is not None:
        amount = telling.yuan(medicine.price.amount, lang)
        lines.append(
            phrase("assistant.medicine.price", lang, amount=amount, per=medicine.price.per)
        )
    if decision.outcome in ("covered", "conditional"):
        lines += first_pay(medicine, known, context, lang)
    if medicine.note is not None:
        lines.append(phrase("assistant.medicine.note", lang, text=medicine.note[lang]))
    return lines


def _sources(
    medicine: Medicine, decision: Decision, context: Context, lang: Lang
) -> tuple[Cited, ...]:
    edition = context.catalogue.edition(medicine.edition)
    return (
        telling.source(
            medicine.source,
            medicine.confidence,
            context.book,
            lang,
            article=_number(medicine, lang),
            begins=edition.begins if edition and edition.source == medicine.source else None,
        ),
    )


def _number(medicine: Medicine, lang: Lang) -> str | None:
    if medicine.number is None:
        return None
    part = phrase(f"assistant.part.{medicine.number.part}", lang)
    return phrase("assistant.medicine.number", lang, part=part, no=medicine.number.no)
