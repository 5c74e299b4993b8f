"""What the fund had paid by the time of each of several bills counts for that bill."""

import pytest

from askdoc.bootstrap import House

from .conftest import Read
from .talking import last, talk

BILL = "上海在职职工，三级住院花了20000"


@pytest.mark.parametrize(
    "text",
    [
        "那时医保已经报了27万",
        "此前医保累计报了27万",
        "之前基金付过27万",
        "到那时统筹已经付了27万",
        "the fund had already paid 270,000",
    ],
)
def test_what_was_paid_by_then_counts_over_the_year(reading: Read, text: str) -> None:
    assert str(reading(f"{BILL}，{text}").amount("fund_paid")) == "270000.00"


@pytest.mark.parametrize("text", ["之前那次医保报了300", "医保报了300"])
def test_what_was_paid_of_one_bill_does_not(reading: Read, text: str) -> None:
    assert reading(f"{BILL}，{text}").amount("fund_paid") is None


def test_each_bill_of_a_talk_has_what_was_paid_before_it(house: House) -> None:
    later = "后来又住了一次，花了20000，那时医保已经报了90万，自己付多少"
    first, second, why = [
        one.answer
        for one in talk(house, f"{BILL}，那时医保已经报了10万，自己付多少", later, "为什么贵了")
    ]
    alone = last(house, f"{BILL}，今年医保已经报了90万，自己付多少")
    assert second.figures["cash"] == alone.figures["cash"] != first.figures["cash"]
    assert (why.figures["before"], why.figures["after"]) == (
        first.figures["cash"],
        second.figures["cash"],
    )


def test_each_bill_of_a_message_has_what_was_paid_before_it(house: House) -> None:
    said = (
        "上海在职职工，三级住院，第一次前基金付了10万，花了20000；"
        "第二次前基金付了90万，花了20000，为什么第二次多付"
    )
    why = last(house, said)
    for name, paid in (("before", "10万"), ("after", "90万")):
        alone = last(house, f"{BILL}，今年医保已经报了{paid}，自己付多少")
        assert why.figures[name] == alone.figures["cash"]
