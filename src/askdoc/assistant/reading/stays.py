"""A stay in hospital that is told by its shape: 住了五天, 在三甲躺了半个月, a stay of three nights.

What a reader would not guess: 住 alone is where people live, so that a count of days beside it is
only a stay where a hospital is named and no other lodging: 在女儿家住了两天，去三甲看病.
"""

import re
from collections.abc import Iterator, Mapping

from askdoc.language.word_list import Hit

_INPATIENT: Mapping[str, str] = {"setting": "inpatient"}
_NUMBER = r"(?:[0-9]+|[一二两三四五六七八九十半几廿卅])+"
_DAYS = rf"(?:好|整)?{_NUMBER}(?:多|来)?个?(?:多|半)?(?:天|日|晚|夜|宿|周|星期|礼拜|月)"
_ABOUT = r"(?:差不多|大概|大约|整整|前后|将近|快|有|一共|总共|才|就|只)*"
_OWN = re.compile(
    rf"住(?:了|过|满)?{_ABOUT}{_DAYS}(?:的|了)?(?:医院|院(?!子))"
    r"|住(?:了|过|上)?(?:一|两|几)?(?:个|趟|回|次)(?:短|小|长|大)?院(?!子|士)"
    r"|(?:[一二三123]级|[二三][甲乙])(?:的)?(?:医院)?(?:去|里)?住"
    r"(?=[，。？?,、； ]|还是|跟|和|或|与|$)"
    r"|(?:入|进|住)(?:了|过|完|到|进)(?:一|个|趟|次)*院(?!子|士|校|墙)"
    r"|(?:被|给|让)[^，。；]{0,8}?(?:收进去|收下来|收治入院|收进医?院|收住)"
    r"|\b(?:[\w-]+[- ](?:days?|nights?|weeks?)(?:'s?)? (?:hospital |in-?patient )?stay"
    r"|stay(?:ed)? (?:of|for|lasting) (?:about |some )?[\w-]+ (?:days?|nights?|weeks?)"
    r"|(?:hospital|in-?patient|overnight) stay"
    r"|stay(?:ed|s|ing)? (?:in|at) (?:a|an|the|her|his|my|our) (?:[\w-]+ ){0,3}hospital"
    r"|(?:was|were|got|been|being) (?:admitted|hospitali[sz]ed)|in-?patient"
    r"|(?:a|the|this|one|my|her|his) stay(?! with| at my)"
    r"|in (?:the )?hospital (?:for|over) (?:about |some )?(?:a|an|[\w-]+) (?:few )?"
    r"(?:days?|nights?|weeks?|months?)"
    r"|(?:spent|lay|was|were|been|kept)(?: \w+)? (?:about |some )?[\w-]+ (?:days?|nights?|weeks?)"
    r" (?:in|at) (?:a|an|the) (?:[\w-]+ ){0,3}hospital)\b"
)
# Admitted through the emergency room: a stay, to which nobody else referred the patient.
_BY_EMERGENCY = re.compile(
    r"急诊(?:科|室|那边|那里|抢救)?(?:直接|当场|当天|马上|就|给|把我|把他|把她)*(?:收|转|送|住)"
    r"(?:了)?(?:进去|进来|下来|进了?(?:医?院|病房)|进了?(?=[^，。；,;]{0,10}(?:[二三]甲"
    r"|[一二三]级|医院|icu|监护))"
    r"|进(?=的)|住院|入院|院|治)"
    r"|\b(?:admitted|taken in|brought in|rushed in|hospitali[sz]ed|kept in)"
    r" (?:(?:through|via|from|by) (?:the )?(?:er\b|a&e|emergency(?: room| department)?)"
    r"|as an emergency|in an emergency)|\bemergency (?:admission|stay)"
)
_EMERGENCY: Mapping[str, str] = {"setting": "inpatient", "referral": "emergency"}
_BESIDE_HOSPITAL = re.compile(
    rf"[住躺待呆](?:了|过|满|下来)?{_ABOUT}{_DAYS}(?!的?(?:宾馆|酒店|旅馆|房|家))"
)
_HOSPITAL = re.compile(
    r"医院|[一二三]级|[二三][甲乙]|卫生院|服务中心"
    r"|病[房床区]|床位|手术|开刀|出院"
)
# Where else one may have stayed: 在宾馆住了两天, 住女儿家三天.
_LODGING = re.compile(
    r"宾馆|酒店|旅[馆店社]|民宿|招待所|出租|租房|公寓|亲戚|朋友|[子女妹姐哥弟孙戚儿妈爸]家|家里"
    r"|老家|乡下"
    r"|小区|附近|旁边|对面|边上|疗养|养老|敬老"
    r"|\b(?:hotel|hostel|guest ?house|apartment|with (?:my|her|his))\b"
)
_STAYED = re.compile(r"住|stay")


def stays_said(masked: str) -> Iterator[Hit[Mapping[str, str]]]:
    """The stays of a lower-case text, each as a word for inpatient care."""
    lodged = any(_STAYED.search(one) and _LODGING.search(one) for one in _clauses(masked))
    for found in _BY_EMERGENCY.finditer(masked):
        yield Hit(found[0], *found.span(), _EMERGENCY)
    for pattern in (_OWN, _BESIDE_HOSPITAL):
        if pattern is _BESIDE_HOSPITAL and (lodged or not _HOSPITAL.search(masked)):
            return
        for found in pattern.finditer(masked):
            if not lodged or "院" in found[0] or "hospital" in found[0]:
                yield Hit(found[0], *found.span(), _INPATIENT)


def _clauses(text: str) -> list[str]:
    return re.split(r"[，。；,;！？!?\n]", text)
