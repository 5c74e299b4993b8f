"""`askdoc people add`: a key that opens the pages, shown once and kept as a hash."""

import json
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.identity.tokens import key_parts
from askdoc.settings import read_settings
from askdoc.storage import persons

from .conftest import Command, one_sentence


def test_a_person_who_is_added_gets_a_key_that_is_theirs(askdoc: Command, tmp_path: Path) -> None:
    ran = askdoc("people", "add", "doctor", "--name", "李建国", "--json")
    told = json.loads(ran.out)
    given = {"HOME": str(tmp_path), "ASKDOC_DATA": str(tmp_path / "data")}
    house = House(read_settings(given | {"ASKDOC_CONFIG": str(tmp_path / "config")}))
    with house.database.reading() as kept:
        caller = persons.caller_with_key(kept, *key_parts(told["key"]))
        person = persons.person_of(kept, caller.person, house.secret.wrapping)
    house.database.close()
    assert (caller.person, caller.role) == (told["id"], "doctor")
    assert person.words["name"] == "李建国"
    assert (tmp_path / "config" / "secret").stat().st_mode & 0o777 == 0o600


def test_what_is_no_role_is_refused_in_one_sentence(askdoc: Command) -> None:
    assert one_sentence(askdoc("people", "add", "emperor"))
    assert one_sentence(askdoc("people", "remove", "doctor"))
