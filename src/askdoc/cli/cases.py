"""`askdoc cases`: what staff corrected, as evaluation cases for `eval/assistant/practice`.

They are JSON, which is YAML too. What the right answer must hold is left for a person to write,
with the words of staff beside it.
"""

from typing import Any

from askdoc.bootstrap import House
from askdoc.cli.words import print_json
from askdoc.privacy.masked import mask
from askdoc.storage.desk import Corrected, all_corrections


def print_cases(house: House) -> None:
    """Every correction as a case, on standard output. Raises as `failures` says."""
    with house.database.reading() as kept:
        found = [_case(one) for one in all_corrections(kept)]
    print_json({"cases": found})


def _case(one: Corrected) -> dict[str, Any]:
    expires = one.made.expires_on
    return {
        "id": f"reported-{one.number}",
        "topic": "reported",
        "speaker": "resident",
        "profile": dict(one.made.scope),
        "facts": {},
        "held_back": {},
        "wordings": [mask(one.asked).text],
        "expect": {},
        "answered": mask(one.answered).text,
        "staff": mask(one.made.text).text,
        "outcome": one.made.outcome,
        "expires_on": expires.isoformat() if expires else None,
    }
