"""What speaks against cover by the shape of a sentence: whose card, which insurance, bought where.

The lexicon lists whole words for the same kinds; these patterns join two words in a wording that
nobody listed. What a reader would not guess: a denial of anything that was not read leaves cover
open too, since it may be the very condition that cover hangs on.
"""

import re
from collections.abc import Iterator

_NOT = r"(?:没|未|冇|莫得|无)"
_RELATIVE = (
    r"(?:我|俺|咱)?[^，。；,;我自]{0,3}"
    r"(?:爸|妈|爹|娘|公|婆|哥|姐|弟|妹|友|事|居|儿|女|爷|奶|叔|姨|舅|伴|伯|别人|人家|他|她)"
)
_SHAPES = {
    "uninsured": (
        rf"{_NOT}(?:有|再|续|上|交|缴|买|参加?|办|入|任何|过|得|个|什么|城镇|居民|职工|的)*"
        r"(?:医保|社保|医疗保险)(?!卡|电子|码|目录|报|给|付|支付|部门|局|的?药)",
        rf"(?:{_NOT}|不)(?:有|再|去|能)?参保",
        r"(?:医保|社保)[^，。；,;报付]{0,4}(?:断|停|欠|过期|失效|暂停|注销|封存|没续)",
        r"\b(?:not|isn't|never|no longer|aren't) (?:yet )?(?:insured|enrolled)",
    ),
    "liable": (
        r"[撞摔砸烫咬打烧扭]伤|受伤|被[^，。；,;]{0,6}[撞打咬砸]|撞[了到]"
        r"|\b(?:crash(?:ed)?|injured|accident|assault(?:ed)?)\b",
    ),
    "elsewhere": (
        r"(?:拿|开|出示|搞|弄)(?:也|都)?不(?:出|了|到|来)[^，。；,;]{0,3}(?:处方|方子|药方)",
        r"(?:网|手机|平台|直播|群里|朋友圈|淘|app)[^，。；,;]{0,6}(?:买|购|下单|订)",
        r"(?:[托叫让请][^，。；,;]{1,8}|从[^，。；,;]{1,6})(?:寄|带|捎)(?:回|来|过来|的)",
        r"(?:不肯|不给|不愿意?|没给|没有?)(?:给我|我)?开[^，。；,;]{0,8}买|自己(?:掏钱|去|跑去|偷偷)?买",
        r"\b(?:bought|ordered|got|buy)\b[^.;?]{0,30}\b(?:online|abroad|overseas|internet)\b",
    ),
    "lent": (
        rf"(?:用|刷|拿|借|使)了?{_RELATIVE}[^，。；,;]{{0,4}}(?:卡|医保|账户|社保)",
        r"(?:给|帮|替|为)[^，。；,;]{1,5}(?:用|刷|拿|借)(?:了)?我(?:的)?(?:医保|社保)?卡",
        r"(?:开|买|配|拿)的?[^，。；,;]{0,8}(?:有多|多了|多余|吃不完)|[分匀]给?我|拿来吃|捡来",
    ),
}
_COMPILED = {kind: [re.compile(one) for one in some] for kind, some in _SHAPES.items()}
_DENIES = re.compile(
    r"[没未无不非冇勿莫别]|哪有|哪来的|\b(?:not|no|never|without|none|isn't|don't|doesn't|haven't"
    r"|hasn't|wasn't|didn't|won't|can't)\b"
)
# Asking by yes and no, and denials that say nothing of a condition.
_HARMLESS = re.compile(
    r"(?P<verb>[\u3400-\u9fff])[不没](?P=verb)|[能可会给报付管是在有进算要认属行好走可以]+[不没]"
    r"(?:[能可会给报付管是在有进算要认属行好走得掉着]"
    r"|(?=[了啊呀嘛吧呢的哦咯哇]*(?:$|[？?。，,！! ])))"
    r"|[不没](?=[？?]|$)|是否|能否|可否|与否|不[知晓懂]|不清楚|不明白|不了解|不太|不大|不舒服|不好意思"
    r"|不是很|[\u3400-\u9fff]不[住了下上好着到起动出完]|不达标|不[少错多过管停断同敢便]|不一样|不放心|不踏实"
    r"|不得了|不好|不行|没[用效事错想]|没关系|没办法|没几|没多久|没听说|没控制|没退休|没有?退|没人|没空|没时间"
    r"|没[搞弄看听说写懂明]|没敢|没舍得|没来得及|没注意|没文化|没读|没见|无效|无奈|无论|非常|别的|别人|特别|类别|区别"
    r"|分别|差别|级别|莫名|不能不|不再(?:报|给|付)|不报|不给报|不能报|不付|不进医保|不在(?:医保|目录)"
    r"|是不是|要不|不用|不要|不想|不断|未来|无锡|不光|不但|不仅|不只|不料|不巧|不久|不时|不幸|不如|不必"
    # What somebody is unsure of or cannot follow; 说不准是不是 leaves a disease open.
    r"|[吃拿说搞弄想摸猜记认分讲闹整背数听看估把答](?:也|都)?不(?:准|清楚?|懂|明白?|透|定|通)"
    r"(?![^，。；,;]{0,4}(?:是|有没有|算))"
    r"|不愿|不少|不高|不低|不贵|不便宜|不耐受|不良|不全|不足|不齐|不稳|不宁|不振|无力|无症状"
    r"|\b(?:no idea|not sure|don't know|don't understand|not cheap|not well|not working|not enough"
    r"|not controlled|no problem|can't afford|why (?:not|isn't|won't|doesn't)|or not|not covered"
    r"|doesn't (?:work|help)|didn't (?:work|help)|can't (?:sleep|breathe|read))\b"
)


def told_by_shape(masked: str) -> Iterator[str]:
    """The kinds of what speaks against cover in a lower-case text without medicine names."""
    for kind, patterns in _COMPILED.items():
        if any(pattern.search(masked) for pattern in patterns):
            yield kind


def denies_something(masked: str) -> bool:
    """Whether anything is denied beside what is asked and what is harmless."""
    return bool(_DENIES.search(_HARMLESS.sub(" ", masked)))
