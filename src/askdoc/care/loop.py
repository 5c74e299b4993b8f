"""What follows a reminder: what a person can answer, what stands in the way, and who calls.

askdoc never prescribes: a wish for a refill is a task for the family doctor, and every barrier ends
in something that a person at the clinic does.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from askdoc.care.discharge import FOLLOW_UP
from askdoc.care.reminders import TOPIC
from askdoc.channels.port import WRONG_NUMBER, Choice
from askdoc.desk.tasks import OUTCOMES as CORRECTED
from askdoc.desk.tasks import REFILLS, TALKED, AnsweredElsewhere, Kind
from askdoc.wording import AskdocError, Lang, phrase

Answer = Literal["collected", "renew", "trouble", "later"]
Barrier = Literal["no_time", "cost", "side_effect", "away", "stopped", "out_of_stock"]
# What each barrier asks of the clinic.
ACTIONS: dict[Barrier, str] = {
    "no_time": "nearer_or_delivered",
    "cost": "cheaper_to_discuss",
    "side_effect": "call_back",
    "away": "travel_supply",
    "stopped": "confirm_stop",
    "out_of_stock": "stock_elsewhere",
}
BARRIERS: tuple[Barrier, ...] = tuple(ACTIONS)
# What a task can end with.
OUTCOMES = (
    "refilled",
    "delivered",
    "changed_by_doctor",
    "stop_confirmed",
    "moved_away",
    "not_reached",
    "declined",
    "said_collected",
    "followed_up",
    "told",
    WRONG_NUMBER,
)
# Outcomes of a call that reached nobody whom it was for.
NOT_TOLD = ("not_reached", WRONG_NUMBER)

# What a call or an answer to a reminder can end with: all but what only the resident says.
CALL_OUTCOMES = tuple(one for one in OUTCOMES if one != "said_collected")


def outcomes_of(kind: Kind) -> tuple[str, ...]:
    """What a task of the inbox can be closed with; a request for a slot is answered by itself."""
    if kind in TALKED:
        return CORRECTED
    return CALL_OUTCOMES if kind in REFILLS else ()


def check_outcome(kind: Kind, said: str) -> None:
    """Raises AnsweredElsewhere, and BadOutcome for what is no outcome of such a task."""
    known = outcomes_of(kind)
    if not known:
        raise AnsweredElsewhere
    if said not in known:
        raise BadOutcome(said=said, known=", ".join(known))


class UnknownReminder(AskdocError):
    """The button belongs to no reminder that we know."""

    code = "refills.unknown_reminder"


class BadOutcome(AskdocError):
    """A task ends with one of the known outcomes. Fields `said`, `known`."""

    code = "refills.bad_outcome"


class NoCall(AskdocError):
    """The clinic has no reason to call this resident, or somebody called already. `resident`."""

    code = "refills.no_call"


class NoOpenTask(AskdocError):
    """There is no open task of that number. Field `number`."""

    code = "refills.no_open_task"


@dataclass(frozen=True, slots=True)
class Replied:
    """What the person is told, and what they may say next (barriers, after "trouble")."""

    key: str
    choices: tuple[str, ...] = ()

    def sentence(self, lang: Lang) -> str:
        """The reply in plain words."""
        return phrase(f"refills.reply.{self.key}", lang)


def reply_to(answer: Answer, barrier: Barrier | None) -> Replied:
    """What to tell a person who answered a reminder."""
    if answer == "trouble":
        if barrier is None:
            return Replied("trouble", BARRIERS)
        return Replied(f"barrier.{barrier}")
    return Replied(answer)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button of a reminder stands for: `token` names the reminder."""

    answer: Answer
    token: str
    barrier: Barrier | None = None


def pressed(choice: str) -> Pressed | None:
    """What the id of a choice stands for; None when it is no choice of a reminder."""
    topic, _, rest = choice.partition(":")
    word, _, token = rest.partition(":")
    said, _, named = word.partition(".")
    answer = next((one for one in get_args(Answer) if one == said), None)
    barrier = next((one for one in BARRIERS if one == named), None)
    if topic != TOPIC or answer is None or not token or (named and barrier is None):
        return None
    return Pressed(answer, token, barrier)


def barrier_choices(token: str, lang: Lang) -> tuple[Choice, ...]:
    """The barriers to choose from, as the next buttons of the same reminder."""
    return tuple(
        Choice(f"{TOPIC}:trouble.{one}:{token}", phrase(f"refills.barrier.{one}", lang))
        for one in BARRIERS
    )


def action_for(barrier: str | None, kind: str = "renew") -> str:
    """What the clinic is to do: about a barrier, a wish for a refill, or who came home."""
    if kind == FOLLOW_UP:
        return "follow_up"
    if kind == "call":
        return kind
    return next((action for known, action in ACTIONS.items() if known == barrier), "renew")


def later_at(now: datetime) -> datetime:
    """When one who said "later" is reminded again: a day later."""
    return now + timedelta(days=1)


def is_urgent(barrier: str | None) -> bool:
    """Whether a barrier may mean harm: then the clinic calls first."""
    return barrier in ("side_effect", "stopped")
