"""`askdoc serve` and `askdoc people`: the pages and the API, and keys for those who sign in."""

from dataclasses import replace
from datetime import UTC, datetime

from askdoc.bootstrap import House
from askdoc.cli.tables import lines
from askdoc.cli.words import print_json
from askdoc.wording import Lang, phrase

# The demonstration stands still on a working day of the shipped catalogue edition.
DEMO_NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)


def serve(house: House, host: str, port: int, demo: bool, lang: Lang) -> None:
    """Serve until stopped; `demo` with sample people in a data folder of their own."""
    import uvicorn

    from askdoc.api.app import build_app
    from askdoc.api.front import Front, real_clock

    if demo:
        kept = house.settings
        house = House(
            replace(
                kept,
                data=kept.data / "demo",
                config=kept.config / "demo",
                database_url=None,
                model=None,
            )
        )
        from askdoc.sample_people import fill

        fill(house, DEMO_NOW)
    front = Front(house, clock=(lambda: DEMO_NOW) if demo else real_clock, sample=demo)
    front.load()
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


def add_person(house: House, role: str, name: str, lang: Lang, json: bool) -> None:
    """Keep a person who signs in, and show their key once. Raises BadOption."""
    from askdoc.cli.words import BadOption
    from askdoc.identity.roles import ROLES
    from askdoc.storage import persons

    found = next((one for one in ROLES if one == role), None)
    if found is None:
        raise BadOption(option="ROLE", said=role, allowed=", ".join(ROLES))
    now = datetime.now(UTC)
    with house.database.writing() as kept:
        words = {"name": name, "phone": "", "facts": {}}
        (id,) = persons.add_persons(kept, [(found, words)], now, house.secret.wrapping)
        key = persons.add_key(kept, id, now)
    if json:
        print_json({"id": id, "role": role, "key": key.shown})
    else:
        lines([phrase("cli.people.added", lang, id=id, key=key.shown)])
