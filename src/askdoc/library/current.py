"""The index that searches go by now.

Whoever comes while another process makes the index gets one of words alone. A process may live for
weeks, so each search looks again until the whole one is there; a look asks only whether the maker
has let go.
"""

from collections.abc import Callable
from threading import Lock

from askdoc.library.embedding import NoEmbedding
from askdoc.library.keeper import BeingMade, Kept, is_being_made
from askdoc.wording import AskdocError


class Current:
    """`open` opens the index, waiting so many seconds for another maker (None: a few)."""

    def __init__(self, open: Callable[[float | None], Kept]) -> None:
        self._open = open
        self._kept: Kept | None = None
        self._opening = Lock()

    @property
    def without(self) -> NoEmbedding | BeingMade | None:
        """Why searches go by words alone; None where they don't, or none was made yet."""
        return None if self._kept is None else self._kept.without

    def kept(self) -> Kept:
        """The index, opened when it is first asked for."""
        kept = self._kept
        if kept is None:
            with self._opening:
                self._kept = kept = self._kept or self._open(None)
        elif isinstance(kept.without, BeingMade) and self._opening.acquire(blocking=False):
            # One looks; the others go by words meanwhile.
            try:
                self._kept = kept = self._again(kept)
            finally:
                self._opening.release()
        return kept

    def _again(self, kept: Kept) -> Kept:
        """The whole index if there is one by now, or nobody who makes it; else the same."""
        if is_being_made(kept.place):
            return kept
        try:
            return self._open(0)
        except AskdocError:
            # Words have answered so far, and whoever starts anew is told what is wrong.
            return kept
