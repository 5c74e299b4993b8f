"""One way to make a visit, as a line: who pays what, or that the rules for it are not recorded."""

from collections.abc import Sequence
from decimal import Decimal

from askdoc.assistant.answers import telling
from askdoc.benefits import Item, Result
from askdoc.wording import Lang, phrase

# Where nobody has a bill, deductible and share are those of any.
ANY_BILL = (Item(item_class="A", amount=Decimal(100)),)
# What leaves more in doubt comes later.
_DOUBT = ("covered", "conditional", "needs_filing", "not_covered", "indeterminate")


def is_computed(result: Result) -> bool:
    """Whether a sum stands on recorded rules: without them its figures say nothing."""
    return result.outcome != "indeterminate"


def place_line(name: str, result: Result, lang: Lang) -> str:
    """What the person and the funds pay there."""
    if not is_computed(result):
        return phrase("assistant.place_unknown", lang, place=name)
    return phrase(
        "assistant.place",
        lang,
        place=name,
        person_pays=telling.yuan(result.figures.person_pays, lang),
        paid_for=telling.yuan(result.figures.paid_for, lang),
    )


def share_line(name: str, result: Result, lang: Lang) -> str:
    """The deductible and the share there, whatever the amount; the share alone where the
    deductible hangs on what nobody told.
    """
    share, deductible = share_and_deductible(result)
    if "contracted" in result.missing:
        told = telling.percent(share)
        return phrase("assistant.place_share_alone", lang, place=name, share=told)
    return phrase(
        "assistant.place_share",
        lang,
        place=name,
        share=telling.percent(share),
        deductible=telling.yuan(deductible, lang),
    )


def share_and_deductible(result: Result) -> tuple[Decimal, Decimal]:
    """What does not hang on the amount: the fund's share, and the whole deductible in yuan."""
    fields = {step.name: step.fields for step in result.steps}
    # Whose deductible is used up has a step of its own instead.
    whole = fields.get("deductible", {"full": 0})["full"]
    return Decimal(str(fields["fund_pays"]["share"])), Decimal(str(whole))


def least_sure(results: Sequence[Result]) -> int:
    """Which of some sums leaves most in doubt."""
    return max(range(len(results)), key=lambda at: _DOUBT.index(results[at].outcome))
