"""What a message wants of a slot or of the reminders, as facts: department, days, hours, hospital.

Read only where such a thing is asked for or under way, so that 下周 in a question about a bill
stays what it is there. What a reader would not guess: days are kept as days, not as words, so that
下周 said yesterday still means that week.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Opened
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.care.referrals.asking import days_said, part_said
from askdoc.care.referrals.errors import UnclearDay
from askdoc.china_days import today_of
from askdoc.language import read_numeral

_OWN = {"refill", "renew", "remind_hours", "own_slots", "move_slot", "cancel_slot"}
_OF_SLOTS = {"slot", "own_slots", "move_slot", "cancel_slot"}
# What is chosen for one deed, and must not ride on the next.
_ONCE = ("slot", "booking")
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{1,5}?科(?!学|技)")
_HOSPITAL = re.compile(r"(?:约|挂|去|到|在|上|看|换成|改成)(?P<name>[\u4e00-\u9fff]{2,9}?医院)")
_SOME_HOSPITAL = re.compile(
    r"大医院|社区医院|上级医院|[一二三]级医院|三甲医院|[市区县]里?医院|哪家?|什么|专科"
)
_REMIND_PART = {
    "morning": re.compile(r"早|上午|晨|morning|a\.?m\b", re.I),
    "afternoon": re.compile(r"下午|午后|中午|afternoon", re.I),
    "evening": re.compile(r"晚|夜|evening|night", re.I),
}
_HOUR = re.compile(
    r"(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*"
    r"(?:点|时|:00|o'?clock|(?P<half>[ap])\.?m)",
    re.I,
)
_NOON = 12
# An English statement has are and is in it too: only how it begins tells.
_ASKS = re.compile(
    r"[?？吗]|多少|有没有|能不能|可不可以|怎么|什么|哪|^\W*(?:what|how|is|are|can|could|do|does)\b",
    re.I,
)


# 我的药 is one's own, also after a talk about somebody else's.
_MINE = re.compile(
    r"我的?(?=药|预约|挂号|续方|提醒|处方)"
    r"|\bmy (?:medicines?|pills|appointments?|bookings?|reminders?)",
    re.I,
)


def with_wishes(now: Reading, before: Frame | None, context: Context) -> Reading:
    """The reading with its wishes; `before` is the frame of the question under way."""
    facts: list[Fact] = []
    now = _with_reply(now, context)
    if now.asks.keys() & _OWN and not now.persons and _MINE.search(now.text):
        now = replace(now, persons=("self",))
    if "remind_hours" in now.asks or _goes_on(now, before, "move_reminders"):
        facts += _remind_hours(now)
    if now.asks.keys() & _OF_SLOTS or (before is not None and before.family == "visit"):
        facts += _of_slots(now, context)
    if not facts:
        return now
    return replace(now, facts={**now.facts, **{one.name: one for one in facts}})


def gives_up(now: Reading, before: Opened | None, context: Context) -> Reading | None:
    """A bare 取消 after a booking was told or made, as a wish to cancel it."""
    if before is None or before.wants is not None:
        return None
    if context.frames.by_id[before.frame].family != "visit":
        return None
    return replace(now, asks={"cancel_slot": len(now.text)})


def without_chosen(now: Reading) -> Reading:
    """The reading without what was chosen for one deed only."""
    return replace(now, facts={name: one for name, one in now.facts.items() if name not in _ONCE})


def _with_reply(now: Reading, context: Context) -> Reading:
    """What answers a reminder that is open, where the message asks for nothing."""
    hit = next(iter(context.lexicon.reminder_replies.find(now.text.lower())), None)
    if hit is None or _ASKS.search(now.text) or context.refills is None:
        return now
    if not any(context.refills.open_reminder(one.resident) for one in context.patients()):
        return now
    said = Fact("reminder_reply", hit.meaning, "said", now.subject, hit.word)
    return replace(now, asks={"reminded": len(hit.word)}, facts={**now.facts, said.name: said})


def _goes_on(now: Reading, before: Frame | None, tool: str) -> bool:
    return not now.asks and before is not None and before.tool == tool


def _remind_hours(now: Reading) -> Iterator[Fact]:
    part = next((name for name, words in _REMIND_PART.items() if words.search(now.text)), None)
    said = _HOUR.search(now.text)
    hour = _hour(said, part) if said else None
    if said is not None and hour is not None:
        yield Fact("remind_hours", str(hour), "said", now.subject, said[0])
    elif part is not None:
        yield Fact("remind_hours", part, "said", now.subject)


def _hour(said: re.Match[str], part: str | None) -> int | None:
    read = read_numeral(said["hour"])
    if read is None or not 0 <= int(read) < 24:
        return None
    late = part in ("afternoon", "evening") or (said["half"] or "").lower() == "p"
    return int(read) + _NOON if late and 0 < int(read) < _NOON else int(read)


def _of_slots(now: Reading, context: Context) -> Iterator[Fact]:
    found = {
        "department": department_said(now.text, context),
        "days": _days(now.text, _today(context)),
        "hours": _hours(now.text, _today(context)),
        **_hospital(now.text, context),
    }
    for name, value in found.items():
        if value is not None:
            words = value if value in now.text else ""
            yield Fact(name, value, "said", now.subject, words)


def department_said(text: str, context: Context) -> str | None:
    """The department that a text names: as the schedule calls it, as people do, or as written."""
    offered = context.slots.departments() if context.slots is not None else ()
    named = max((one for one in offered if one in text), key=len, default=None)
    if named is not None:
        return named
    hit = next(iter(context.lexicon.departments.find(text.lower())), None)
    if hit is not None:
        return hit.meaning
    written = _DEPARTMENT.search(re.sub(r"[约挂看去到的个号周天日]", " ", text))
    return written[0] if written else None


def _days(text: str, today: date) -> str | None:
    try:
        found = days_said(text, today)
    except UnclearDay:
        return None
    return None if found is None else f"{found[0].isoformat()}/{found[1].isoformat()}"


def _hours(text: str, today: date) -> str | None:
    found = part_said(text, today)
    return None if found is None else f"{found[0]}-{found[1]}"


def _hospital(text: str, context: Context) -> dict[str, str | None]:
    """The hospital by its id in the schedule; one that is in no schedule by its name."""
    places = context.slots.hospitals() if context.slots is not None else ()
    known = max(
        (one for one in places if one.name in text), key=lambda one: len(one.name), default=None
    )
    if known is not None:
        return {"hospital": known.id}
    written = _HOSPITAL.search(text)
    if written is None or _SOME_HOSPITAL.search(written["name"]):
        return {}
    return {"hospital_named": written["name"]}


def _today(context: Context) -> date:
    if context.now is not None:
        return today_of(context.now)
    return context.now_day or context.today
