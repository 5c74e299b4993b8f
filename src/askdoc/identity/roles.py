"""Roles and what each may do; whose objects a caller may touch.

An administrator keeps people and keys and sees no health data; staff see a conversation only while
a task of it is theirs to work on.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from askdoc.wording import AskdocError

Role = Literal["resident", "family_member", "doctor", "clinic_staff", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
Action = Literal[
    "look_up",
    "talk",
    "work_tasks",
    "correct_answers",
    "see_clinic",
    "decide_changes",
    "grant_family",
    "keep_people",
    "book_slots",
    "keep_slots",
    "leave",
]

MAY: dict[Action, frozenset[Role]] = {
    "look_up": frozenset(ROLES),
    "talk": frozenset({"resident", "family_member", "doctor", "clinic_staff"}),
    "work_tasks": frozenset({"clinic_staff", "doctor"}),
    "correct_answers": frozenset({"clinic_staff"}),
    "see_clinic": frozenset({"doctor", "clinic_staff"}),
    "decide_changes": frozenset({"doctor"}),
    "grant_family": frozenset({"resident"}),
    "keep_people": frozenset({"administrator"}),
    "book_slots": frozenset({"resident", "family_member"}),
    "keep_slots": frozenset({"clinic_staff"}),
    # An office loses its people only by an administrator.
    "leave": frozenset({"resident", "family_member"}),
}

# Who may be named as a member of a clinic's staff.
AT_A_CLINIC: frozenset[Role] = frozenset({"doctor", "clinic_staff"})


class NotSignedIn(AskdocError):
    """Nobody says who is calling, or the token or key is not valid (any more)."""

    code = "identity.not_signed_in"


class NotAllowed(AskdocError):
    """The caller's role may not do this."""

    code = "identity.not_allowed"


class NotThere(AskdocError):
    """No such object, or none that the caller may know of."""

    code = "identity.not_there"


class RecordTaken(AskdocError):
    """A record that is another account's, or another clinic's."""

    code = "identity.record_taken"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling; `clinic` is where a doctor or staff works, `staff` who they are there.

    `term` counts the roles that they were given.
    """

    person: str
    role: Role
    clinic: str | None = None
    staff: str | None = None
    term: int = 1

    def must(self, action: Action) -> None:
        """Raises NotAllowed when the role may not do it."""
        if self.role not in MAY[action]:
            raise NotAllowed()


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose a conversation is, and by what ways somebody else may come to it.

    `family` are those whom the owner let in; `has_task` says whether the caller was asked
    to look.
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
    return caller.role in MAY["work_tasks"] and belonging.has_task


def may_forget(caller: Caller, belonging: Belonging) -> bool:
    """Whether the caller may delete the conversation: its owner alone."""
    return belonging.owner is not None and caller.person == belonging.owner
