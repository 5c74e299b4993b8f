"""Roles and what each may do; whose objects a caller may touch.

An administrator keeps people and keys and sees no health data; staff see a conversation only while
a task of it is theirs to work on.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from askdoc.wording import AskdocError

Role = Literal["resident", "family_member", "doctor", "clinic_staff", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
Action = Literal["look_up", "talk", "work_tasks", "grant_family", "keep_people"]

MAY: dict[Action, frozenset[Role]] = {
    "look_up": frozenset(ROLES),
    "talk": frozenset({"resident", "family_member", "doctor", "clinic_staff"}),
    "work_tasks": frozenset({"clinic_staff"}),
    "grant_family": frozenset({"resident"}),
    "keep_people": frozenset({"administrator"}),
}


class NotSignedIn(AskdocError):
    """Nobody says who is calling, or the token or key is not valid (any more)."""

    code = "identity.not_signed_in"


class NotAllowed(AskdocError):
    """The caller's role may not do this."""

    code = "identity.not_allowed"


class NotThere(AskdocError):
    """No such object, or none that the caller may know of."""

    code = "identity.not_there"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling."""

    person: str
    role: Role

    def must(self, action: Action) -> None:
        """Raises NotAllowed when the role may not do it."""
        if self.role not in MAY[action]:
            raise NotAllowed()


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose a conversation is, and by what ways somebody else may come to it.

    `family` are those whom the owner let in; `has_task` says whether staff were asked to look.
    """

    owner: str | None
    family: frozenset[str] = frozenset()
    has_task: bool = False


def may_talk_in(caller: Caller, belonging: Belonging) -> bool:
    """Whether the caller may read the conversation and speak in it."""
    if belonging.owner is None:
        return False
    if caller.person == belonging.owner:
        return True
    return caller.role == "family_member" and caller.person in belonging.family


def may_read(caller: Caller, belonging: Belonging) -> bool:
    """Whether the caller may read the conversation."""
    if may_talk_in(caller, belonging):
        return True
    return caller.role == "clinic_staff" and belonging.has_task


def may_forget(caller: Caller, belonging: Belonging) -> bool:
    """Whether the caller may delete the conversation: its owner alone."""
    return belonging.owner is not None and caller.person == belonging.owner
