"""What a message says that other offices pay: wages, pensions, allowances for a birth or an injury.

What a reader would not guess: a wage stands beside such a question as its only number, and would
make a bill if nobody told it apart.
"""

import re

from askdoc.assistant.reading.amounts import clauses
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.lexicon import BILL_ROLES, Lexicon

_NUMBER = r"[\d一二两三四五六七八九十百千万半,.]+"
_EARNED = (
    r"工资|月薪|薪资|薪水|底薪|年薪|收入|养老金|退休金|失业金|缴费基数|基数|人工|粮"
    r"|\b(?:salary|wages?|pension|income)\b"
)
_WAGE = re.compile(
    rf"(?:{_EARNED})(?:是|每|一)?(?:个?月[^，。；,;\d一二两三四五六七八九十百千万]{{0,2}})?"
    r"[^，。；,;?？!！\d一二两三四五六七八九十百千万]{0,8}"
    rf"(?P<number>{_NUMBER})"
    rf"|\b(?:on|earn|earns|earning|make|makes|making) (?:about )?(?P<earned>{_NUMBER})"
    r"(?= ?(?:yuan|rmb|cny)? (?:a|per) (?:month|year))"
)
# Matters of the lexicon that another office decides, and what is asked of them.
_OFFICES = ("pension", "maternity_allowance", "work_injury", "other_insurance")
_ALSO = re.compile(
    r"丧葬|抚恤金|商业险|商业保险|\b(?:unemployment|funeral) (?:benefit|allowance|payment)s?\b"
)
_ASKS = re.compile(
    r"多少|几[个天多钱钿]|几时|怎么|怎样|咋|能不能|可不可以|吗|么|什么时候|给不给|赔不赔|领|拿"
    r"|\b(?:how|what|when|can|will|do|does|am)\b"
)
_INSURANCE = re.compile(
    r"医保(?!局|中心)|报销|能报|给报|报不|报多少|报几|自付|自己[付掏出]|起付|封顶|住院费|门诊费|目录"
    r"|\b(?:cover|reimburs|deductible|bill)"
)
# Where somebody is insured is said of every matter.
_WHERE = re.compile(r"(?:职工|居民|参加|交|缴|买|有|的是?)[^，。；,;]{0,3}医保")


def wage_spans(masked: str) -> list[tuple[int, int]]:
    """Where a lower-case text tells what somebody earns or draws: no amount of a bill."""
    return [
        found.span("number" if found["number"] else "earned") for found in _WAGE.finditer(masked)
    ]


def asks_another_office(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a message without a medicine or a bill asks what another office pays.

    A word counts where its own clause asks, or the one behind it does.
    """
    text = reading.text.lower()
    is_bill = any(one.role in BILL_ROLES for one in reading.amounts)
    if reading.mentions or is_bill or _INSURANCE.search(_WHERE.sub(" ", text)):
        return False
    spans = clauses(text)
    for at, (begin, end) in enumerate(spans):
        behind = spans[at + 1][1] if at + 1 < len(spans) else end
        hits = lexicon.outside.find(text[begin:end])
        named = _ALSO.search(text, begin, end) or any(hit.meaning in _OFFICES for hit in hits)
        if named and _ASKS.search(text[begin:behind]):
            return True
    return False
