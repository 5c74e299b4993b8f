"""Whether a word is said, denied, or only asked about: 退休, 没有退休, 是不是退休.

Denial reaches a few letters ahead (不是上海的职工), but not over a comma nor over another 是.
"""

import re
from typing import Any

from askdoc.language.word_list import Hit

_DENIED = re.compile(
    r"(?:(?<!是)(?:不是|并非|不算|不属于)|\bnot\b|n't\b)[^，。；！？,;!?\n是]{0,6}$"
    # 是不 and 有没 begin a question; 要是不住院 denies.
    r"|(?<![有差])(?<![^要若但可还就我他她你]是)(?:没有?|还没|未|非|不)(?:在|去|到|再|上|挂|进)?$"
    r"|(?<![是有])没有?(?:和|跟|与|同|让|叫|请|找|给|去)[^，。；！？,;!?\n ]{0,8}$"
    r"|\b(?:not|isn't|n't|never|without|no)\b(?: \w+){0,2} ?(?:a |any |been )?$"
)
_LACKS = re.compile(
    r"(?:没有?|未|无|非|从没|从未|从来没有?|不是|并非|不算|谈不上|算不上|哪有|哪来的?|哪里有|又没有?|排除|否认|不合并|不伴)(?:被|曾|患)?(?:诊断|确诊|查出|得|患|合并|发现"
    r"|说)?(?:过|出|有|为|是)?[^，。；！？,;!?\n]{0,2}$"
    r"|(?:除外|否定|误诊)(?:了|掉|为|成|是)?$"
    r"|(?:\b(?:rul(?:ed?|es|ing) out|exclud(?:ed?|es|ing)|negative for|free of)|\br/o)"
    r"(?: (?:a|any|the|my|his|her))?:? $"
    r"|\b(?:no|not|never|without|isn't|hasn't|haven't|don't have)(?: \w+){0,3} $"
)
_LACKED_BEHIND = re.compile(
    r"^(?:病|症|史|病史)?(?:倒是?|却|我|他|她|也|都|是|可|这个|自己|本身|压根|根本|肯定)*"
    r"(?:没有|没得|没|无|不是|冇|莫得)(?=[过的啊呀，。；、！？,.;!?\s]|$)"
)
# COPD已排除, COPD was ruled out; "排除其他原因" behind a disease excludes something else.
_EXCLUDED_BEHIND = re.compile(
    r"^(?:病|症)?(?:这个病|的?诊断|的?可能性?|医生|医院|检查|筛查|排查|检测|化验|结果|后来|现在|目前|最后|早就?|早早"
    r"|已经?|也|都|全|是|为|呈|被|给|可以?|能|基本上?|完全|暂时?|先|就|倒是?|我|他|她)*"
    r"(?:(?:排除|除外|否认|否定|不(?:再)?考虑)(?!其|别|另|继|了其|了别|了另|了继)|误诊|(?:依据|证据)不足|阴性|\([-－—]\))"
    r"|^,?(?: (?:is|was|has|have|had|were|been|already|now|since|just|finally|tests?|came|back))*"
    r" (?:ruled out|excluded|r/o|negative|unlikely)\b"
)
_IF = re.compile(r"(?:要是|如果是|若是|假如是|可能|还是)$")
_WONDERED = re.compile(
    r"(?:是否|是不是要|是不是|有没有|有无|要不要|需不需要|需要|用不用|能不能)(?:在|去|到|办)?$"
)
_ASKED_BEHIND = re.compile(r"\s*(?:吗|多少|几)")
# An alternative that was only thought of: 住院只是问问, 三级就不去了, 本来想去三甲.
_TAKEN_BACK = re.compile(
    r"(?:医院|的|那个|那边|那张|那次|这个|去|看|我|他|她)*(?:只是|只|就是|就|不过是?|是|也|随便|随口|先|打个)*"
    r"(?:问问|问一?[下声]|比方|假设|举例|举个例|例子|说说|说着玩|瞎说|瞎问|不算数?|不作数|不去|不看|不考虑|不提|不说"
    r"|算了|没去成?|没看成?|没住成?)(?:了|的|而已|罢了|吧|啦)*(?=$|[，。；,; ！!]|还是)"
    r"|(?: (?:hospital|visit|stay|one|bill|clinic|part))? (?:was|is|were) (?:just|only|merely)"
    r" (?:a question|a thought|asking|an example|hypothetical|supposed|to compare|for comparison)"
)
_TAKEN_BACK_BEFORE = re.compile(
    r"(?:本来|原来|原先|原本|起初|一开始)(?:是|我|他|她|都)*(?:说|想|打算|准备|以为|计划)"
    r"(?:是|要|去|到|住|看|在|了|个)*$"
    r"|\b(?:forget|never mind|ignore|scrap|drop|leave out)(?: about)?(?: the| a)? $"
)
# A name behind another name of the same: 没有COPD（慢阻肺）, no heart failure (心衰).
_GLOSSED = re.compile(
    r"([^，。；！？,;!?\n只是有但]{1,30}?) ?"
    r"(?:[(（\[]|也就是|也叫|又叫|也称|即|aka |i\.e\. |that is )"
    r" ?(?:也就是|也叫|又叫|即|aka |i\.e\. )?$"
)
_DENIAL_BEGINS = ("没", "未", "不")


def lacks(before: str) -> bool:
    """Whether a disease is denied by what stands in front of it: 从没诊断过, 排除, not."""
    return bool(_LACKS.search(before))


def is_lacking(hit: Hit[str], text: str) -> bool:
    """Whether a disease is denied by what stands around it: 高血压倒是没有, 高血压已排除."""
    before, behind = text[: hit.start], text[hit.end :]
    return (lacks(before) or _glosses_what_is_lacking(before)) or bool(
        _LACKED_BEHIND.match(behind) or _EXCLUDED_BEHIND.match(behind)
    )


def _glosses_what_is_lacking(before: str) -> bool:
    """Whether what stands in front is a denied name that is only said once more here."""
    glossed = _GLOSSED.search(before)
    return glossed is not None and any(
        lacks(before[:at]) for at in range(glossed.start(1), glossed.end(1))
    )


def is_denied(before: str, word: str) -> bool:
    """Whether `word` is denied or only asked about by what stands in front of it."""
    if word.startswith(_DENIAL_BEGINS):
        return before.endswith(("有", "是", "要", "能")) and not _IF.search(before)
    return bool(_DENIED.search(before) or _WONDERED.search(before))


def is_refused(before: str, word: str) -> bool:
    """Whether `word` is denied outright, not only asked about."""
    return is_denied(before, word) and not _WONDERED.search(before)


def is_taken_back(hit: Hit[Any], text: str) -> bool:
    """Whether what a word says was only thought of: 住院只是问问, 本来想去三甲."""
    return bool(_TAKEN_BACK.match(text, hit.end) or _TAKEN_BACK_BEFORE.search(text[: hit.start]))


def is_wondered(behind: str) -> bool:
    """Whether what stands behind a word makes it a question: 自费吗, 自费多少."""
    return bool(_ASKED_BEHIND.match(behind))
