"""May this be a long prescription, of how many days, and what is still needed?

All names of conditions, needs, excluded kinds and reasons to stop come from the policy values; the
order here is: what forbids, then what is not known, then what has to be done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from askdoc.policy import Policy
from askdoc.policy.confidence import Confidence, lowest
from askdoc.policy.values import Value
from askdoc.wording import Lang, phrase

Outcome = Literal["allowed", "not_allowed", "conditional", "indeterminate"]
_WEEK = 7
# A month of a rule given in months, at its longest.
_MONTH = 31
_TITLES = ("junior", "intermediate", "associate_senior", "senior")
_TOPIC = "long_prescription"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A long prescription that is asked for; what is not stated is not known.

    `facts` answers, by the names in the policy values, what is true of the person, done or has
    happened. `medicine_kinds` are the kinds the medicine belongs to (empty: none of them). `first`:
    nobody gave this medicine as a long prescription before. `advised`: a specialist was consulted,
    advised from afar, or the person was referred. `extended`: the family doctor continues what a
    specialist prescribed after a referral.
    """

    supply_days: int
    facts: Mapping[str, bool] = field(default_factory=dict)
    medicine_kinds: frozenset[str] | None = None
    first: bool | None = None
    tier: str | None = None
    title: str | None = None
    advised: bool | None = None
    extended: bool = False
    contracted: bool | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason by its key, and the name of the condition or the number that it is about."""

    key: str
    about: str = ""

    def sentence(self, lang: Lang) -> str:
        """The reason in plain words."""
        said = self.about
        if said and not said.isdecimal():
            said = phrase(f"long_prescription.fact.{said}", lang)
        return phrase(f"long_prescription.reason.{self.key}", lang, about=said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The decision: `not_allowed` with what forbids it, `conditional` with what is `missing`.

    `longest_days` is the most that could be given if all else holds, None when nobody recorded it.
    """

    outcome: Outcome
    longest_days: int | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    confidence: Confidence
    values: tuple[Value, ...]


def decide_long_prescription(asked: Asked, policy: Policy) -> Gate:
    """Whether the days asked for may be prescribed at once, by the values of day and region."""
    usual = _whole(policy, "usual_weeks")
    longest = _whole(policy, "longest_weeks")
    if usual is None or longest is None:
        return _gate("indeterminate", None, [Reason("not_recorded")], [], policy)
    against: list[Reason] = []
    missing: list[str] = []
    _look_at_medicine(asked, policy, against, missing)
    _look_at_person(asked, policy, against, missing)
    _look_at_doctor(asked, policy, against, missing)
    if asked.supply_days > longest * _WEEK:
        against.append(Reason("too_long", str(longest)))
    notes: list[Reason] = []
    if asked.supply_days > usual * _WEEK:
        notes.append(Reason("over_usual", str(usual)))
        needs = _names(policy, "over_usual_needs")
        missing += [name for name in needs if not asked.facts.get(name, False)]
    _look_at_place(asked, policy, notes, missing)
    if against:
        return _gate("not_allowed", longest * _WEEK, against, [], policy)
    if missing:
        return _gate("conditional", longest * _WEEK, notes, missing, policy)
    return _gate("allowed", longest * _WEEK, [Reason("all_met"), *notes], [], policy)


def _look_at_medicine(
    asked: Asked, policy: Policy, against: list[Reason], missing: list[str]
) -> None:
    excluded = _names(policy, "excluded")
    if asked.medicine_kinds is None:
        missing.append("medicine_kinds")
        return
    against += [Reason("excluded", kind) for kind in excluded if kind in asked.medicine_kinds]


def _look_at_person(
    asked: Asked, policy: Policy, against: list[Reason], missing: list[str]
) -> None:
    for name in _names(policy, "stop_when"):
        if asked.facts.get(name, False):
            against.append(Reason("stopped", name))
    for name in _names(policy, "person_conditions"):
        if name not in asked.facts:
            missing.append(name)
        elif not asked.facts[name]:
            against.append(Reason("condition", name))


def _look_at_doctor(
    asked: Asked, policy: Policy, against: list[Reason], missing: list[str]
) -> None:
    if asked.first is None and not asked.extended:
        missing.append("first")
        return
    if asked.tier is None:
        missing.append("tier")
        return
    is_primary = asked.tier == "primary"
    if asked.extended or not asked.first:
        # The specialist gave it first; primary care goes on where the rule lets it.
        if is_primary and policy.find(f"{_TOPIC}.primary_may_renew", {}).content is False:
            against.append(Reason("no_renewal"))
        return
    if is_primary and asked.advised:
        return
    if asked.title is None:
        missing.append("title")
        return
    needed = policy.find(f"{_TOPIC}.first_title", {}).content
    if needed in _TITLES and _TITLES.index(asked.title) < _TITLES.index(str(needed)):
        if is_primary and asked.advised is None:
            missing.append("advised")
        else:
            against.append(Reason("title", str(needed)))


def _look_at_place(asked: Asked, policy: Policy, notes: list[Reason], missing: list[str]) -> None:
    """What a place is said to do: while nobody confirmed it, it is asked and forbids nothing."""
    months = _whole(policy, "local_months")
    if months is not None and asked.supply_days > months * _MONTH:
        notes.append(Reason("local_months", str(months)))
        if not asked.facts.get("local_length_confirmed", False):
            missing.append("local_length_confirmed")
    needs_contract = policy.find(f"{_TOPIC}.local_needs_contract", {}).content
    if needs_contract and not asked.contracted:
        notes.append(Reason("local_contract"))
        missing.append("contracted")


def _whole(policy: Policy, name: str) -> int | None:
    content = policy.find(f"{_TOPIC}.{name}", {}).content
    return content if isinstance(content, int) else None


def _names(policy: Policy, name: str) -> tuple[str, ...]:
    content = policy.find(f"{_TOPIC}.{name}", {}).content
    return tuple(str(one) for one in content) if isinstance(content, tuple) else ()


def _gate(
    outcome: Outcome,
    longest_days: int | None,
    reasons: list[Reason],
    missing: list[str],
    policy: Policy,
) -> Gate:
    values = tuple(one for one in policy.used if one.content is not None)
    return Gate(
        outcome=outcome,
        longest_days=longest_days,
        reasons=tuple(reasons),
        missing=tuple(missing),
        confidence=lowest(one.confidence for one in values) if values else "unverified",
        values=values,
    )
