"""A letter with everything filled in, and rules to send it by: ten in the morning in Shanghai."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from askdoc.channels.letters import Letter, Route, Window
from askdoc.channels.sending import Reach, SendingRules

MORNING = datetime(2026, 11, 25, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RULES = SendingRules(zone=ZoneInfo("Asia/Shanghai"), quiet=Window(21, 8))
MEMORY = Reach({"memory": None, "sms": None})


def letter(subject: str = "p1", **told: Any) -> Letter:
    """A reminder to one person, due at MORNING, with what the test tells otherwise."""
    usual: dict[str, Any] = {
        "topic": "refill",
        "subject": subject,
        "cycle": "2026-11-25",
        "kind": "reminder",
        "recipient": subject,
        "routes": (Route("memory", f"chat-{subject}"),),
        "text": "该取药了",
        "lang": "zh",
        "not_before": MORNING,
        # Most tests are about something else than consents.
        "needs_consent": False,
        "not_after": MORNING + timedelta(days=2),
    }
    return Letter(**(usual | told))
