"""What messaging channels have in common: what comes in, what goes out, what a channel can do.

Adapters live in `bots/`; this room knows none of them, and neither does anything that sends.
"""

from askdoc.channels.port import (
    Abilities,
    Channel,
    Choice,
    InDoubt,
    Outbound,
    Receipt,
    Refused,
    TryLater,
)

__all__ = [
    "Abilities",
    "Channel",
    "Choice",
    "InDoubt",
    "Outbound",
    "Receipt",
    "Refused",
    "TryLater",
]
