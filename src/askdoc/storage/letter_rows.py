"""Letters and their standing as rows of the outbox, there and back."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from askdoc.assistant.talk.transcript import whole_text
from askdoc.channels import Choice
from askdoc.channels.letters import Letter, NoRoute, Route, Standing, Window
from askdoc.channels.outbox import Held

# What a row raises that does not hold what we wrote.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, NoRoute)


def new_row(letter: Letter, now: datetime, muted: bool) -> dict[str, Any]:
    """The row of a letter that is put in."""
    standing = Standing(state="due", next_at=letter.not_before)
    if muted:
        standing = Standing(state="muted", next_at=None, reason="opted_out")
    window = letter.window
    return {
        "id": secrets.token_hex(16),
        "topic": letter.topic,
        "subject": letter.subject,
        "cycle": letter.cycle,
        "kind": letter.kind,
        "recipient": letter.recipient,
        "routes": [[route.channel, route.chat] for route in letter.routes],
        "said": whole_text(letter.text),
        "lang": letter.lang,
        "choices": [[choice.id, choice.label] for choice in letter.choices],
        "unasked": letter.unasked,
        "window_since": window and window.since,
        "window_until": window and window.until,
        "edit_of": letter.edit_of,
        "named": None if letter.named is None else whole_text(letter.named),
        "brief": letter.brief,
        "needs_consent": letter.needs_consent,
        "not_before": letter.not_before,
        "not_after": letter.not_after,
        "put_at": now,
    } | changes(letter, standing, now)


def changes(letter: Letter, standing: Standing, now: datetime) -> dict[str, Any]:
    """What a new standing changes in the row of its letter."""
    route = letter.routes[standing.route]
    return {
        "state": standing.state,
        "next_at": standing.next_at,
        "route": standing.route,
        "channel": route.channel,
        "chat": route.chat,
        "attempt": standing.attempt,
        "tries": standing.tries,
        "doubts": standing.doubts,
        "rescues": standing.rescues,
        "token": standing.token,
        "reason": standing.reason,
        "message_id": standing.message_id,
        "recalled": standing.recalled,
        "changed_at": now,
    }


def held(row: Row[Any]) -> Held:
    """The letter in a row. Raises `UNREADABLE` when it cannot be read."""
    return Held(row.id, _letter(row), standing_of(row))


def _letter(row: Row[Any]) -> Letter:
    window = None if row.window_since is None else Window(row.window_since, row.window_until)
    return Letter(
        topic=row.topic,
        subject=row.subject,
        cycle=row.cycle,
        kind=row.kind,
        recipient=row.recipient,
        routes=tuple(Route(channel, chat) for channel, chat in row.routes),
        text=row.said,
        lang="en" if row.lang == "en" else "zh",
        not_before=row.not_before,
        not_after=row.not_after,
        choices=tuple(Choice(id, label) for id, label in row.choices),
        unasked=row.unasked,
        window=window,
        edit_of=row.edit_of,
        named=row.named,
        brief=row.brief,
        needs_consent=row.needs_consent,
    )


def standing_of(row: Row[Any]) -> Standing:
    """How far the letter of a row has come."""
    return Standing(
        state=row.state,
        next_at=row.next_at,
        route=row.route,
        attempt=row.attempt,
        tries=row.tries,
        doubts=row.doubts,
        rescues=row.rescues,
        token=row.token,
        reason=row.reason,
        message_id=row.message_id,
        recalled=row.recalled,
    )
