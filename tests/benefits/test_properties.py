"""What must hold for every bill of every region: identities, order, growth and ranges."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.benefits import Case, Figures, Item, Person, Visit, Year, cost
from askdoc.benefits.case import ITEM_CLASSES
from askdoc.benefits.explain import explain
from askdoc.policy import Book
from askdoc.policy.dimensions import MEMBERS, STATUSES

CITIES = ("cn/shanghai", "cn/zhejiang/hangzhou", "cn/shandong/qingdao", "cn/guangdong/shenzhen")
AMOUNTS = st.decimals(0, 200_000, places=2)
GROUPS = tuple(name for name in MEMBERS["group"] if name != "none")


@st.composite
def items(draw: st.DrawFn) -> Item:
    amount = draw(AMOUNTS)
    over = draw(st.sampled_from([Decimal(0), amount / 4])).quantize(Decimal("0.01"))
    return Item(
        item_class=draw(st.sampled_from(ITEM_CLASSES)),
        amount=amount,
        over_standard=over,
        first_pay_share=draw(st.sampled_from([Decimal("0.05"), Decimal("0.1"), Decimal("0.3")])),
        scope_met=draw(st.sampled_from([True, True, False])),
    )


@st.composite
def people(draw: st.DrawFn) -> Person:
    scheme = draw(st.sampled_from(["employee", "resident"]))
    return Person(
        region=draw(st.sampled_from(CITIES)),
        scheme=scheme,
        status=draw(st.sampled_from(STATUSES[scheme])),
        grade=draw(st.sampled_from(["first", "second"])),
        age=draw(st.integers(0, 100)),
        retired_year=draw(st.integers(1980, 2026)),
        contracted=draw(st.booleans()),
        groups=tuple(draw(st.sets(st.sampled_from(GROUPS), max_size=2))),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    return Case(
        person=draw(people()),
        visit=Visit(
            day=draw(st.dates(date(2022, 1, 1), date(2026, 12, 31))),
            setting=draw(st.sampled_from(MEMBERS["setting"])),
            tier=draw(st.sampled_from(MEMBERS["tier"])),
            institution=draw(st.sampled_from([None, "village", "community", "hospital"])),
            place=draw(st.sampled_from([None, None, "elsewhere"])),
            disease=draw(st.sampled_from([None, "hypertension", "cancer"])),
            referral=draw(st.sampled_from(MEMBERS["referral"])),
            filed=draw(st.sampled_from(MEMBERS["filed"])),
        ),
        items=tuple(draw(st.lists(items(), min_size=1, max_size=4))),
        year=Year(
            deductible_used=draw(st.sampled_from([None, Decimal(0), Decimal("123.45")])),
            fund_paid=draw(st.decimals(0, 700_000, places=2)),
            in_scope_self_pay=draw(st.decimals(0, 60_000, places=2)),
            admissions=draw(st.integers(0, 3)),
            account_current=draw(st.one_of(st.none(), st.decimals(0, 5_000, places=2))),
            account_past=draw(st.one_of(st.none(), st.decimals(0, 5_000, places=2))),
        ),
    )


def amounts(figures: Figures) -> dict[str, Decimal]:
    return {name: getattr(figures, name) for name in Figures.__dataclass_fields__}


@settings(max_examples=150, deadline=None)
@given(case=cases())
def test_the_identities_hold_and_nothing_is_negative(book: Book, case: Case) -> None:
    one = cost(case, book).figures
    assert all(amount >= 0 for amount in amounts(one).values()), one
    assert one.total == sum(item.total for item in case.items)
    assert one.total == one.paid_for + one.person_pays
    assert one.person_pays == (
        one.off_catalogue
        + one.over_standard
        + one.first_pay
        + one.account_first
        + one.deductible
        + one.co_pay
        + one.above_ceiling
        - one.supplementary
        - one.serious_illness
        - one.medical_aid
    )
    assert one.person_pays == one.account_pays + one.cash
    assert one.account_first <= one.account_pays


@settings(max_examples=80, deadline=None)
@given(case=cases(), more=st.decimals("0.01", 20_000, places=2), index=st.integers(0, 3))
def test_more_cost_never_lowers_what_the_person_pays(
    book: Book, case: Case, more: Decimal, index: int
) -> None:
    dearer = list(case.items)
    at = index % len(dearer)
    dearer[at] = replace(dearer[at], amount=dearer[at].total + more)
    before = cost(case, book).figures
    after = cost(replace(case, items=tuple(dearer)), book).figures
    assert after.person_pays >= before.person_pays


@settings(max_examples=60, deadline=None)
@given(pair=cases().flatmap(lambda case: st.tuples(st.just(case), st.permutations(case.items))))
def test_the_order_of_items_does_not_matter(book: Book, pair: tuple[Case, list[Item]]) -> None:
    case, shuffled = pair
    assert cost(replace(case, items=tuple(shuffled)), book).figures == cost(case, book).figures


@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_every_completion_of_missing_facts_lies_inside_the_range(book: Book, case: Case) -> None:
    """`case` is complete; hiding facts from the engine must give a range that holds it."""
    hidden = replace(
        case,
        person=replace(
            case.person, age=None, retired_year=None, contracted=None, grade=None, status=None
        ),
        visit=replace(case.visit, tier=None, institution=None),
        year=replace(case.year, deductible_used=None, account_current=None),
        items=tuple(replace(item, scope_met=None) for item in case.items),
    )
    wide, inside = cost(hidden, book), cost(case, book)
    low, high = wide.range.person_pays if wide.range else (wide.figures.person_pays,) * 2
    assert low <= inside.figures.person_pays <= high


@settings(max_examples=40, deadline=None)
@given(case=cases(), shares=st.lists(st.decimals(0, 1, places=2), min_size=4, max_size=4))
def test_any_first_pay_share_lies_inside_the_range_where_none_is_recorded(
    book: Book, case: Case, shares: list[Decimal]
) -> None:
    person = replace(case.person, region="cn/guangdong/shenzhen")
    case = replace(case, person=person)
    hidden = replace(case, items=tuple(replace(one, first_pay_share=None) for one in case.items))
    said = replace(
        case,
        items=tuple(
            replace(one, first_pay_share=share)
            for one, share in zip(case.items, shares, strict=False)
        ),
    )
    wide, inside = cost(hidden, book), cost(said, book)
    low, high = wide.range.person_pays if wide.range else (wide.figures.person_pays,) * 2
    found = inside.range.person_pays if inside.range else (inside.figures.person_pays,) * 2
    assert low <= found[0] <= found[1] <= high


@settings(max_examples=40, deadline=None)
@given(
    before=cases(),
    after=cases(),
    carried=st.sets(
        st.sampled_from(["day", "tier", "setting", "referral", "year", "items", "contracted"]),
        max_size=4,
    ),
)
def test_the_parts_of_a_difference_sum_to_it_both_ways(
    book: Book, before: Case, after: Case, carried: set[str]
) -> None:
    visit, person = before.visit, before.person
    for name in carried & {"day", "tier", "setting", "referral"}:
        visit = replace(visit, **{name: getattr(after.visit, name)})
    if "contracted" in carried:
        person = replace(person, contracted=after.person.contracted)
    after = Case(
        person,
        visit,
        after.items[:2] if "items" in carried else before.items,
        after.year if "year" in carried else before.year,
    )
    there, back = explain(before, after, book), explain(after, before, book)
    assert sum((part.amount for part in there.parts), Decimal(0)) == there.difference
    assert there.difference == there.after.figures.cash - there.before.figures.cash
    assert back.difference == -there.difference
    assert {part.fact for part in back.parts} == {part.fact for part in there.parts}


def test_what_is_left_of_the_deductible_is_explained_like_what_is_used(book: Book) -> None:
    """A deductible that was said to be used up is carried over, however it was said."""
    person = Person("cn/shanghai", "employee", "active")
    visit = Visit(date(2026, 11, 23), "outpatient", "tertiary")
    bill = (Item(item_class="A", amount=Decimal(900)),)
    untouched = Case(person, visit, bill, Year(deductible_used=Decimal(0)))
    met = Case(person, visit, bill, Year(deductible_used=None, deductible_left=Decimal(0)))
    found = explain(untouched, met, book)
    assert found.after.figures.cash == cost(met, book).figures.cash == Decimal("270.00")
    assert [part.fact for part in found.parts] == ["deductible"]
