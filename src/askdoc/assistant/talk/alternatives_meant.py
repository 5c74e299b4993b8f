"""What else there is, asked behind a medicine: 目录里有什么可以用的, 有没有别的能吃."""

import re
from dataclasses import replace

from askdoc.assistant.reading.facts import Reading

_WHAT_ELSE = re.compile(
    r"(?:有没有|还有|有)(?:没有)?(?:什么|哪些|哪[个种款]|啥|乜|咩|别的|其他|其它|另外的)+[^，。；？?院卡户]{0,5}?"
    r"(?:能|可以|可)(?:够|以)?(?:用|吃|打|选|换|替|代|开)(?!医保|卡|账户)"
    r"|\b(?:anything|something|what) else\b[^.?!]{0,24}\b(?:take|use|try|have|covered|available)\b"
)


def with_alternatives_meant(now: Reading, before: Reading) -> Reading:
    """The reading as a wish for alternatives to the medicine of before, which it does not name."""
    if now.mentions or now.amounts or now.diagnoses or not before.mentions:
        return now
    said = _WHAT_ELSE.search(now.text.lower())
    return now if said is None else replace(now, asks={"alternatives": len(said[0])})
