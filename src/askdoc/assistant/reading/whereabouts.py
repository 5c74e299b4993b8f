"""Where the person is insured and where the care is, as far as the text says.

What a reader would not guess: the names of big places whose rules are not recorded are known
too, so that care there is never computed as care at home.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.negation import is_denied
from askdoc.language.word_list import Hit, WordList

ELSEWHERE = "elsewhere"
_CARE_WORDS = r"医院|看病|看医生|住院|就医|就诊|门诊|急诊|治疗|开刀|手术"
_AWAY = re.compile(
    r"(?:在|去|到|来|\bat |(?:hospitali[sz]ed|treated|admitted|hospital|doctor|care|bill) in )$"
)
# Whoever goes somewhere for one of these comes back; 到上海上班 is where somebody lives.
_GOING = re.compile(r"(?:去|到|来|往|飞|\b(?:go|going|fly|flying|travel|travell?ing|trip) to )$")
_FOR_A_WHILE = re.compile(
    r"(?:[^，。；、,;!?！？\n参]{0,4}?(?:复查|复诊|检查|体检|化疗|放疗|透析|求医|专家|教授)"
    r"|\s+(?:for (?:an? |my |the )?(?:operation|surgery|check-?up|treatment|scan)|to see a ))"
)
_STAYING = re.compile(r"(?:在|去|到|来)$")
_TRIP = re.compile(r"(?:那边|那儿)?(?:旅游|旅行|出差|探亲|度假|玩)")
_CARE = re.compile(rf"^(?:[^，。；、,;!?！？\n参]{{0,10}}?(?:{_CARE_WORDS})|医院)")
# Behind a city these say where somebody comes from or is insured, not where the care was.
_ORIGIN = re.compile(
    r"人|户口|户籍|籍|市?(?:的)?(?:职工|居民|医保|社保|参保|户)|\s*(?:resident|insur)"
)
# Behind or before a place without recorded rules: who somebody is, not where the care was.
_FROM_THERE = re.compile(
    r"(?:的|来的|过来的?|那边的?)?(?:家庭(?!医生|病床)|学生|同胞|姑娘|小伙|媳妇|夫妻|夫妇|同乡"
    r"|老乡|户|籍|游客|员工|老师|男生|女生)"
    r"|(?:嫁|考|搬|过)?来的(?!医|大夫|专家|教授|药)|出生|长大|毕业"
    r"|\s*(?:native|famil|student|people|couple)"
)
# Where somebody calls, writes or comes from tells of no care and no insurance.
_CALLS = re.compile(
    r"(?:那边|那头|老家)?(?:[打拨](?:了|个|来|过来|长途)*(?:电话|视频|微信)|来(?:电|的?电话|的?信)"
    r"|发(?:了|来|个)*(?:微信|消息|短信|视频)"
    r"|寄(?:了|来|过来|点|给)|捎|飞(?:了|来|过来|回来)|(?:赶|坐[^，。]{0,4}|开车|跑)(?:过来|回来"
    r"|来)(?!看|住|治|做|就))"
    r"|\s*(?:called|phoned|rang|flew in|is calling|texted)\b"
)
_BORN = re.compile(
    r"(?:老家是?|出身|籍贯是?|\b(?:come|comes|came|originally|am|is|are|we're|i'm) from) ?$"
)
# Of two cities, the one with an insurance behind it is the home, and one that somebody came to
# live in is not.
_INSURED = re.compile(
    r"(?:市|那边|本地|当地)?的?(?:在职|退休|老年|成年|少儿)?的?(?:职工|居民|医保|社保|参保|职保"
    r"|城乡)"
)
_COME_TO = re.compile(r"(?:来|去|到|搬)(?:了|到|来|去)?$")
_TO_LIVE = re.compile(
    r"市?(?:来|去)?(?:[跟和同与陪][^，。；,;]{1,4})?(?:长期|一起|一块)?(?:住(?!院)|生活|养老|带"
    r"|定居|居住|过)"
)
# A numeral that a place cannot follow: 三成都不给 is a share.
_COUNTED = re.compile(r"[0-9一二两三四五六七八九十几]$")
_SHARE = "成"
# Two cities in one breath are two homes: 上海和杭州各是多少.
_JOINED = re.compile(r"(?:市)?(?:和|与|跟|同|、|还是|或者?| or | and )")
# Care away by the place that a hospital is in: 外地三甲, 外省的医院, "a hospital elsewhere".
_HOSPITAL_AWAY = re.compile(
    r"(?:外地|外省市?|外市|省外|市外|异地|他乡|他省)(?:的)?(?=[一二三123]级|[二三][甲乙]|大?医院"
    r"|就[医诊]|看[病门诊]|门诊|急诊"
    r"|住(?!了?\S{0,2}年)|治|开刀|手术)"
    r"|\b(?:hospitals?|stays?|visits?|admissions?|care|treat(?:ed|ment)) (?:elsewhere|away)\b"
    r"|\b(?:another|other|different) (?:province|city)\b|\bout of (?:town|province)\b"
)
_TREATED_IN = re.compile(r"(?:hospitali[sz]ed|treated|admitted|hospital|doctor|care|bill) in $")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Region paths; `place` may be ELSEWHERE. `unrecorded` names a home without rules here.

    `rivals` are regions that were both said as the home.
    """

    region: str | None = None
    place: str | None = None
    unrecorded: str | None = None
    rivals: tuple[str, ...] = ()


def read_whereabouts(masked: str, words: WordList[str], lexicon: Lexicon) -> Whereabouts:
    """Home and place of care; a place without a home stays a place."""
    known = [hit for hit in words.find(masked) if not is_denied(masked[: hit.start], hit.word)]
    strange = [
        hit
        for hit in lexicon.elsewhere.find(masked)
        if not is_denied(masked[: hit.start], hit.word)
        and not _is_counted(masked, hit)
        and not _CALLS.match(masked, hit.end)
        and not any(hit.start < one.end and one.start < hit.end for one in known)
    ]
    listed = {
        second
        for first, second in pairwise(known)
        if _JOINED.fullmatch(masked[first.end : second.start])
    }
    away = [
        hit
        for hit in known
        if hit not in listed
        # 上海职工和杭州职工: where each is insured, whatever comes behind it.
        and (not _INSURED.match(masked, hit.end) or _AWAY.search(masked[: hit.start]))
        and _is_place(masked, hit, hit is not known[0])
    ]
    home = _without_moved_to([hit for hit in known if hit not in away], masked)
    far = [
        hit
        for hit in strange
        if hit.meaning == "away"
        or (_is_place(masked, hit, bool(known)) and not _is_origin(masked, hit))
        or (known and not _ORIGIN.match(masked[hit.end :]) and not _is_origin(masked, hit))
    ]
    paths = tuple(dict.fromkeys(hit.meaning for hit in home))
    deepest = max(paths, key=len, default=None)
    if deepest is not None and not all(f"{deepest}/".startswith(f"{one}/") for one in paths):
        return Whereabouts(rivals=paths)
    others = [hit.meaning for hit in away if hit.meaning != deepest]
    abroad = far or _HOSPITAL_AWAY.search(masked)
    place = others[0] if others else (ELSEWHERE if abroad else None)
    unrecorded = next((hit.word for hit in strange if hit not in far), None)
    if deepest is not None:
        unrecorded = None
    if deepest is None and away:
        place = away[0].meaning
    return Whereabouts(deepest, place, unrecorded)


def _without_moved_to(home: list[Hit[str]], masked: str) -> list[Hit[str]]:
    """The cities that may be the home, without those moved to where another has the insurance."""
    insured = {hit.meaning for hit in home if _INSURED.match(masked, hit.end)}
    if not insured:
        return home
    return [
        hit
        for hit in home
        if hit.meaning in insured
        or not (_COME_TO.search(masked[: hit.start]) and _TO_LIVE.match(masked, hit.end))
    ]


def _is_place(masked: str, hit: Hit[str], another_home: bool) -> bool:
    before, behind = masked[: hit.start], masked[hit.end :]
    if _TREATED_IN.search(before):
        return True
    if _GOING.search(before) and _FOR_A_WHILE.match(behind):
        return True
    if _STAYING.search(before) and _TRIP.match(behind):
        return True
    return bool(_CARE.search(behind)) and (another_home or bool(_AWAY.search(before)))


def _is_origin(masked: str, hit: Hit[str]) -> bool:
    """Whether somebody comes from a place: 香港学生, 四川来的, "we come from Hong Kong"."""
    return bool(_FROM_THERE.match(masked, hit.end) or _BORN.search(masked[: hit.start]))


def _is_counted(masked: str, hit: Hit[str]) -> bool:
    return hit.word.startswith(_SHARE) and bool(_COUNTED.search(masked[: hit.start]))
