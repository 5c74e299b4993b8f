"""Whom a message is about: the person so far, another one, or again the one who speaks.

What a reader would not guess: 我 names the speaker only where somebody else was spoken of and the
word carries the question ("我要是去二级呢"); elsewhere it only asks or tells ("我看错了").
"""

import re
from dataclasses import replace

from askdoc.assistant.answer import Subject
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue, Opened
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.back_references import (
    is_like_me,
    keeps_all_else,
    keeps_insurance,
    turns_to_next,
)
from askdoc.assistant.talk.joining import for_other_person, with_insurance, with_person

# 我 as the one whose bill it is, behind somebody else's.
_MINE = re.compile(
    r"(?<![给帮替跟和对问同叫让与比告诉])(?:我|俺|咱|阿拉|吾)"
    r"(?:的(?!妈|爸|爹|娘|老|爱|孩|儿|女|意|问|想|天|话[，。]?$)"
    r"|(?:自家|自己|本人)|这[张个边次笔份]|那[张个边次笔份]"
    r"|(?:今年|还|也|都|就|呢|要是|如果|若是|假如|要|是)*(?:呢|去(?!问|找|接|查|拿)|到|在(?!问|想|找)|换|上(?!网)|住"
    r"|[一二三]级|[二三]甲|社区|退休|没退休|上班|在职|签|职工|居民|职保|居保|\d+岁))"
    r"|是我(?=[，。,；;！!]|$)"
    r"|\b(?:mine|for me|if i|my own|my bill|i (?:go|went|am|was|still)|it(?:'s| was| is) me)\b"
)
# Who speaks of herself, and then of "her", speaks again of whom it was about before.
_THEIRS = re.compile(
    r"(?<!其)(?:她|他|佢|伊)(?!们|说|讲|告诉|问|让|叫|开|建议|汀)|\b(?:she|he|her|his|him)\b"
)
# Of these there may be several: the words that tell them apart, and those that tell nothing.
_SEVERAL: tuple[Subject, ...] = ("other", "child", "grandparent")
_OWN_WORDS = re.compile(r"^(?:我们?家?|my )")
_ANY = ""
_SAME_WORD = {
    **dict.fromkeys(("孩子", "小孩", "宝宝", "娃", "娃儿", "小朋友", "kid", "child", "baby"), _ANY),
    **dict.fromkeys(("闺女", "囡囡", "小囡", "daughter"), "女儿"),
    **dict.fromkeys(("老太太", "老先生", "阿婆", "阿公"), _ANY),
    "son": "儿子",
    "姥姥": "外婆",
    "姥爷": "外公",
}
_LIKENING = ("alternatives", "same_ingredient", "is_it")
# Never two people's in common, however alike their circumstances are.
_OWN = ("age", "sex", "retired_year")


def of_whom(now: Reading, dialogue: Dialogue, context: Context) -> Reading:
    """Nobody named means whom it was about so far; a doctor speaks of a patient."""
    if now.persons:
        if keeps_all_else(now):
            # 跟我差不多 likens people, not medicines.
            return replace(now, asks={k: v for k, v in now.asks.items() if k not in _LIKENING})
        return now
    first: Subject = "patient" if context.speaker == "doctor" else "self"
    subject = dialogue.subject or first
    text = now.text.lower()
    if first == "self" and subject != "self" and _MINE.search(text):
        return _about(replace(now, persons=("self",)), "self")
    other = _last_other(dialogue) if subject == "self" and _THEIRS.search(text) else None
    return _about(replace(now, persons=(other,)), other) if other else _about(now, subject)


def _last_other(dialogue: Dialogue) -> Subject | None:
    """Whom else it was about lately."""
    subjects = (one.reading.subject for one in reversed(dialogue.stack))
    return next((one for one in subjects if one != "self"), None)


def _about(now: Reading, subject: Subject) -> Reading:
    facts = {name: replace(fact, subject=subject) for name, fact in now.facts.items()}
    return replace(now, subject=subject, facts=facts)


def named_in(now: Reading, context: Context) -> dict[Subject, tuple[str, ...]]:
    """The words that name those of whom there may be several: 儿子, 同事."""
    found: dict[Subject, tuple[str, ...]] = {}
    for hit in context.lexicon.subjects.find(now.text.lower()):
        if hit.meaning in _SEVERAL and hit.meaning in now.persons:
            word = _OWN_WORDS.sub("", hit.word)
            found[hit.meaning] = (*found.get(hit.meaning, ()), _SAME_WORD.get(word, word))
    return found


def names_another(now: Reading, dialogue: Dialogue, context: Context) -> bool:
    """Whether a message turns to the next patient, or to another friend or child than before."""
    if turns_to_next(now):
        return True
    words = named_in(now, context).get(now.subject, ())
    before = dialogue.named.get(now.subject, ())
    vague = _ANY in words or _ANY in before
    return bool(words and before) and not vague and not {*words} & {*before}


def _as_theirs(reading: Reading, subject: Subject) -> Reading:
    """The reading for somebody in the same circumstances, who is of another age all the same."""
    kept = {name: one for name, one in reading.facts.items() if name not in _OWN}
    return replace(reading, subject=subject, facts=kept)


def question_of(subject: Subject, dialogue: Dialogue) -> Opened | None:
    """The newest question about a person."""
    return next((one for one in reversed(dialogue.stack) if one.reading.subject == subject), None)


def before_for(
    now: Reading, base: Opened, dialogue: Dialogue, corrected: bool, another: bool
) -> Reading:
    """The earlier reading as far as it may be used for the person of this message.

    `another`: it is about somebody of the same kind who was not spoken of before.
    """
    if another and not keeps_all_else(now):
        return for_other_person(base.reading, now.subject)
    if not now.persons or (now.subject == base.reading.subject and not another):
        return base.reading
    if keeps_all_else(now):
        mine = question_of("self", dialogue) if is_like_me(now) else None
        return _as_theirs((mine or base).reading, now.subject)
    other = for_other_person(base.reading, now.subject)
    if corrected:
        # The bill was another person's all along.
        other = replace(with_insurance(other, base.reading), amounts=base.reading.amounts)
    elif keeps_insurance(now):
        other = with_insurance(other, base.reading)
    return with_person(other, dialogue.people.get(now.subject, {}))
