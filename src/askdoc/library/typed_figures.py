"""Figures that a document types itself instead of naming the policy value.

Words that merely contain a numeral (三级医院, 一档, 1+1+1, 第一类精神药品, 两病) are no figures.
"""

import re

_NAMES = re.compile(
    r"1\+1\+1|第[一二三四五六七八九十]+|[一二三]级|[一二]档|两病|一次性|一般|一定|一样|一起|统一|一致"
    r"|进一步|一旦|一并|一类|一种|一次|一人|一家|一张|一项|一名|一份|一个(?!百分点|月|星期)|同一|唯一|一些|一方|另一|每一|十分"
    r"|万一|三者|两者|二者|〔\d{4}〕\d+号|[A-Z]+\d+|五率一比|四优先|四查|十对"
)
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?"
    r"|百分之[零一二三四五六七八九十百]+"
    r"|[零一二两三四五六七八九十百千万半]+个?"
    r"(?:元|块|毛|天|日|周|星期|月|年|岁|种|类|次|倍|成|折|百分点|人|家|张|条|项|名|份|支|片|盒|针|只)"
)


def typed_figures(text: str) -> tuple[str, ...]:
    """The figures in a text whose placeholders are taken out."""
    bare = _NAMES.sub("　", text)
    return tuple(found[0] for found in _FIGURE.finditer(bare))
