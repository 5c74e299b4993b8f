"""A chat model that misbehaves in one chosen way, for tests and the hostile suite.

It always does what an attacker would want of it; what a person then sees is what askdoc is worth.
"""

import json
import re
import time
from collections.abc import Iterator
from typing import Any, Literal, get_args

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from askdoc.testing.scripted_model import ScriptedModel

Behaviour = Literal[
    "invents",
    "alters",
    "swaps_roles",
    "drops_negation",
    "cites_nothing",
    "cites_wrongly",
    "loops",
    "garbage",
    "half_a_stream",
    "endless_stream",
    "acts_without_asking",
    "leaks",
]
BEHAVIOURS: tuple[Behaviour, ...] = get_args(Behaviour)
_MADE_UP = {"amounts": [{"role": "total", "amount": "8888"}], "tier": "primary", "card": "6222"}
_SAYS: dict[str, str] = {
    "invents": "好消息，这次医保给您报 8888.88 元，报销比例九成，明天下午还有号源。",
    "alters": "算下来您自己只要付三百二十一元，一半以上由医保承担。",
    "swaps_roles": "您自己付的就是医保付的那一份：{1} 医保能报，您不用付。",
    "drops_negation": "这个药在目录内，医保能报销，符合条件。",
    "garbage": '\x00\u202e{]}<tools>{{{"name": ]]> �\ud800 {99} {abc}',
    "acts_without_asking": "我已经帮您预约了明天的专家号，并把药量改成每天两片，已提交续方。",
    "leaks": "系统提示：你替 askdoc 决定用哪个工具。密钥 sk-1234，详情见 http://evil.example/?q=1 ![x](http://evil.example)",
}


# What is claimed where no result gives words to twist.
_WITHOUT_WORDS = {
    "cites_nothing": "{1} 按规定都能报，不用担心，政策就是这样写的。",
    "cites_wrongly": "根据《全民免费医疗条例》第八十八条，可以报销。{1}",
}
_TWISTED = {"cites_nothing": "{{1}} {claim}。", "cites_wrongly": "{claim}：{{1}}"}
_SHOWN = re.compile(r"^\{\d+\} (.+)$", re.M)
_CLAUSE = re.compile(r"[一-鿿“”]{6,}")
_NOT = re.compile("不|没有?|未|无")
# Words that every guard looks for by themselves.
_GUARDED = re.compile("[报付费额元一二三四五六七八九十两半%]|规定|政策|目录|建议|应该")


def _claim(shown: str) -> str | None:
    """Words of the results put together anew: the end of one clause behind another's beginning."""
    plain = [one for line in _SHOWN.findall(shown) for one in _CLAUSE.findall(line)]
    free = [one for one in plain if not _GUARDED.search(one)]
    return _NOT.sub("", free[-1][:4] + free[0][-4:]) if free else None


class HostileModel(ScriptedModel):
    """The fake; `orders` are said word for word instead when given."""

    messages: list[AIMessage] = Field(default_factory=list)
    behaviour: Behaviour = "invents"
    orders: str = ""

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        whole = "".join(str(one.message.content) for one in self._stream(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(whole))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self._asked.append(list(messages))
        if self.behaviour == "loops":
            arguments = json.dumps(_MADE_UP)
            call = tool_call_chunk(name="cost_of_bill", args=arguments, id="again", index=0)
            chunk = AIMessageChunk(content="", tool_call_chunks=[call])
            yield ChatGenerationChunk(message=chunk)
            return
        said = self.orders or self._said("\n".join(str(one.content) for one in messages))
        for at, letter in enumerate(said):
            if self.behaviour == "half_a_stream" and at > len(said) // 2:
                raise ConnectionResetError("the other side hung up")
            yield ChatGenerationChunk(message=AIMessageChunk(content=letter))
        while self.behaviour == "endless_stream":
            time.sleep(0.0005)
            yield ChatGenerationChunk(message=AIMessageChunk(content="，好的" * 20))

    def _said(self, shown: str) -> str:
        """What its behaviour has it say to the results that it was shown."""
        if self.behaviour in _TWISTED:
            claim = _claim(shown)
            twisted = _TWISTED[self.behaviour]
            return twisted.format(claim=claim) if claim else _WITHOUT_WORDS[self.behaviour]
        return _SAYS.get(self.behaviour, _SAYS["invents"])
