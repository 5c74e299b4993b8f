"""What a message says of the year's ceiling: how high it is, what of it is used or left, or that it
is far off.
"""

import re

CEILING = re.compile(
    r"(?:年度|一年|全年|当年|今年)?(?:的)?(?:门诊|住院|统筹|医保|报销|基金)*(?:的)?"
    r"(?:额度|限额|封顶线?|上限)"
    r"|(?:yearly |annual )?(?:\bcap\b|\bceiling\b)|(?:yearly|annual) limit"
)
# How a clause goes on about a ceiling that was just told: 限额9885，已经报掉9620.
GOES_ON = re.compile(
    r"[ ，,]*(?:我|她|他|目前|现在|到现在|至今|今年|已经?|都|累计|总共|一共|其中|才|就)*"
    r"(?:报销?|支付?|付|刷|用)(?:掉|了|去|过|完|出|脱)*\d"
)
USED = re.compile(r"已|累计|用|付|扣|交|花|抵|报|支|\bused\b|\bpaid\b")
LEFT = re.compile(r"还?剩|剩余|剩下|还有|还能报|余|\bleft\b|remaining")
_NEAR = re.compile(
    r"快|差不多|差点|差一[点些]|将近|接近|几乎|马上|就要|只剩|不多|没多少|没剩|用[完光满]了|到顶"
    r"|满了"
    r"|\b(?:nearly|almost|close|reached|used up|hit)\b"
)
_FAR_OFF = re.compile(
    r"[离差]得?(?:还|仲|很|好|老|可|太|挺|蛮|十万八千里)*远|[离差][^，。]{0,8}(?:还|仲|好|很|老"
    r"|蛮)*(?:远|早)|远(?:远)?(?:没|未|不)"
    r"|(?:还|仲)?早(?:着|得很|呢)|(?:还|仲)(?:有|剩)(?:很多|好多|不少|许多|大把|一大半|大半|老多"
    r"|蛮多|多得很|富余)"
    r"|(?:没|未|不会?)(?:有|曾)?(?:用完|用光|到|满|超|达|碰|报满|用满|用多少|怎么用|用过)|用不完"
    r"|够用|绰绰有余|宽裕|富余|充裕|充足"
    r"|\b(?:nowhere|not (?:anywhere )?) ?near\b|\bfar (?:from|off|below)\b|\bwell (?:below|under"
    r"|within)\b"
    r"|\bplenty\b|\bnot (?:yet )?(?:been )?(?:reached|used up|hit)\b|n't (?:yet )?(?:reached"
    r"|used up|hit)\b"
)
_ASKED = re.compile(
    r"多少|几|吗|么|是否|是不是|有没有|会不会|\?|\bhow\b|\bwhat\b|\bwhether\b|\bif\b|如果|要是|假如"
)


def is_far_off(said: str) -> bool:
    """Whether a clause with its sequel tells that the ceiling is far off, which nobody asks."""
    clear = re.sub(r"用完(?:还)?[^，。]{0,2}[远早]", "远", said)
    far = _FAR_OFF.search(clear)
    return bool(far) and not _ASKED.search(clear) and not _NEAR.search(_FAR_OFF.sub("", clear))
