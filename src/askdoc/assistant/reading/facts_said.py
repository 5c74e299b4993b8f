"""Facts that a message says by their words: denied ones, asked ones, and two that clash."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from askdoc.assistant.answer import Subject
from askdoc.assistant.reading.facts import Fact
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.negation import is_denied, is_refused, is_wondered
from askdoc.language.word_list import Hit, overlapping

# What the denial of a fact says: not signed up, not referred, not filed.
_OPPOSITE: Mapping[tuple[str, str], str | bool] = {
    ("contracted", "true"): False,
    ("referral", "referred"): "not_referred",
    ("filed", "temporary"): "none",
    ("filed", "long_term"): "none",
}
_NOT_DONE = re.compile(r"(?:没有?|未|无)[^，。；、！？,;!?\n 是了]{0,5}$")
_NONE_BEHIND = re.compile(r"(?:单|手续|呢)?(?:都|也)?没(?:有|办|签|开|做)?(?=[，。； ,;]|$)")
# Admitted through the emergency room is a stay.
_ADMITTED = {"inpatient", "emergency"}
# Behind these a tier is where one might go; with another tier said, the visit was there.
_GOING = re.compile(r"(?:去|到|换|改|转|那|at (?:the |a )?|at)(?:去|到)?$")
# Where a doctor works says less of the visit than any other word for it.
_DOCTOR = re.compile(
    r"(?:社区|卫生院|村里?|乡镇?|乡村|基层|二级|三级)[^，。 ,]{0,5}(?:医生|大夫|医师)"
)
# Whoever else is named, these turn back to the one who speaks.
_BACK_TO_ME = re.compile(
    r"我那[个张次笔]|我的那[个张次笔]|那我(?=呢|自己|要|的)"
    r"|(?:回到|说回|换回|轮到|换)我(?=自己|这|那|呢|[，。,？?]|$)|back to me"
)
_UNSIGNED = re.compile(r"(?:没有?|未)签[^，。 ,]{0,4}(?:家庭医生|家医)")
_HEARD_FROM = re.compile(
    r"(?:跟|和|与|听|据|问|问过|告诉|像|比)(?:我|我的|那个|几个|老|些)*$|from (?:a |my )?$"
)
_HEARD = re.compile(r"们|都?(?:说|讲|告诉|聊|介绍|推荐|提醒|建议|问)| (?:says|said|told)")


@dataclass(frozen=True, slots=True)
class FactsSaid:
    """Facts by name; names said in two ways; tiers one might go to; words that were denied.

    `primary` are the institutions named for primary care, also beside other tiers.
    """

    facts: dict[str, Fact]
    conflicts: dict[str, tuple[str, ...]]
    going_to: tuple[str, ...]
    denied: tuple[str, ...]
    primary: tuple[str, ...]


def read_facts_said(masked: str, lexicon: Lexicon, subject: Subject) -> FactsSaid:
    """The facts of a lower-case text without medicine names."""
    said: dict[str, list[tuple[str, Hit[Mapping[str, str]]]]] = {}
    going: set[str] = set()
    denied: list[str] = []
    refused: dict[str, Fact] = {}
    introduced = [found.span() for found in _DOCTOR.finditer(masked)]
    hits = overlapping(lexicon.facts, masked)
    for hit in hits:
        if is_denied(masked[: hit.start], hit.word) or _is_undone(hit, masked):
            denied.append(hit.word)
            refused |= _opposite(hit, masked, subject)
        elif not is_wondered(masked[hit.end :]):
            for name, value in hit.meaning.items():
                said.setdefault(name, []).append((value, hit))
            if "tier" in hit.meaning and _GOING.search(masked[: hit.start]):
                going.add(hit.meaning["tier"])
    facts, conflicts = _settled(said, lexicon, introduced, subject)
    if unsigned := _UNSIGNED.search(masked):
        refused.setdefault("contracted", Fact("contracted", False, "said", subject, unsigned[0]))
    facts |= refused
    if set(conflicts.get("setting", ())) == _ADMITTED:
        del conflicts["setting"]
        facts["setting"] = Fact("setting", "inpatient", "said", subject, "急诊")
    if "tier" in conflicts:
        facts.pop("institution", None)
    named = [hit.meaning["institution"] for hit in hits if "institution" in hit.meaning]
    words = {fact.words for fact in facts.values()}
    return FactsSaid(
        facts,
        {name: values for name, values in conflicts.items() if name not in refused},
        tuple(sorted(going)),
        tuple(word for word in dict.fromkeys(denied) if word not in words),
        tuple(dict.fromkeys(named)),
    )


def _is_undone(hit: Hit[Mapping[str, str]], masked: str) -> bool:
    """Whether signing up, referral or filing is said not to have happened: 没社区转诊."""
    steps = any(one in _OPPOSITE for one in hit.meaning.items())
    front, behind = masked[: hit.start], masked[hit.end :]
    return steps and bool(_NOT_DONE.search(front) or _NONE_BEHIND.match(behind))


def _opposite(hit: Hit[Mapping[str, str]], masked: str, subject: Subject) -> dict[str, Fact]:
    """What a denied fact says instead, where it says anything."""
    return {
        name: Fact(name, _OPPOSITE[name, value], "said", subject, hit.word)
        for name, value in hit.meaning.items()
        if (name, value) in _OPPOSITE
        and (is_refused(masked[: hit.start], hit.word) or _is_undone(hit, masked))
    }


def _settled(
    said: Mapping[str, list[tuple[str, Hit[Mapping[str, str]]]]],
    lexicon: Lexicon,
    introduced: list[tuple[int, int]],
    subject: Subject,
) -> tuple[dict[str, Fact], dict[str, tuple[str, ...]]]:
    """One value a fact; weak words give way, and two strong ones are a conflict."""
    facts: dict[str, Fact] = {}
    conflicts: dict[str, tuple[str, ...]] = {}
    for name, all_said in said.items():
        strong = [
            one
            for one in all_said
            if one[1].word not in lexicon.weak and not _in(one[1], introduced)
        ] or all_said
        values = tuple(dict.fromkeys(value for value, _ in strong))
        if len(values) > 1:
            conflicts[name] = values
            continue
        value, hit = strong[0]
        typed: str | bool = value == "true" if name == "contracted" else value
        facts[name] = Fact(name, typed, "said", subject, hit.word)
    return facts, conflicts


def _in(hit: Hit[Mapping[str, str]], spans: list[tuple[int, int]]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def read_persons(masked: str, lexicon: Lexicon) -> tuple[Subject, ...]:
    """Everybody whom the text names, in order; who is denied is not meant."""
    hits = [
        hit
        for hit in lexicon.subjects.find(masked)
        if not is_denied(masked[: hit.start], hit.word)
        and not (hit.meaning == "other" and _is_hearsay(masked, hit))
    ]
    if _BACK_TO_ME.search(masked):
        return ("self",)
    return tuple(dict.fromkeys(hit.meaning for hit in hits))


def _is_hearsay(masked: str, hit: Hit[Subject]) -> bool:
    """Whether a friend or colleague is only whom one talked with or heard it from."""
    return bool(
        _HEARD_FROM.search(masked[: hit.start]) or _HEARD.match(masked[hit.end : hit.end + 6])
    )
