"""Whether a word is said, denied, or only asked about: 退休, 没有退休, 是不是退休.

Denial reaches a few letters ahead (不是上海的职工), but not over a comma nor over another 是.
"""

import re

from askdoc.language.word_list import Hit

_DENIED = re.compile(
    r"(?:(?<!是)(?:不是|并非|不算|不属于)|\bnot\b|n't\b)[^，。；！？,;!?\n是]{0,6}$"
    r"|(?<![是有差])(?:没有?|还没|未|非|不)(?:在|去|到|再)?$"
    r"|(?<![是有])没有?(?:和|跟|与|同|让|叫|请|找|给|去)[^，。；！？,;!?\n ]{0,8}$"
    r"|\b(?:not|isn't|n't|never|without|no)\b(?: \w+){0,2} ?(?:a |any |been )?$"
)
_LACKS = re.compile(
    r"(?:没有?|未|无|非|从没|从未|从来没有?|不是|并非|不算|谈不上|算不上|哪有|哪来的?|哪里有|又没有?|排除|否认|不合并|不伴)(?:被|曾|患)?(?:诊断|确诊|查出|得|患|合并|发现"
    r"|说)?(?:过|出|有|为|是)?[^，。；！？,;!?\n]{0,2}$"
    r"|\b(?:no|not|never|without|isn't|hasn't|haven't|don't have)(?: \w+){0,3} $"
)
_LACKED_BEHIND = re.compile(
    r"^(?:病|症|史|病史)?(?:倒是?|却|我|他|她|也|都|是|可|这个|自己|本身|压根|根本|肯定)*"
    r"(?:没有|没得|没|无|不是|冇|莫得)(?=[过的啊呀，。；、！？,.;!?\s]|$)"
)
_IF = re.compile(r"(?:要是|如果是|若是|假如是|可能|还是)$")
_WONDERED = re.compile(
    r"(?:是否|是不是要|是不是|有没有|有无|要不要|需不需要|需要|用不用|能不能)(?:在|去|到|办)?$"
)
_ASKED_BEHIND = re.compile(r"\s*(?:吗|多少|几)")
_DENIAL_BEGINS = ("没", "未", "不")


def lacks(before: str) -> bool:
    """Whether a disease is denied by what stands in front of it: 从没诊断过, 排除, not."""
    return bool(_LACKS.search(before))


def is_lacking(hit: Hit[str], text: str) -> bool:
    """Whether a disease is denied by what stands around it: 高血压倒是没有."""
    return lacks(text[: hit.start]) or bool(_LACKED_BEHIND.match(text[hit.end :]))


def is_denied(before: str, word: str) -> bool:
    """Whether `word` is denied or only asked about by what stands in front of it."""
    if word.startswith(_DENIAL_BEGINS):
        return before.endswith(("有", "是", "要", "能")) and not _IF.search(before)
    return bool(_DENIED.search(before) or _WONDERED.search(before))


def is_refused(before: str, word: str) -> bool:
    """Whether `word` is denied outright, not only asked about."""
    return is_denied(before, word) and not _WONDERED.search(before)


def is_wondered(behind: str) -> bool:
    """Whether what stands behind a word makes it a question: 自费吗, 自费多少."""
    return bool(_ASKED_BEHIND.match(behind))
