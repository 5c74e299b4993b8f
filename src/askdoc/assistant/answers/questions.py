"""Questions back: one short question with choices, at most two in a turn's history."""

from datetime import date

from askdoc.assistant.answer import Answer, Choice, Understood
from askdoc.assistant.context import Context
from askdoc.benefits.result import Range
from askdoc.policy import Book, Policy
from askdoc.policy.book import NATION
from askdoc.policy.dimensions import MEMBERS, NUMBERS, STATUSES
from askdoc.wording import Lang, phrase

# Facts that a person can be asked for, the most telling first.
ASKABLE = (
    "region",
    "insured",
    "group",
    "tier",
    "setting",
    "grade",
    "age",
    "retired_year",
    "contracted",
    "referral",
)


def first_askable(missing: tuple[str, ...]) -> str | None:
    """The fact to ask for first, or None when nothing that is missing can be asked."""
    named = ["insured" if name in ("scheme", "status") else name for name in missing]
    return next((name for name in ASKABLE if name in named), None)


def ask_back(
    fact: str,
    context: Context,
    lang: Lang,
    region: str | None,
    understood: tuple[Understood, ...] = (),
    scheme: str | None = None,
    range_: Range | None = None,
) -> Answer:
    """A question back for one fact, with its choices."""
    return Answer(
        kind="ask",
        lines=(phrase(f"assistant.ask.{fact}", lang),),
        understood=understood,
        missing=(fact,),
        choices=choices_for(fact, context.book, context.today, lang, region, scheme),
        range=range_,
        lang=lang,
    )


def choices_for(
    fact: str,
    book: Book,
    day: date,
    lang: Lang,
    region: str | None,
    scheme: str | None = None,
) -> tuple[Choice, ...]:
    """The ways to answer: what is shown, and the facts that each sets."""
    if fact == "region":
        return _regions(book, lang)
    if fact == "insured":
        return _insured(lang, scheme)
    if fact in NUMBERS:
        policy = Policy(book, day, region or NATION)
        return _bands(fact, policy.breakpoints(fact, scheme or ""), lang)
    return tuple(
        Choice(phrase(f"benefits.member.{fact}.{member}", lang), {fact: member})
        for member in MEMBERS[fact]
    )


def _regions(book: Book, lang: Lang) -> tuple[Choice, ...]:
    return tuple(
        Choice(region.name[lang], {"region": region.path})
        for region in sorted(book.regions.values(), key=lambda region: region.path)
        if region.level == "city"
    )


def _insured(lang: Lang, scheme: str | None) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            f"{phrase(f'benefits.member.scheme.{name}', lang)}"
            f" · {phrase(f'benefits.member.status.{status}', lang)}",
            {"scheme": name, "status": status},
        )
        for name, statuses in STATUSES.items()
        if scheme in (None, name)
        for status in statuses
    )


def _bands(fact: str, starts: tuple[int, ...], lang: Lang) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    for index, low in enumerate(starts):
        high = starts[index + 1] - 1 if index + 1 < len(starts) else None
        if high is None:
            label = phrase(f"assistant.band_of.{fact}.from", lang, low=low)
        elif index == 0:
            label = phrase(f"assistant.band_of.{fact}.to", lang, high=high)
        else:
            label = phrase(f"assistant.band_of.{fact}.between", lang, low=low, high=high)
        # The first band begins at 0, which told again would be 0年.
        choices.append(Choice(label, {fact: str(high if index == 0 and high else low)}))
    return tuple(choices)
