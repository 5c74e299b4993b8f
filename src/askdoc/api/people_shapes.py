"""What is said and told of people: roles, what they tell of themselves, keys, the audit."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from askdoc.api.shapes import Facts, In, Words
from askdoc.identity.roles import Role
from askdoc.storage.record_links import Record

Name = Annotated[Words, Field(max_length=100)]
Phone = Annotated[str, Field(max_length=20, pattern=r"^\+?[0-9 -]*$")]
RecordId = Annotated[Words, Field(min_length=1, max_length=64)]


class KeyIn(In):
    """A key to sign in with."""

    key: str = Field(max_length=100)
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"key": "ask_0123456789abcdef_…"}]}
    )


class Token(BaseModel):
    """A bearer token and how long it lives."""

    token: str
    seconds: int


class RoleIn(In):
    """A role, and who the person is in the records of a clinic."""

    role: Literal["resident", "family_member", "doctor", "clinic_staff", "administrator"]
    resident: RecordId | None = Field(default=None, description="The patient's record it is.")
    clinic: RecordId | None = Field(default=None, description="Where a doctor or staff works.")
    staff: RecordId | None = Field(
        default=None, description="Who of the clinic's staff it is; without it, a new one."
    )

    @property
    def record(self) -> Record:
        """The records to link."""
        return Record(resident=self.resident, clinic=self.clinic, staff=self.staff)


class NewPerson(RoleIn):
    """A person to keep; name and phone are sealed under a key of their own."""

    name: Name = ""
    phone: Phone = ""
    facts: Facts = Facts()


class Letting(In):
    """What the caller is to the one they let in."""

    relation: Literal["parent", "spouse", "child", "other"] = "other"


class PersonId(BaseModel):
    """A person that was kept or erased."""

    id: str


class PersonListed(BaseModel):
    """A person in the list, without a name."""

    id: str
    role: Role
    since: datetime


class People(BaseModel):
    """A page of persons, in the order they were added."""

    items: list[PersonListed]
    next: str | None


class Me(BaseModel):
    """Who the caller is, and what they told of themselves."""

    id: str
    role: Role
    name: str
    phone: str
    facts: dict[str, str | int | bool]
    family: list[str]


class Change(In):
    """What the caller tells of themselves, in place of what they told before."""

    name: Name = ""
    phone: Phone = ""
    facts: Facts = Facts()


class KeyTold(BaseModel):
    """A new key: `key` is shown now and never again."""

    id: str
    key: str


class KeyListed(BaseModel):
    """A key as it is listed; what it opens with is shown to nobody again."""

    id: str
    since: datetime
    ended: bool


class Keys(BaseModel):
    """The keys of a person, newest first."""

    items: list[KeyListed]


class KeyEnded(BaseModel):
    """A key that was ended."""

    id: str


class Family(BaseModel):
    """Who may speak for the caller."""

    family: list[str]


class Entry(BaseModel):
    """Who did what to which object."""

    at: datetime
    person: str
    action: str
    object: str
    request: str


class Audit(BaseModel):
    """A page of entries, newest first."""

    items: list[Entry]
    next: str | None
