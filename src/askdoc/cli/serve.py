"""`askdoc serve` and `askdoc people`: the pages and the API, and keys for those who sign in."""

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from askdoc.bootstrap import House
from askdoc.cli.tables import lines
from askdoc.cli.words import print_json
from askdoc.sample.day import DEMO_NOW
from askdoc.wording import Lang, phrase

if TYPE_CHECKING:
    from askdoc.sample.stage import Stage


def serve(house: House, host: str, port: int, demo: bool, lang: Lang) -> None:
    """Serve until stopped; `demo` with sample people in a data folder of their own."""
    import uvicorn

    from askdoc.api.app import build_app
    from askdoc.api.front import Front, real_clock

    with ExitStack() as stack:
        stage = None
        if demo:
            house, stage = _demonstration(house, stack, lang)
        front = Front(house, clock=(lambda: DEMO_NOW) if demo else real_clock, stage=stage)
        front.load()
        notice = house.by_words(lang)
        lines([notice] if notice else [])
        lines([phrase("cli.serve.ready", lang, address=f"http://{host}:{port}/")])
        uvicorn.run(
            build_app(front),
            host=host,
            port=port,
            log_level="warning",
            # What a person looks for stands in addresses; the edge counts without them.
            access_log=False,
            server_header=False,
            date_header=True,
        )


def _demonstration(house: House, stack: ExitStack, lang: Lang) -> tuple[House, "Stage"]:
    """The house of the demonstration, filled, in folders of its own; and its stage."""
    from askdoc.sample.house import sample_house
    from askdoc.sample.people import fill
    from askdoc.sample.stage import opened

    lines([phrase("cli.serve.preparing", lang)])
    shown = sample_house(house)
    fill(shown, DEMO_NOW)
    return shown, stack.enter_context(opened(shown.settings))


def add_person(
    house: House, who: tuple[str, str], record: dict[str, str | None], lang: Lang, json: bool
) -> None:
    """Keep a person who signs in, of a role and a name, and show their key once.

    `record` says who they are in the records. Raises BadOption, NotThere and RecordTaken.
    """
    from askdoc.cli.words import BadOption
    from askdoc.identity.roles import ROLES
    from askdoc.storage import persons
    from askdoc.storage.record_links import Record, link

    role, name = who
    found = next((one for one in ROLES if one == role), None)
    if found is None:
        raise BadOption(option="ROLE", said=role, allowed=", ".join(ROLES))
    now = datetime.now(UTC)
    with house.database.writing() as kept:
        words = {"name": name, "phone": "", "facts": {}}
        (id,) = persons.add_persons(kept, [(found, words)], now, house.secret.wrapping)
        link(kept, id, Record(**record))
        key = persons.add_key(kept, id, now)
    if json:
        print_json({"id": id, "role": role, "key": key.shown})
    else:
        lines([phrase("cli.people.added", lang, id=id, key=key.shown)])
