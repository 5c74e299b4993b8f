"""A wish for a slot that the department tells: 下周想看心内科, 眼科有号吗, "see a cardiologist".

A department alone asks for nothing: what it prescribed and what a visit there cost is told with it.
"""

import re

from askdoc.assistant.reading.lexicon import Lexicon

_BEFORE = re.compile(
    r"(?:(?<![条签大节违制])约|挂|预约|排|抢)(?:一?个|一下|上|到)?[^，。！？,.!?]{0,6}$"
    r"|(?:想|要|得|打算|准备|能不能|能|可以)(?:去|来|再)?(?:找|看)(?:一下|一?个|下)?[^，。！？,.!?]{0,4}$"
    r"|\b(?:book|arrange|schedule|see|get)\b[^.?!]{0,25}$"
)
_BEHIND = re.compile(
    r"(?:的|专家|主任|门诊|科)*(?:[^，。！？,.!?]{0,4})(?:有没有|有|剩)(?:空|放)?(?:的)?号"
    r"|(?:的|专家|主任|门诊)*(?:的)?号(?:[^，。！？,.!?]{0,3})(?:有|还有|能约|能挂|约|挂)"
    r"|[^.?!]{0,15}\b(?:appointment|slot)"
)
# What was done is told, not asked for: 上周约了心内科, 看过骨科.
_DONE = re.compile(r"(?:约|挂|看)(?:了|过|到了|上了)|没(?:约|挂|看)|\b(?:booked|saw|seen)\b")


def wishes_slot(masked: str, lexicon: Lexicon) -> int:
    """How many letters of a masked text name the department that a slot is wished of; 0: none."""
    if _DONE.search(masked):
        return 0
    return max(
        (
            len(hit.word)
            for hit in lexicon.departments.find(masked)
            if _BEFORE.search(masked[: hit.start]) or _BEHIND.match(masked[hit.end :])
        ),
        default=0,
    )
