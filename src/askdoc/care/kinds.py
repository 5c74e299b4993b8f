"""Kinds of residents whom a change of a rule touches, and whether one of them is of such a kind.

What a value depends on besides the person (the tier of the institution, a referral) is of no kind:
whoever is treated under it may meet each of its rows.
"""

from collections.abc import Iterable, Mapping, Sequence

from askdoc.policy.dimensions import STATUSES, bands_fit, members_for, read_band

# What of a person a policy value may depend on.
_OF_PERSONS = ("scheme", "grade", "status", "age", "retired_year", "contracted", "group")
Kind = Mapping[str, str]


def kinds_of(
    parameter: str, rows: Iterable[Iterable[tuple[str, str]]]
) -> tuple[dict[str, str], ...]:
    """Of whom the changed rows of a parameter are; none means everybody.

    Rows that together leave nobody out say nothing of what they differ in.
    """
    scheme = parameter.split(".", 1)[0]
    of_all = {"scheme": scheme} if scheme in STATUSES else {}
    kinds = [of_all | {name: one for name, one in row if name in _OF_PERSONS} for row in rows]
    for dimension in _OF_PERSONS:
        kinds = _joined(parameter, dimension, kinds)
    return () if {} in kinds else tuple(kinds)


def _joined(
    parameter: str, dimension: str, kinds: Sequence[dict[str, str]]
) -> list[dict[str, str]]:
    """The kinds, where those that cover all of a dimension are one that leaves it open."""
    found: list[dict[str, str]] = []
    for kind in kinds:
        rest = {name: one for name, one in kind.items() if name != dimension}
        others = [one[dimension] for one in kinds if one == rest | {dimension: one.get(dimension)}]
        told = rest if _cover_all(parameter, dimension, others) else kind
        if told not in found:
            found.append(told)
    return found


def _cover_all(parameter: str, dimension: str, members: Sequence[str]) -> bool:
    bands = [band for one in set(members) if (band := read_band(one)) is not None]
    if bands:
        return bands_fit(bands)
    return bool(members) and set(members_for(parameter, dimension)) <= set(members)


def touches(whom: Sequence[Kind], known: Mapping[str, str | None]) -> bool | None:
    """Whether somebody is of one of the kinds; None where what is known of them does not say."""
    found = [_fits(kind, known) for kind in whom]
    if not found or True in found:
        return True
    return None if None in found else False


def _fits(kind: Kind, known: Mapping[str, str | None]) -> bool | None:
    told = [known.get(name) for name in kind]
    if any(one not in (None, said) for one, said in zip(told, kind.values(), strict=True)):
        return False
    return None if None in told else True
