"""Which stay of the year a message speaks of, once the talk is of stays: 第一次那回是三级医院.

What a reader would not guess: 第一次 alone may be the first time of anything, so that it only
counts stays behind one, and never where it is the first question that is meant.
"""

import re
from dataclasses import replace

from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.language import read_numeral

_NTH = re.compile(
    r"(?<!你)(?<!问)(?<!说)(?<!算)(?:第(?P<nth>[一二三四五]|[1-5])|(?P<first>头一?|首))(?:次|回|趟|遭)"
    r"(?=那|这|的(?!时候)|是|花|在|呢|只|才|用|就|也|我|他|她|去|\d|[，。？?、！ ]|$)"
    r"(?!的?[^，。；]{0,3}(?:[问说讲答]|算[的出了]|报的))"
    r"|\b(?P<word>first|second|third|fourth) time\b"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def with_stay_counted(now: Reading, before: Reading) -> Reading:
    """The reading with how many stays came before the one it speaks of."""
    setting = before.facts.get("setting")
    of_stays = setting is not None and setting.value == "inpatient"
    if not of_stays or {"admissions", "setting"} & now.facts.keys() or now.mentions:
        return now
    said = _NTH.search(now.text.lower())
    if said is None:
        return now
    number = _ORDINALS[said["word"]] if said["word"] else int(read_numeral(said["nth"] or "1") or 1)
    fact = Fact("admissions", number - 1, "said", now.subject, said[0])
    return replace(now, facts={**now.facts, "admissions": fact})
