"""What a message refers to: the question before it, the next patient, everything told so far."""

import re

from askdoc.assistant.reading.facts import Reading

# Small words at the end that ask for the same of something else, in a short message.
_TRAILS = re.compile(r"(?:呢|怎么样|么样)(?:[？?。!！，, ]|$)")
_MOST_TRAILING = 16
_SENTENCE = re.compile(r"(?<=[。！!；;\n])")
# 呢 that only colours a statement: 正忙着呢, 还下着雨呢, 天天打拳呢.
_TOLD = re.compile(
    r"(?:着|得很|(?:正在?|才|都|还(?:没|在|要|挺)|天天|可)[^，。？?]{1,10}(?<!什么)(?<!多少))呢[。！!~…]?$"
)
# The whole of the same bill, in a question that only changes it: 总价4万呢.
_WHOLE = re.compile(r"总[价额共计费]|一共|合计|in all|in total")
# How a clause begins that goes on from an earlier question.
_GOES_ON = re.compile(
    r"(?:^|[，。,.;！!？? ])(?:那|哪(?=我|我妈|社区)|格么|噶么|葛末|要是|如果|假如|假使|假设"
    r"|倘若|倘使|若是|若|万一|比方|再换|再改|换|改|同样|一样"
    r"|这个药|这药|这种|它|还有|再说|刚才|刚刚|回到|接着|继续|还是(?:刚才|那|之前)|"
    r"and |what if |what about |how about |if |then |same |instead|the same )"
)
_PRONOUN = re.compile(
    r"(?:住院|门诊|急诊|[一二三]级|社区|[二三]甲|[我爸妈他她])(?:的|去)?那[个张笔次份回趟](?!药|医院|月)|"
    r"里[面头]?(?:要是|如果|假如|万一|若)(?:还|也)?[有是]|"
    r"这个药|这药|这种药|那个药|那药|这个(?!月|医院)|它|该药|这俩|这两|这张|这笔|\bit\b|\bthat\b"
    r"|\bthis\b|\bthey\b"
    r"|\bthem\b"
)
# What was talked of some turns ago.
_BACK = re.compile(
    r"刚才|刚刚|啱啱|头先|先头|之前(?:的|那)|前面(?:的|那)"
    r"|那[个张笔次份]?(?=\d|[一二三四五六七八九十两]+[百千万])|那[张笔]|回到|说回|讲回|接着|继续"
    r"|\b(?:earlier|back to|go(?:ing)? back|just now|that bill)\b"
)
# Another person of the same kind: nothing of the one before holds.
_NEXT = re.compile(
    r"下一位|下一个|另一位|另外一位|另一个(?=病人|患者)|换一?(?:位|个)(?:病人|患者)"
    r"|又来(?:了)?一?(?:位|个)|next patient|another patient"
)
# Said of another person: everything told so far holds for them.
_ALL_ELSE = re.compile(
    r"(?:别的|其他|其它|另外的|其余|情况|条件)(?:也|都|全)*(?:一(?:模一)?样|相同|不变|没变)"
    r"|(?:同样|一样|相同|同一个|一个)的?(?:情况|条件)|(?:情况|条件)(?:也|都|跟我)*(?:差不多|相仿|一致)"
    r"|(?:也|都)(?:是|就)?(?:[这那](?:么[一个]*|样|个|种)|照我)(?:的)?(?:情况|样子?|条件)?(?=[，。！？,!?]|$)"
    r"|[跟和同与](?:我|他|她)(?:的|这个?|那个?)?(?:情况|条件|单子)(?:也|都|全|完全)*(?:一(?:模一)?样|差不多)"
    r"|[跟和同与](?:我|他|她)(?:们)?(?:也|都|全|完全)*一(?:模一)?样(?!的?(?:单|钱|医|药|费|病|数|地|时))"
    r"|(?:^|[，。,；;])(?:也|都|全|反正|统统)*(?:一样|同样)的?(?=[，。！,!；;]|$)"
    r"|也(?:是|都|全)*(?:一样|同样|如此)的?(?:呢)?(?=[，。！？,!?；;]|$)"
    r"|everything else (?:is )?the same|same (?:situation|circumstances)|same as (?:me|mine)\b"
)
_LIKE_ME = re.compile(r"[跟和同与照像]我(?!们?[妈爸爹娘家老爱])|\bas (?:me|mine)\b")
_SAME_INSURANCE = re.compile(
    r"(?:一样|同样|同一种|相同)的?(?:医保|险种|保险|参保)"
    r"|(?:医保|险种|保险)(?:也|都|是)*(?:一样|相同)|same insurance"
)
# That what was said before was wrong, wherever in the message it stands.
_CORRECTS = re.compile(
    r"(?:写|打|说|讲|看|记|报|搞|弄|算|输|填|听|抄)(?:错|反|岔|漏|颠倒)|不对|错了|错咗|错脱|有误|笔误|口误"
    r"|(?:不是|并非|勿是|[唔不](?:系|係))[^，。！？,!?]{1,10}?[，, ]?而?(?:是|系|係)|, not "
    r"|更正|纠正|(?:才|就)对|才是|应(?:该|当)?(?:是|为)|(?:其实|实际)(?:上)?(?:是|为|\d)|改[成为]|多[打写]了"
    r"|\b(?:mistake|misread|mistyped|typo|make (?:that|it)|actually|i meant|correction|wrong"
    r"|should (?:be|have been)|in fact)\b"
)
# Another bill than the one so far.
_ANOTHER_BILL = re.compile(
    r"(?:还有|另外?|另有|再|下|第[二三]|别的|其他|上)一?(?:张|笔|次|份|回|趟)|(?:另|又)一(?:张|笔|次|份)"
    r"|another (?:bill|one|visit)|next (?:bill|time|visit)|second (?:bill|visit)"
)


def refers_back(now: Reading) -> bool:
    """Whether a message points at what was talked of: 那…, 这个药, …呢."""
    text = now.text.lower()
    last = next((one for one in reversed(_SENTENCE.split(text)) if one.strip()), "")
    trails = bool(_TRAILS.search(last)) and len(last) <= _MOST_TRAILING
    trails = trails and not _TOLD.search(text)
    return trails or bool(_GOES_ON.search(text) or _PRONOUN.search(text))


def points_back(now: Reading) -> bool:
    """Whether a message names what was talked of earlier: 刚才那张, 回到那500."""
    return bool(_BACK.search(now.text.lower()))


def asks_of_same_bill(now: Reading) -> bool:
    """Whether another whole is asked of for the bill so far: its parts stay."""
    return refers_back(now) and bool(_WHOLE.search(now.text)) and not now.persons


def keeps_insurance(now: Reading) -> bool:
    """Whether another person is said to be insured as the one before: 一样的医保."""
    return bool(_SAME_INSURANCE.search(now.text.lower()))


def corrects(now: Reading) -> bool:
    """Whether a message says that what was said before was wrong."""
    return bool(_CORRECTS.search(now.text.lower()))


def is_like_me(now: Reading) -> bool:
    """Whether the one who speaks is the one whose circumstances somebody else shares."""
    return bool(_LIKE_ME.search(now.text.lower()))


def brings_another_bill(now: Reading) -> bool:
    """Whether a message says that it tells of another bill."""
    return bool(_ANOTHER_BILL.search(now.text.lower()))


def goes_on(now: Reading) -> bool:
    """Whether a clause begins as one that goes on from an earlier question."""
    return bool(_GOES_ON.search(now.text.lower()))


def turns_to_next(now: Reading) -> bool:
    """Whether a message turns to another person of the same kind."""
    return bool(_NEXT.search(now.text))


def keeps_all_else(now: Reading) -> bool:
    """Whether everything told so far is said to hold for another person."""
    return bool(_ALL_ELSE.search(now.text))
