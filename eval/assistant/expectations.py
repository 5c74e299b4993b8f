"""What an evaluation case may expect of an answer, and what an answer lacks of it."""

from dataclasses import dataclass
from typing import Any

from askdoc.assistant.answer import Answer
from askdoc.medicines import Catalogue, resolve

Expect = dict[str, Any]


@dataclass(frozen=True)
class Turn:
    """One message with its answer and the tools that were called."""

    said: str
    answer: Answer
    tools: tuple[str, ...]


def problems(turns: list[Turn], expect: Expect, catalogue: Catalogue) -> list[str]:
    """Every expectation that the last answer (and the questions before it) does not meet."""
    answer = turns[-1].answer
    found: list[str] = []
    checks = (_kind, _outcome, _figures, _range, _words, _documents, _understood)
    for check in checks:
        found += check(answer, expect)
    found += _medicines(answer, expect, catalogue)
    wanted = expect.get("missing")
    if wanted:
        asked = {_plain(name) for turn in turns for name in turn.answer.missing}
        if not asked & {_plain(name) for name in wanted}:
            found.append(f"asked for {sorted(asked)}, not for {wanted}")
    return found


def _plain(name: str) -> str:
    return "insured" if name in ("scheme", "status") else name


def _any(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def _kind(answer: Answer, expect: Expect) -> list[str]:
    kinds = _any(expect.get("kind", []))
    return [f"kind {answer.kind}"] if kinds and answer.kind not in kinds else []


def _outcome(answer: Answer, expect: Expect) -> list[str]:
    wanted = _any(expect.get("outcome", []))
    never = _any(expect.get("never_outcome", []))
    wrong = (wanted and answer.outcome not in wanted) or answer.outcome in never
    if not wrong:
        return []
    may_not = answer.outcome == "covered"
    return [f"outcome {answer.outcome}", *(["covered!"] if may_not else [])]


def _figures(answer: Answer, expect: Expect) -> list[str]:
    return [
        f"{name} {answer.figures.get(name)} not {wanted}"
        for name, wanted in expect.get("figures", {}).items()
        if answer.figures.get(name) != wanted
    ]


def _range(answer: Answer, expect: Expect) -> list[str]:
    wanted = expect.get("range")
    if not wanted:
        return []
    if answer.range is None:
        return ["no range"]
    ends = tuple(f"{one:.2f}" for one in answer.range.person_pays)
    return [] if ends == (wanted["lowest"], wanted["highest"]) else [f"range {ends}"]


def _words(answer: Answer, expect: Expect) -> list[str]:
    text = answer.text + "\n" + "\n".join(one.title for one in answer.sources)
    found = [f"does not say {one}" for one in expect.get("says", []) if one not in text]
    some = expect.get("says_any", [])
    if some and not any(one in text for one in some):
        found.append(f"says none of {some}")
    return found + [f"says {one}" for one in expect.get("never", []) if one in text]


def _documents(answer: Answer, expect: Expect) -> list[str]:
    wanted = expect.get("documents", [])
    cited = [one.id for one in answer.sources]
    return [] if not wanted or set(wanted) & set(cited) else [f"cites {cited[:3]} not {wanted}"]


def _understood(answer: Answer, expect: Expect) -> list[str]:
    shown = {one.fact: one.shown for one in answer.understood}
    values = {one.fact: one.value for one in answer.understood}
    return [
        f"understood {name} as {shown.get(name)}, not {wanted}"
        for name, wanted in expect.get("understood", {}).items()
        if str(values.get(name)).lower() != str(wanted).lower()
    ]


def _medicines(answer: Answer, expect: Expect, catalogue: Catalogue) -> list[str]:
    wanted, listed = expect.get("medicines", []), expect.get("class")
    told = " ".join(answer.medicines)
    found = [f"not about {one}" for one in wanted if one not in told and told not in one]
    if listed and not found:
        from datetime import date

        on = catalogue.on(date(2026, 11, 25))
        rows = [row for name in answer.medicines for row in resolve(name, on).medicines]
        classes = {row.payment_class for row in rows}
        if listed not in classes:
            found.append(f"class {sorted(classes)} not {listed}")
    return found
