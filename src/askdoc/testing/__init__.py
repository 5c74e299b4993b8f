"""Fakes that ship: each keeps the same contract as the real thing, without a disk or a network.

Nothing outside tests and measurements imports this package (import-linter proves it).
"""

from askdoc.testing.call_counts import memory_pay
from askdoc.testing.channel import MemoryChannel, Seen
from askdoc.testing.hospital import FakeHospital
from askdoc.testing.hostile_model import BEHAVIOURS, Behaviour, HostileModel
from askdoc.testing.outbox import MemoryOutbox
from askdoc.testing.scripted_model import ScriptedModel
from askdoc.testing.transcript import MemoryTranscript

__all__ = [
    "BEHAVIOURS",
    "Behaviour",
    "FakeHospital",
    "HostileModel",
    "MemoryChannel",
    "MemoryOutbox",
    "MemoryTranscript",
    "ScriptedModel",
    "Seen",
    "memory_pay",
]
