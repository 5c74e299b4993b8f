"""A person in another role: what the old one opened is shut in the same transaction."""

from datetime import datetime

from sqlalchemy import Connection, delete, or_, update

from askdoc.identity.roles import Role
from askdoc.storage.care_tables import clinic_staff
from askdoc.storage.desk_tables import api_keys, family, persons
from askdoc.storage.persons import role_of
from askdoc.storage.task_rows import hand_back


def change_role(kept: Connection, person: str, role: Role, now: datetime) -> None:
    """Give a person a role. Raises NotThere.

    Tokens and keys that were given out before open nothing more, and the place at a clinic is to
    be said anew. Who was let in as family, or let them in, was so in the old role. Tasks that they
    took are open to colleagues again.
    """
    if role_of(kept, person) != role:
        ties = or_(family.c.member == person, family.c.resident == person)
        kept.execute(delete(family).where(ties))
    hand_back(kept, person)
    given_out = api_keys.c.person == person, api_keys.c.revoked_at.is_(None)
    kept.execute(update(api_keys).where(*given_out).values(revoked_at=now))
    # Whom the clinic's own records do not name stands there under the id of the account.
    kept.execute(delete(clinic_staff).where(clinic_staff.c.id == person))
    told = {"role": role, "staff": None, "term": persons.c.term + 1}
    kept.execute(update(persons).where(persons.c.id == person).values(**told))
