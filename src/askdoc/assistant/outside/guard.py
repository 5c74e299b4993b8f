"""The exit: which words of a model may be shown. Pure code; no model judges a model.

Nothing may hold words that would need a result behind them, and whatever else states something must
carry a citation that says it. What is not surely allowed is struck: the templates behind it say
everything that is known.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from askdoc.assistant.outside import guard_words as words
from askdoc.assistant.outside.citations import uncited_claims, unproven
from askdoc.assistant.outside.evidence import Evidence
from askdoc.assistant.outside.prose import Prose
from askdoc.language import normalise
from askdoc.language.number_runs import BLANK

Why = Literal[
    "figure",
    "outcome",
    "free",
    "comparison",
    "done",
    "prescribing",
    "denying",
    "citation",
    "authority",
    "foreign",
    "medicine",
    "subject",
    "fact",
    "reference",
    "language",
    "signs",
    "length",
    "empty",
    "unfinished",
    "no_result",
    "answering",
    "uncited",
    "unfounded",
    "unsupported",
]
Guard = Callable[[Prose, Evidence], tuple["Struck", ...]]

MOST_OWN_LETTERS = 200
_CLAUSE = re.compile(r"[^，。；！？,;!?\n]+")
_CHINESE = re.compile(r"[一-鿿]")
_LATIN = re.compile(r"[a-z]{2,}", re.I)
# What no plain sentence holds: control and invisible signs, private use, tags, lone surrogates.
_SIGNS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U0010ffff]"
)
_SIMPLE: tuple[tuple[Why, re.Pattern[str]], ...] = (
    ("foreign", words.FOREIGN),
    ("free", words.FREE),
    ("comparison", words.COMPARISON),
    ("done", words.DONE),
    ("prescribing", words.PRESCRIBING),
    ("denying", words.DENYING),
    ("citation", words.CITATION),
    ("authority", words.AUTHORITY),
)
_FACTS = ("scheme", "status", "tier", "setting", "referral")


@dataclass(frozen=True, slots=True)
class Struck:
    """A piece of prose that may not be shown, and why."""

    why: Why
    words: str


def check_prose(prose: Prose, evidence: Evidence) -> tuple[Struck, ...]:
    """Everything wrong with a model's prose; empty when it may be shown."""
    uncited = (Struck(why, claim) for why, claim in uncited_claims(prose, evidence))
    return tuple(dict.fromkeys((*check_words(prose, evidence), *uncited)))


def check_words(prose: Prose, evidence: Evidence) -> tuple[Struck, ...]:
    """What is wrong with the words by themselves, whatever they cite."""
    return tuple(dict.fromkeys(_found(prose, evidence)))


def no_guard(prose: Prose, evidence: Evidence) -> tuple[Struck, ...]:
    """Lets everything through: the control that shows what the guard is worth."""
    return ()


def _found(prose: Prose, evidence: Evidence) -> Iterator[Struck]:
    own = prose.own
    if not prose.lines:
        yield Struck("empty", "")
    if own and not prose.used:
        yield Struck("no_result", own[:40])
    if prose.lines and not prose.is_finished:
        yield Struck("unfinished", prose.lines[-1][-20:])
    if len(own) > MOST_OWN_LETTERS:
        yield Struck("length", own[:40])
    if not prose.used:
        yield from (Struck("reference", one) for one in prose.unknown)
    yield from (Struck("signs", repr(match[0])) for match in _SIGNS.finditer(own))
    if _is_other_language(own, evidence):
        yield Struck("language", own[:40])
    text = unproven(own, evidence)
    for why, pattern in _SIMPLE:
        yield from (Struck(why, match[0]) for match in pattern.finditer(text))
    for match in _CLAUSE.finditer(text):
        clause = match[0]
        yield from _figures(clause, evidence)
        yield from _outcomes(clause)
        if words.ANSWERING.fullmatch(clause.strip()):
            yield Struck("answering", clause)
    yield from _names(text, evidence)


def _figures(clause: str, evidence: Evidence) -> Iterator[Struck]:
    """Any number that the model wrote itself, but in the name of a medicine."""
    plain = words.INNOCENT.sub(BLANK, clause)
    for name in evidence.medicines:
        plain = plain.replace(normalise(name).text.lower(), BLANK)
    for pattern in (words.NUMBER_ZH, words.NUMBER_EN):
        yield from (Struck("figure", clause) for _ in pattern.finditer(plain))
    if any(sign.isnumeric() for sign in plain):
        yield Struck("figure", clause)


def _outcomes(clause: str) -> Iterator[Struck]:
    """Any claim of money or of what is paid: which result it would be of can't be known."""
    if any(one.search(clause) for one in (words.NOT_COVERED, words.COVERED, words.MONEY)):
        yield Struck("outcome", clause)


def _names(text: str, evidence: Evidence) -> Iterator[Struck]:
    """Medicines, persons, places and kinds of cover that nobody named."""
    found = evidence.read(text)
    allowed = {normalise(name).text.lower() for name in evidence.medicines}
    for mention in found.mentions:
        if normalise(mention.text).text.lower() not in allowed:
            yield Struck("medicine", mention.text)
    if found.subject not in ("self", evidence.said.subject):
        yield Struck("subject", found.subject)
    understood = {
        (one.fact, str(one.value)) for answer in evidence.answers for one in answer.understood
    }
    of_said = {(name, str(fact.value)) for name, fact in evidence.said.facts.items()}
    places = {one.value for answer in evidence.answers for one in answer.understood}
    for place in (found.region, found.place, found.unrecorded):
        if place and place not in {evidence.said.region, evidence.said.place, *places}:
            yield Struck("fact", place)
    for name, fact in found.facts.items():
        if name in _FACTS and (name, str(fact.value)) not in understood | of_said:
            yield Struck("fact", fact.words or str(fact.value))


def _is_other_language(own: str, evidence: Evidence) -> bool:
    """Prose in the other language, or in any third one."""
    letters = [sign for sign in own if sign.isalpha()]
    chinese = len(_CHINESE.findall(own))
    latin = sum(map(len, _LATIN.findall(own)))
    if evidence.lang == "zh":
        return latin > chinese or len(letters) - chinese - latin > 2
    return chinese > 0 or len(letters) > sum(map(str.isascii, letters)) + 2
