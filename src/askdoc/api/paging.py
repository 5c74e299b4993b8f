"""Pages of a list: a cursor says after which row to go on, and means nothing to its caller."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Query

from askdoc.wording import AskdocError

Row = TypeVar("Row")
Count = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
CursorText = Annotated[
    str | None, Query(max_length=64, description="`next` of the page before; left out at first.")
]
_LARGEST = 2**31 - 1


class BadCursor(AskdocError):
    """The cursor is not one that a page gave."""

    code = "api.bad_cursor"


def read_cursor(said: str | None) -> int | None:
    """The row to go on from. Raises BadCursor."""
    if said is None:
        return None
    try:
        text = base64.urlsafe_b64decode(said.encode("ascii")).decode("ascii")
    except (binascii.Error, ValueError):
        raise BadCursor from None
    if not (text.startswith("r") and text[1:].isdigit() and len(text) < 12):
        raise BadCursor
    return min(int(text[1:]), _LARGEST)


def part_of(every: Sequence[Row], count: int, cursor: str | None) -> list[tuple[int, Row]]:
    """The rows after a cursor, numbered by place, one more than a page. Raises BadCursor."""
    after = read_cursor(cursor) or 0
    return list(enumerate(every, start=1))[after : after + count + 1]


def page(
    rows: Sequence[Row], count: int, number: Callable[[Row], int], shown: Callable[[Row], Any]
) -> dict[str, Any]:
    """A page of `count` rows out of one row more than that, and where the next one begins."""
    told = rows[:count]
    more = len(rows) > count
    following = base64.urlsafe_b64encode(f"r{number(told[-1])}".encode()).decode() if more else None
    return {"items": [shown(row) for row in told], "next": following}
