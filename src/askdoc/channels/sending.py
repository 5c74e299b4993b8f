"""What becomes of a letter: every step from `due` to its end, decided without a database.

What a reader would not guess: a lease that ran out does not mean that nothing was sent. The worker
may have died after the channel accepted, so the letter is repeated, marked as a possible repeat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from askdoc.channels.hours import next_opening
from askdoc.channels.letters import Letter, Standing, State, Window
from askdoc.channels.port import BLOCKED, InDoubt, Receipt, Refused, TryLater
from askdoc.wording import AskdocError

Ending = Receipt | TryLater | Refused | InDoubt
# The kind of letter that replies to what a chat said.
ANSWER = "answer"
NO_CONSENT = "no_consent"
# Of a letter that failed for want of a consent, which was given since.
CONSENT_CAME = "consent_came"
_REPORTS: tuple[State, ...] = ("sent", "delivered", "read")


class EmptyRules(AskdocError):
    """A lease or a limit that lets nothing be sent."""

    code = "outbox.empty_rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingRules:
    """How askdoc sends. `lease` must be longer than the slowest send of any channel.

    `repeat_after`: how long a send in doubt waits for its repeat. `put_off`: the wait after the
    channel's first "later", doubled at each further one up to `longest_put_off`. `most_tries`: how
    often it may say so before the next route is taken. `most_rescues`: how many workers may die
    over one letter. `per_minute`: unasked letters begun on one channel in a minute.
    `not_for_outage`: channels that follow one that refused, and never one that is merely down.
    """

    zone: ZoneInfo
    quiet: Window
    lease: timedelta = timedelta(minutes=2)
    repeat_after: timedelta = timedelta(minutes=2)
    put_off: timedelta = timedelta(seconds=30)
    longest_put_off: timedelta = timedelta(hours=1)
    most_tries: int = 5
    most_rescues: int = 5
    per_minute: int = 600
    not_for_outage: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.lease <= timedelta(0) or min(self.most_tries, self.per_minute) < 1:
            raise EmptyRules


@dataclass(frozen=True, slots=True)
class Reach:
    """What a worker can send on: each channel, and how long after a person's last message.

    None for a channel that may always write. `abroad` and `inside` are the channels among them
    that cross the border, and those that only staff see.
    """

    unasked_within: Mapping[str, timedelta | None]
    abroad: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of the one it goes to, and of the chat that it would go to now.

    `agreed` to be written to unasked there, `lets_abroad` to what leaves the country. `heard_at`:
    when the chat last spoke. `blocked`: it takes nothing from us.
    """

    opted_out: bool = False
    heard_at: datetime | None = None
    agreed: bool = False
    lets_abroad: bool = False
    blocked: bool = False
    names_medicines: bool = False


def begin(
    letter: Letter,
    standing: Standing,
    person: Person,
    reach: Reach,
    rules: SendingRules,
    now: datetime,
) -> Standing:
    """What a worker does about a letter whose moment has come; `sending` means: send it now."""
    if standing.state == "sending":
        standing = _rescued(standing, rules, now)
        if standing.next_at is None:
            return standing
    if standing.recalled:
        return _unsent(standing, "cancelled", standing.reason)
    if letter.not_after is not None and now > letter.not_after:
        return _unsent(standing, "missed", "late")
    channel = letter.routes[standing.route].channel
    if not letter.unasked:
        barred = _barred(letter, person, channel, reach)
        return (
            _next_route(letter, standing, barred, now) if barred else _sending(standing, rules, now)
        )
    if person.opted_out:
        return _unsent(standing, "muted", "opted_out")
    opening = next_opening(now, rules.quiet, letter.window, rules.zone)
    if opening > now:
        return replace(standing, next_at=opening)
    barred = _barred(letter, person, channel, reach)
    if barred is not None:
        return _next_route(letter, standing, barred, now)
    within = reach.unasked_within.get(channel)
    if within is not None and (person.heard_at is None or now - person.heard_at > within):
        return _next_route(letter, standing, "not_heard_lately", now)
    return _sending(standing, rules, now)


def _barred(letter: Letter, person: Person, channel: str, reach: Reach) -> str | None:
    """Why nothing may go to this chat; an answer goes where the question came from."""
    if letter.kind == ANSWER or channel in reach.inside:
        return None
    if person.blocked:
        return BLOCKED
    if not letter.needs_consent:
        return None
    may_leave = person.lets_abroad or channel not in reach.abroad
    return None if may_leave and (person.agreed or not letter.unasked) else NO_CONSENT


def _rescued(standing: Standing, rules: SendingRules, now: datetime) -> Standing:
    """A send whose worker did not come back within its lease."""
    found = replace(standing, state="in_doubt", next_at=now, rescues=standing.rescues + 1)
    if found.rescues > rules.most_rescues:
        return _over(found, "in_doubt", "worker_died")
    return found


def _sending(standing: Standing, rules: SendingRules, now: datetime) -> Standing:
    return replace(
        standing, state="sending", next_at=now + rules.lease, attempt=standing.attempt + 1
    )


def settle(
    letter: Letter, standing: Standing, ending: Ending, rules: SendingRules, now: datetime
) -> Standing:
    """What a letter becomes when its send has ended."""
    if isinstance(ending, Receipt):
        sent = replace(standing, message_id=ending.message_id, tries=0)
        return _over(sent, "sent", "")
    if isinstance(ending, Refused):
        reason = str(ending.fields.get("reason", "refused"))
        return _next_route(letter, standing, reason, now)
    if isinstance(ending, InDoubt):
        doubted = replace(standing, doubts=standing.doubts + 1, tries=0)
        if doubted.doubts > 1:
            return _over(doubted, "in_doubt", "no_receipt")
        return replace(doubted, state="in_doubt", next_at=now + rules.repeat_after, token=None)
    return _put_off(letter, standing, ending, rules, now)


def _put_off(
    letter: Letter, standing: Standing, ending: TryLater, rules: SendingRules, now: datetime
) -> Standing:
    tries = standing.tries + 1
    following = letter.routes[standing.route + 1 : standing.route + 2]
    stands_in = any(one.channel not in rules.not_for_outage for one in following)
    if tries >= rules.most_tries and stands_in:
        return _next_route(letter, standing, "put_off", now)
    said = timedelta(seconds=float(str(ending.fields.get("seconds", 0))))
    grown = min(rules.put_off * 2 ** min(tries - 1, 20), rules.longest_put_off)
    if letter.not_after is None and tries >= rules.most_tries:
        return _unsent(standing, "failed", "put_off")
    wait = max(said, grown)
    return replace(standing, state=_waiting(standing), next_at=now + wait, tries=tries, token=None)


def _next_route(letter: Letter, standing: Standing, reason: str, now: datetime) -> Standing:
    if standing.route + 1 < len(letter.routes):
        return replace(
            standing,
            state=_waiting(standing),
            next_at=now,
            route=standing.route + 1,
            tries=0,
            token=None,
            reason=reason,
        )
    return _unsent(standing, "failed", reason)


def _waiting(standing: Standing) -> State:
    return "in_doubt" if standing.may_have_arrived else "due"


def _unsent(standing: Standing, state: State, reason: str) -> Standing:
    # One that may have arrived stays in doubt: to call it missed or failed would be to know.
    return _over(standing, "in_doubt" if standing.may_have_arrived else state, reason)


def _over(standing: Standing, state: State, reason: str) -> Standing:
    return replace(standing, state=state, next_at=None, token=None, reason=reason)


def recall(standing: Standing, reason: str) -> Standing:
    """A letter that nobody wants sent any more. One that is being sent cannot be called back,
    but is not tried again."""
    if standing.next_at is None:
        return standing
    if standing.state == "sending":
        return replace(standing, recalled=True, reason=reason)
    return _unsent(standing, "cancelled", reason)


def mute(standing: Standing) -> Standing:
    """A letter to a person who opted out, unless it is being sent this moment."""
    if standing.next_at is None or standing.state == "sending":
        return standing
    return _unsent(standing, "muted", "opted_out")


def reopened(now: datetime) -> Standing:
    """Where a letter stands again that certainly never left, and may leave now."""
    return Standing(state="due", next_at=now)


def report(standing: Standing, said: State, reason: str = "") -> Standing:
    """What a channel reports of a message it accepted: `delivered`, `read` or `failed`.

    Reports come late and out of order: one that was read does not become merely delivered.
    """
    if standing.state not in _REPORTS:
        return standing
    if said == "failed":
        return standing if standing.state != "sent" else _over(standing, "failed", reason)
    if said not in _REPORTS or _REPORTS.index(said) <= _REPORTS.index(standing.state):
        return standing
    return replace(standing, state=said)


def late_receipt(standing: Standing, receipt: Receipt) -> Standing | None:
    """What a receipt changes that came after the lease had run out; None when nothing.

    It proves that the letter arrived, so a repeat that is not yet on its way is not needed.
    """
    if standing.state != "in_doubt":
        return None
    return _over(replace(standing, message_id=receipt.message_id), "sent", "late_receipt")
