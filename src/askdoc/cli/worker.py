"""`askdoc worker`: sends what is due, until it is stopped."""

import signal
from threading import Event

from askdoc.bootstrap import House
from askdoc.cli.tables import lines
from askdoc.cli.words import print_json
from askdoc.storage.outbox import SqlOutbox
from askdoc.wording import Lang, phrase
from askdoc.worker import Done, open_work, work_once, work_until


def run_worker(house: House, once: bool, lang: Lang, json: bool) -> None:
    """Work until Ctrl-C or a polite kill; `once` plans and sends what is due now, and leaves."""
    work = open_work(house)
    if once:
        done = work_once(work)
        counted = SqlOutbox(work.database).counted()
        if json:
            print_json({"planned": done.planned, "taken_up": done.taken_up, "letters": counted})
        else:
            _tell(done, lang)
            states = "  ".join(
                f"{phrase(f'refills.state.{state}', lang)} {count}"
                for state, count in sorted(counted.items())
            )
            lines([states or phrase("refills.worker.nothing", lang)])
        return
    stop = Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    names = ", ".join(one.name for one in work.channels) or phrase("refills.worker.none", lang)
    lines([phrase("refills.worker.begins", lang, channels=names)])
    work_until(work, stop, lambda done: _tell(done, lang))


def _tell(done: Done, lang: Lang) -> None:
    planned = done.planned
    if planned is not None:
        lines(
            [
                phrase(
                    "refills.worker.planned",
                    lang,
                    put=planned.put,
                    recalled=planned.recalled,
                    unreachable=planned.unreachable,
                    unreadable=planned.unreadable,
                )
            ]
        )
        lines(phrase("refills.stale_feed", lang, clinic=clinic) for clinic in planned.stale)
    if done.proposed:
        lines([phrase("refills.worker.proposed", lang, count=done.proposed)])
    if done.taken_up:
        lines([phrase("refills.worker.taken_up", lang, count=done.taken_up)])
