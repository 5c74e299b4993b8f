"""Whether the person on this machine agreed to an outside model, and to which (mode 0600).

Another model, or the same one at another place, needs a new consent.
"""

import json
from pathlib import Path

from askdoc.profile import write_privately


def has_agreed(file: Path, model: str) -> bool:
    """Whether this model at this place was agreed to; a damaged file is no consent."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(stored, dict) and stored.get("agreed") == model


def agree(file: Path, model: str) -> None:
    """Keep the consent to this model; one given before ends."""
    write_privately(file, json.dumps({"agreed": model}, ensure_ascii=False))


def withdraw(file: Path) -> bool:
    """End the consent; whether there was one."""
    if not file.exists():
        return False
    file.unlink()
    return True
