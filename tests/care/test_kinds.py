"""Whom a change of a rule touches: those who fit one of its kinds, as far as records tell."""

import pytest

from askdoc.care.kinds import kinds_of, touches

RETIRED = {"scheme": "employee", "status": "retired"}
OLD = RETIRED | {"age": "70.."}


@pytest.mark.parametrize(
    ("whom", "known", "is_so"),
    [
        ([], {}, True),
        ([RETIRED], {"scheme": "employee", "status": "retired"}, True),
        ([RETIRED], {"scheme": "employee", "status": "active"}, False),
        ([RETIRED], {"scheme": "resident", "status": None}, False),
        ([RETIRED], {"scheme": "employee", "status": None}, None),
        ([RETIRED], {"scheme": None, "status": None}, None),
        # One kind is enough; one that nobody can tell leaves it open.
        ([RETIRED, {"scheme": "resident"}], {"scheme": "resident", "status": "adult"}, True),
        ([OLD], {"scheme": "employee", "status": "retired"}, None),
        ([OLD, RETIRED], {"scheme": "employee", "status": "retired"}, True),
        ([OLD], {"scheme": "resident", "status": "senior"}, False),
        ([{"contracted": "true"}], {"contracted": "false"}, False),
    ],
)
def test_a_change_touches_those_who_fit_one_of_its_kinds(
    whom: list[dict[str, str]], known: dict[str, str | None], is_so: bool | None
) -> None:
    assert touches(whom, known) is is_so


def test_kinds_are_of_persons_and_not_of_visits() -> None:
    tiers = [(("status", "retired"), ("tier", one)) for one in ("primary", "tertiary")]
    assert kinds_of("employee.outpatient.share", tiers) == (RETIRED,)
    by_tier = [(("tier", "primary"),)]
    assert kinds_of("resident.outpatient.share", by_tier) == ({"scheme": "resident"},)
    # Rows that leave nobody out do not tell what they differ in, one of them alone does.
    young, old = (*RETIRED.items(), ("age", "..69")), (*RETIRED.items(), ("age", "70.."))
    assert kinds_of("employee.outpatient.share", [young, old]) == (RETIRED,)
    assert kinds_of("employee.outpatient.share", [old]) == (OLD,)
    statuses = [(("status", one),) for one in ("active", "retired")]
    assert kinds_of("employee.chronic.share", statuses) == ({"scheme": "employee"},)
    # What is not of one scheme and of no kind of persons touches everybody.
    assert kinds_of("long_prescription.usual_weeks", [()]) == ()
    assert kinds_of("long_prescription.usual_weeks", [(), (("status", "retired"),)]) == ()
    contracted = [(("contracted", one),) for one in ("true", "false")]
    assert kinds_of("long_prescription.usual_weeks", contracted) == ()
