"""A medicine named by the part in which it differs from the one before: 甘精的呢 behind 门冬胰岛素.

What a reader would not guess: the part is completed from the earlier name and must then be a
name of the catalogue; nothing is guessed from sound or likeness.
"""

import re
from dataclasses import replace

from askdoc.assistant.reading.facts import Reading
from askdoc.medicines import CatalogueOnDay, Mention, resolve

_STEM = re.compile(
    r"(?:那么?|哪|换成|换|要是|如果|改|用|吃|打|开|的话|另外|还有|and |what about |how about )*"
    r"(?P<stem>[\u4e00-\u9fff]{2,5}?)(?:的|那种|那个|这种)*(?:呢|咋样|怎么样|行不行|报不报|能报吗|吗)?[？?。！!]*"
)
# Letters of talk that stand in no medicine's name.
_TALK = re.compile(r"[的了吗呢么着过得把被谁每您咱们说听问请哪此其该某我你他她它这那怎什社区院级]")
_SHORTEST = 2


def with_name_completed(now: Reading, before: Reading, on: CatalogueOnDay) -> Reading:
    """The reading with the medicine whose name the message leaves half to the one before."""
    read = now.mentions or now.facts or now.amounts or now.persons or now.diagnoses or now.region
    said = _STEM.fullmatch(now.text.strip())
    if read or said is None or not before.mentions or _TALK.search(said["stem"]):
        return now
    names = [row.name for row in before.mentions[-1].resolution.medicines[:1]]
    for name in names:
        for begin in range(1, len(name) - _SHORTEST + 1):
            for end in range(len(name), begin + _SHORTEST - 1, -1):
                found = resolve(said["stem"] + name[begin:end], on)
                if found.kind == "one" and found.medicines[0].name != name:
                    return replace(now, mentions=(Mention((0, 0), found.query, found),))
    return now
