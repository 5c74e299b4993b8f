"""For whom the speaker of a conversation may act.

An account speaks for its own record and for those who let it in; a chat for everybody it is linked
to. A conversation that is neither's, on somebody's own machine, speaks for nobody.
"""

from sqlalchemy import BindParameter, Connection, bindparam, select

from askdoc.assistant.talk.transcript import whole_text
from askdoc.care.patients import Patient, relation_from
from askdoc.storage.desk_tables import belongings, family, persons
from askdoc.storage.messaging_tables import chat_people

_HERE: BindParameter[str] = bindparam("conversation")
_OWN = (
    select(persons.c.resident)
    .join(belongings, belongings.c.person == persons.c.id)
    .where(belongings.c.conversation == _HERE, persons.c.resident.is_not(None))
)
_MINE = select(persons.c.id, persons.c.resident).where(
    persons.c.id == bindparam("person"), persons.c.resident.is_not(None)
)
_LET_IN = (
    select(persons.c.id, persons.c.resident, family.c.relation)
    .join(family, family.c.resident == persons.c.id)
    .where(family.c.member == bindparam("person"), persons.c.resident.is_not(None))
    .order_by(family.c.since, persons.c.number)
)
_KIN = (
    select(persons.c.resident, family.c.relation)
    .join(family, family.c.resident == persons.c.id)
    .join(belongings, belongings.c.person == family.c.member)
    .where(belongings.c.conversation == _HERE, persons.c.resident.is_not(None))
    .order_by(family.c.since, persons.c.number)
)
_acting = chat_people.alias()
_LINKED = (
    select(chat_people.c.resident, chat_people.c.relation, chat_people.c.label)
    .join(_acting, _acting.c.chat == chat_people.c.chat)
    .where(_acting.c.conversation == _HERE, chat_people.c.resident.is_not(None))
    .order_by(chat_people.c.id != _acting.c.id, chat_people.c.number)
)


_ACTING = select(chat_people.c.resident).where(chat_people.c.conversation == _HERE)


def subject_of(connection: Connection, conversation: str) -> str | None:
    """Whom a conversation is about, where that is known."""
    here = {"conversation": whole_text(conversation)}
    found = connection.scalar(_OWN, here)
    return found if found is not None else connection.scalar(_ACTING, here)


def patients_of(connection: Connection, conversation: str) -> tuple[Patient, ...]:
    """Each patient once, the one whom the conversation is about first."""
    here = {"conversation": whole_text(conversation)}
    found = [Patient(one, "self") for one in connection.scalars(_OWN, here)]
    for table in (_KIN, _LINKED):
        found += [
            Patient(row.resident, relation_from(row.relation), getattr(row, "label", ""))
            for row in connection.execute(table, here)
        ]
    return tuple({one.resident: one for one in reversed(found)}.values())[::-1]


def accounts_for(connection: Connection, person: str) -> list[tuple[str, Patient]]:
    """For whom an account may act, itself first, each with the account that is theirs."""
    who = {"person": person}
    own = [(row.id, Patient(row.resident, "self")) for row in connection.execute(_MINE, who)]
    kin = connection.execute(_LET_IN, who)
    return own + [(row.id, Patient(row.resident, relation_from(row.relation))) for row in kin]


def record_of(connection: Connection, person: str) -> str | None:
    """Which patient's record an account is; None: nobody's."""
    return connection.scalar(select(persons.c.resident).where(persons.c.id == person))
