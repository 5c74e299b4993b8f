"""Carrying out what a person confirmed, in the transaction of the turn, once for each key.

A doer is a function that works on that transaction's connection; it opens none of its own. What it
raises is told to the person, and all it wrote is undone.
"""

import secrets
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, insert, select

from askdoc.assistant.proposal import Deed, NoDoer, Order, Receipt, deed_of, deed_record, read_deed
from askdoc.assistant.talk.transcript import in_utc, whole_text
from askdoc.storage.tables import deeds
from askdoc.storage.task_rows import NewTask, open_task

Doer = Callable[[Connection, Order], Receipt]


def carry_out(connection: Connection, order: Order, doers: Mapping[str, Doer]) -> Deed:
    """The deed of an order; an order of the same key is not carried out again.

    Raises NoDoer, and what the doer raises. The caller holds the row of the conversation.
    """
    before = find_deed(connection, order.conversation, order.waiting.key)
    if before is not None:
        return before
    proposal = order.waiting.proposal
    doer = doers.get(proposal.doer)
    if doer is None:
        raise NoDoer(doer=proposal.doer)
    with connection.begin_nested():
        deed = deed_of(order, doer(connection, order))
        row = {
            "key": deed.key,
            "conversation": order.conversation,
            "doer": proposal.doer,
            "details": dict(proposal.details),
            "deed": deed_record(deed),
            "at": in_utc(order.at),
        }
        connection.execute(insert(deeds), row)
    return deed


def find_deed(connection: Connection, conversation: str, key: str) -> Deed | None:
    """What was carried out under a key in a conversation."""
    asked = select(deeds.c.deed).where(
        deeds.c.key == whole_text(key), deeds.c.conversation == whole_text(conversation)
    )
    row = connection.execute(asked).one_or_none()
    return None if row is None else read_deed(row.deed)


def hand_over(connection: Connection, order: Order) -> Receipt:
    """Leave a conversation to a person; the receipt is the number of what they will find."""
    number = secrets.token_hex(16)
    new = NewTask(
        kind="hand_over",
        conversation=order.conversation,
        summary=str(order.details["summary"]),
        recipient=str(order.details["recipient"]),
        id=number,
    )
    open_task(connection, new, in_utc(order.at))
    return Receipt(number)


# What the conversation itself can have done; other rooms of storage add theirs.
DOERS: Mapping[str, Doer] = {"hand_over": hand_over}
