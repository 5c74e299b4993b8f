"""What the persons of records are called: sealed for each of them, and opened for staff alone."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from askdoc.identity.sealing import Unreadable
from askdoc.storage.desk_tables import person_keys, persons
from askdoc.storage.persons import read_person, unwrapped


def names_of(connection: Connection, residents: Collection[str], wrapping: bytes) -> dict[str, str]:
    """What the persons of records are called; who never said it or does not sign in is left out,
    and so is a name that does not open: the record is known by its id all the same."""
    asked = (
        select(persons, person_keys.c.wrapped)
        .join(person_keys, person_keys.c.person == persons.c.id)
        .where(persons.c.resident.in_(residents))
    )
    found: dict[str, str] = {}
    for row in connection.execute(asked):
        try:
            key = unwrapped(row.id, row.wrapped, wrapping)
            name = read_person(row.id, row, key).words.get("name")
        except Unreadable:
            continue
        if name:
            found[row.resident] = str(name)
    return found
