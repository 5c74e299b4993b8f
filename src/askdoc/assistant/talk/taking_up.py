"""What a message takes up: a choice, an answer to a question back, a change of an earlier question,
or a new one.

A message without a question of its own changes the last one ("那社区呢", "是居民医保"). One that
asks something new starts with what is known of its person; "那…" may also take the visit along.
What a reader would not guess: small talk changes nothing, even when a person is named in it.
"""

import re
from dataclasses import dataclass, replace

from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.dialogue import Dialogue, Opened
from askdoc.assistant.errands.errands import ERRANDS
from askdoc.assistant.planning.choosing import BILL_PARTS, is_asking, sure_frame
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.asked_medicines import was_taken
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.assistant.talk.acts import Act
from askdoc.assistant.talk.alike_named import with_name_completed
from askdoc.assistant.talk.alternatives_meant import with_alternatives_meant
from askdoc.assistant.talk.amounts_corrected import with_amounts_corrected
from askdoc.assistant.talk.answering_back import answering_back, tells
from askdoc.assistant.talk.back_references import (
    asks_of_same_bill,
    corrects,
    goes_on,
    refers_back,
    turns_to_next,
)
from askdoc.assistant.talk.bill_meant import amounts_beside, bill_meant
from askdoc.assistant.talk.bills_again import Again, bills_again
from askdoc.assistant.talk.bills_so_far import with_visit_before
from askdoc.assistant.talk.case_supposed import with_case_supposed
from askdoc.assistant.talk.city_meant import with_city_meant
from askdoc.assistant.talk.core_before import with_core_before
from askdoc.assistant.talk.described import bill_of_described, without_description
from askdoc.assistant.talk.going_on import changes_earlier, supposes
from askdoc.assistant.talk.joining import joined, with_form, with_person
from askdoc.assistant.talk.parts_changed import with_parts_changed
from askdoc.assistant.talk.small_talk import is_chatter, is_off_topic, is_small_talk
from askdoc.assistant.talk.stays_counted import with_stay_counted
from askdoc.assistant.talk.whom import before_for, names_another, of_whom, question_of

# The medicine just spoken of, for somebody else.
_THIS = re.compile(
    r"(?:换|用|吃|打|开|试|改|服|买)(?:成|上|了|着|的|点|一?个)*(?:这|它|那)|[这那](?:个|种|款|只)?药|它"
    r"|\b(?:take|use|have|on|try|switch to) (?:it|this|that)\b"
)
# The frames that price one bill, and that tell two apart.
_PRICED, _DIFFERENCE = "bill_cost", "bill_changed"
_APART = {"each", "compare_places", "cost", "explain", "difference"}
# The frame that compares places.
_OF_PLACES = "compare_places"
_SAME, _MEDICINE = "same_ingredient", "medicine"
_VISIT = ("tier", "institution", "setting", "place", "referral", "filed", "day")


@dataclass(frozen=True, slots=True)
class Taken:
    """The reading to answer. `frame` is fixed where a question goes on, else still to be chosen.

    `again` are bills that are told once more. `hand_over`: who is to take over. `idle`: nothing
    was taken up, it was small talk. `in_form`: the message names the form of a medicine that was
    named before.
    """

    reading: Reading
    frame: str | None = None
    asked: int = 0
    corrected: bool = False
    hand_over: str | None = None
    idle: bool = False
    in_form: bool = False
    again: Again | None = None


def with_next(now: Reading, dialogue: Dialogue, context: Context) -> Dialogue:
    """The state without what was said of the patient, where a message turns to the next one."""
    if not names_another(now, dialogue, context):
        return dialogue
    next_one = {"patient", dialogue.subject} if turns_to_next(now) else set()
    gone = {now.subject, *next_one} - {"self"}
    people = {name: told for name, told in dialogue.people.items() if name not in gone}
    return replace(dialogue, people=people)


def take_up(now: Reading, act: Act | None, dialogue: Dialogue, context: Context) -> Taken:
    """What the message means where it stands in the conversation.

    `dialogue` no longer knows the patient of before where the message turns to the next.
    """
    now = of_whom(now, dialogue, context)
    latest = dialogue.latest
    if not _awaits_where(latest, context) and is_off_topic(now, context):
        return Taken(now, idle=True)
    if latest is None:
        return Taken(with_person(now, dialogue.people.get(now.subject, {})))
    again = bills_again(now, dialogue)
    if again is not None:
        return Taken(again.bills[-1], _PRICED, MOST_QUESTIONS, again=again)
    another = names_another(now, dialogue, context)
    done = None if another else _of_act(now, act, latest, dialogue)
    if done is not None:
        return done
    if _asks_difference(now, dialogue):
        return Taken(latest.reading, _DIFFERENCE, latest.asked)
    now = _unlikened(now, latest, context)
    corrected = _is_corrected(now, act)
    meant = bill_meant(now, dialogue)
    if meant is not None:
        now = replace(now, amounts=amounts_beside(meant, now), subject=meant.reading.subject)
    described = bill_of_described(now, dialogue, context)
    if meant is None and described is not None:
        meant, now = described, without_description(now, described)
    base = meant or _base(now, latest, dialogue, context)
    now = with_city_meant(with_stay_counted(now, base.reading), base.reading)
    now = with_amounts_corrected(now, base.reading, context.lexicon)
    now = answering_back(now, base, latest, corrected, context)
    corrected = corrected or bool(now.not_it)
    before = before_for(now, base, dialogue, corrected, another)
    said, now = now, with_parts_changed(now, before, context.lexicon)
    # Another whole that only follows from a part is one of the same bill.
    same_bill = asks_of_same_bill(now) or said.amount("total") != now.amount("total")
    told = dialogue.people.get(now.subject, {})
    named_half = False
    if context.frames.by_id[base.frame].family == "medicine":
        now = with_alternatives_meant(with_case_supposed(now, context), before)
        told_before = _without_history(now, latest)
        if told_before is not now and before.mentions:
            return Taken(joined(before, told_before), base.frame, 0, corrected, in_form=True)
        completed = with_name_completed(_with_this(now, latest), before, context.on_day)
        now, named_half = completed, completed.mentions != now.mentions
    names_form = with_form(now, before, context.on_day) is not now
    if (names_form or not is_chatter(now, context)) and changes_earlier(
        now, base, corrected, context
    ):
        adds = base.wants is not None or not is_asking(now.text)
        asked = base.asked if adds and not corrected else 0
        frame = _frame(now, base, before, context)
        named = with_form(now, before, context.on_day)
        found = joined(before, named, corrected or same_bill)
        if "setting" in now.facts:
            found = with_visit_before(found, now, dialogue)
        in_form = named is not now or named_half
        return Taken(found, frame, asked, corrected, in_form=in_form)
    fresh = with_person(now, told)
    if is_small_talk(now, context) or is_chatter(now, context):
        return Taken(fresh, idle=True)
    found = with_core_before(fresh, now, before, context)
    return Taken(found, corrected=corrected, in_form=named_half)


def _awaits_where(latest: Opened | None, context: Context) -> bool:
    """Whether a place or a day may be the answer, whatever else is said with it."""
    if latest is None:
        return False
    return latest.wants is not None or context.frames.by_id[latest.frame].tool in ERRANDS


def _is_corrected(now: Reading, act: Act | None) -> bool:
    """Whether what was said before is corrected; who asks whether it is right corrects nothing."""
    act_says = act is not None and act.kind == "correct"
    return act_says or (corrects(now) and not is_asking(now.text))


def _of_act(now: Reading, act: Act | None, latest: Opened, dialogue: Dialogue) -> Taken | None:
    """What an act takes up by itself."""
    kind = act.kind if act else None
    if act is not None and kind == "choose" and act.choice is not None:
        return _chosen(latest, act.choice)
    if kind == "unsure":
        return Taken(latest.reading, latest.frame, MOST_QUESTIONS)
    if kind == "resume":
        return Taken(latest.reading, latest.frame, latest.asked)
    if kind == "repeat" and now.persons:
        theirs = question_of(now.subject, dialogue)
        return None if theirs is None else Taken(theirs.reading, theirs.frame, MOST_QUESTIONS)
    return None


def _asks_difference(now: Reading, dialogue: Dialogue) -> bool:
    """Whether it is only asked how far the last two bills of a person are apart: 差多少钱."""
    latest = dialogue.latest
    same = {} if latest is None else latest.reading.facts
    moved = [one for name, one in now.facts.items() if same.get(name, one).value != one.value]
    read = moved or now.amounts or now.mentions or now.region or now.place or now.persons
    apart = now.asks.keys() & {"each", _OF_PLACES} and now.asks.keys() <= _APART
    if (
        read
        or now.conflicts
        or not apart
        or latest is None
        or latest.frame != _PRICED
        or latest.wants
    ):
        return False
    theirs = [one for one in dialogue.bills if one.subject == latest.reading.subject]
    return len(theirs) > 1


def _with_this(now: Reading, latest: Opened) -> Reading:
    """The reading with the medicine of the last answer, where it is pointed at for somebody else:
    我爸也换这个.
    """
    theirs = now.persons and now.subject != latest.reading.subject
    if not theirs or now.mentions or not _THIS.search(now.text.lower()):
        return now
    return replace(now, mentions=latest.reading.mentions)


def _without_history(now: Reading, latest: Opened) -> Reading:
    """The reading of what was taken before the medicine under way: it is none that is asked about.

    哦她以前吃华法林，一直控制不好.
    """
    names = {one.resolution.query for one in latest.reading.mentions}
    taken = now.mentions and all(was_taken(now.text, one) for one in now.mentions)
    new = names and not names & {one.resolution.query for one in now.mentions}
    asks = is_asking(now.text) and not goes_on(now)
    return replace(now, mentions=(), asks={}) if taken and new and not asks else now


def _unlikened(now: Reading, latest: Opened, context: Context) -> Reading:
    """The reading of 同样的药在社区呢 as the same bill elsewhere, where a bill is under way."""
    bill = context.frames.by_id[latest.frame].family == "bill"
    if not bill or now.mentions or not now.facts.keys() & {"tier", "setting"}:
        return now
    return replace(now, asks={k: v for k, v in now.asks.items() if k != "same_ingredient"})


def _base(now: Reading, latest: Opened, dialogue: Dialogue, context: Context) -> Opened:
    """The earlier question that a message goes on from: mostly the last one.

    A question back is answered after a digression too; a bill is taken up again, and one's own
    after somebody else's.
    """
    frames = context.frames.by_id
    for one in reversed(dialogue.stack):
        if one.wants is not None and tells(now, one.wants) and not now.asks:
            return one
    own = sure_frame(now, context.frames)
    if own is not None and own.family != frames[latest.frame].family and not latest.wants:
        same = [one for one in dialogue.stack if frames[one.frame].family == own.family]
        if same and refers_back(now):
            return same[-1]
    if refers_to_visit(now, own) and frames[latest.frame].family not in ("bill", "rule"):
        for one in reversed(dialogue.stack):
            if frames[one.frame].family in ("bill", "rule"):
                return one
    if now.persons and now.subject != latest.reading.subject:
        theirs = question_of(now.subject, dialogue)
        if theirs is not None and frames[theirs.frame].family == frames[latest.frame].family:
            return theirs
    return latest


def refers_to_visit(now: Reading, own: Frame | None) -> bool:
    """Whether a message without a question changes something of a visit."""
    changes = bool(now.facts.keys() & {*_VISIT, "contracted"}) or bool(now.amounts)
    return own is None and refers_back(now) and changes


def _chosen(latest: Opened, choice: int) -> Taken:
    sets = dict(latest.choices[choice].sets)
    if "hand_over" in sets:
        return Taken(latest.reading, latest.frame, latest.asked, hand_over=sets["hand_over"])
    frame = sets.pop("frame", latest.frame)
    reading = latest.reading
    facts = {name: Fact(name, value, "asked", reading.subject) for name, value in sets.items()}
    region = sets.get("region")
    answered = replace(
        reading,
        facts={**reading.facts, **facts},
        conflicts={name: said for name, said in reading.conflicts.items() if name not in sets},
        region=region or reading.region,
        unrecorded=None if region else reading.unrecorded,
    )
    return Taken(answered, frame, latest.asked)


def _frame(now: Reading, base: Opened, before: Reading, context: Context) -> str:
    """The frame of a question that goes on: its own where it asks, else the earlier one's."""
    own = sure_frame(now, context.frames) if now.asks else None
    told = any(one.role in BILL_PARTS for one in now.amounts)
    if own is None and told and context.frames.by_id[base.frame].family == "rule":
        return _PRICED
    if base.frame == _DIFFERENCE or (base.frame == _OF_PLACES and "tier" in now.facts):
        # What is supposed after two were compared is one bill again.
        base = replace(base, frame=_PRICED) if before.amounts else base
    bill = any(one.role in BILL_PARTS for one in (*before.amounts, *now.amounts))
    if own is not None and own.family == "policy" and bill:
        return base.frame
    if bill and now.first_pay_share is not None and not (now.mentions or is_asking(now.text)):
        return base.frame
    alone = len({one.resolution.query for one in now.mentions}) == 1
    if base.frame == _SAME and alone and not now.asks.keys() & {_SAME, "is_it"}:
        # Of one medicine alone it is asked what insurance makes of it.
        return _MEDICINE
    if own is None or (own.core == "amount" and not bill):
        return base.frame
    if own.family == "rule" and bill and "value" not in now.asks:
        return base.frame
    if own.id == _OF_PLACES and bill and supposes(now):
        return base.frame
    return own.id
