"""The name that a question about a medicine asks for, when no recorded name stands in it.

Everything that is understood otherwise (places, schemes, persons) is cut out first, so that
上海 in front of 能报 is never taken for a medicine.
"""

import re

from askdoc.assistant.amounts import CLAUSE
from askdoc.assistant.reader import Surroundings

_NAME = re.compile(
    r"^(?:请问|你好|您好|那个|这个|那|吃的?|用的?|开的?|买的?|is |are |does |what about |can )*"
    r"(?P<name>[^\s].{1,29}?)\s*(?:这个药|这种药)?"
    r"(?:是不是|在不在|在|能不能|能|可以|可不可以|报不报|属于|算|是|进|有没有|有什么"
    r"| in the| on the| covered| reimbursed| reimbursable| be reimbursed)"
)
_NO_NAME = re.compile(
    r"我|您|你|他|她|它|这|那|什么|哪|怎么|多少|医保|报销|费用|花|总共|一共|看|检查费|药费|i\b|it\b|my\b|how\b"
)


def name_asked_for(text: str, around: Surroundings) -> str | None:
    """The unknown name in a normalised text, or None."""
    letters = list(text)
    lower = text.lower()
    lexicon = around.lexicon
    lists = (lexicon.facts, around.regions, lexicon.elsewhere, lexicon.subjects)
    for start, end in [(hit.start, hit.end) for words in lists for hit in words.find(lower)]:
        letters[start:end] = "，" * (end - start)
    for clause in CLAUSE.split("".join(letters)):
        found = _NAME.match(clause.strip())
        if found is not None and not _NO_NAME.match(found["name"].lower()):
            return found["name"].strip()
    return None
