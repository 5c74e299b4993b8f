"""Small talk: no question, and mostly words that were not read."""

import re

from askdoc.assistant.context import Context
from askdoc.assistant.planning.choosing import is_asking, sure_frame
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.back_references import refers_back

_SMALL_WORDS = re.compile(
    r"[\s，。；！？,.;!?、…：:（）()\"“”'~]+"
    r"|[的了呢吧啊呀嘛么吗哦噢嗯唉哎是有在也都就还再又和跟与去到看换成那这个一下要用]"
    r"|\b(?:is|are|was|the|a|an|in|at|of|and|he|she|i|my|it|to|for|with|on|same|too|also)\b|\d+"
)
# More letters than this beside what was read make a message small talk.
_MOST_UNREAD = 8
# Beside nobody but a person fewer will do.
_MOST_BESIDE_PERSON = 3
# So many letters beside a medicine's name still ask about it.
_MOST_BESIDE_NAME = 0
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
    if now.asks or refers_back(now) or now.amounts or now.mentions:
        return False
    if sure_frame(now, context.frames) is not None:
        return False
    only_person = not (now.facts or now.region or now.place or now.denied or now.diagnoses)
    most = _MOST_BESIDE_PERSON if now.persons and only_person else _MOST_UNREAD
    return len(_unread(now, context)) > most


def only_tells_of_medicine(reading: Reading, context: Context) -> bool:
    """Whether a medicine is named in a sentence that asks nothing: 络活喜还剩半盒.

    A name with hardly anything beside it asks what askdoc knows of it.
    """
    asks = reading.asks.keys() - _TOLD_TOO or (reading.asks and is_asking(reading.text))
    if asks or not reading.mentions or _OF_COVER.search(reading.text.lower()):
        return False
    return len(_POLITE.sub("", _unread(reading, context))) > _MOST_BESIDE_NAME


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
    return _SMALL_WORDS.sub("", text)
