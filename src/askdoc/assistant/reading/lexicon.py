"""What people say → what policies say, from `knowledge/lexicon.yaml`.

The search of the library shares the file and reads its `terms`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, get_args

from askdoc.assistant.answer import Subject
from askdoc.care.loop import BARRIERS
from askdoc.language.word_list import WordList
from askdoc.library.vocabulary import FILE
from askdoc.policy.dimensions import MEMBERS
from askdoc.policy.strict_yaml import Map, Rows, SheetError, read_sheet

Name = TypeVar("Name", bound=str)

# Roles that a bill is made of; anything else that was recognised is only repeated.
BILL_ROLES = (
    "total",
    "class_a",
    "class_b",
    "negotiated",
    "off_catalogue",
    "scope_not_met",
    "over_standard",
    "deductible_used",
    "deductible_left",
    "account_current",
    "account_past",
    "fund_paid",
    "below_ceiling",
    "in_scope_self_pay",
)
ROLES = (
    *BILL_ROLES,
    # Recognised and repeated, but no part of a bill.
    "person_paid",
    "difference",
    "funds_paid",
    "unit_price",
    "deductible_full",
    "ceiling_full",
    # Speak of the deductible where that is spoken of, else of nothing.
    "used",
    "left",
    # The whole bill where what remains of it is asked, else what the person paid.
    "paid",
)
ASKS = (
    "cost",
    "compare_places",
    "medicine",
    "alternatives",
    "same_ingredient",
    "explain",
    "value",
    "why_not",
    "why",
    "difference",
    "meaning",
    "each",
    "is_it",
    "advice",
    "own",
    "procedure",
    "policy",
    *("refill", "renew", "remind_hours", "mute", "unmute", "reminded"),
    *("slot", "own_slots", "move_slot", "cancel_slot"),
    "supply",
)
ACTS = (
    *("cancel", "repeat", "simpler", "person", "resume", "sources", "thanks", "hello", "help"),
    *("unsure", "correct", "ok", "what"),
)
DECISIONS = ("yes", "no")
PURPOSES = ("lifestyle", "prevention")
# What speaks against cover whatever the medicine.
AGAINST = ("uninsured", "liable", "elsewhere", "animal", "lent", "off_label")
# What is answered to a reminder: an answer of its buttons, or what stands in the way.
REMINDER_REPLIES = ("collected", "later", *BARRIERS)
SUBJECTS: tuple[Subject, ...] = get_args(Subject)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists that the reader uses."""

    facts: WordList[Mapping[str, str]]
    weak: frozenset[str]
    before: WordList[str]
    after: WordList[str]
    shares: WordList[str]
    asks: WordList[str]
    values: WordList[str]
    subjects: WordList[Subject]
    elsewhere: WordList[str]
    purposes: WordList[str]
    against: WordList[str]
    acts: WordList[str]
    whole_acts: frozenset[str]
    replies: Mapping[str, Mapping[str, str]]
    decisions: Mapping[str, str]
    speech: WordList[str]
    services: WordList[str]
    living_services: WordList[str]
    departments: WordList[str]
    reminder_replies: WordList[str]
    outside: WordList[str]

    def reply(self, wants: str, said: str) -> str | None:
        """What a yes or a no means as the answer to a question back for a fact."""
        core = said.strip(" ，。！,.!").lower()
        return self.replies.get(wants, {}).get(core)


def load_lexicon(knowledge: Path) -> Lexicon:
    """The lexicon of a knowledge folder. Raises SheetError naming file and line."""
    sheet = read_sheet(knowledge / FILE).only(
        *("facts", "money", "shares", "asks", "values", "subjects", "elsewhere"),
        *("acts", "replies", "decisions", "purposes", "against", "speech"),
        *("services", "living_services", "departments", "reminder_replies"),
        "outside",
        # Read by the search.
        "terms",
    )
    facts: dict[str, Mapping[str, str]] = {}
    weak: set[str] = set()
    for row in sheet.rows("facts").maps():
        row.only("sets", "words", "weak")
        sets = _sets(row.map("sets"))
        for word in _words(row, facts):
            facts[word] = sets
            if "weak" in row and row.scalar("weak").flag():
                weak.add(word)
    return Lexicon(
        facts=WordList(facts),
        weak=frozenset(weak),
        before=_list(sheet.rows("money").maps(), "role", ROLES, "before"),
        after=_list(sheet.rows("money").maps(), "role", ROLES, "after"),
        shares=_list(sheet.rows("shares").maps(), "role", ("first_pay_share",), "words"),
        asks=_list(sheet.rows("asks").maps(), "ask", ASKS, "words"),
        values=_list(
            sheet.rows("values").maps(), "figure", ("deductible", "share", "ceiling"), "words"
        ),
        subjects=_list(sheet.rows("subjects").maps(), "subject", SUBJECTS, "words"),
        elsewhere=_list(sheet.rows("elsewhere").maps(), "means", ("unrecorded", "away"), "words"),
        purposes=_list(sheet.rows("purposes").maps(), "purpose", PURPOSES, "words"),
        against=_list(sheet.rows("against").maps(), "against", AGAINST, "words"),
        acts=_list(sheet.rows("acts").maps(), "act", ACTS, "words"),
        whole_acts=frozenset(
            row.scalar("act").content
            for row in sheet.rows("acts").maps()
            if "whole" in row and row.scalar("whole").flag()
        ),
        replies=_replies(sheet.rows("replies").maps()),
        decisions=_decisions(sheet.rows("decisions").maps()),
        speech=_meant(sheet.rows("speech").maps()),
        services=_services(sheet.rows("services")),
        living_services=_services(sheet.rows("living_services")),
        departments=_meant(sheet.rows("departments").maps()),
        reminder_replies=_list(
            sheet.rows("reminder_replies").maps(), "reply", REMINDER_REPLIES, "words"
        ),
        outside=WordList(
            {
                word.text().lower(): row.scalar("matter").text()
                for row in sheet.rows("outside").maps()
                for word in row.rows("words").scalars()
            }
        ),
    )


def _replies(rows: list[Map]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        fact = row.scalar("fact").one_of(tuple(MEMBERS))
        value = row.scalar("value").one_of(MEMBERS[fact])
        words = found.setdefault(fact, {})
        words.update(dict.fromkeys(_words(row, words), value))
    return found


def _decisions(rows: list[Map]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        row.only("means", "words")
        means = row.scalar("means").one_of(DECISIONS)
        found.update(dict.fromkeys(_words(row, found), means))
    return found


def _services(rows: Rows) -> WordList[str]:
    words = [one.text().lower() for one in rows.scalars()]
    return WordList({word: word for word in words})


def _meant(rows: list[Map]) -> WordList[str]:
    """What people say, by any words, with the words that mean the same."""
    words: dict[str, str] = {}
    for row in rows:
        row.only("means", "say")
        words.update(dict.fromkeys(_words(row, words, "say"), row.scalar("means").text()))
    return WordList(words)


def _sets(row: Map) -> dict[str, str]:
    return {
        name: row.scalar(name).one_of(
            ("female", "male") if name == "sex" else MEMBERS.get(name, ())
        )
        for name in row
    }


def _words(row: Map, taken: Iterable[str], key: str = "words") -> list[str]:
    found: list[str] = []
    for one in row.rows(key).scalars() if key in row else []:
        word = one.text().lower()
        if word in taken or word in found:
            raise SheetError(one.place, "listed_twice", found=word)
        found.append(word)
    return found


def _list(rows: list[Map], name: str, allowed: tuple[Name, ...], key: str) -> WordList[Name]:
    words: dict[str, Name] = {}
    for row in rows:
        said = row.scalar(name).one_of(allowed)
        meaning = next(one for one in allowed if one == said)
        words.update(dict.fromkeys(_words(row, words, key), meaning))
    return WordList(words)
