"""What a message says that speaks against cover, whatever the medicine.

No insurance, a driver who is liable, a cat for a patient, a disease that is only suspected or is
somebody else's. What a reader would not guess: each only takes certainty away; none makes a
medicine "not covered".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askdoc.assistant.reading.circumstances import denies_something, told_by_shape
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.negation import is_lacking, lacks
from askdoc.language.word_list import Hit

# Kinds that an established diagnosis of the person answers.
OF_DISEASE = ("suspected", "theirs", "unknown_disease")
# In front of or behind a disease, these leave it open whether there is one.
_OPEN_BEFORE = re.compile(
    r"(?:怀疑|疑似|像|担心自己有|等|疑为|可能|好像|似乎|像是|考虑|待排|担心|害怕|怕|不排除|以为|会不会|是不是|是否"
    r"|预防|防止|防|万一|如果|要是|假如)(?:是|为|有|得了?|患了?|自己|会|真)*[^，。；,;!？?！]{0,3}$"
    r"|\b(?:suspected?|suspects?|suspecting|maybe|might|may|possibly|possible|probably|perhaps"
    r"|prevent|preventing|afraid of|in case of|if i had)\b[^,.;?!]{0,18}$"
)
_OPEN_BEHIND = re.compile(
    r"^(?:病|症)?的?(?:检查|化验|检验|结果|报告|筛查|遗传|基因|倾向|先兆|前兆|边缘|早期信号)"
    r"|^(?:病|症)?[^，。；,;]{0,4}(?:待查|待排|待确诊|前期|家族史|风险|嫌疑|的可能|可能性)"
    r"|^[^,.;?!]{0,8}\b(?:risk|suspected|in the family)\b"
    r"|^(?:病|症)?(?:还|尚|也|仍|暂时?|目前|现在)*(?:没有?|未|不能|无法|不|难以?)(?:被|能|完全|彻底)*(?:排除|除外)"
    r"|^ (?:is |was |has )?(?:not |n't |never )(?:yet )?(?:been )?(?:ruled out|excluded)"
)
_OPEN_ANYWHERE = re.compile(
    r"[没未待尚](?:有|被|曾|正式|最后)?(?:确诊|确认|定论|下诊断|查清|查明|查实|查出来)|还没查|等(?:着)?确诊|等[^，。；,;]{0,8}(?:结果|报告)|再查|进一步查|进一步检查|家族史|遗传"
    r"|(?:isn't|is not|wasn't|not|hasn't been|yet to be)(?: \w+)? (?:confirmed|diagnosed)"
)
# What it is, nobody knows yet: no diagnosis that cover could rest on.
_STILL_LOOKED_FOR = re.compile(
    r"(?:没有?|未|冇)(?:有|被|曾|正式|最后|得到|一个)*(?:确诊|诊断|确定|查清|查明|查出(?:来|原因)|定论|下诊断)"
    r"|(?:检查|化验|结果|报告)(?:还|都|也|仲)?(?:在做|没做完|没出|未出|没有出|在等|在查|还没|没下来)"
    r"|(?:等|在等)(?:着)?(?:检查|化验|报告|病理)|查不出(?:来|原因|是)"
    r"|\b(?:not|no|never|isn't|hasn't been|without an?)(?: yet)?(?: been)? diagnos(?:ed|is)\b"
    r"|\bstill (?:being (?:tested|examined|looked)|waiting for (?:the )?(?:results|tests))"
)
_ASKS_OF_IT = re.compile(r"[?？吗]|怎么|多少|能不能|可不可以|报不|\b(?:how|can|what|does|is it)\b")
# A disease was told of somebody else, and the one who speaks wants the medicine.
_FOR_ME = re.compile(
    r"我(?:自己|本人)?(?:也|就|只|现在|倒是?|还|并|却)*(?:想|要|没|无|能|可以?|打算|准备|预先|提前|吃|用|打|拿|先|跟着|顺便|买|开)"
    r"(?!.{0,2}[给帮替为])(?!给|帮|替|为)|我自己|我本人"
    r"|\b(?:i don't|i do not|i haven't|i'd like|i want|for me|for myself|i myself|myself)\b"
)
_NAMES_DISEASE = re.compile(
    r"(?P<name>[\u3400-\u9fff]{1,6}?(?:病|症|炎|癌|瘤|癣|疹|疮|结石|综合征|变性|多囊|脚气|白内障|痔)"
    r"|(?<=治)[\u3400-\u9fff]{2,4}?(?=[，,。？? ]|能|可|医|报|给|走|$)|脚气|多囊|痔疮?)"
)
# Animals of which nobody is a patient: what is eaten, kept, walked, or a sign of the year.
_NO_ANIMAL = re.compile(
    r"[猪牛羊鸡](?:[肉汤排骨蛋腿翅爪杂血肝肚油奶皮柳腩尾面饭腱头毛绒年蹄胸架煲锅腰黄蒡眼癣])"
    r"|(?:[吃喝烧烤炸酥卤炖煮蒸宰杀属养黄蜗吹乌盐涮]|白斩|白切|口水|辣子|老母|烤全|宫保|大盘|肯德)"
    r"[猪牛羊鸡](?!的(?![，,。]|人|户)|病|[吃用打服])"
    r"|[遛溜撸逗]着?[狗猫]+|热狗|单身狗|累成狗|狗血|狗年|猫步|猫腻|夜猫子?|熊猫|猫眼|猫爪草"
    r"|狗皮膏药?|属[狗兔]|狗肉|兔肉"
)
# A name that was masked leaves blanks.
_BLANKED = "  "
_SENTENCE = re.compile(r"[。！？!?；;\n]|\. ")
_NO_DISEASE = re.compile(
    r"[看生养什么啥这那此该种个慢大老毛常两特急重]病|疾病|门诊|慢性?病|慢特病|病症|适应症|后遗症|急症|救急|病人|癌症|治疗|治病|病情|病历|生病|有病|得病|的病|患病|发病"
)


@dataclass(frozen=True, slots=True)
class AgainstCover:
    """Kinds of what speaks against cover; the diseases that are not established; unknown ones."""

    kinds: tuple[str, ...]
    open: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()


def read_against(
    masked: str, lexicon: Lexicon, diseases: Sequence[Hit[str]], persons: Sequence[str]
) -> AgainstCover:
    """What speaks against cover in a lower-case text without medicine names."""
    kinds = [
        hit.meaning
        for hit in lexicon.against.find(_NO_ANIMAL.sub(_blanks, masked))
        if not lacks(masked[: hit.start]) or hit.word.startswith(("没", "未", "无", "不"))
    ]
    kinds += told_by_shape(masked)
    held = [hit for hit in diseases if not is_lacking(hit, masked)]
    doubted = {hit.meaning for hit in held if _is_open(hit, masked)}
    if held and (_OPEN_ANYWHERE.search(masked) or doubted >= {hit.meaning for hit in held}):
        kinds.append("suspected")
        doubted = {hit.meaning for hit in held}
    if not held and _STILL_LOOKED_FOR.search(masked):
        kinds.append("suspected")
    if held and _is_theirs(held, masked, lexicon, persons):
        kinds.append("theirs")
        doubted = {hit.meaning for hit in held}
    if not kinds and any(map(denies_something, _to_the_point(_without(masked, diseases)))):
        kinds.append("unclear")
    unknown = tuple(_unknown(masked, diseases)) if not held else ()
    if unknown:
        kinds.append("unknown_disease")
    return AgainstCover(tuple(dict.fromkeys(kinds)), frozenset(doubted), unknown)


def _to_the_point(masked: str) -> list[str]:
    """The sentences in which the medicine stands: letters tell of much else beside it."""
    return [one for one in _SENTENCE.split(masked) if _BLANKED in one]


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without(masked: str, diseases: Sequence[Hit[str]]) -> str:
    """The text without diseases, and without the denial of those that are denied."""
    letters = list(masked)
    for hit in diseases:
        letters[hit.start : hit.end] = " " * (hit.end - hit.start)
        if is_lacking(hit, masked):
            start = masked.rfind("，", 0, hit.start) + 1
            letters[start : hit.end + 6] = " " * len(letters[start : hit.end + 6])
    return "".join(letters)


def _is_open(hit: Hit[str], masked: str) -> bool:
    before, behind = masked[: hit.start], masked[hit.end :]
    return bool(_OPEN_BEFORE.search(before) or _OPEN_BEHIND.match(behind))


def _is_theirs(
    held: Sequence[Hit[str]], masked: str, lexicon: Lexicon, persons: Sequence[str]
) -> bool:
    """Whether every disease stands behind another person, and the speaker wants the medicine."""
    others = [hit for hit in lexicon.subjects.find(masked) if hit.meaning != "self"]
    wants = [found.start() for found in _FOR_ME.finditer(masked)]
    if not others or not wants or "patient" in persons:
        return False
    return all(
        any(who.start < hit.start for who in others)
        and not any(other < hit.start for other in wants)
        and any(other > hit.start for other in wants)
        for hit in held
    )


def _unknown(masked: str, diseases: Sequence[Hit[str]]) -> Iterator[str]:
    """Names of diseases that no list holds, behind a word for having or treating one."""
    for found in _NAMES_DISEASE.finditer(masked):
        start, end = found.span("name")
        known = any(hit.start < end and start < hit.end for hit in diseases)
        named = end - start > 1
        if (
            named
            and not known
            and not _NO_DISEASE.search(found["name"])
            and not lacks(masked[:start])
        ):
            yield found["name"]


def only_tells_of_tests(reading: Reading) -> bool:
    """Whether a sentence only tells that a diagnosis is still looked for: 检查还在做，还没确诊."""
    text = reading.text.lower()
    named = reading.mentions or reading.figures or reading.amounts
    return not named and bool(_STILL_LOOKED_FOR.search(text)) and not _ASKS_OF_IT.search(text)
