"""For whom a speaker may act, as a conversation knows it."""

from dataclasses import dataclass
from typing import Literal, get_args

# What the patient is to the one who speaks: a daughter who asks for her mother says `parent`.
Relation = Literal["self", "parent", "spouse", "child", "other"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient by the id of their record.

    `label` is what the chat calls them (我, 妈妈); empty where only the relation is known.
    """

    resident: str
    relation: Relation
    label: str = ""


def relation_from(said: str) -> Relation:
    """A relation as it was kept or written down; whatever is none of ours is `other`."""
    return next((one for one in RELATIONS if one == said), "other")
