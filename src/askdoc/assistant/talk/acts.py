"""What a message does in a conversation: choose, cancel, repeat, correct …, apart from asking.

An act that stands alone counts only when the message says nothing else: "算了一下花了1200" is no
"算了".
"""

import re
from dataclasses import dataclass

from askdoc.assistant.answer import Choice
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.negation import is_denied
from askdoc.assistant.talk.act_shapes import act_by_shape
from askdoc.language import normalise, read_numeral
from askdoc.language.word_list import Hit

_FILLER = re.compile(
    r"[\s，。；、！？,.;!?~…：:\"“”'‘’（）()]+"
    r"|哈|呵|又|也|我|想|要|你|您|请|帮|吧|啊|呀|呢|了|的|吗|嘛|哦|噢|喔|嗯|唉|哎|那|就|先|再|给"
    r"|一下|下子|等等|等下|慢着|可以|能|还是|还|太"
    r"|\b(?:i'd|i'll|rather|like|i|want|to|please|the|a|can|could|you|me|it|that|just|let|us|so|oh"
    r"|well|then|for|now)\b"
)
_CHOSEN = re.compile(
    r"(?:我|就|选|要|是|应该是|那个|嗯)*\s*(?:第\s*)?(?P<number>[一二三四五六七八九十两]"
    r"|\d{1,2})\s*"
    r"(?:个|种|项|号|条)?\s*(?:吧|呢|的|啊|那个|呀|\.)*"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_CHOSEN_EN = re.compile(
    r"(?:i choose |i'd say |option |number |the )*(?P<number>\d{1,2}|[a-z]+)(?: one| option)?"
)
# Asked of the one that is chosen: 第二个能报吗.
_ASKED_OF_IT = re.compile(
    r"(?:的话|呢|怎么样)?(?:能?报(?:吗|么|多少|不报)?|多少钱|医保?报吗|能不能报|可以吗)?$|^(?:那|那么|就)"
)
_POINTER = re.compile(r"的?[这那][个种只款]$|的$")
_LAST = ("最后一个", "最后那个", "后者", "后面那个", "the last one", "the last", "the latter")
_FIRST = ("前者", "前面那个", "头一个", "the former")
_SIGNS = " ，。！？,.!?~…"
_BARE = re.compile(r"\d+(?:\.\d{1,2})?")
# Asked for in a longer sentence too: of what, of whose, and why.
_BESIDE = {"repeat": 4, "simpler": 6, "person": 6}
# These open a sentence that goes on about something else.
_BEGINNING = ("thanks", "unsure")
_BESIDE_BEGINNING = 12
# Who gives up and asks for a person wants the person.
_FIRST_ACTS = ("person",)
_DOUBT = "sources"
# What a doubter heard elsewhere: 你确定？医生说报的.
_HEARD = re.compile(
    r"(?:可是?|但是?)?(?:医生|大夫|护士|药师|药房|药店|窗口|医院|社区|别人|人家|他们|她们|朋友|邻居|同事|网上)"
    r"[^，。？?吗呢]{0,4}(?:说|讲|告诉)[^，。？?吗呢多几]{0,10}"
)
# What is to be said again: 再讲一遍，我妈到底要付多少.
_AGAIN = re.compile(
    r"[^，。；,;]{0,6}?(?:到底|究竟|一共|总共|最后)*(?:要|得|该|需)*(?:自己)?(?:付|出|掏|拿|花|报|俾|畀)(?:多少|几)[钱钿块元个文]*"
    r"|(?:what|how much) (?:do|does|did|would|will) (?:i|she|he|we|they"
    r"|my \w+) (?:have to )?(?:pay|owe|get back)"
)
# Why it is to be said in plainer words, which asks nothing more.
_WHY_SIMPLER = re.compile(
    r"(?:my|the) (?:english|chinese|mandarin|eyes?|eyesight)[^.?!]{0,24}$|i'm (?:old|elderly)\W*$"
)
# Shorter words of a choice's label fit too many things; with more letters beside the label, the
# message says more than the choice.
_LEAST_LABEL, _BESIDE_LABEL = 2, 3
# Who forgot to tell something tells it now.
_FORGOT_TO_TELL = re.compile(
    r"(?:忘了?|忘记了?)(?:[跟和给]你)?(?:说|讲|提|告诉|交代|补充|写)"
    r"|forgot to (?:say|mention|tell|add)"
)
# 找人 stands in 找人民医院 too, and 人工 in what is put into a body.
_NO_PERSON = re.compile(
    "人民|人工(?=关节|晶[体状]|耳蜗|心[脏瓣]|瓣膜|血管|[骨髋膝肝肾泪]|呼吸|[授受]精|流产|牛黄|麝香|智能|费)"
)


@dataclass(frozen=True, slots=True)
class Act:
    """What was done; `choice` counts from 0."""

    kind: str
    choice: int | None = None


def act_of(text: str, lexicon: Lexicon, choices: tuple[Choice, ...]) -> Act | None:
    """The act of a message, or None when it only says or asks something."""
    said = normalise(text).text.lower().strip()
    chosen = _chosen(said, choices)
    if chosen is not None:
        return Act("choose", chosen)
    hits = sorted(_hits(said, lexicon), key=lambda hit: hit.meaning not in _FIRST_ACTS)
    whole = any(hit.word == said.strip(_SIGNS) for hit in hits)
    shaped = None if whole else act_by_shape(said)
    if shaped is not None:
        return Act(shaped)
    for hit in hits:
        alone = hit.meaning in lexicon.whole_acts
        begins = not _FILLER.sub("", said[: hit.start])
        if not alone and begins:
            return Act(hit.meaning)
        most = _BESIDE_BEGINNING if begins and hit.meaning in _BEGINNING else 0
        if hit.meaning == _DOUBT and not _rest(_HEARD.sub("", said), lexicon):
            return Act(hit.meaning)
        if hit.meaning == "simpler" and not _rest(_WHY_SIMPLER.sub("", said), lexicon):
            return Act(hit.meaning)
        if hit.meaning == "repeat" and not _rest(_AGAIN.sub("", said), lexicon):
            return Act(hit.meaning)
        if alone and len(_rest(said, lexicon)) <= _BESIDE.get(hit.meaning, most):
            return Act(hit.meaning)
    return None


def _hits(said: str, lexicon: Lexicon) -> list[Hit[str]]:
    plain = _FORGOT_TO_TELL.sub(lambda found: "□" * len(found[0]), said)
    return lexicon.acts.find(_NO_PERSON.sub("□□", plain))


def _rest(said: str, lexicon: Lexicon) -> str:
    """What is left of a message without acts and the small words around them."""
    letters = list(said)
    for hit in _hits(said, lexicon):
        letters[hit.start : hit.end] = " " * (hit.end - hit.start)
    return _FILLER.sub("", "".join(letters))


def _chosen(said: str, choices: tuple[Choice, ...]) -> int | None:
    if not choices:
        return None
    core = _ASKED_OF_IT.sub("", said.strip(" ，。！？,.!?"))
    if core in _FIRST:
        return 0
    if core in _LAST:
        return len(choices) - 1
    number = number_said(core)
    if number is not None:
        return number - 1 if 1 <= number <= len(choices) else None
    return _by_label(_POINTER.sub("", core), choices)


def number_said(core: str) -> int | None:
    """The place in a list that a message names and nothing else: 2, 第二个, the second one."""
    found = _CHOSEN.fullmatch(core)
    number = _number(found["number"]) if found else None
    english = _CHOSEN_EN.fullmatch(core)
    return _ORDINALS.get(english["number"]) if number is None and english else number


def _number(said: str) -> int | None:
    if said == "两":
        return 2
    if said.isdigit():
        return int(said)
    value = read_numeral(said)
    return None if value is None else int(value)


def _by_label(said: str, choices: tuple[Choice, ...]) -> int | None:
    """The only choice whose label is what was said, or stands in it, or holds it."""
    labels = [normalise(choice.label).text.lower() for choice in choices]
    for fits in (
        lambda label: label == said,
        lambda label: len(label) >= _LEAST_LABEL and _only_names(said, label),
        lambda label: len(said) >= _LEAST_LABEL and said in label,
    ):
        found = [at for at, label in enumerate(labels) if fits(label)]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _only_names(said: str, label: str) -> bool:
    """Whether a message names a label, does not deny it, and says next to nothing else."""
    before, found, behind = said.partition(label)
    rest = _FILLER.sub("", before + behind)
    return bool(found) and len(rest) <= _BESIDE_LABEL and not is_denied(before, label)


def bare_number(text: str) -> str | None:
    """A message that is one number and nothing else."""
    said = normalise(text).text.strip(" ，。,.")
    return said if _BARE.fullmatch(said) else None
