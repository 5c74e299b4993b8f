"""Forms that work without scripts: each carries a key of its own, so that a second press is none.

What a form could not do is told on the page it was sent from, in place of a page of its own.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ValidationError

from askdoc.api.calls import Call, Change, change_of
from askdoc.api.problems import NotFilled
from askdoc.api.shapes import In
from askdoc.wording import AskdocError

FormKey = Annotated[str, Form(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]
Field = Annotated[str, Form(max_length=200)]
Shape = TypeVar("Shape", bound=In)


class Typed(BaseModel):
    """A form as it was sent: its key, and what was typed into its fields."""

    key: FormKey

    def said(self) -> dict[str, str]:
        """What was typed, by the names of the fields."""
        return self.model_dump(exclude={"key"})


def new_key() -> str:
    """A key for one form on one drawn page."""
    return secrets.token_hex(16)


def sent(request: Request, call: Call, key: str, **said: object) -> Change:
    """The change that a form asks for."""
    told = json.dumps([request.url.path, said], ensure_ascii=False, sort_keys=True, default=str)
    return change_of(call, key, sha256(told.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as somebody filled it in; `why` says what was wrong, and `wrong` names its fields."""

    form: str = ""
    said: Mapping[str, object] = field(default_factory=dict)
    why: str = ""
    wrong: frozenset[str] = frozenset()

    def value(self, form: str, name: str, otherwise: object = "") -> object:
        """What stands in a field: what was typed, where this form came back."""
        return self.said.get(name, otherwise) if form == self.form else otherwise

    def blames(self, form: str, name: str) -> bool:
        """Whether this field of this form is one that was filled in wrong."""
        return form == self.form and name in self.wrong


NOTHING = Filled()


def read_form(shape: type[Shape], said: Mapping[str, object], whole: str = "") -> Shape:
    """What a form said, in the shape of the interface.

    `whole` is the field to change when they are wrong only together. Raises NotFilled.
    """
    try:
        return shape.model_validate(dict(said))
    except ValidationError as failed:
        wrong = (str(one["loc"][-1]) if one["loc"] else whole for one in failed.errors())
        raise NotFilled(frozenset(wrong)) from failed


def carried(
    work: Callable[[], str],
    again: Callable[[Filled], Response],
    call: Call,
    filled: Filled = NOTHING,
) -> Response:
    """Go where `work` says; what it raises is told by `again`, on a page like any other."""
    try:
        return RedirectResponse(work(), 303)
    except AskdocError as failed:
        return again(returned(filled, failed, call))


def returned(filled: Filled, failed: AskdocError, call: Call) -> Filled:
    """The form as it comes back, with what was wrong."""
    wrong = failed.names if isinstance(failed, NotFilled) else frozenset()
    return replace(filled, why=failed.sentence(call.lang), wrong=wrong)
