"""Where the person is insured and where the care is, as far as the text says.

What a reader would not guess: the names of big places whose rules are not recorded are known
too, so that care there is never computed as care at home.
"""

import re
from dataclasses import dataclass

from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.negation import is_denied
from askdoc.language.word_list import Hit, WordList

ELSEWHERE = "elsewhere"
_CARE_WORDS = r"医院|看病|看医生|住院|就医|就诊|门诊|急诊|治疗|开刀|手术"
_AWAY = re.compile(
    r"(?:在|去|到|来|\bat |(?:hospitali[sz]ed|treated|admitted|hospital|doctor|care|bill) in )$"
)
_CARE = re.compile(rf"^(?:[^，。；、,;!?！？\n参]{{0,10}}?(?:{_CARE_WORDS})|医院)")
# Behind a city these say where somebody comes from or is insured, not where the care was.
_ORIGIN = re.compile(
    r"人|户口|户籍|籍|市?(?:的)?(?:职工|居民|医保|社保|参保|户)|\s*(?:resident|insur)"
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
        and not any(hit.start < one.end and one.start < hit.end for one in known)
    ]
    away = [hit for hit in known if _is_place(masked, hit, hit is not known[0])]
    home = [hit for hit in known if hit not in away]
    far = [
        hit
        for hit in strange
        if hit.meaning == "away"
        or _is_place(masked, hit, bool(known))
        or (known and not _ORIGIN.match(masked[hit.end :]))
    ]
    paths = tuple(dict.fromkeys(hit.meaning for hit in home))
    deepest = max(paths, key=len, default=None)
    if deepest is not None and not all(f"{deepest}/".startswith(f"{one}/") for one in paths):
        return Whereabouts(rivals=paths)
    others = [hit.meaning for hit in away if hit.meaning != deepest]
    place = others[0] if others else (ELSEWHERE if far else None)
    unrecorded = next((hit.word for hit in strange if hit not in far), None)
    if deepest is not None:
        unrecorded = None
    if deepest is None and away:
        place = away[0].meaning
    return Whereabouts(deepest, place, unrecorded)


def _is_place(masked: str, hit: Hit[str], another_home: bool) -> bool:
    before, behind = masked[: hit.start], masked[hit.end :]
    if _TREATED_IN.search(before):
        return True
    return bool(_CARE.search(behind)) and (another_home or bool(_AWAY.search(before)))
