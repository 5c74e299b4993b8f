"""Names what failed in the last run of the tests, and refuses a second try of more than a few."""

import json
import sys
from pathlib import Path

_FEW = 3
_FAILED = Path(".pytest_cache/v/cache/lastfailed")


def main() -> int:
    """0 when what failed may be tried again; 1, with the reason, when not."""
    failed = sorted(json.loads(_FAILED.read_text())) if _FAILED.exists() else []
    if not 0 < len(failed) <= _FEW:
        told = f"{len(failed)} tests are named as failed: only 1 to {_FEW} are tried again."
        sys.stderr.write(f"{told}\n")
        return 1
    told = "\n  ".join(("FRAGILE, unless it fails again. Repair first:", *failed))
    sys.stdout.write(f"{told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
