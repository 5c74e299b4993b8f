"""`cost(case, book)`: what a visit costs whom, to the fen, with the sum that leads there."""

from decimal import Decimal

from askdoc.benefits.bill import Bill, stated_facts
from askdoc.benefits.case import ZERO, Case, Year, fen
from askdoc.benefits.choices import Choices, Run, explore
from askdoc.benefits.layers import in_scope_self_pay
from askdoc.benefits.result import Figures, OtherReading, Outcome, Range, Result
from askdoc.benefits.steps import STEPS
from askdoc.policy import Book, Policy, lowest
from askdoc.policy.dimensions import STATUSES

# What is not a fact that somebody could state, but how the sum was made.
_READING = "reading:"
# Without one of these of the person's own scheme there is no sum at all.
_BASIC = tuple(f"policy:{scheme}." for scheme in STATUSES)
_CORE = (".share", ".deductible", ".payment_order")


def cost(case: Case, book: Book) -> Result:
    """The sum of one case whose medicines are looked up already.

    Raises UnknownRegion, UnknownParameter (in `assume`) and TooMuchMissing.
    """
    policy = Policy(book, case.visit.day, case.person.region, case.assume)
    for parameter in case.assume:
        policy.history(parameter)
    runs = explore(lambda choices: _bill(case, policy, choices))
    figures = {id(run): _figures(run.outcome) for run in runs}
    main = max((run for run in runs if run.is_main), key=lambda run: figures[id(run)].person_pays)
    bill = main.outcome
    missing = tuple(dict.fromkeys(name for run in runs for name in run.outcome.missing))
    values = tuple(bill.used.values())
    return Result(
        outcome=_outcome(case, bill, missing),
        figures=figures[id(main)],
        steps=tuple(bill.steps),
        values=values,
        missing=missing,
        assumptions=tuple(bill.assumptions),
        confidence=lowest(value.confidence for one in bill.steps for value in one.values),
        year_after=_year_after(case, bill, figures[id(main)]),
        range=_range(runs, figures),
        readings=_readings(runs, figures, main),
    )


def _bill(case: Case, policy: Policy, choices: Choices) -> Bill:
    """One run: with several hardship groups, the one that leaves the person least to pay."""
    bills = [_run(case, policy, choices, group) for group in case.person.groups or ("none",)]
    return min(bills, key=lambda bill: _figures(bill).person_pays)


def _run(case: Case, policy: Policy, choices: Choices, group: str) -> Bill:
    bill = Bill(case, policy, choices, stated_facts(case, group))
    total = sum((item.total for item in case.items), ZERO)
    if bill.settings_topic() == "outpatient" and bill.facts["setting"] == "chronic":
        bill.facts["setting"] = "outpatient"
    order = bill.find(bill.name("", "payment_order"))
    bill.note("total", fen(total), order)
    if not isinstance(order.content, tuple):
        bill.miss(f"policy:{order.parameter}")
        return bill
    for name in order.content:
        STEPS[str(name)](bill)
    return bill


def _figures(bill: Bill) -> Figures:
    person_pays = (
        bill["off_catalogue"]
        + bill["over_standard"]
        + bill["first_pay"]
        + bill["account_first"]
        + bill["deductible"]
        + bill["co_pay"]
        + bill["above_ceiling"]
        - bill["supplementary"]
        - bill["serious_illness"]
        - bill["medical_aid"]
    )
    account_pays = bill["account_first"] + bill["account_later"]
    names = set(Figures.__dataclass_fields__) - {"person_pays", "account_pays", "cash"}
    return Figures(
        **{name: fen(bill[name]) for name in names},
        person_pays=fen(person_pays),
        account_pays=fen(account_pays),
        cash=fen(person_pays - account_pays),
    )


def _outcome(case: Case, bill: Bill, missing: tuple[str, ...]) -> Outcome:
    if case.items and all(
        item.item_class == "off_catalogue" or item.scope_met is False for item in case.items
    ):
        return "not_covered"
    if any(name.startswith(_BASIC) and name.endswith(_CORE) for name in missing):
        return "indeterminate"
    if bill.wants_filing:
        return "needs_filing"
    return "conditional" if missing else "covered"


def _year_after(case: Case, bill: Bill, figures: Figures) -> Year:
    year = case.year
    return Year(
        deductible_used=(year.deductible_used or ZERO) + figures.deductible,
        fund_paid=year.fund_paid + figures.fund_pays,
        in_scope_self_pay=year.in_scope_self_pay + in_scope_self_pay(bill),
        admissions=year.admissions + (bill.facts["setting"] == "inpatient"),
        aid_used=year.aid_used + figures.medical_aid,
        quota_used=year.quota_used,
        account_current=max(ZERO, (year.account_current or ZERO) - figures.account_pays),
        account_past=max(
            ZERO,
            (year.account_past or ZERO)
            - max(ZERO, figures.account_pays - (year.account_current or ZERO)),
        ),
    )


def _range(runs: list[Run[Bill]], figures: dict[int, Figures]) -> Range | None:
    people = [figures[id(run)].person_pays for run in runs]
    paid = [figures[id(run)].paid_for for run in runs]
    if min(people) == max(people):
        return None
    return Range((min(people), max(people)), (min(paid), max(paid)), _narrowed_by(runs, figures))


def _narrowed_by(runs: list[Run[Bill]], figures: dict[int, Figures]) -> str:
    """The choice whose worst remaining width is least once somebody settles it."""
    keys = sorted({key for run in runs for key in run.made})

    def width_left(key: str) -> Decimal:
        groups: dict[object, list[Decimal]] = {}
        for run in runs:
            groups.setdefault(run.made.get(key), []).append(figures[id(run)].person_pays)
        return max(max(group) - min(group) for group in groups.values())

    return min(keys, key=lambda key: (width_left(key), key.startswith(_READING), key))


def _readings(
    runs: list[Run[Bill]], figures: dict[int, Figures], main: Run[Bill]
) -> tuple[OtherReading, ...]:
    """For each value that sources disagree on: the sum under each reading, all else equal.

    A disagreement that moves nothing in this sum is left out.
    """
    found: list[OtherReading] = []
    for key in (key for key in main.made if key.startswith(_READING)):
        worst: dict[int, Run[Bill]] = {}
        for run in runs:
            if run.is_main and key in run.made and _agrees(run, main, key):
                index = int(str(run.made[key]))
                known = worst.setdefault(index, run)
                if figures[id(run)].person_pays > figures[id(known)].person_pays:
                    worst[index] = run
        sums = {figures[id(run)].person_pays for run in worst.values()}
        if len(sums) > 1:
            found += [_other_reading(key, index, worst[index], figures) for index in sorted(worst)]
    return tuple(found)


def _agrees(run: Run[Bill], main: Run[Bill], but: str) -> bool:
    """Whether two runs made the same choices, apart from one and from what only one met."""
    return all(run.made.get(name, made) == made for name, made in main.made.items() if name != but)


def _other_reading(
    key: str, index: int, run: Run[Bill], figures: dict[int, Figures]
) -> OtherReading:
    parameter = key.removeprefix(_READING)
    value = next(one for one in run.outcome.used.values() if one.parameter == parameter)
    reading, sums = value.readings[index], figures[id(run)]
    return OtherReading(parameter, reading.content, reading.source, sums.person_pays, sums.paid_for)
