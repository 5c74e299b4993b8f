"""Has recordings written down by a program of this machine, whose path is a setting.

No weights of a transcriber come with askdoc; whoever has some names a program that knows them. It
gets the recording as the platform made it and says the words; it is told nothing else, and of a
recording nothing is logged but that it could not be heard.
"""

import logging
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from askdoc.channels.app import NoTranscriber

# A chat is leased for two minutes, and nobody else is answered meanwhile.
_SECONDS = 30.0
# What a program needs to find its own things; tokens and keys of the bot are not among them.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProgramTranscriber:
    """`Transcriber` over a program: the recording goes in, UTF-8 words come out."""

    program: Path
    seconds: float = _SECONDS

    def transcribe(self, recording: bytes) -> str | None:
        """The words; None when the program failed, took too long or heard nothing."""
        try:
            words, code = self._said(recording)
            if code == 0:
                return words.decode().strip() or None
            why = f"exit {code}"
        except (subprocess.TimeoutExpired, OSError, UnicodeDecodeError) as failed:
            # Its name only: what was heard before it failed is nobody's but the person's.
            why = type(failed).__name__
        _LOG.warning("voice.not_heard", extra={"error": why})
        return None

    def _said(self, recording: bytes) -> tuple[bytes, int]:
        """What it printed, and how it ended."""
        with subprocess.Popen(
            [self.program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            start_new_session=True,
        ) as running:
            try:
                words, _ = running.communicate(recording, self.seconds)
            except BaseException:
                # It is most often a script; what it started must not listen on without it.
                os.killpg(running.pid, signal.SIGKILL)
                raise
        return words, running.returncode


def transcriber_of(env: Mapping[str, str]) -> ProgramTranscriber | None:
    """What `ASKDOC_TRANSCRIBER` names; None without it. Raises NoTranscriber."""
    said = env.get("ASKDOC_TRANSCRIBER")
    if not said:
        return None
    program = Path(said).expanduser().absolute()
    if not (program.is_file() and os.access(program, os.X_OK)):
        raise NoTranscriber(said=said)
    return ProgramTranscriber(program)
