"""How much of the machine one file may cost before reading it is given up."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Measured: PDFs of 36 and 60 full pages take 2 to 5 seconds and some 60 MB."""

    file_bytes: int = 50 * MEGABYTE
    memory_bytes: int = 1024 * MEGABYTE
    cpu_seconds: int = 120
    wall_seconds: float = 150.0
    draft_bytes: int = 20 * MEGABYTE


ORDINARY = Limits()
