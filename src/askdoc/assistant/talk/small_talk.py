"""Small talk: no question, and mostly words that were not read."""

import re

from askdoc.assistant.context import Context
from askdoc.assistant.planning.choosing import sure_frame
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


def is_small_talk(now: Reading, context: Context) -> bool:
    """Whether a message is small talk: no question, and mostly words that were not read."""
    if now.asks or refers_back(now) or now.amounts or now.mentions:
        return False
    if sure_frame(now, context.frames) is not None:
        return False
    only_person = not (now.facts or now.region or now.place or now.denied or now.diagnoses)
    text = now.text.lower()
    words = [fact.words for fact in now.facts.values()]
    lists = (context.lexicon.facts, context.lexicon.subjects, context.around(context.today).regions)
    words += [hit.word for one in lists for hit in one.find(text)]
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word.lower(), " ")
    most = _MOST_BESIDE_PERSON if now.persons and only_person else _MOST_UNREAD
    return len(_SMALL_WORDS.sub("", text)) > most
