"""Reading in a process of its own, so that a bomb or a crash costs a sentence, not the program.

The file is handed over as the standard input of the child: it never learns the path, and what
was measured is what is read.
"""

import json
import os
import stat
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from askdoc.library.reading.draft import Draft, from_plain
from askdoc.library.reading.errors import (
    FileMissing,
    FileNotAllowed,
    FileTooLarge,
    NotAFile,
    ReaderCrashed,
    TooSlow,
    kinds_by_code,
)
from askdoc.library.reading.limits import MEGABYTE, ORDINARY, Limits

# Keys and tokens in our own environment are nothing to a parser of strangers' files.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SYSTEMROOT", "TMPDIR", "TEMP")
# What the system sends when the processor time is used up.
_OUT_OF_TIME = -24


def read_file(file: Path, limits: Limits = ORDINARY) -> Draft:
    """The draft inside a PDF, Word, HTML, text or Markdown file.

    Raises a subclass of UnreadableFile when there is none; the file itself is never changed.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise NotAFile(file=file.name)
        with file.open("rb") as content:
            if os.fstat(content.fileno()).st_size > limits.file_bytes:
                raise FileTooLarge(file=file.name, limit=limits.file_bytes // MEGABYTE)
            return _draft_of(file.name, content, limits)
    except (FileNotFoundError, NotADirectoryError) as failed:
        raise FileMissing(file=file.name) from failed
    except PermissionError as failed:
        raise FileNotAllowed(file=file.name) from failed


def _draft_of(name: str, content: BinaryIO, limits: Limits) -> Draft:
    with tempfile.TemporaryFile() as told:
        try:
            ran = subprocess.run(
                [
                    *(sys.executable, "-P", "-m", "askdoc.library.reading.worker"),
                    *(name, json.dumps(asdict(limits))),
                ],
                stdin=content,
                stdout=told,
                stderr=subprocess.DEVNULL,
                env={key: os.environ[key] for key in _ENVIRONMENT if key in os.environ},
                timeout=limits.wall_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as failed:
            raise TooSlow(file=name, seconds=round(limits.wall_seconds)) from failed
        if ran.returncode == _OUT_OF_TIME:
            raise TooSlow(file=name, seconds=limits.cpu_seconds)
        if ran.returncode != 0:
            raise ReaderCrashed(file=name)
        told.seek(0)
        found = json.loads(told.read())
    if "code" in found:
        raise kinds_by_code()[found["code"]](**found["fields"])
    return from_plain(found["draft"])
