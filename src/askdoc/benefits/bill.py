"""One run of the engine over one case: the running sum and the facts that rules ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from askdoc.benefits.case import ZERO, Case
from askdoc.benefits.choices import Choices
from askdoc.benefits.result import Step
from askdoc.policy import Content, FactNeeded, FactValue, Policy, Value

OPEN_END = Decimal(10) ** 12


def stated_facts(case: Case, group: str) -> dict[str, FactValue]:
    """What a case says, under the names that policy tables use."""
    person, visit = case.person, case.visit
    return {
        "scheme": person.scheme,
        "status": person.status,
        "grade": person.grade,
        "age": person.age,
        "retired_year": person.retired_year,
        "contracted": person.contracted,
        "group": group,
        "setting": visit.setting,
        "tier": visit.tier,
        "institution": visit.institution,
        "referral": visit.referral,
        "filed": visit.filed,
        "admissions": case.year.admissions,
    }


@dataclass(slots=True)
class Bill:
    """The running sum; the steps of `benefits.steps` move amounts from one figure to another."""

    case: Case
    policy: Policy
    choices: Choices
    facts: dict[str, FactValue]
    amounts: dict[str, Decimal] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    used: dict[tuple[str, object], Value] = field(default_factory=dict)
    share: Decimal = ZERO
    wants_filing: bool = False

    def __getitem__(self, name: str) -> Decimal:
        return self.amounts.get(name, ZERO)

    def note(self, name: str, figure: Decimal, *values: Value, **fields: object) -> None:
        """Write down a step and the figure that it made."""
        self.amounts[name] = figure
        self.steps.append(Step(name, figure, fields, values))

    def fact(self, name: str, options: tuple[str | int, ...]) -> FactValue:
        """A fact of the case, or the option of this run where nobody stated it."""
        if self.facts.get(name) is None:
            self.facts[name] = cast(FactValue, self.choices.decide(name, options))
            self.miss(name)
        return self.facts[name]

    def miss(self, name: str) -> None:
        if name not in self.missing:
            self.missing.append(name)

    def assume(self, name: str) -> None:
        if name not in self.assumptions:
            self.assumptions.append(name)

    def find(self, parameter: str, **more: FactValue) -> Value:
        """A policy value; where sources disagree or lines vary, the one of this run."""
        while True:
            facts: Mapping[str, FactValue] = {**self.facts, **more}
            try:
                value = self.policy.find(parameter, facts)
            except FactNeeded as needed:
                if facts.get(needed.fact) is not None:
                    raise
                if needed.main is None:
                    self.fact(needed.fact, needed.options)
                else:
                    chosen = self.choices.decide(needed.fact, needed.options, main=needed.main)
                    self.facts[needed.fact] = cast(FactValue, chosen)
                continue
            return self._settled(value)

    def _settled(self, value: Value) -> Value:
        if value.standing != "not_recorded":
            self.used.setdefault((value.parameter, value.conditions), value)
        return value

    def chosen(self, value: Value) -> Content | None:
        """The content of a value, under the reading or the end of this run."""
        if value.readings:
            key = f"reading:{value.parameter}"
            index = cast(int, self.choices.decide(key, tuple(range(len(value.readings)))))
            return value.readings[index].content
        if value.varies:
            key = f"varies:{value.parameter}"
            return cast(Content, self.choices.decide(key, value.varies, main=value.content))
        return value.content

    def content(self, value: Value) -> Decimal:
        """The number in a value, under the reading or the end of this run."""
        found = self.chosen(value)
        if not isinstance(found, Decimal):
            raise TypeError(f"{value.parameter} holds no number")
        return found

    def number(self, parameter: str) -> tuple[Decimal | None, Value]:
        """The number of a parameter: None when it is not recorded, 0 when it is abolished."""
        value = self.find(parameter)
        if value.standing == "not_recorded":
            return None, value
        return (ZERO if value.standing == "abolished" else self.content(value)), value

    def name(self, topic: str, figure: str) -> str:
        """The parameter of a figure for this person's scheme."""
        scheme = self.fact("scheme", ("employee", "resident"))
        return f"{scheme}.{topic}.{figure}" if topic else f"{scheme}.{figure}"

    def settings_topic(self) -> str:
        """The setting whose values hold: emergency care goes by the outpatient values."""
        setting = str(self.fact("setting", ("outpatient", "inpatient")))
        if setting == "emergency":
            return "outpatient"
        if setting == "chronic":
            return "chronic" if self._in_programme() else "outpatient"
        return setting

    def _in_programme(self) -> bool:
        """Whether the visit goes by the chronic programme: by its list, else by choice."""
        if self.find(self.name("chronic", "share")).standing != "set":
            self.assume("chronic_as_outpatient")
            return False
        diseases = self.find(self.name("chronic", "diseases"))
        if self.case.visit.disease is not None and isinstance(diseases.content, tuple):
            return self.has_disease(diseases.content)
        chosen = self.choices.decide("chronic_programme", ("no", "yes"), main="no")
        if chosen == "no":
            self.assume("chronic_as_outpatient")
        return chosen == "yes"

    def has_disease(self, listed: tuple[object, ...]) -> bool:
        """Whether the disease of the visit, or what it is a kind of, is listed."""
        visit = self.case.visit
        return visit.disease in listed or any(kind in listed for kind in visit.disease_is_a)
