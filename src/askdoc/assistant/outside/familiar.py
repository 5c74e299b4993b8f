"""Which words of a model claim nothing: those that open a talk, join sentences or soothe.

A list of what is forbidden always lacks something ("您的长处方已经续好"). So whatever is not made
of these words states something, and needs its citation (`citations.py`).
"""

import re
from functools import cache

# Words that open a talk, point at a sentence, join two, or offer more. None claims anything.
_CHINESE = (
    "您好 你好 别急 别着急 不着急 不急 慢慢 慢慢看 慢慢来 放心 好的 嗯 请 请看 请您 您 你 我"
    " 我们 我来 我把 帮 帮您 给您 为您 跟您 把 理一理 说一说 讲一讲 看一看 说 讲 看 听 问"
    " 说说 说清楚 讲清楚 讲讲 看看 先 先看 先说 先讲 首先 再 再看 再说 接着 然后 接下来 另外"
    " 还有 还要 也 也请 也要 都 就 就是 是 是这样 这样 的 了 吧 呢 啊 哦 呀 和 与 在 在这里"
    " 在下面 下面 上面 如下 以下 这 这是 这里 这句 这句话 这一句 这几句 那 那么 那句 这个"
    " 这些 这次 这边 结果 答案 意思 意思是 重点 关键 要点 主要 主要是 最要紧 要紧 要紧的"
    " 最要紧的 最要紧的是 最重要 最重要的 最重要的是 重要 重要的 记得 记住 请记得 请记住"
    " 要记得 要注意 注意 请注意 提醒您 留意 明白 不明白 不明白的 不清楚 不懂 不懂的 疑问 问题"
    " 您问的 您的 有 如果 如果有 要是 若 随时 可以 可以再 可以接着 接着问 接着问我 再问我"
    " 问我 告诉我 慢慢问 我再 再给您 简单 简单说 一句话 一句话说 总的来说 总之 大概 情况"
    " 您的情况 您的问题 关于 对于 希望 祝 祝您 身体健康 保重 谢谢 不客气 辛苦 别担心 不用担心"
    " 不要担心 老人家 爷爷 奶奶 叔叔 阿姨 具体 具体是 详细 详细的 说明 解释 解释一下 一下"
    " 是这么回事 来 到 去 对 吗 想 想知道 知道 了解 需要 需要的话 的话 帮忙 帮到您 帮得上"
    " 地方 哪里 什么 还 才 又 让 让我 会 能 要 点 从 按 照 看完 读 念 念给您 一起 一起看 一步"
    " 一步步 步骤 最后 其次 同时 因为 所以 不过 但 但是 而 或 或者 并 并且 即 即是"
)
_ENGLISH = (
    "hello hi dear please here is are the a an and or but so then also next first finally your you"
    " i me my we us let this that these those it its what which matters matter important key point"
    " result results answer below above following sentence look see read note keep in mind remember"
    " ask anything any question questions more if unclear clear have has be with about for to of on"
    " at as by from there now help happy glad explain explained explains means meaning simply short"
    " in brief plain words detail details feel free don't worry thank thanks welcome take your time"
    " step summary tell tells told can will would like know understand other else again once case"
)
_LONGEST = 8
_TOKEN = re.compile(r"[一-鿿]|[a-z']+|\d+")
Tokens = tuple[str, ...]


def tokens_of(text: str) -> Tokens:
    """Chinese signs one by one, words and numbers; the text is simplified and lower case."""
    return tuple(_TOKEN.findall(text))


def made_of(tokens: Tokens, words: frozenset[Tokens]) -> bool:
    """Whether tokens fall into words without a rest."""
    reached = [True] + [False] * len(tokens)
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + _LONGEST) + 1):
            if reached[start] and tokens[start:end] in words:
                reached[end] = True
    return reached[-1]


def vocabulary(*words: str) -> frozenset[Tokens]:
    """Words, given with blanks between them, as tokens."""
    return frozenset(tokens_of(one) for text in words for one in text.split())


@cache
def _openings() -> frozenset[Tokens]:
    return vocabulary(_CHINESE, _ENGLISH)


def claims_nothing(text: str) -> bool:
    """Whether a text is made of words that open, join or soothe."""
    return made_of(tokens_of(text), _openings())
