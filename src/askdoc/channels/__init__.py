"""What messaging channels have in common: what comes in, what goes out, what a channel can do.

Adapters live in `bots/`; nothing that sends knows them. What an adapter needs beyond a thin file
stands here under its name (`wechat_seal`, `wechat_xml`).
"""

from askdoc.channels.inbound import BadInbound, Inbound, Media, checked, visible
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
from askdoc.channels.shaping import number_said, shaped, split

__all__ = [
    "Abilities",
    "BadInbound",
    "Channel",
    "Choice",
    "InDoubt",
    "Inbound",
    "Media",
    "Outbound",
    "Receipt",
    "Refused",
    "TryLater",
    "checked",
    "number_said",
    "shaped",
    "split",
    "visible",
]
