"""An amount that was corrected in the same breath: only the one that holds is left.

"1600，哦不对，1800", "看成了800，其实是8000", "五千出头吧，看了下，5200". What a reader would not
guess: an exact amount is only given up where it is called wrong or a first thought, since "花了
3000，看了下，2000是乙类" tells of two.
"""

import re

from askdoc.assistant.reading.spoken_numbers import NUMBER, ONES, UNIT

_GAP = r"[ ,，.。…;；!~—-]*"
_SIGH = r"(?:[哦噢喔啊呃诶哎唉呀嗯]+[ ,，.…]*)?"
_WHO = r"(?:我|俺|他|她|伊|咱)?"
# Several hundred, five thousand odd.
_VAGUE = (
    rf"(?:[{ONES}零百千万]*几[十百千万]*{UNIT}"
    rf"|{NUMBER}(?:(?:来|多|余|几){UNIT}|{UNIT}(?:出头|左右|上下|不到|(?:的)?样子|的光景|往上"
    rf"|往下)))"
)
_PARTICLE = r"(?:的|了|吧|呢|嘛|来着|哈|啊|呀|样子)*"
# What was seen, heard or remembered at first.
_AT_FIRST = (
    rf"{_WHO}(?:(?:一?开始|起初|最初|刚才|刚刚|刚|先前|早先|之前|原来|原先|原本|本来|头一眼"
    rf"|第一眼|乍一看)"
    rf"(?:还|就|都|把它)*)?{_WHO}"
    r"(?:(?:看|记|听|说|写|打|报|算|数|当|念|输)(?:成|错成|岔成|作|做)(?:了|是)*"
    r"|(?:一直)?(?:还)?(?:以为|当是|记得|记着|印象中?里?|恍惚|好像|大概|大约|约莫|估计|估摸着?"
    r"|差不多)"
    r"(?:是|说|有|要|就|花了?|一共|总共)*)"
)
_AT_FIRST_EN = (
    r"(?:\bi (?:first |had |just )?(?:thought|remembered|misread|read|misheard|heard|wrote|typed)"
    r"|\blooked like|\bat first)(?: it| that)?(?: as| was| is| said| to be)* "
)
_LOOKED = (
    r"(?:我|俺|让我|等我|容我|等等|等一?下|稍等|哦|嗯)*[ ,，]*(?:再|又|刚|刚才|回头|仔细|现在"
    r"|特意|重新|这会儿|后来|去)*"
    r"(?:看|瞄|瞅|瞧|睇|翻|查|核对?|数|算|确认|对)(?:了|过|着|看|一?[眼下遍回次]|清楚|仔细|准"
    r"|出来)*"
    r"(?:那?张?(?:单子|发票|账单|小票|收据|明细|手机|票据|清单))?(?:上)?(?:写的|写着|显示)?"
    r"(?:才)?(?:知道|发现|看清)?(?:了)?(?:啊|哈|哦|呀|吧)*"
)
_INDEED = r"(?:其实|实际上?|应该|准确(?:地|的)?说?|确切(?:地|的)?说?|原来|结果|真正|明明|事实上)"
_WRONG = (
    r"(?:不对|不不+|错了|(?:说|讲|写|打|搞|记|看|算|数|念|输|报)(?:错|漏|岔)了?|(?:少|多"
    r"|漏)(?:看|写|打|说|数|输)了?"
    r"(?:一)?个零|更正|口误"
    r"|(?<=[哦噢喔啊呃诶哎唉])[ ,，]*不是?(?=[ ,，])"
    r"|\b(?:no wait|no,|wait,? no|wait|sorry|i mean|correction|make that|scratch that"
    r"|strike that|rather)\b)"
)
_HOLDS = (
    rf"(?:{_INDEED}|才|就|却)*(?:是|为|系)?(?:it(?:'s| is| was)|that(?:'s| is))?(?: actually"
    rf"| really)*"
)
_ALONE = r"(?<![0-9.,一二两三四五六七八九十百千万])"
_NAME = r"(?:甲类|乙类|丙类|自费|目录外|谈判药|国谈药|总共|一共|总费用|总额|合计)"
_TAKEN_BACK = (
    # Called wrong.
    re.compile(
        rf"(?<=..)(?:{_AT_FIRST}|{_AT_FIRST_EN}|{_ALONE}){_ALONE}(?:{_VAGUE}|{NUMBER}{UNIT})"
        rf"{_PARTICLE}{_GAP}{_SIGH}{_WRONG}{_GAP}{_SIGH}(?:{_LOOKED}{_GAP})?{_HOLDS} ?(?={NUMBER})",
        re.I,
    ),
    # A first thought, or so much only about, and then what it is.
    re.compile(
        rf"(?<=..)(?:(?:{_AT_FIRST})(?:{_VAGUE}|{NUMBER}{UNIT})|{_ALONE}{_VAGUE})"
        rf"{_PARTICLE}{_GAP}{_SIGH}"
        rf"(?:{_LOOKED}{_GAP}{_HOLDS}|(?:{_LOOKED}{_GAP})?{_INDEED}(?:是|为|系)?) ?(?={NUMBER})"
    ),
    re.compile(
        rf"(?<=..){_AT_FIRST_EN}{NUMBER}{UNIT}[ ,.;—-]*(?:but |and )*"
        rf"(?:it(?:'s| is| was)|that(?:'s| is)|actually)(?: actually| really"
        rf"| in fact)* (?={NUMBER})",
        re.I,
    ),
    re.compile(
        rf"(?:{_AT_FIRST})(?P<name>{_NAME})(?:是"
        rf"|有)?{NUMBER}{UNIT}{_GAP}{_INDEED}(?:是)?(?=(?P=name))"
    ),
)
_PART = rf"{_NAME}(?:药品?|的|部分|项目|那块|这块)*"
# A part that is said again behind a word for a mistake: 乙类1000，…不对，乙类是1500.
_SAID_AGAIN = re.compile(
    rf"(?P<name>{_NAME})(?:药品?|的|部分|费|钱|是|为|有|花了)*{NUMBER}{UNIT}"
    rf"(?P<between>[^!?；;]{{0,24}}?){_SIGH}{_WRONG}{_GAP}{_SIGH}(?={_INDEED}?(?P=name))"
)
# A part and what it costs in a clause of its own: 有个谈判药，600块.
_PRICED = re.compile(
    r"(有一?[个种盒支瓶样些只款][^，。；,;?]{0,6}?(?:甲类药?|乙类药?|自费药?|谈判药|国谈药"
    r"|目录外药?的?(?:东西|项目)?))"
    rf"[ ，,]+(?:要|是|价格|一共|总共|花了?)*(?={NUMBER}(?:块|元|[，。,; ]))"
)
_HESITATES = (
    r"(?:让我|等我|容我|我|俺)?(?:再)?(?:看看|想想|看一?下|想一?下|找找|数数|算算|看"
    r"|瞄一?眼)(?:啊|哈|哦|呀)?"
)
# A part, a pause, and then its amount: 乙类嘛，800; 自费的……我看看，300.
_LEFT_HANGING = re.compile(
    rf"(?<!没有)(?<!没)(?<!无)({_PART})(?:(?:的话|嘛|么|呢|吧|哈)[ ,，.…]*|[ ,，]*\.{{2,}}[ ,，]*)"
    rf"(?:{_HESITATES}[ ,，.…]*)?(?:是|为|有)?(?={NUMBER})"
    rf"|(?<!没有)(?<!没)(?<!无)({_PART})[ ,，]+{_HESITATES}[ ,，.…]*(?:是|为|有)?(?={NUMBER})"
)


def without_first_thoughts(text: str) -> str:
    """The message without amounts that were corrected, each part beside its amount."""
    for pattern in _TAKEN_BACK:
        text = pattern.sub("", text)
    text = _SAID_AGAIN.sub(lambda found: found["between"], text)
    text = _PRICED.sub(r"\1", text)
    return _LEFT_HANGING.sub(lambda found: found[1] or found[2], text)
