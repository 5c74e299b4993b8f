"""The count of calls in memory: the same arithmetic as in the database, for one process."""

from askdoc.identity.limits import Lot, Pay


def memory_pay() -> Pay:
    """A count of its own."""
    paid_until: dict[str, int] = {}

    def pay(name: str, lot: Lot) -> int:
        after = max(paid_until.get(name, lot.now), lot.now) + lot.price
        early = after - lot.now - lot.most
        if early <= 0:
            paid_until[name] = after
        return max(0, early)

    return pay
