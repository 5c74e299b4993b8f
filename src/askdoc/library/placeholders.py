"""`{{employee.outpatient.share | status=active tier=primary}}` → `80%`, from the policy values.

A figure stands once, in `knowledge/policy`; a document names it. What is rendered carries its
bound and its doubt, so that prose can neither harden nor soften a value.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from askdoc.policy import Content, FactNeeded, Policy, ScaleBand, Value
from askdoc.policy.book import UnknownParameter
from askdoc.policy.units import MonthDay
from askdoc.wording import Lang, phrase
from askdoc.wording.phrases import has_phrase

GAP = "gap"
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z0-9_.]+)\s*(?:\|([^{}]*))?\}\}")
_IS_ID = re.compile(r"[a-z][a-z0-9_/]*")
_MEASURES = "[岁种人家次类项名倍组张条所个级套]"
_WAN = Decimal(10_000)
_COUNTED = ("days", "weeks", "months", "hours", "minutes", "years", "year")


class BadPlaceholder(Exception):
    """A placeholder that names no value; `problem` is a phrase under policy.sheet."""

    def __init__(self, problem: str, **fields: object) -> None:
        super().__init__(problem)
        self.problem = problem
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with its figures filled in, and the values that they came from."""

    text: str
    values: tuple[Value, ...]


def parameters_in(text: str) -> tuple[str, ...]:
    """The parameters that a text names, each once."""
    names = (found[1] for found in _PLACEHOLDER.finditer(text))
    return tuple(dict.fromkeys(name for name in names if name != GAP))


def without_placeholders(text: str) -> str:
    """The words of a text alone."""
    return _PLACEHOLDER.sub("", text)


def render(text: str, policy: Policy, names: Mapping[str, str]) -> Rendered:
    """The Chinese text with every placeholder filled. Raises BadPlaceholder.

    `names` says what the ids in lists are called (diseases, regions).
    """
    values: list[Value] = []
    tell = _Telling(policy, names, "zh")

    def fill(found: re.Match[str]) -> str:
        if found[1] == GAP:
            return phrase("library.figure.gap", tell.lang)
        value = _find(policy, found[1], _facts(found[2] or ""))
        values.append(value)
        return tell.value(value)

    filled = _PLACEHOLDER.sub(fill, text)
    doubt = phrase("library.figure.doubtful", tell.lang, content="")
    # The measure word belongs to its number, and the doubt to both.
    filled = re.sub(f"{re.escape(doubt)}({_MEASURES})", rf"\1{doubt}", filled)
    if "{{" in filled or "}}" in filled:
        raise BadPlaceholder("placeholder_form", found=filled[filled.find("{{") :][:60])
    return Rendered(filled, tuple(values))


def _facts(text: str) -> dict[str, str | int]:
    facts: dict[str, str | int] = {}
    for part in text.split():
        name, equals, said = part.partition("=")
        if not equals or not said:
            raise BadPlaceholder("placeholder_form", found=text.strip())
        facts[name] = int(said) if said.isascii() and said.isdigit() else said
    return facts


def _find(policy: Policy, parameter: str, facts: dict[str, str | int]) -> Value:
    try:
        return policy.find(parameter, facts)
    except UnknownParameter as failed:
        raise BadPlaceholder("unknown_parameter", parameter=parameter) from failed
    except FactNeeded as failed:
        raise BadPlaceholder(
            "placeholder_fact", parameter=parameter, fact=failed.fact, day=policy.day
        ) from failed


@dataclass(frozen=True, slots=True)
class _Telling:
    """Values in words: content, bound, readings and doubt."""

    policy: Policy
    names: Mapping[str, str]
    lang: Lang

    def say(self, name: str, **fields: object) -> str:
        return phrase(f"library.figure.{name}", self.lang, **fields)

    def value(self, value: Value) -> str:
        if value.standing != "set":
            return self.say(value.standing)
        unit = self.policy.book.parameters[value.parameter].unit
        if value.readings:
            either = self.say("or").join(self.content(one.content, unit) for one in value.readings)
            return self.say("disputed", content=either)
        told = self.say(value.bound, content=self.content(value.content, unit))
        if value.varies:
            low, high = (self.content(end, unit) for end in value.varies)
            told = self.say("varies", content=told, low=low, high=high)
        if value.recorded == "unverified":
            told = self.say("doubtful", content=told)
        return told

    def content(self, content: Content | None, unit: str) -> str:
        if isinstance(content, bool):
            return self.say("yes" if content else "no")
        if isinstance(content, MonthDay):
            return self.say("month_day", month=content.month, day=content.day)
        if isinstance(content, tuple):
            return self.say("comma").join(self.parts(content))
        shown: dict[str, Callable[[Decimal], str]] = {
            "yuan": self.yuan,
            "share": lambda number: f"{_plain(number * 100)}%",
            "points": lambda number: self.say("points", number=_plain(number * 100)),
            "factor": _plain,
        }
        if isinstance(content, Decimal) and unit in shown:
            return shown[unit](content)
        if unit in _COUNTED:
            return self.say(unit, number=content)
        return self.name(str(content))

    def yuan(self, amount: Decimal) -> str:
        """Yuan, from ten thousand on in 万 where that is as exact and shorter."""
        if self.lang == "zh" and amount >= _WAN and amount % (_WAN / 100) == 0:
            return self.say("wan", number=_plain(amount / _WAN))
        return self.say("yuan", number=_plain(amount))

    def parts(self, content: tuple[object, ...]) -> Iterator[str]:
        low = Decimal(0)
        for one in content:
            if isinstance(one, ScaleBand):
                key = "open" if one.up_to is None else "next"
                if not low:
                    key = "all" if one.up_to is None else "first"
                yield self.say(
                    f"band.{key}",
                    low=self.yuan(low),
                    up_to=self.yuan(one.up_to or low),
                    share=f"{_plain(one.share * 100)}%",
                )
                low = one.up_to or low
            elif isinstance(one, tuple):
                yield f"{self.name(str(one[0]))}{_plain(one[1] * 100)}%"
            else:
                yield self.name(str(one))

    def name(self, said: str) -> str:
        """What an id is called; text that is Chinese or a number is its own name."""
        if has_phrase(f"library.term.{said}", self.lang):
            return phrase(f"library.term.{said}", self.lang)
        if said in self.policy.book.sources:
            return self.policy.book.sources[said].title[self.lang]
        if said in self.names:
            return self.names[said]
        if _IS_ID.fullmatch(said):
            raise BadPlaceholder("placeholder_name", found=said)
        return said


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
