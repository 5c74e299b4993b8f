"""Small talk: no question, and mostly words that were not read."""

import re

from askdoc.assistant.context import Context
from askdoc.assistant.planning.choosing import is_asking, sure_frame
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.back_references import keeps_all_else, refers_back

_SMALL_WORDS = re.compile(
    r"[\s，。；！？,.;!?、…：:（）()\"“”'~]+"
    r"|[的了呢吧啊呀嘛么吗哦噢嗯唉哎是有在也都就还再又和跟与去到看换成那这个一下要用]"
    r"|\b(?:is|are|was|the|a|an|in|at|of|and|he|she|i|my|it|to|for|with|on|same|too|also)\b|\d+"
)
# More letters than this beside what was read make a message small talk.
_MOST_UNREAD = 8
# Beside nobody but a person fewer will do.
_MOST_BESIDE_PERSON = 3
# So many letters beside a place ask for something else: 那边樱花开了没.
_LEAST_UNREAD = 3
# Matters of the lexicon's `outside` that have nothing to do with insurance at all.
_ELSEWHERE = ("weather_and_ways", "shopping")
# Beside a place these say whose insurance it is, and where: 户口在杭州, 其实单位在青岛.
_OF_HOME = re.compile(
    r"其实|实际|应该|户口|单位|公司|工作|生活|定居|老家|家里?|我们|咱|一直|人|交|参|的话|如果|要是|改|算|按"
    r"|\b(?:actually|sorry|no|live|lives|living|home|based|should|be|make)\b"
)
# So many letters beside a medicine's name still ask about it.
_MOST_BESIDE_NAME = 0
# What askdoc is for: a sentence with one of these may be a question that was not read.
_MATTER = re.compile(
    r"[药医院病报保费付钱卡账诊方号针险签额线血疼痛晕吐烧咳孕]|[一二三][级甲]|门诊|住|退|岁|在职|上班"
    r"|社区|备案|转|检查|手术|约|挂|提醒|取消|续|人工|反了|颠倒|[甲乙丙]类|自费|目录|单子是|对调"
    r"|insur|cover|paid|pay|bill|medic|drug|hospital|doctor|clinic|pill|prescri|appoint|remind"
    r"|refill|book|retire|work|deduct|yuan|hurt|pain|sick"
)
# Facts that nobody tells for anything else, and how many others are no small talk together.
_OF_INSURANCE = {"scheme", "grade", "contracted", "referral", "filed", "retired_year", "group"}
_FIRM = 2
# Beside a count these say that it is one of stays: 年初还住过一回, 今年第二次.
_OF_STAYS = re.compile(r"住|院|今年|年[初中底里内]|\b(?:stay|admi|this year)")
# What is said of another person in a question that goes on.
_ABOUT_PERSON = re.compile(r"一样|同样|情况|单子|看|我|他|她|的话|去|张|份|呢|来|自己|same")
_LATIN_WORD = re.compile(r"[a-z'-]+")
_OF_LATIN_WORD = 2
_WHETHER = re.compile(
    r"(?:吗|么|伐|不|没|冇)[？?。！!]*$|能不能|可不可以|可否|能否|有没有|要不要|行不行"
    r"|^\W*(?:can|could|do|does|is|are|may|should|will)\b"
)
_LEAST_WHETHER = 4
# Whether a step is needed, which tells of none: 去二级要转诊单吗.
_NEEDED = re.compile(
    r"(?:要(?!是)|需要?|必须|非得|用得着)(?:先|去|办|开|有|不要)*(?:转诊|备案|签约|预约|挂号)[^，。]{0,4}(?:吗|么|不|伐)"
)
# Words that ask stand in statements too: 医生给换成.
_TOLD_TOO = {"alternatives", "is_it", "explain", "policy"}
_POLITE = re.compile(
    r"请问|请|您好|你好|麻烦|劳驾|师傅|医生|大夫|老师|查查|查一?下|查|看看|看下|问问|问下|问|想|帮|我|您|你|药|怎么样|如何|可以|行|能|这种|那种|这|那"
    r"|\b(?:please|what|how|about|check|hi|hello|look|up|tell|me|medicine|drug)\b"
)
_OF_COVER = re.compile(
    r"医保|社保|公费|报|自费|目录|刷卡|支付|付|限[制定用]|[甲乙丙]类"
    r"|\b(?:cover|insur|paid|pay|list|claim|reimburs)"
)


def is_small_talk(now: Reading, context: Context) -> bool:
    """Whether a message is small talk: no question, and mostly words that were not read."""
    if now.asks or refers_back(now) or now.amounts or now.mentions or now.not_it:
        return False
    if (
        now.scope_said
        or now.first_pay_share is not None
        or sure_frame(now, context.frames) is not None
    ):
        return False
    if _tells_of_insurance(now, context):
        return False
    only_person = not (now.facts or now.region or now.place or now.denied or now.diagnoses)
    most = _MOST_BESIDE_PERSON if now.persons and only_person else _MOST_UNREAD
    return _length(_unread(now, context)) > most


def _tells_of_insurance(now: Reading, context: Context) -> bool:
    """Whether a message tells what only insurance asks for, or two things of a person at once."""
    firm = {one.words or name: name for name, one in now.facts.items() if name != "day"}
    lexicon = context.lexicon
    told = {
        name
        for words, name in firm.items()
        # 孩子 is somebody first, and a child's insurance only beside other words.
        if words not in lexicon.weak and not lexicon.subjects.find(words.lower())
    }
    counted = "admissions" in now.facts and _OF_STAYS.search(now.text.lower())
    return bool(told & _OF_INSURANCE or counted) or len(told) >= _FIRM


def is_chatter(now: Reading, context: Context) -> bool:
    """Whether a message has nothing to do with what is done here: 我去接个电话, 下雨了."""
    read = (
        now.facts.keys() - {"day"}
        or now.amounts
        or now.mentions
        or now.asks
        or now.denied
        or now.diagnoses
        or now.scope_said
    )
    where = now.region or now.place or now.unrecorded or now.conflicts or now.unread or now.not_it
    if read or where or now.first_pay_share is not None or now.shares or refers_back(now):
        return False
    if now.persons and keeps_all_else(now):
        return False
    text = now.text.lower()
    if is_asking(text) or _MATTER.search(text) or any(map(str.isdigit, text)):
        return False
    rest = _ABOUT_PERSON.sub("", _unread(now, context).replace(" ", ""))
    return bool(rest) if now.persons else True


def is_off_topic(now: Reading, context: Context) -> bool:
    """Whether a message is about what nobody asks here, though a place or a day stands in it."""
    read = now.facts.keys() - {"day", "place"} or now.amounts or now.mentions
    if read or now.denied or now.diagnoses or now.scope_said or now.not_it or now.shares:
        return False
    text = now.text.lower()
    if _MATTER.search(text):
        return False
    if any(hit.meaning in _ELSEWHERE for hit in context.lexicon.outside.find(text)):
        return True
    where = now.region or now.place or now.unrecorded or now.facts
    if not where or now.asks or refers_back(now):
        return False
    return _length(_OF_HOME.sub("", _unread(now, context))) >= _LEAST_UNREAD


def asks_yes_or_no(now: Reading, context: Context) -> bool:
    """Whether it is asked if something holds of a place, in words that were not read:
    社区可以配三个月的药吗. A bill would be asked how much.
    """
    if now.asks or now.amounts or now.mentions or not _WHETHER.search(now.text.lower()):
        return False
    needed = _NEEDED.search(now.text)
    return bool(needed) or _length(_unread(now, context)) >= _LEAST_WHETHER


def _length(unread: str) -> float:
    """The letters of a text as Chinese would need them: a Latin word says about two."""
    words = _LATIN_WORD.findall(unread)
    others = _LATIN_WORD.sub("", unread).replace(" ", "")
    return len(others) + _OF_LATIN_WORD * len(words)


def only_tells_of_medicine(reading: Reading, context: Context) -> bool:
    """Whether a medicine is named in a sentence that asks nothing: 络活喜还剩半盒.

    A name with hardly anything beside it asks what askdoc knows of it.
    """
    asks = reading.asks.keys() - _TOLD_TOO or (reading.asks and is_asking(reading.text))
    if asks or not reading.mentions or _OF_COVER.search(reading.text.lower()):
        return False
    if any(_asks_of_name(reading.text, one.text) for one in reading.mentions):
        return False
    unread = _unread(reading, context).replace(" ", "")
    return len(_POLITE.sub("", unread)) > _MOST_BESIDE_NAME


def _asks_of_name(text: str, name: str) -> bool:
    """Whether a name stands as a question of its own: 银杏叶片呢？家里想备一瓶.

    Behind a verb it only tells: 老王也在吃银杏叶片呢.
    """
    asks = re.search(
        rf"(?:^|[，。；？?！!,;\s])(?:那|那么|还有|换成?|改成?|再问|再查|查查?|看看|帮我|这个|那个|种|个)*"
        rf"{re.escape(name)}(?:呢|怎么样|如何|咋样|行不行)(?=[，。？?！!,]|$)",
        text,
    )
    return bool(asks)


def _unread(now: Reading, context: Context) -> str:
    """The letters of a message that nothing was read from, without small words."""
    text = now.text.lower()
    around = context.around(context.today)
    words = [fact.words for fact in now.facts.values()]
    words += [mention.text for mention in now.mentions]
    lists = (context.lexicon.facts, context.lexicon.subjects, around.regions, around.diagnoses)
    words += [hit.word for one in lists for hit in one.find(text)]
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word.lower(), " ")
    return _SMALL_WORDS.sub(" ", text).strip()
