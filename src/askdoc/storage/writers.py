"""The writers of one file, in turn: who waited goes on in the transaction of who was before.

SQLite lets one write at a time, and a full sync costs the same for one writer's rows as for ten's.
So whoever is done hands the open transaction to the first who waits, and the last one commits for
all; nobody's call returns before that. What one of them gives up is undone for that one alone.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import TimeoutError as WaitedTooLong

WAIT_SECONDS = 15
# So many share one commit at most, and nobody joins a transaction that is open for so long.
_MOST, _LONGEST_SECONDS = 64, 0.05
Begin = Callable[[], AbstractContextManager[Connection]]


@dataclass(slots=True)
class _Shared:
    """A transaction that is handed on. `failed`: what its end raised, for everybody in it."""

    whole: AbstractContextManager[Connection]
    connection: Connection
    began: float = field(default_factory=monotonic)
    count: int = 0
    ended: Event = field(default_factory=Event)
    failed: BaseException | None = None

    def mark(self) -> None:
        """Remember what was written so far. Who is first has only their own to lose."""
        if self.count:
            self._say("SAVEPOINT before")

    def keep(self) -> None:
        """Leave what was written since the mark to the end of the whole."""
        if self.count:
            self._say("RELEASE before")
        self.count += 1

    def undo(self, because: BaseException) -> None:
        """Take back what was written since the mark; all of it where that cannot be done."""
        if self.count:
            try:
                self._say("ROLLBACK TO before")
                self._say("RELEASE before")
                return
            except Exception:  # noqa: BLE001  the reason is what matters
                pass
        self.end(because)

    def end(self, because: BaseException | None = None) -> None:
        """Commit, or give all of it up for a reason; then everybody in it is told."""
        self.failed = because
        try:
            self.whole.__exit__(type(because) if because else None, because, None)
        except BaseException as failed:  # noqa: BLE001  everybody in it raises it
            self.failed = failed
        finally:
            self.ended.set()

    def can_be_joined(self) -> bool:
        """Whether another may still come in."""
        is_young = monotonic() < self.began + _LONGEST_SECONDS
        return is_young and self.count < _MOST and not self.ended.is_set()

    def _say(self, statement: str) -> None:
        driver: Any = self.connection.connection.driver_connection
        driver.execute(statement)


@dataclass(slots=True, eq=False)
class _Waiting:
    called: Event = field(default_factory=Event)
    shared: _Shared | None = None


class Writers:
    """The line in which the threads of this process wait to write to one file."""

    def __init__(self, wait_seconds: float = WAIT_SECONDS) -> None:
        self._wait_seconds = wait_seconds
        self._lock = Lock()
        self._line: deque[_Waiting] = deque()
        self._is_taken = False

    @contextmanager
    def together(self, begin: Begin) -> Iterator[Connection]:
        """A transaction, perhaps with others: whole for each, and on the disk at the end.

        Raises what beginning and ending raise, and WaitedTooLong.
        """
        shared = self._turn() or self._begun(begin)
        try:
            shared.mark()
            yield shared.connection
            shared.keep()
        except BaseException as failed:
            shared.undo(failed)
            self._pass_on(shared)
            raise
        self._pass_on(shared)
        shared.ended.wait()
        if shared.failed is not None:
            raise shared.failed

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A turn that nobody shares. Raises WaitedTooLong."""
        shared = self._turn()
        if shared is not None:
            shared.end()
        try:
            yield
        finally:
            self._call(None)

    def _begun(self, begin: Begin) -> _Shared:
        whole = begin()
        try:
            return _Shared(whole, whole.__enter__())
        except BaseException:
            self._call(None)
            raise

    def _turn(self) -> _Shared | None:
        """Wait to be called; the transaction to go on with (None: a new one)."""
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return None
            mine = _Waiting()
            self._line.append(mine)
        if not mine.called.wait(self._wait_seconds):
            with self._lock:
                if mine in self._line:
                    self._line.remove(mine)
                    raise WaitedTooLong
        return mine.shared

    def _pass_on(self, shared: _Shared) -> None:
        """Let the next one go on with it, or end it."""
        if shared.can_be_joined() and self._call(shared, only_who_waits=True):
            return
        if not shared.ended.is_set():
            shared.end()
        self._call(None)

    def _call(self, shared: _Shared | None, only_who_waits: bool = False) -> bool:
        """Call the first who waits; whether anybody did. With nobody the line is free."""
        with self._lock:
            if not self._line:
                self._is_taken = only_who_waits
                return False
            following = self._line.popleft()
        following.shared = shared
        following.called.set()
        return True
