"""The child process: bytes on standard input, one line of JSON on standard output.

Limits are set before the first byte is read. What this process does not expect ends it with a
non-zero code, and the parent says that the reader broke down.
"""

import json
import sys
from typing import Any

from askdoc.library.reading.draft import to_plain
from askdoc.library.reading.errors import TooMuchMemory, TooMuchText, UnreadableFile
from askdoc.library.reading.limits import Limits


def main() -> None:
    """Read the file named by the first argument under the limits of the second."""
    name, told = sys.argv[1], sys.argv[2]
    limits = Limits(**json.loads(told))
    _hold_to(limits)
    answer = json.dumps(_answer(name, limits)).encode("ascii")
    if len(answer) > limits.draft_bytes:
        answer = json.dumps(_refusal(TooMuchText(file=name))).encode("ascii")
    sys.stdout.buffer.write(answer)


def _answer(name: str, limits: Limits) -> dict[str, Any]:
    from askdoc.library.reading.reader import read_bytes

    try:
        content = sys.stdin.buffer.read(limits.file_bytes + 1)
        return {"draft": to_plain(read_bytes(name, content))}
    except UnreadableFile as refused:
        return _refusal(refused)
    except MemoryError:
        return _refusal(TooMuchMemory(file=name))


def _refusal(refused: UnreadableFile) -> dict[str, Any]:
    return {"code": refused.code, "fields": refused.fields}


def _hold_to(limits: Limits) -> None:
    """Systems without these limits still have the clock of the parent and the size checks."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.draft_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # The hard end stays a step above, or the kernel kills without saying why.
        ceiling = hard if hard != resource.RLIM_INFINITY else allowed + 1
        resource.setrlimit(kind, (allowed, ceiling))


if __name__ == "__main__":
    main()
