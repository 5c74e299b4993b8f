"""The shipped fake keeps what people would have seen, whatever the sender is told."""

import pytest

from askdoc.channels import InDoubt, Outbound, Refused, TryLater
from askdoc.testing import MemoryChannel, Seen

NOTE = Outbound(key="k1", kind="notice", text="您好")


def test_a_message_that_was_accepted_was_seen() -> None:
    channel = MemoryChannel()

    receipt = channel.send("c1", NOTE)

    assert channel.seen == [Seen("c1", NOTE)]
    assert receipt.message_id == "memory-1"


@pytest.mark.parametrize("failure", [TryLater(seconds=3), Refused(reason="blocked")])
def test_a_message_that_was_not_taken_was_not_seen(failure: TryLater | Refused) -> None:
    channel = MemoryChannel()
    channel.fail([failure, None])

    with pytest.raises(type(failure)):
        channel.send("c1", NOTE)

    assert channel.seen == []
    channel.send("c1", NOTE)
    assert len(channel.seen) == 1


def test_a_lost_reply_leaves_the_message_seen() -> None:
    channel = MemoryChannel()
    channel.fail([InDoubt()])

    with pytest.raises(InDoubt):
        channel.send("c1", NOTE)

    assert channel.seen == [Seen("c1", NOTE)]
