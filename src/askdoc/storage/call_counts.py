"""Until when the calls of a person or an address are paid for, in the table of budgets.

One statement pays or refuses, so that processes which ask at one moment cannot both get the last
call. Names of budgets that begin with `calls:` are ours.
"""

from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from askdoc.identity.limits import Lot
from askdoc.storage.database import Database
from askdoc.storage.messaging_tables import budgets
from askdoc.storage.prepared import Prepared

PREFIX = "calls:"
_paid_until = budgets.c.next_at
_now, _price, _most = (bindparam(name, type_=BigInteger()) for name in ("now", "price", "most"))


def _paying(insert: Any) -> Prepared:
    begins = case((_paid_until > _now, _paid_until), else_=_now)
    paid = insert(budgets).values(name=bindparam("of"), next_at=_now + _price)
    return Prepared(
        paid.on_conflict_do_update(
            index_elements=[budgets.c.name],
            set_={"next_at": begins + _price},
            where=begins + _price <= _now + _most,
        ).returning(_paid_until)
    )


# What is paid is asked for by every few turns.
_PAYING = {"sqlite": _paying(sqlite.insert), "postgresql": _paying(postgresql.insert)}
_PAID = Prepared(select(_paid_until).where(budgets.c.name == bindparam("of")))


def pay(database: Database, name: str, lot: Lot) -> int:
    """0 when the lot is paid for now, else how many microseconds too early it came."""
    of = {"of": f"{PREFIX}{name}"}
    told = {**of, "now": lot.now, "price": lot.price, "most": lot.most}
    # A count that a power cut takes back lets a few calls more through.
    with database.noting() as kept:
        if _PAYING[kept.dialect.name].first(kept, told) is not None:
            return 0
        paid_until: int = _PAID.first(kept, of).next_at
    return max(1, paid_until + lot.price - lot.now - lot.most)


def drop_spent(connection: Connection, now: int) -> int:
    """Forget names whose calls were paid until before `now`, in microseconds; how many."""
    spent = budgets.c.name.startswith(PREFIX) & (_paid_until < now)
    return connection.execute(delete(budgets).where(spent)).rowcount
