"""Does a turn of conversation get it right? Sets worded four times, conversations, red flags.

A question back is answered from the set's facts, as the person would. A fixed hash of the id holds
half of held/ as `test`. Nobody reads its failures while building: of these only totals are printed.
All others are built from; `opened` (the other half), `fresh` and `unseen` were measured before.

Run: python eval/assistant/run.py [--cases tuning|test|opened|practice|fresh|unseen|first|second]
     [--part sets|conversations|flags] [--json FILE]
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from cases import FLAGS, TALKS, Asked, read, sets_of
from expectations import Turn, problems

from askdoc.assistant.answer import Answer
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.session import Session
from askdoc.assistant.triage.alarms import triage
from askdoc.bootstrap import House
from askdoc.settings import Settings
from askdoc.testing import MemoryTranscript

sys.path.insert(0, str(Path(__file__).parents[1] / "retrieval"))
from metrics import interval

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parents[1] / "knowledge"
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
MOST_REPLIES = 4
PARTS = (("total", "总共"), ("class_b", "乙类"), ("off_catalogue", "目录外"))
SAID = {
    "region": {
        "cn/shanghai": "上海",
        "cn/zhejiang/hangzhou": "杭州",
        "cn/shandong/qingdao": "青岛",
        "cn/guangdong/shenzhen": "深圳",
    },
    "scheme": {"employee": "职工医保", "resident": "居民医保"},
    "status": {
        "active": "在职",
        "retired": "已经退休",
        "child": "少儿医保",
        "student": "大学生医保",
        "adult": "成年居民",
        "senior": "老年居民",
    },
    "grade": {"first": "一档", "second": "二档"},
    "tier": {"primary": "一级医院", "secondary": "二级医院", "tertiary": "三级医院"},
    "institution": {
        "village": "村卫生室",
        "community": "社区卫生服务中心",
        "hospital": "一级医院",
    },
    "setting": {
        "outpatient": "门诊",
        "inpatient": "住院",
        "emergency": "急诊",
        "chronic": "门诊慢特病",
    },
    "contracted": {"True": "签了家庭医生", "False": "没有签约"},
    "referral": {"referred": "有转诊", "not_referred": "没有转诊", "emergency": "急诊抢救"},
}


@dataclass(frozen=True)
class Ran:
    """One wording of a set: every turn until the answer, and what is wrong with it."""

    id: str
    letter: str
    said: str
    turns: list[Turn]
    wrong: list[str] = field(default_factory=list)


def opened_house(folder: Path) -> House:
    """The shipped knowledge with an empty home."""
    return House(Settings(KNOWLEDGE, config=folder / "config", data=folder / "data", lang="zh"))


def context_of(house: House, case: Asked) -> Context:
    """The surroundings of a turn with the case's stored profile and speaker."""
    return house.assistant.context(
        TODAY,
        profile=case.get("profile") or {},
        speaker=case.get("speaker", "resident"),
        library=lambda: house.searchable,
        likeness=house.nearest,
    )


def say(house: House, said: str, before: Dialogue, case: Asked) -> tuple[Turn, Dialogue]:
    """One turn."""
    turned = converse(said, before, context_of(house, case))
    return Turn(said, turned.answer, tuple(one.tool for one in turned.called)), turned.dialogue


Say = Callable[[House, str, Dialogue, Asked], tuple[Turn, Dialogue]]


def reply(answer: Answer, facts: Asked) -> str:
    """What the person answers to a question back."""
    wants = answer.missing[0] if answer.missing else ""
    if wants in ("age", "retired_year") and wants in facts:
        return f"{facts[wants]}岁" if wants == "age" else f"{facts[wants]}年退休"
    amounts = facts.get("amounts", {})
    if wants == "amount" and "total" in amounts:
        return "，".join(f"{said}{amounts[name]}元" for name, said in PARTS if name in amounts)
    for number, choice in enumerate(answer.choices, 1):
        known = {name: str(facts.get(name)) for name in choice.sets}
        if all(known[name] == str(said) for name, said in choice.sets.items()):
            return f"第{number}个"
    names = ("scheme", "status") if wants == "insured" else (wants, "institution")
    told = [SAID[name][str(facts[name])] for name in names if name in SAID and name in facts]
    return "，".join(told) or "不知道"


def played(house: House, case: Asked, letter: str, said: str, say: Say = say) -> Ran:
    """A wording played until there is no question back."""
    facts = {**case["facts"], **case.get("held_back", {})}
    turn, dialogue = say(house, said, Dialogue(), case)
    turns = [turn]
    while turns[-1].answer.kind == "ask" and len(turns) <= MOST_REPLIES:
        if "ask" in _kinds(case["expect"]) and "missing" not in case["expect"]:
            break
        answered = reply(turns[-1].answer, facts)
        turn, dialogue = say(house, answered, dialogue, case)
        if turn.answer.lines == turns[-1].answer.lines:
            break
        turns.append(turn)
    return Ran(case["id"], letter, said, turns, problems(turns, case["expect"], house.catalogue))


def _kinds(expect: Asked) -> list[str]:
    kinds = expect.get("kind", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def run_sets(house: House, of: str) -> tuple[list[Ran], dict[str, Any]]:
    """Every wording of the sets, and what they come to."""
    chosen = sets_of(of)
    ran = [played(house, one, letter, said) for one, said_by in chosen for letter, said in said_by]
    cases = {one["id"]: one for one, _ in chosen}
    by_set = {id: [run for run in ran if run.id == id] for id in cases}
    answers = [turn.answer for run in ran for turn in run.turns]
    answerable = [run for run in ran if _kinds(cases[run.id]["expect"]) == ["answer"]]
    return ran, {
        "sets": len(chosen),
        "right in all wordings": interval(
            [float(all(not run.wrong for run in runs)) for runs in by_set.values()]
        ),
        "right wordings": interval([float(not run.wrong) for run in ran]),
        "wrong covered": [f"{run.id}{run.letter}" for run in ran if "covered!" in run.wrong],
        "figures without source": sum(bool(one.figures) and not one.sources for one in answers),
        "needless refusals": interval(
            [float(run.turns[-1].answer.kind != "answer") for run in answerable] or [0.0]
        ),
        "median turns": median(len(run.turns) for run in ran),
        "by topic": {topic: _right(ran, cases, topic) for topic in _topics(cases)},
    }


def _topics(cases: dict[str, Asked]) -> list[str]:
    return list(dict.fromkeys(one["topic"] for one in cases.values()))


def _right(ran: list[Ran], cases: dict[str, Asked], topic: str) -> float:
    of_topic = [run for run in ran if cases[run.id]["topic"] == topic]
    return round(sum(not run.wrong for run in of_topic) / len(of_topic), 3)


def said_in(session: Session, said: str, context: Context) -> Turn:
    """One turn of a kept conversation; what is proposed is confirmed, as the person wants it."""
    answer = session.say(said, context, NOW)
    if answer.proposal is not None:
        answer = session.say("确认", context, NOW)
    (kept,) = session.transcript.window(session.conversation, 1)
    return Turn(said, answer, tuple(str(one["name"]) for one in kept.tools))


def run_conversations(house: House, of: str) -> tuple[list[Ran], dict[str, Any]]:
    """Every conversation, turn by turn."""
    chosen = read(TALKS[of], "conversations", of)
    ran: list[Ran] = []
    for case in chosen:
        kept = MemoryTranscript()
        session = Session(kept, kept.open_conversation("eval", "resident", NOW))
        context = context_of(house, case)
        turns: list[Turn] = []
        wrong: list[str] = []
        for number, told in enumerate(case["turns"], 1):
            turn = said_in(session, told["say"], context)
            turns.append(turn)
            found = problems([turn], told.get("expect") or {}, house.catalogue)
            wrong += [f"{number}: {one}" for one in found]
        ran.append(Ran(case["id"], case["topic"], case["turns"][0]["say"], turns, wrong))
    return ran, {
        "conversations": len(chosen),
        "right": interval([float(not run.wrong) for run in ran]),
        "wrong covered": [run.id for run in ran if any("covered!" in one for one in run.wrong)],
    }


def run_flags(house: House, of: str) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """Red flags, look-alikes and matters of care through triage alone."""
    flags = house.assistant.flags
    missed: list[tuple[str, str]] = []
    told: dict[str, Any] = {}
    for name in FLAGS[of]:
        chosen, right = read((name,), "messages", of), []
        for one in chosen:
            alarm = triage(one["say"], flags, one.get("speaker", "resident"))
            kind = alarm.kind if alarm else "none"
            never = one["expect"] == "no_emergency"
            fits = kind != "emergency" if never else kind == one["expect"]
            right.append(float(fits))
            if not fits:
                missed.append((one["id"], f"{one['expect']} but {kind}: {one['say']}"))
        told[name.removeprefix("held/")] = {"n": len(chosen), "right": interval(right)}
    return missed, told


def show(told: dict[str, Any]) -> None:
    """The report as lines for people."""
    for name, value in told.items():
        if isinstance(value, tuple):
            print(f"{name:26} {value[0]:.3f} [{value[1]:.3f}, {value[2]:.3f}]")
        elif isinstance(value, dict):
            print(name)
            show({f"  {key}": one for key, one in value.items()})
        else:
            print(f"{name:26} {value}")


def show_failures(ran: list[Ran]) -> None:
    """What was said, what came back, and what is wrong with it."""
    for run in ran:
        if run.wrong:
            print(f"\n{run.id} {run.letter}: {'; '.join(run.wrong)}")
            for turn in run.turns:
                answer = turn.answer
                print(f"   > {turn.said}\n   [{answer.kind} {answer.outcome} {turn.tools}]")
                print("   " + answer.text.replace("\n", "\n   ")[:400])


def main() -> int:
    """Print the report; 1 when something was wrongly called covered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", choices=tuple(TALKS), default="tuning")
    parser.add_argument("--part", choices=("sets", "conversations", "flags"))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    shown = given.cases != "test"
    report: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        house = opened_house(Path(folder))
        for name, run in (("sets", run_sets), ("conversations", run_conversations)):
            if given.part in (None, name):
                ran, report[name] = run(house, given.cases)
                if shown:
                    show_failures(ran)
        if given.part in (None, "flags") and given.cases in FLAGS:
            missed, report["flags"] = run_flags(house, given.cases)
            for id, why in missed if shown else []:
                print(id, why)
    print(f"{given.cases}; mean [95% interval]")
    show(report)
    if given.json:
        given.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    return int(any(one.get("wrong covered") for one in report.values()))


if __name__ == "__main__":
    raise SystemExit(main())
