"""What a message asks of the channel and not of the assistant: commands, and words in their place.

The words stand here beside their commands because they are matched whole; everything else that a
person says goes to the assistant.
"""

from dataclasses import dataclass
from typing import Literal

from askdoc.reception.enrolment import code_in

CommandName = Literal[
    "start",
    "help",
    "link",
    "family",
    "language",
    "details",
    "stop",
    "resume",
    "delete",
    "not_me",
    "died",
    "group",
    "unknown",
]
# A message that a bot writes in place of whatever was said in a group: nothing of it is kept.
GROUP = "/group"
_WORDS: dict[CommandName, tuple[str, ...]] = {
    "help": ("帮助", "菜单", "怎么用", "help", "menu"),
    "family": ("家人", "换人", "替家人问", "family"),
    "language": ("语言", "language", "english", "中文"),
    "stop": ("退订", "td", "不要再发", "别再发了", "unsubscribe", "stop"),
    "resume": ("恢复提醒", "订阅", "subscribe"),
    "delete": ("删除我的数据", "删除数据", "delete my data"),
    "not_me": ("不是本人", "发错了", "发错人了", "not me", "wrong person"),
    "died": (
        "已去世",
        "人已去世",
        "已过世",
        "已经去世",
        "去世了",
        "过世了",
        "passed away",
        "deceased",
    ),
}
_SLASHED: dict[str, CommandName] = {
    "start": "start",
    "help": "help",
    "link": "link",
    "family": "family",
    "lang": "language",
    "language": "language",
    "details": "details",
    "stop": "stop",
    "resume": "resume",
    "delete": "delete",
    "group": "group",
}
_LINKING = ("绑定", "link")


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what was said after it."""

    name: CommandName
    rest: str = ""


def command_of(text: str) -> Command | None:
    """The command of a message, or None when the message is for the assistant."""
    said = text.strip()
    if said.startswith("/"):
        word, _, rest = said[1:].partition(" ")
        # In a group a command names its bot: /help@askdoc_bot.
        name = _SLASHED.get(word.partition("@")[0].lower(), "unknown")
        return Command(name, rest.strip())
    plain = said.lower().rstrip("。.!！~ ")
    for name, words in _WORDS.items():
        if plain in words:
            return Command(name, plain)
    for word in _LINKING:
        if plain.startswith(word) and code_in(said[len(word) :]):
            return Command("link", said[len(word) :].strip())
    # A code alone is a code when it has a digit: ten letters may be a word.
    if code_in(said) and any(map(str.isdigit, said)):
        return Command("link", said)
    return None
