"""What a referral changes in what a visit costs: the sum of one bill with and without it.

Nobody has a bill yet, so the deductible and the share of each way are told, from the same engine
that sums bills up.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from askdoc.assistant.answer import Cited
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.known import person, visit
from askdoc.assistant.answers.place_lines import ANY_BILL, share_and_deductible
from askdoc.assistant.errands.errand import Errand
from askdoc.benefits import Case
from askdoc.benefits.compare import Place, both_ways
from askdoc.care.referrals.slots import Hospital
from askdoc.policy import Confidence, Value, lowest
from askdoc.wording import phrase


@dataclass(frozen=True, slots=True)
class Fee:
    """What was found: lines, and the documents and values that they rest on."""

    lines: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()
    values: tuple[Value, ...] = ()
    confidence: Confidence | None = None


def fee_lines(hospitals: Iterable[Hospital], errand: Errand) -> Fee:
    """The fee at these hospitals' tiers, and where they are away from home, with and without a
    referral, as far as it is known."""
    if not {"region", "scheme", "status"} <= errand.known.keys():
        return Fee((errand.phrase("fee.who_pays"),))
    home = str(errand.known["region"].value)
    places = dict.fromkeys(
        (one.tier, None if one.region == home else one.region) for one in hospitals
    )
    told = [_at(tier, away, errand) for tier, away in places]
    sure = [one.confidence for one in told if one.confidence is not None]
    to_confirm = ("unverified" in sure) * (phrase("assistant.to_confirm", errand.lang),)
    return Fee(
        (*(line for one in told for line in one.lines), *to_confirm),
        tuple(dict.fromkeys(cited for one in told for cited in one.sources)),
        tuple(value for one in told for value in one.values),
        lowest(sure) if sure else None,
    )


def _at(tier: str, away: str | None, errand: Errand) -> Fee:
    """The fee at a tier; `away` is the city where that is not the one of the insurance."""
    book = errand.context.book
    at = replace(visit(errand.known, errand.day), day=errand.day, setting="outpatient", place=away)
    case = Case(person(errand.known), at, ANY_BILL)
    ways = both_ways(case, book, tier)
    name = phrase(f"benefits.member.tier.{tier}", errand.lang)
    if away is not None:
        city = telling.fact("place", away, errand.lang, book)
        name = phrase("assistant.dot", errand.lang).join((city, name))
    if ways.missing:
        what = telling.missing(ways.missing[0], errand.lang, book)
        return Fee((errand.phrase("fee.missing", tier=name, what=what),))
    plain, referred = ways.plain, ways.referred
    fields = {
        "tier": name,
        **_terms(plain, "plain", errand),
        **_terms(referred, "referred", errand),
    }
    same = share_and_deductible(plain.result) == share_and_deductible(referred.result)
    return Fee(
        (errand.phrase("fee.same" if same else "fee.differs", **fields),),
        telling.cited(ways.values, book, errand.lang),
        ways.values,
        ways.confidence,
    )


def _terms(place: Place, way: str, errand: Errand) -> dict[str, str]:
    share, deductible = share_and_deductible(place.result)
    return {
        f"share_{way}": telling.percent(share),
        f"deductible_{way}": telling.yuan(deductible, errand.lang),
    }
