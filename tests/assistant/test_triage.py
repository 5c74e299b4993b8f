"""Triage by rule: no emergency they were made with is missed, and few harmless ones are raised.

The second opinion has tests of its own (`test_second_opinion`).
"""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.assistant.triage.alarms import (
    SOUNDS_URGENT,
    Alarm,
    AlarmKind,
    RedFlags,
    Speaker,
    advice,
    load_red_flags,
    triage,
)
from askdoc.assistant.triage.red_flag_messages import LabelledMessage, read_messages
from askdoc.assistant.triage.red_flags import CARE_KINDS, SPEECH
from askdoc.policy import SheetError
from askdoc.wording.phrases import LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = (
    *read_messages(ROOT / "knowledge" / "red_flag_messages.yaml"),
    *read_messages(Path(__file__).with_name("triage") / "held_out.yaml"),
)


def cases(fits: Callable[[LabelledMessage], bool]) -> list[Any]:
    """The messages that the rules were made with, of one kind."""
    return [pytest.param(one, id=one.text) for one in MESSAGES if not one.is_fresh and fits(one)]


@pytest.fixture(scope="session")
def flags(knowledge: Path) -> RedFlags:
    return load_red_flags(knowledge)


@pytest.fixture(scope="session")
def rules(flags: RedFlags) -> RedFlags:
    return replace(flags, opinion=None)


@pytest.mark.parametrize("said", cases(lambda one: one.is_emergency))
def test_an_emergency_is_never_missed(rules: RedFlags, said: LabelledMessage) -> None:
    found = triage(said.text, rules, said.speaker)
    assert found is not None
    assert found.kind == "emergency"
    assert said.text[found.start : found.end] == found.words


@pytest.mark.parametrize("said", cases(lambda one: one.label == "look_alike"))
def test_what_only_sounds_like_an_emergency_is_none(rules: RedFlags, said: LabelledMessage) -> None:
    found = triage(said.text, rules, said.speaker)
    assert found is None or found.kind != "emergency"


@pytest.mark.parametrize("said", cases(lambda one: one.is_care))
def test_a_matter_of_care_is_seen(rules: RedFlags, said: LabelledMessage) -> None:
    found = triage(said.text, rules, said.speaker)
    assert found is not None
    assert found.kind == said.label


@pytest.mark.parametrize("said", cases(lambda one: one.label == "none"))
def test_a_plain_question_raises_no_alarm(rules: RedFlags, said: LabelledMessage) -> None:
    assert triage(said.text, rules, said.speaker) is None


@pytest.mark.parametrize(
    "said",
    [
        *("我妈眼睛肿了一直疼", "奶奶牙疼半边脸肿", "爷爷牙痛，脸也肿了两天"),
        *("自费部分打八折我爸能省多少", "医保刷完还打几折", "药店打骨折价还能刷医保吗"),
    ],
)
def test_a_mild_complaint_or_a_discount_is_no_emergency(flags: RedFlags, said: str) -> None:
    for heard in (flags, replace(flags, opinion=None)):
        found = triage(said, heard)
        assert found is None or found.kind != "emergency"


@pytest.mark.parametrize(
    "said", ["吃了头孢眼睛肿了，喘", "牙疼半边脸肿，现在喘不上气", "我爸腿被打折了，骨头露出来了"]
)
def test_what_only_begins_mildly_stays_one(rules: RedFlags, said: str) -> None:
    found = triage(said, rules)
    assert found is not None
    assert found.kind == "emergency"


@pytest.mark.parametrize(
    "said",
    [
        *("从梯子上栽下来，小腿骨头都支出来了，报工伤还是医保", "吐了一大口血，要不要先备案"),
        *("喝了洁厕液了，洗胃自费吗", "喉咙肿得咽不下口水，急诊能报吗"),
    ],
)
def test_an_emergency_without_a_person_counts_beside_insurance(rules: RedFlags, said: str) -> None:
    found = triage(said, rules)
    assert found is not None
    assert found.kind == "emergency"


@pytest.mark.parametrize(
    "said",
    [
        *("百草枯中毒的血液灌流，医保报几次", "骨头外露的开放性骨折，住院大概报多少"),
        *("前年喝过农药，现在查肾功能能报吗", "被狗咬的伤口缝好出院了，换药报吗"),
    ],
)
def test_what_insurance_pays_for_an_emergency_is_none(rules: RedFlags, said: str) -> None:
    found = triage(said, rules)
    assert found is None or found.kind != "emergency"


@pytest.mark.parametrize(
    "said", ["佢突然抬唔起隻手，講嘢唔清", "伊气也接勿上，面孔发紫", "阿嫲瞓喺度，冇呼吸"]
)
def test_letters_of_dialects_are_read_as_the_common_ones(rules: RedFlags, said: str) -> None:
    found = triage(said, rules)
    assert found is not None
    assert found.kind == "emergency"


@pytest.mark.parametrize("said", ["冇哮喘，想問噴霧報唔報", "唔係中風，係面癱，針灸報唔報"])
def test_a_dialect_denies_too(rules: RedFlags, said: str) -> None:
    found = triage(said, rules)
    assert found is None or found.kind != "emergency"


@pytest.mark.parametrize(
    ("high", "ordinary"),
    [
        ("INR查出来8.2", "INR查出来2.4"),
        ("血钾6.9", "血钾4.3"),
        ("血色素45", "血色素118"),
        ("血酮4.1", "血酮0.2"),
        ("血钠109", "血钠139"),
        ("摸脉三十二", "摸脉七十六"),
    ],
)
def test_a_reading_alarms_where_it_is_dangerous(rules: RedFlags, high: str, ordinary: str) -> None:
    found = triage(high, rules)
    assert found is not None
    assert found.kind == "emergency"
    harmless = triage(ordinary, rules)
    assert harmless is None or harmless.kind != "emergency"


@pytest.mark.parametrize(
    "said",
    [
        *(
            "想带婆婆坐邮轮，怕路上心梗，异地急诊能直接结吗",
            "怕公公夜里脑梗没人知道，有没有手环补贴",
        ),
        *("跑证明跑断了两条腿，能网上办吗", "填单子填得我头都要炸了，能代办吗"),
        "做梦梦见爸爸没呼吸了，醒来没事，问问体检报不报",
    ],
)
def test_what_is_feared_ahead_dreamt_or_exaggerated_is_none(rules: RedFlags, said: str) -> None:
    found = triage(said, rules)
    assert found is None or found.kind != "emergency"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("吃辛伐他汀一个来月了，小腿酸痛没劲", "side_effect"),
        ("吃了助眠的药，白天昏沉沉的，医保里能换一种不", "side_effect"),
        ("佐匹克隆一片睡不着，吃两片要不要紧", "wants_dose_change"),
        ("My elbow clicks when I bend it, what is wrong with it?", "wants_diagnosis"),
        ("血压平稳了，甭吃了行吗", "wants_to_stop"),
    ],
)
def test_a_matter_of_care_is_heard_in_other_words(rules: RedFlags, said: str, kind: str) -> None:
    found = triage(said, rules)
    assert found is not None
    assert found.kind == kind


def test_the_flag_fits_nearly_every_emergency(rules: RedFlags) -> None:
    told = [one for one in MESSAGES if one.flags]
    wrong = []
    for one in told:
        found = triage(one.text, rules, one.speaker)
        if found is None or found.flag not in one.flags:
            wrong.append(one.text)
    assert len(wrong) <= len(told) * 0.04, wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_alarm_has_its_advice(flags: RedFlags, lang: str) -> None:
    said = catalogue("triage", "zh" if lang == "zh" else "en")
    ids = {*(flag.id for flag in flags.flags), SOUNDS_URGENT}
    assert set(said["emergency"]) == ids
    assert set(said["care"]) == set(CARE_KINDS) == set(get_args(AlarmKind)) - {"emergency"}
    for flag in ids:
        lines = advice(Alarm("emergency", flag, "", 0, 0), "zh" if lang == "zh" else "en")
        assert "120" in " ".join(lines[:2])
        assert len(lines) >= 4
        assert not any("医保" in line or "insur" in line for line in lines)


def test_the_span_counts_in_the_text_as_typed(flags: RedFlags) -> None:
    found = triage("  醫生，我ＭＹ  胸口好痛！", flags)
    assert found is not None
    assert found.words == "胸口好痛"


@given(st.text(max_size=300))
def test_any_text_is_handled(text: str) -> None:
    for speaker in get_args(Speaker):
        found = triage(text, FLAGS, speaker)
        assert found is None or text[found.start : found.end] == found.words


PIECES = st.sampled_from(
    [
        *("胸口", "痛", "没有", "去年", "现在", "吃了", "20片", "一瓶", "药", "，", "。", "报销"),
        *("宝宝", "血", "两个月", "发烧", "不", "如果", "死", "晕", "患者", " ", "chest", "İ"),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_mixture_of_signs_is_handled(text: str) -> None:
    for speaker in get_args(Speaker):
        triage(text, FLAGS, speaker)


@pytest.mark.parametrize(
    "piece",
    [
        "胸口",
        "没有胸口痛",
        "去年胸口痛",
        "吃20片药",
        "宝宝两个月",
        "血",
        "我不想死",
        "a",
        "，",
        "脸肿喘",
    ],
)
def test_a_message_of_ten_thousand_letters_takes_bounded_time(flags: RedFlags, piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    begun = time.process_time()
    triage(text, flags)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("broken", "problem", "line"),
    [
        (("  - id: help", "  - id: heart"), "listed_twice", "  - id: heart"),
        (("names: [脑梗,", "names: [脑梗, 脑梗,"), "listed_twice", "names: [脑梗, 脑梗"),
        (("[chest, chest_bad]", "[chest, nobody]"), "not_one_of", "[chest, nobody]"),
        (("kind: scam", "kind: swindle"), "not_one_of", "kind: swindle"),
        (("grave: true", "graves: true"), "unknown_key", "graves: true"),
        (("within: 10", "within: ten"), "not_whole", "within: ten"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    knowledge: Path, tmp_path: Path, broken: tuple[str, str], problem: str, line: str
) -> None:
    text = (knowledge / "red_flags.yaml").read_text(encoding="utf-8").replace(*broken, 1)
    (tmp_path / "red_flags.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SheetError) as refused:
        load_red_flags(tmp_path)
    assert refused.value.problem == problem
    lines = text.splitlines()
    place = str(refused.value.fields["place"])
    assert place.startswith("red_flags.yaml:")
    assert line in lines[int(place.rpartition(":")[2]) - 1]


def test_the_lists_of_speech_are_all_there(flags: RedFlags) -> None:
    assert set(flags.speech) == set(SPEECH)


FLAGS = load_red_flags(ROOT / "knowledge")
