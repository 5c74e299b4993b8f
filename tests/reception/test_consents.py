"""The last word counts, and no word is no."""

import pytest

from askdoc.reception.consents import Word, agreed_to_reminders, lets_abroad

YES, NO = Word("reminders", True), Word("reminders", False)
KEPT, NOT_KEPT = Word("domestic", True), Word("domestic", False)
ABROAD, NOT_ABROAD = Word("cross_border", True), Word("cross_border", False)


@pytest.mark.parametrize(
    ("words", "agreed"),
    [
        ([], False),
        ([YES], True),
        ([YES, NO], False),
        ([NO, YES], True),
        # To be answered is not to be reminded; who is not even answered is not reminded.
        ([KEPT], False),
        ([ABROAD], False),
        ([YES, NOT_KEPT], False),
        ([YES, NOT_KEPT, KEPT], False),
        ([YES, NOT_ABROAD], False),
        ([YES, NOT_KEPT, KEPT, YES], True),
    ],
)
def test_reminders_come_after_a_yes_to_them_that_nothing_took_back(
    words: list[Word], agreed: bool
) -> None:
    assert agreed_to_reminders(words) is agreed


@pytest.mark.parametrize(
    ("words", "lets"),
    [([], False), ([YES, KEPT], False), ([ABROAD, NO], True), ([ABROAD, NOT_ABROAD], False)],
)
def test_nothing_leaves_the_country_without_a_yes_to_that(words: list[Word], lets: bool) -> None:
    assert lets_abroad(words) is lets
