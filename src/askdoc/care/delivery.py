"""A continuous prescription that is delivered: eight steps, and who did which of them when.

Hangzhou's flow: written, reviewed, ordered, given to logistics, checked again by several people,
told to the patient, delivered and signed, proof put up. What a reader would not guess: nothing is
overwritten. The state is what the steps taken so far amount to, so the record is also the proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from askdoc.policy import Policy
from askdoc.wording import AskdocError

Step = Literal[
    "written",
    "reviewed",
    "refused",
    "ordered",
    "logistics_told",
    "rechecked",
    "patient_told",
    "signed",
    "proof_uploaded",
    "cancelled",
]
State = Step
# Who may take a step; a courier belongs to the partner that delivers.
_ROLES: dict[Step, tuple[str, ...]] = {
    "written": ("doctor",),
    "reviewed": ("physician",),
    "refused": ("physician",),
    "ordered": ("pharmacist", "staff"),
    "logistics_told": ("pharmacist", "staff"),
    "rechecked": ("pharmacist", "staff"),
    "patient_told": ("staff", "pharmacist", "system"),
    "signed": ("courier",),
    "proof_uploaded": ("courier", "staff"),
    "cancelled": ("doctor", "physician", "pharmacist", "staff"),
}
_AFTER: dict[Step, tuple[Step, ...]] = {
    "written": ("reviewed", "refused", "cancelled"),
    "reviewed": ("ordered", "cancelled"),
    "ordered": ("logistics_told", "cancelled"),
    "logistics_told": ("rechecked", "cancelled"),
    "rechecked": ("rechecked", "patient_told", "cancelled"),
    "patient_told": ("signed", "cancelled"),
    "signed": ("proof_uploaded",),
}
# What a step must tell: why it was refused or ended, who signed, where the photo is.
_TELLS: tuple[Step, ...] = ("refused", "cancelled", "signed", "proof_uploaded")


class StepNotAllowed(AskdocError):
    """A step that cannot be taken now, or not by this person. Fields `step`, `why`."""

    code = "delivery.step_not_allowed"


class NoFlow(AskdocError):
    """A region has no recorded rules for deliveries. Field `region`."""

    code = "delivery.no_flow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One step that was taken. `detail`: a reason, who signed, or the place of the photo."""

    step: Step
    by: str
    role: str
    at: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FlowRules:
    """How many different people must check the parcel again."""

    checkers: int


def flow_rules(policy: Policy) -> FlowRules:
    """The rules of a region. Raises NoFlow where nobody recorded how many people check."""
    content = policy.find("continuous_prescription.recheck_persons", {}).content
    if not isinstance(content, int):
        raise NoFlow(region=policy.region)
    return FlowRules(content)


def take(steps: Sequence[Taken], new: Taken, rules: FlowRules) -> tuple[Taken, ...]:
    """The steps with the new one. Raises StepNotAllowed."""
    _check_order(steps, new, rules)
    if new.role not in _ROLES[new.step]:
        raise StepNotAllowed(step=new.step, why="role")
    if new.step in _TELLS and not new.detail.strip():
        raise StepNotAllowed(step=new.step, why="detail")
    if steps and new.at < steps[-1].at:
        raise StepNotAllowed(step=new.step, why="time")
    if new.step == "reviewed" and new.by == steps[0].by:
        raise StepNotAllowed(step=new.step, why="own_prescription")
    if new.step == "rechecked" and new.by in checked_by(steps):
        raise StepNotAllowed(step=new.step, why="same_person")
    return (*steps, new)


def _check_order(steps: Sequence[Taken], new: Taken, rules: FlowRules) -> None:
    if not steps:
        if new.step != "written":
            raise StepNotAllowed(step=new.step, why="not_written")
        return
    if new.step not in _AFTER.get(steps[-1].step, ()):
        raise StepNotAllowed(step=new.step, why="order")
    if new.step == "patient_told" and len(checked_by(steps)) < rules.checkers:
        raise StepNotAllowed(step=new.step, why="checkers")


def state_of(steps: Sequence[Taken]) -> State:
    """Where it stands: the last step taken. Raises StepNotAllowed before the first."""
    if not steps:
        raise StepNotAllowed(step="written", why="not_written")
    return steps[-1].step


def checked_by(steps: Sequence[Taken]) -> frozenset[str]:
    """The different people who checked the parcel."""
    return frozenset(one.by for one in steps if one.step == "rechecked")
