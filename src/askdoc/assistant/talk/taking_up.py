"""What a message takes up: a choice, an answer to a question back, a change of an earlier question,
or a new one.

A message without a question of its own changes the last one ("那社区呢", "是居民医保"). One that
asks something new starts with what is known of its person; "那…" may also take the visit along.
What a reader would not guess: small talk changes nothing, even when a person is named in it.
"""

from dataclasses import dataclass, replace

from askdoc.assistant.answer import Subject
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.dialogue import Dialogue, Opened
from askdoc.assistant.planning.choosing import BILL_PARTS, is_asking, sure_frame
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.assistant.talk.acts import Act
from askdoc.assistant.talk.answering_back import answering_back
from askdoc.assistant.talk.back_references import (
    asks_of_same_bill,
    goes_on,
    keeps_all_else,
    refers_back,
    turns_to_next,
)
from askdoc.assistant.talk.joining import for_other_person, joined, with_form, with_person
from askdoc.assistant.talk.small_talk import is_small_talk

# Facts of a person or a visit that change a bill whatever else a message asks.
_OF_BILL = {"group", "contracted", "admissions", "retired_year"}
# What is asked of a bill itself; what else is asked beside its parts is how they were told.
_OF_A_BILL = {"cost", "each", "compare_places", "explain", "why", "value"}
_VISIT = ("tier", "institution", "setting", "place", "referral", "filed", "day")


@dataclass(frozen=True, slots=True)
class Taken:
    """The reading to answer. `frame` is fixed where a question goes on, else still to be chosen.

    `hand_over`: who is to take over. `idle`: nothing was taken up, it was small talk.
    """

    reading: Reading
    frame: str | None = None
    asked: int = 0
    corrected: bool = False
    hand_over: str | None = None
    idle: bool = False


def with_next(now: Reading, dialogue: Dialogue) -> Dialogue:
    """The state without what was said of the patient, where a message turns to the next one."""
    if not turns_to_next(now):
        return dialogue
    gone = {"patient", now.subject, dialogue.subject} - {"self"}
    people = {name: told for name, told in dialogue.people.items() if name not in gone}
    return replace(dialogue, people=people)


def take_up(now: Reading, act: Act | None, dialogue: Dialogue, context: Context) -> Taken:
    """What the message means where it stands in the conversation.

    `dialogue` no longer knows the patient of before where the message turns to the next.
    """
    now = _of_whom(now, dialogue, context)
    latest = dialogue.latest
    if latest is None:
        return Taken(with_person(now, dialogue.people.get(now.subject, {})))
    done = _of_act(now, act, latest, dialogue)
    if done is not None:
        return done
    corrected = act is not None and act.kind == "correct"
    base = _base(now, latest, dialogue, context)
    now = answering_back(now, base, latest, corrected, context)
    corrected = corrected or bool(now.not_it)
    before = _before(now, base, dialogue)
    told = dialogue.people.get(now.subject, {})
    if _goes_on(now, base, corrected, context):
        adds = base.wants is not None or not is_asking(now.text)
        asked = base.asked if adds and not corrected else 0
        frame = _frame(now, base, before, context)
        return Taken(
            joined(
                before, with_form(now, before, context.on_day), corrected or asks_of_same_bill(now)
            ),
            frame,
            asked,
            corrected,
        )
    fresh = with_person(now, told)
    if is_small_talk(now, context):
        return Taken(fresh, idle=True)
    return Taken(_with_core(fresh, now, before, context), corrected=corrected)


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
        theirs = _of_person(now.subject, dialogue)
        return None if theirs is None else Taken(theirs.reading, theirs.frame, MOST_QUESTIONS)
    return None


def _of_whom(now: Reading, dialogue: Dialogue, context: Context) -> Reading:
    """Nobody named means whom it was about so far; a doctor speaks of a patient."""
    if now.persons:
        return now
    first: Subject = "patient" if context.speaker == "doctor" else "self"
    subject = dialogue.subject or first
    facts = {name: replace(fact, subject=subject) for name, fact in now.facts.items()}
    return replace(now, subject=subject, facts=facts)


def _of_person(subject: Subject, dialogue: Dialogue) -> Opened | None:
    return next((one for one in reversed(dialogue.stack) if one.reading.subject == subject), None)


def _base(now: Reading, latest: Opened, dialogue: Dialogue, context: Context) -> Opened:
    """The earlier question that a message goes on from: mostly the last one.

    A question back is answered after a digression too; a bill is taken up again, and one's own
    after somebody else's.
    """
    frames = context.frames.by_id
    for one in reversed(dialogue.stack):
        if one.wants is not None and _answers(now, one.wants) and not now.asks:
            return one
    own = sure_frame(now, context.frames)
    if own is not None and own.family != frames[latest.frame].family and not latest.wants:
        same = [one for one in dialogue.stack if frames[one.frame].family == own.family]
        if same and refers_back(now):
            return same[-1]
    if refers_to_visit(now, own) and frames[latest.frame].family in ("policy", "other"):
        for one in reversed(dialogue.stack):
            if frames[one.frame].family in ("bill", "rule"):
                return one
    if now.persons and now.subject != latest.reading.subject:
        theirs = _of_person(now.subject, dialogue)
        if theirs is not None and frames[theirs.frame].family == frames[latest.frame].family:
            return theirs
    return latest


def refers_to_visit(now: Reading, own: Frame | None) -> bool:
    """Whether a message without a question changes something of a visit."""
    changes = bool(now.facts.keys() & {*_VISIT, "contracted"}) or bool(now.amounts)
    return own is None and refers_back(now) and changes


def _answers(now: Reading, wants: str) -> bool:
    names = ("scheme", "status") if wants == "insured" else (wants,)
    return any(name in now.facts for name in names) or (wants == "region" and bool(now.region))


def _before(now: Reading, base: Opened, dialogue: Dialogue) -> Reading:
    """The earlier reading as far as it may be used for the person of this message."""
    if turns_to_next(now):
        return for_other_person(base.reading, now.subject)
    if not now.persons or now.subject == base.reading.subject:
        return base.reading
    if keeps_all_else(now):
        return replace(base.reading, subject=now.subject)
    other = for_other_person(base.reading, now.subject)
    return with_person(other, dialogue.people.get(now.subject, {}))


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


def _says(now: Reading) -> bool:
    """Whether anything was read in a message beside what it asks."""
    facts = {name for name in now.facts if name != "day"}
    return bool(
        facts
        or now.denied
        or now.amounts
        or now.mentions
        or now.region
        or now.unrecorded
        or now.place
        or now.diagnoses
        or now.first_pay_share is not None
        or now.persons
        or now.conflicts
    )


def _goes_on(now: Reading, base: Opened, corrected: bool, context: Context) -> bool:
    """Whether a message changes or answers an earlier question instead of asking a new one."""
    refers = refers_back(now)
    own = sure_frame(now, context.frames)
    last = context.frames.by_id[base.frame]
    if (
        last.family == "bill"
        and own is not None
        and own.family == "policy"
        and _OF_BILL & set(now.facts)
    ):
        return True
    if _adds_part(now, base, last):
        return True
    if not now.asks:
        if own is None and goes_on(now):
            return True
        if own is not None and own.family != last.family and not base.wants and not refers:
            return bool(now.amounts) and last.family == "bill"
        said = _says(now) or _names_form(now, base, context)
        return said and (corrected or base.wants is not None or not is_small_talk(now, context))
    same = own is not None and own.family == last.family == "bill" and not _has_core(now)
    goes = corrected or refers or same or base.wants is not None
    if not goes or not (own is None or _alike(own, last, now)):
        return False
    if corrected:
        return _says(now)
    return not _is_whole(now) and (_says(now) or not _has_core(now))


def _adds_part(now: Reading, base: Opened, last: Frame) -> bool:
    """Whether a message only tells parts of the bill so far, which is large enough for them."""
    roles = {one.role for one in now.amounts}
    whole = base.reading.amount("total")
    elsewhere = now.mentions or now.region or now.persons or {"tier", "setting"} & set(now.facts)
    if last.family != "bill" or not roles or not roles <= {*BILL_PARTS} - {"total"} or elsewhere:
        return False
    if whole is None or now.asks.keys() & _OF_A_BILL:
        return False
    return sum(one.amount for one in now.amounts) <= whole


def _names_form(now: Reading, base: Opened, context: Context) -> bool:
    return with_form(now, base.reading, context.on_day) is not now


def _alike(own: Frame, last: Frame, now: Reading) -> bool:
    """Frames of one family; "how much is paid" without an amount goes on from a rule too."""
    without = own.family == "bill" and last.family == "rule" and not now.amounts
    elsewhere = own.family == "rule" and last.family == "bill" and "value" not in now.asks
    return own.family == last.family or without or elsewhere


def _is_whole(now: Reading) -> bool:
    """Whether a message brings a bill of its own and says where: a new question."""
    bill = any(one.role in BILL_PARTS for one in now.amounts)
    return bill and (now.region is not None or {"tier", "setting"} <= now.facts.keys())


def _has_core(now: Reading) -> bool:
    return bool(now.mentions) or any(one.role in BILL_PARTS for one in now.amounts)


def _frame(now: Reading, base: Opened, before: Reading, context: Context) -> str:
    """The frame of a question that goes on: its own where it asks, else the earlier one's."""
    own = sure_frame(now, context.frames) if now.asks else None
    bill = any(one.role in BILL_PARTS for one in (*before.amounts, *now.amounts))
    if own is not None and own.family == "policy" and bill:
        return base.frame
    if own is None or (own.core == "amount" and not bill):
        return base.frame
    if own.family == "rule" and bill and "value" not in now.asks:
        return base.frame
    return own.id


def _with_core(found: Reading, now: Reading, before: Reading, context: Context) -> Reading:
    """A new question with what it leaves to the last one: its medicine, its bill, its visit."""
    refers = refers_back(now)
    own = sure_frame(now, context.frames)
    policy = own is not None and own.family == "policy"
    if refers and not policy and not now.mentions and before.mentions:
        found = replace(found, mentions=before.mentions)
        if "medicine" in before.facts:
            found = replace(found, facts={**found.facts, "medicine": before.facts["medicine"]})
    if "same_ingredient" in now.asks and len(now.mentions) == 1 and before.mentions:
        found = replace(found, mentions=(*before.mentions, *now.mentions))
    if policy and refers and not now.asks:
        found = replace(found, text=f"{before.text} {now.text}")
    bills = own is not None and own.family == "bill" and not _has_core(now)
    if bills and any(one.role in BILL_PARTS for one in before.amounts):
        share = now.first_pay_share or before.first_pay_share
        amounts = (*before.amounts, *now.amounts)
        found = replace(found, amounts=amounts, first_pay_share=share)
    if bills or (own is not None and own.family == "rule" and refers):
        visit = {name: before.facts[name] for name in _VISIT if name in before.facts}
        if "tier" in now.facts:
            visit.pop("institution", None)
        found = replace(found, facts={**visit, **found.facts})
    return found
