"""What a conversation remembers between two turns: whole, and small."""

import json
from typing import Any

import pytest

from askdoc.assistant.dialogue import Dialogue, dialogue_record, read_dialogue
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.transcript import STATE_LIMIT
from askdoc.bootstrap import House

from .talking import BILL, HELP, MISSING_ALL, STAY, context, talk

# The state between two turns

TALKS = [
    (BILL, "那二级医院呢", "是650不是700", "有依据吗"),
    (STAY, "我爸呢？他是在职职工", "我妈换二级医院呢"),
    (MISSING_ALL, "上海", "2", "不知道"),
    ("二甲双胍能报吗", "2", "那缓释片呢", "这个药有什么替代"),
    (BILL, f"{HELP}，上海在职职工门诊花了100元能报多少", "没事了"),
    ("什么是谈判药", "第一个", "简单点"),
    ("今天天气不错", "你好", BILL, "转人工"),
]


@pytest.mark.parametrize("said", TALKS, ids=lambda said: said[0][:8])
def test_the_state_survives_json(house: House, said: tuple[str, ...]) -> None:
    kept = talk(house, *said)
    record: dict[str, Any] | None = None
    for one, before in zip(said, kept, strict=True):
        around = context(house)
        state = read_dialogue(record, around.on_day)
        turned = converse(one, state, around)
        assert turned.answer.lines == before.answer.lines
        assert turned.answer.figures == before.answer.figures
        assert turned.answer.choices == before.answer.choices
        record = json.loads(json.dumps(dialogue_record(turned.dialogue)))


def test_a_record_read_and_written_again_is_the_same(house: House) -> None:
    for said in TALKS:
        record = dialogue_record(talk(house, *said)[-1].dialogue)
        plain = json.loads(json.dumps(record))
        again = dialogue_record(read_dialogue(plain, context(house).on_day))
        assert json.loads(json.dumps(again)) == plain


def test_the_state_stays_small_after_a_hundred_turns(house: House) -> None:
    rounds = [
        BILL,
        "那二级医院呢",
        STAY,
        "我爸是在职职工，他要付多少，" + "麻烦您了，" * 40,
        "什么是谈判药",
        "氯吡格雷、氨氯地平和阿卡波糖能报吗",
        "去外地看病怎么备案",
        "我老伴退休了，2004年退休，72岁，社区门诊花了300能报多少",
        "再说一遍",
        "是350不是300",
    ]
    state = Dialogue()
    sizes = []
    for turn in range(100):
        state = converse(rounds[turn % len(rounds)], state, context(house)).dialogue
        sizes.append(len(json.dumps(dialogue_record(state), ensure_ascii=False).encode()))
    assert state.turn >= 80
    assert max(sizes) < STATE_LIMIT
    assert max(sizes[50:]) <= max(sizes[:50])
