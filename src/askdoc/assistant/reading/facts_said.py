"""Facts that a message says by their words: denied ones, asked ones, and two that clash."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from askdoc.assistant.answer import Subject
from askdoc.assistant.reading.both_ways import said_both_ways
from askdoc.assistant.reading.facts import Fact
from askdoc.assistant.reading.filing import filings_said
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.negation import (
    is_denied,
    is_refused,
    is_taken_back,
    is_wondered,
)
from askdoc.assistant.reading.stays import stays_said
from askdoc.assistant.reading.steps import steps_said
from askdoc.language.word_list import Hit, overlapping

# What the denial of a fact says: not signed up, not referred, not filed.
_OPPOSITE: Mapping[tuple[str, str], str | bool] = {
    ("contracted", "true"): False,
    ("referral", "referred"): "not_referred",
    ("filed", "temporary"): "none",
    ("filed", "long_term"): "none",
}
_NOT_DONE = re.compile(r"(?:没有?|未|无)[^，。；、！？,;!?\n 是了]{0,5}$")
_NONE_BEHIND = re.compile(
    r"(?:单|手续|呢)?(?:都|也|还|一直|根本|压根|从来|今年)*没(?:有|办|签|开|做|弄|来得及)*(?:过"
    r"|呢)?"
    r"(?=[，。； ,;]|$)"
)
_OF_PLACE = ("tier", "institution")
# Admitted through the emergency room is a stay.
_ADMITTED = {"inpatient", "emergency"}
# Behind these a tier is where one might go; with another tier said, the visit was there.
_GOING = re.compile(r"(?:去|到|换|改|转|那|at (?:the |a )?|at)(?:去|到)?$")
# Where a doctor works says less of the visit than any other word for it.
_DOCTOR = re.compile(
    r"(?:社区|卫生院|村里?|乡镇?|乡村|基层|二级|三级)[^，。 ,]{0,5}(?:医生|大夫|医师)"
)
# Before or after a stay is another visit: 出院以后看门诊.
_BESIDE_STAY = re.compile(
    r"(?:出院|入院|住院|手术|开刀)(?:之|以)?[前后](?!结|一共|总|共|账|花|付)"
    r"|(?:before|after|since) (?:the |my |her |his )?(?:discharge|admission|hospital stay|stay)"
)
# A grade of something else than a hospital: 心功能三级, 高血压二级.
_GRADED = re.compile(
    r"(?:心功能|nyha|高血压|血压|肾病|ckd|病变|护理|伤残|残疾|失能|疼痛|分化|烧伤|褥疮|压疮|痛风|贫血)"
    r"(?:分级|分期|属于|属|为|是|在|到|：|:|,|，| )*$"
)
# Adjectives of illness, where a hospital would have its noun: primary hypertension.
_OF_ILLNESS = re.compile(
    r" (?:hyper\w+|hypo\w+|liver|biliary|immun\w+|insomnia|infection|prevention|tumou?r|cancer"
    r"|\w+(?:itis|osis|emia|aemia|oma|ism|uria|ension|pathy|penia))\b"
)
_BARE_GRADE = re.compile(r"[一二三123]级")
# Whose deductible or limit is spoken of says less of the visit than any other word for it.
_OF_YEAR = re.compile(
    r"(?:普通门诊|门诊|住院)(?=(?:的|统筹|年度)?(?:起付|门槛|限额|额度|封顶))"
    r"|(?:in-?patient|out-?patient)(?= (?:deductible|threshold|cap|ceiling|limit))"
)
# The 二 of 七百二甲类 belongs to the amount.
_IN_AMOUNT = re.compile(r"[一二两三四五六七八九1-9][百千万][二三]$")
# Who sent the patient on is not where the visit was: 村医让我转上来的.
_SENT_ON = re.compile(
    r"(?:服务中心|服务站|医院|医生|大夫|那边|那里|里)?(?:先|已经|都|也|帮我?|给我?|替我?)*"
    r"(?:(?:开|办|出|写|做)(?:了|过|好|完)*(?:一?[张个份])?转诊|转(?:诊)?(?:上|过)(?:来|去))"
    r"|(?:转诊|转院)(?:单|手续)?(?=[，。；、,; 就的了过也都，]|$)"
)
# Poverty in words that do not say which kind was recognised: each has rules of its own.
_POOR = re.compile(
    r"(?:低收入|贫困|(?<!支出型)困难)(?:家庭|户|群众|人口|人员|人群|对象|群体)"
    r"|低收入(?=的?[，。；,; ])|建档立卡(?:户|贫困户|人员)?"
)
_PRIMARY = Fact("tier", "primary", "said", "self")
_POOR_KINDS = ("low_income", "near_low_income", "at_risk", "poverty_by_illness")
# Who works or lives there is no place of care: 社区干部说, 街道社区开的证明.
_NO_CARE = re.compile(
    r"(?:社区|街道|村里|乡镇|基层)(?:的|里的|里)?(?:干部|工作人员|书记|主任(?!医)|网格|居委|大妈"
    r"|阿姨|志愿者|民警|社工|专干"
    r"|联络员|窗口|事务|受理|邻居|老年人?活动|食堂|微信群|群里|通知|公告|公示|救助|开(?:的"
    r"|了)?证明|证明|认定|评(?:的|上|定))"
)
# A place that somebody will not go to: 大医院不肯去, 不愿意去三甲.
_WILL_NOT = (
    r"(?:不肯|不愿意?|不想|不敢|不乐意|不爱|不喜欢|懒得|死活不|打死不|坚决不|从来不|从不"
    r"|说什么(?:也|都)不|舍不得)"
)
_UNWANTED_BEHIND = re.compile(
    rf"(?:医院|那边|的|他|她|我|也|就|都|死活|总|老|又|是)*{_WILL_NOT}(?:去|看|跑|上|住|挤|进|排)"
)
_UNWANTED_BEFORE = re.compile(
    rf"{_WILL_NOT}(?:去|到|跑|上|看|住|进|挤)*(?:那种|那些|什么|那么大的)?$"
)
# Where somebody goes as a rule gives way to where the visit in question is.
_AS_A_RULE = re.compile(
    r"(?:平时|平常|平日里?|往常|往年|从前|以往)(?:都|就|只|也|总|一直|是|在"
    r"|去)*[^，。；！？,;!?\n]*"
)
# Whoever else is named, these turn back to the one who speaks.
_BACK_TO_ME = re.compile(
    r"我那[个张次笔]|我的那[个张次笔]|那我(?=呢|自己|要|的)"
    r"|(?:回到|[说讲换看][回返]|回头[讲说看]|轮到|换|再[看讲说])我"
    r"(?=自己|这|那|呢|的(?!\S{0,1}[妈爸])|[，。,？?]|$)|back to me"
)
# Who tells of somebody else only to set oneself apart: 签约的是我老公，我没签.
_NOT_ME = re.compile(
    r"的(?:人|那个)?(?:其实)?是(?:我|俺)?[^，。；,; ]{1,4}[，。；,; ]+(?:不是我[，, ]*)?"
    r"(?:我|俺)(?:自己|本人|可|并|倒|是|还|根本|压根)*(?:没|未|不)"
    r"|签(?:约)?(?:了|的|过)*[，。；,; ]+(?:我|俺)(?:自己|本人|可|并|倒|是|还|压根)*(?:没|未)签"
)
_UNSIGNED = re.compile(
    r"(?:没有?|未)签[^，。 ,]{0,4}(?:家庭医生|家医)"
    r"|(?<!签)(?:没有?|未)签(?:过|上)?(?=[的呢啊呀吧，。；、,; ]|$)"
    r"|签约[^，。,快要没]{0,3}(?:断|过期|到期|失效)(?:了|掉|脱)"
    r"|(?:忘了?|忘记|没)[^，。, ]{0,3}续(?:签|约)|\bunsigned\b"
)
_HEARD_FROM = re.compile(
    r"(?:跟|和|与|听|据|问|告诉|像|比)[了过下]?(?:一下)?(?:我|我的|那个|几个|老|些)*$"
    r"|from (?:a |my )?$"
)
_ASKED_OF = re.compile(r"(?:问|打电话给|打给)[了过下]*(?:一下|一声)?(?:我|我的|俺)?$")
_THEN_TOLD = re.compile(r"了?[，, ]?(?:他|她|伊)?(?:说|讲|告诉我)")
# Whoever is done with is no longer meant: 先不说我妈了, 我妈的晓得了.
_DONE_BEFORE = re.compile(r"(?:不说|不管|不提|不问|不看|不算|别管|撇开|除了)$")
_DONE_BEHIND = re.compile(
    r"的?(?:事|单子|那[张个份])?(?:我|都|已经)*(?:晓得|知道|明白|清楚|懂|算好|算过|问好|问完"
    r"|搞清)了?"
)
# Who only came along is not meant: 我儿子陪我去的, my daughter drove me.
_COMPANION = re.compile(
    r"(?:也|就|都|在|正|一直|今天|昨天|开车)*(?:跟着(?!我的)|陪着?(?:我|去|来|呢|的|过)|送我"
    r"|带我|开车送我|扶着?我|领着?我)"
    r"| (?:is|was|came|went) (?:along )?with me| (?:drove|took|accompanied|brought) me"
)
_HEARD = re.compile(
    r"们|(?:都|刚刚?|刚才|才|也|又|还|之前|昨天|今天)*"
    r"(?:说|讲|告诉|聊|介绍|推荐|提醒|建议|问)| (?:says|said|told)"
)
_REMINDED = re.compile(r"(?:刚刚?|刚才|才|也|又|还|之前|昨天|今天|就)*提醒(?:了?我|我们|了)")


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
    for beside in (_BESIDE_STAY, _OF_YEAR, _AS_A_RULE):
        introduced += [found.span() for found in beside.finditer(masked)]
    hits = [*overlapping(lexicon.facts, masked), *stays_said(masked)]
    hits += [*steps_said(masked), *filings_said(masked)]
    hits = [one for one in hits if not _is_grade_of_illness(one, masked)]
    hits = [one for one in hits if not _IN_AMOUNT.search(masked[: one.start + 1])]
    hits = [one for one in hits if not _is_somebody_else(one.word, subject, lexicon)]
    people = [found.span() for found in _NO_CARE.finditer(masked)]
    hits = [one for one in hits if not ("tier" in one.meaning and _in(one, people))]
    for hit in hits:
        if is_denied(masked[: hit.start], hit.word) or _is_undone(hit, masked):
            denied.append(hit.word)
            refused |= _opposite(hit, masked, subject)
        elif is_taken_back(hit, masked) or _is_unwanted(hit, masked):
            denied.append(hit.word)
        elif not is_wondered(masked[hit.end :]):
            sent_on = "tier" in hit.meaning and _SENT_ON.match(masked, hit.end)
            for name, value in hit.meaning.items():
                if not (sent_on and name in _OF_PLACE):
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
    poor = _POOR.search(masked)
    if poor and "group" not in facts and not is_denied(masked[: poor.start()], poor[0]):
        conflicts["group"] = _POOR_KINDS
    if "tier" in conflicts or facts.get("tier", _PRIMARY).value != "primary":
        facts.pop("institution", None)
    named = [
        hit.meaning["institution"]
        for hit in hits
        if "institution" in hit.meaning and not _SENT_ON.match(masked, hit.end)
    ]
    words = {fact.words for fact in facts.values()}
    apart = said_both_ways(masked)
    conflicts |= apart
    facts = {name: fact for name, fact in facts.items() if name not in apart}
    return FactsSaid(
        facts,
        {name: all_ for name, all_ in conflicts.items() if name in apart or name not in refused},
        tuple(sorted(going)),
        tuple(word for word in dict.fromkeys(denied) if word not in words),
        tuple(dict.fromkeys(named)),
    )


def _is_grade_of_illness(hit: Hit[Mapping[str, str]], masked: str) -> bool:
    """Whether a bare grade stands behind an illness: 心功能三级."""
    if "tier" not in hit.meaning:
        return False
    bare = _BARE_GRADE.fullmatch(hit.word)
    graded = bare and _GRADED.search(masked[: hit.start])
    return bool(graded or _OF_ILLNESS.match(masked, hit.end))


def _is_unwanted(hit: Hit[Mapping[str, str]], masked: str) -> bool:
    """Whether a word names a place that somebody will not go to."""
    return "tier" in hit.meaning and bool(
        _UNWANTED_BEHIND.match(masked, hit.end) or _UNWANTED_BEFORE.search(masked[: hit.start])
    )


def _is_somebody_else(word: str, subject: Subject, lexicon: Lexicon) -> bool:
    """Whether a word names another person than the one spoken of: 我老公 … 接孩子."""
    named = {hit.meaning for hit in lexicon.subjects.find(word)}
    return bool(named) and subject not in (*named, "self", "parent")


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
        and not _is_done_with(masked, hit)
    ]
    if _BACK_TO_ME.search(masked) or _NOT_ME.search(masked):
        return ("self",)
    return tuple(dict.fromkeys(hit.meaning for hit in hits))


def _is_done_with(masked: str, hit: Hit[Subject]) -> bool:
    """Whether a message turns away from somebody, or only asked them."""
    before = masked[: hit.start]
    asked = _ASKED_OF.search(before) and _THEN_TOLD.match(masked[hit.end :])
    along = hit.meaning != "self" and _COMPANION.match(masked, hit.end)
    return bool(
        asked or along or _DONE_BEFORE.search(before) or _DONE_BEHIND.match(masked[hit.end :])
    )


def hearsay_spans(masked: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where it is said who told something: 姐姐刚提醒我 asks nobody for a reminder."""
    for hit in lexicon.subjects.find(masked):
        if hit.meaning != "self" and (told := _REMINDED.match(masked, hit.end)):
            yield hit.start, told.end()


def _is_hearsay(masked: str, hit: Hit[Subject]) -> bool:
    """Whether a friend or colleague is only whom one talked with or heard it from."""
    return bool(
        _HEARD_FROM.search(masked[: hit.start]) or _HEARD.match(masked[hit.end : hit.end + 6])
    )
