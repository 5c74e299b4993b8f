"""The entrance: what a model may call a tool with.

An argument must be what the person said, was asked or stored; an altered, swapped or made-up one is
refused. What the model leaves out is filled in: a call never works with less than what was said.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from askdoc.assistant.planning.frame import FACTS
from askdoc.assistant.planning.loop import Plan
from askdoc.assistant.planning.tools import UnboundArgument
from askdoc.assistant.planning.tools import arguments as call_arguments
from askdoc.assistant.reading.facts import AmountSaid, Fact
from askdoc.medicines import Mention, resolve

Entrance = Callable[[Mapping[str, Any], Plan], Plan]

_SHOWN_LETTERS = 40


def admitted(arguments: Mapping[str, Any], plan: Plan) -> Plan:
    """The plan to run. Raises UnboundArgument naming the first argument that nobody said."""
    bound = dict(plan.arguments)
    for name, value in arguments.items():
        if value in (None, "", [], {}):
            continue
        if name == "amounts":
            _amounts(value, plan)
        elif name == "medicines":
            bound["medicines"] = _medicines(value, plan)
        elif name not in plan.arguments or _plain(plan.arguments[name]) != _plain(value):
            raise _unbound(name, value)
    return replace(plan, arguments=bound)


def no_entrance(arguments: Mapping[str, Any], plan: Plan) -> Plan:
    """Takes the model at its word: the control that shows what the entrance is worth."""
    reading, today = plan.asked.reading, plan.asked.context.on_day
    amounts = reading.amounts
    if "amounts" in arguments:
        told = [one for one in arguments["amounts"] if isinstance(one, dict)]
        said = [(str(one.get("role")), _yuan(one.get("amount"))) for one in told]
        amounts = tuple(AmountSaid(role, yuan, str(yuan)) for role, yuan in said if yuan)
    mentions = reading.mentions
    if "medicines" in arguments:
        names = [str(one) for one in arguments["medicines"]]
        mentions = tuple(Mention((0, 0), one, resolve(one, today)) for one in names)
    facts = {
        name: Fact(name, value, "said", reading.subject)
        for name, value in arguments.items()
        if name in FACTS and isinstance(value, (str, int))
    }
    asked = replace(
        plan.asked,
        reading=replace(reading, amounts=amounts, mentions=mentions),
        known={**plan.asked.known, **facts},
    )
    return Plan(plan.tool, call_arguments(tuple(asked.known), asked), asked)


def _amounts(value: object, plan: Plan) -> None:
    said = {(one.role, one.amount) for one in plan.asked.reading.amounts}
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, dict) or (one.get("role"), _yuan(one.get("amount"))) not in said:
            raise _unbound("amounts", one)


def _medicines(value: object, plan: Plan) -> list[str]:
    said = plan.arguments.get("medicines", [])
    chosen = value if isinstance(value, list) else [value]
    for one in chosen:
        if one not in said:
            raise _unbound("medicines", one)
    return [str(one) for one in chosen]


def _yuan(value: object) -> Decimal | None:
    try:
        return Decimal(str(value).replace(",", "").removesuffix("元"))
    except InvalidOperation:
        return None


def _plain(value: object) -> str:
    return str(value).strip().lower()


def _unbound(name: str, value: object) -> UnboundArgument:
    return UnboundArgument(name=str(name)[:_SHOWN_LETTERS], said=str(value)[:_SHOWN_LETTERS])
