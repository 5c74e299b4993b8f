"""A bar on the error stream while long work goes on, so that output stays clean for programs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from askdoc.bootstrap import House
from askdoc.settings import read_settings
from askdoc.wording import Lang, phrase


def watched_house(lang: Lang) -> House:
    """The house of these settings, whose long work on the index is shown."""
    return House(read_settings(), partial(shown_progress, lang))


@contextmanager
def shown_progress(lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """A function `(done, total)` that moves a bar; the bar appears with the first call."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    bar = Progress(console=Console(stderr=True), transient=True)
    started: list[TaskID] = []

    def move(done: int, total: int) -> None:
        if not started:
            bar.start()
            started.append(bar.add_task(phrase("cli.library.working", lang), total=total))
        bar.update(started[0], completed=done)

    try:
        yield move
    finally:
        if started:
            bar.stop()
