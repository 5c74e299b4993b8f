"""`askdoc bot`: one messaging app until it is told to stop."""

import logging
import os
import signal
from threading import Event

from askdoc.bootstrap import House
from askdoc.bot_process import BotProcess, clock, usual_rules
from askdoc.bots import NoPackage, load_bot
from askdoc.box_print import RapidBoxReader
from askdoc.channels.app import BadPlace, BadRate, NoPhotoReader, NoPolling
from askdoc.cli.tables import lines
from askdoc.dictation import transcriber_of
from askdoc.looking import Looking
from askdoc.reception.seen import BoxReader
from askdoc.receptionist import Receptionist
from askdoc.reminder_buttons import ReminderButtons
from askdoc.storage.budget import SqlBudget
from askdoc.storage.inbox import SqlInbox
from askdoc.wording import Lang, phrase

# Every platform that we know allows about 30 messages a second; a little less leaves room for
# clocks that differ.
_SENDS_PER_SECOND = 28.0
_MOST_PER_SECOND = 1_000_000


def run_bot(house: House, name: str, webhook: str | None, lang: Lang) -> None:
    """Run until SIGINT or SIGTERM.

    Raises UnknownBot, NoPackage, MissingSetting, NoTranscriber and BadPlace.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    # Of no use to whoever runs a bot.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    opener, transcriber = load_bot(name), transcriber_of(os.environ)
    # The one that doers write to as well: a second one would wait for the first.
    database = house.database
    try:
        app = opener(os.environ, SqlBudget(database, 1 / _sends_per_second(), clock))
        channel = app.channel
        receptionist = Receptionist(
            inbox=SqlInbox(database, house.doers),
            house=house,
            abilities={channel.name: channel.abilities},
            clock=clock,
            elsewhere=(ReminderButtons(database),),
            look=Looking(
                house=house,
                fetch={channel.name: app.fetch},
                reader=_reader(),
                transcriber=transcriber,
            ),
        )
        if webhook is None and not app.polls:
            raise NoPolling
        # Opened before anybody asks: whoever runs the bot should see how searches go.
        _ = house.searchable
        notice = house.by_words(lang)
        try:
            with BotProcess(receptionist, database, app, usual_rules(house)) as process:
                lines([notice] if notice else [])
                lines([phrase("cli.bot.running", lang, name=name)])
                _serve(process, webhook)
        finally:
            app.close()
    finally:
        database.close()


def _sends_per_second() -> float:
    """What the platform allows, unless ASKDOC_SENDS_PER_SECOND says otherwise. Raises BadRate."""
    said = os.environ.get("ASKDOC_SENDS_PER_SECOND")
    if not said:
        return _SENDS_PER_SECOND
    try:
        rate = float(said)
    except ValueError:
        rate = 0.0
    if not 0 < rate < _MOST_PER_SECOND:
        raise BadRate(said=said)
    return rate


def _reader() -> BoxReader | None:
    """What reads photos, where it is installed."""
    try:
        return RapidBoxReader()
    except NoPhotoReader:
        return None


def _serve(process: BotProcess, webhook: str | None) -> None:
    if webhook is None:
        stop = Event()
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, lambda *_: stop.set())
        process.poll()
        stop.wait()
        return
    host, _, port = webhook.rpartition(":")
    if not host or not port.isdigit():
        raise BadPlace(said=webhook)
    try:
        import uvicorn
    except ModuleNotFoundError:
        raise NoPackage(extra="api") from None
    uvicorn.run(process.web(), host=host, port=int(port), access_log=False)
