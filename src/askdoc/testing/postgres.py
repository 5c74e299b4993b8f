"""A PostgreSQL of the tests' own: its own folder and port; no other one is ever touched."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import sleep

import psycopg

_NUMBERS = count(1)


def binaries() -> Path | None:
    """Where the newest PostgreSQL of this machine has its programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda at: at.parts[-3])
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def cannot_run() -> str | None:
    """Why there can be no cluster here, if so."""
    if binaries() is None:
        return "PostgreSQL's programs are not installed"
    if os.geteuid() == 0 and not (_has_postgres_user() and shutil.which("runuser")):
        return "PostgreSQL does not run as root, and there is no user postgres to run it"
    return None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster; `start` and `stop` are for tests of what happens when it is gone."""

    bin: Path
    folder: Path
    port: int
    fsync: bool = False

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"askdoc_{next(_NUMBERS)}"
        with psycopg.connect(self._told("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://postgres:secret@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        fsync = "on" if self.fsync else "off"
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k '' -c fsync={fsync}"
        self._control("-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")

    def crash(self) -> None:
        """Kill every process of the cluster at once, as a crash would, and start it again."""
        lock = self.folder / "data" / "postmaster.pid"
        postmaster = int(lock.read_text().split()[0])
        family = (postmaster, *_children(postmaster))
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(_is_there(pid) for pid in family):
            sleep(0.02)
        # The dead may stay in the list of processes, where nobody collects them.
        lock.unlink(missing_ok=True)
        self.start()

    def _control(self, *words: str) -> None:
        _as_postgres(str(self.bin / "pg_ctl"), "-w", "-D", str(self.folder / "data"), *words)

    def _told(self, name: str) -> str:
        return f"host=127.0.0.1 port={self.port} user=postgres dbname={name} connect_timeout=10"


@contextmanager
def running(fsync: bool = False) -> Iterator[Cluster]:
    """A fresh cluster, gone with its folder afterwards; `fsync` when its speed is measured."""
    bin = binaries()
    assert bin is not None
    folder = Path(tempfile.mkdtemp(prefix="askdoc-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = Cluster(bin, folder, _free_port(), fsync)
    try:
        _as_postgres(str(bin / "initdb"), "-A", "trust", "-U", "postgres", "-E", "UTF8",
                     "--no-locale", "-N", "-D", str(folder / "data"))  # fmt: skip
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(*words: str) -> None:
    before = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    subprocess.run([*before, *words], check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60)


def _children(parent: int) -> list[int]:
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # After the name in brackets: the state, then the parent.
            if int(one.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(one.parent.name))
    return found


def _is_there(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def _has_postgres_user() -> bool:
    try:
        return bool(pwd.getpwnam("postgres"))
    except KeyError:
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
