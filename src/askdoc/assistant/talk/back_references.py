"""What a message refers to: the question before it, the next patient, everything told so far."""

import re

from askdoc.assistant.reading.facts import Reading

# Small words at the end that ask for the same of something else, in a short message.
_TRAILS = re.compile(r"(?:呢|怎么样|么样)(?:[？?。!！，, ]|$)")
_MOST_TRAILING = 16
# The whole of the same bill, in a question that only changes it: 总价4万呢.
_WHOLE = re.compile(r"总[价额共计费]|一共|合计|in all|in total")
# How a clause begins that goes on from an earlier question.
_GOES_ON = re.compile(
    r"(?:^|[，。,.;！!？? ])(?:那|哪(?=我|我妈|社区)|格么|噶么|葛末|要是|如果|假如|假使|假设"
    r"|倘若|倘使|若是|若|万一|比方|再换|再改|换|改|同样|一样"
    r"|这个药|这药|这种|它|还有|再说|"
    r"and |what if |what about |how about |if |then |same |instead|the same )"
)
_PRONOUN = re.compile(
    r"这个药|这药|这种药|那个药|那药|这个(?!月|医院)|它|该药|这俩|这两|这张|这笔|\bit\b|\bthat\b"
    r"|\bthis\b|\bthey\b"
    r"|\bthem\b"
)
# Another person of the same kind: nothing of the one before holds.
_NEXT = re.compile(
    r"下一位|下一个|另一位|另外一位|另一个(?=病人|患者)|换一?(?:位|个)(?:病人|患者)"
    r"|又来(?:了)?一?(?:位|个)|next patient|another patient"
)
# Said of another person: everything told so far holds for them.
_ALL_ELSE = re.compile(
    r"(?:别的|其他|其它|另外的|其余)(?:都|全)?(?:一样|不变|没变)|everything else (?:is )?the same"
)


def refers_back(now: Reading) -> bool:
    """Whether a message points at what was talked of: 那…, 这个药, …呢."""
    text = now.text.lower()
    trails = bool(_TRAILS.search(text)) and len(text) <= _MOST_TRAILING
    return trails or bool(_GOES_ON.search(text) or _PRONOUN.search(text))


def asks_of_same_bill(now: Reading) -> bool:
    """Whether another whole is asked of for the bill so far: its parts stay."""
    return refers_back(now) and bool(_WHOLE.search(now.text)) and not now.persons


def goes_on(now: Reading) -> bool:
    """Whether a clause begins as one that goes on from an earlier question."""
    return bool(_GOES_ON.search(now.text.lower()))


def turns_to_next(now: Reading) -> bool:
    """Whether a message turns to another person of the same kind."""
    return bool(_NEXT.search(now.text))


def keeps_all_else(now: Reading) -> bool:
    """Whether everything told so far is said to hold for another person."""
    return bool(_ALL_ELSE.search(now.text))
