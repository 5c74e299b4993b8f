"""The model ⇄ tools loop, the embedded model, and the frames that tell it what can be done."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from askdoc.assistant.answers.known import known_facts
from askdoc.assistant.context import Context
from askdoc.assistant.planning.frame import FACTS, FILE, NO_TOOL, Frames, load_frames
from askdoc.assistant.planning.loop import MOST_ROUNDS, Plan, run
from askdoc.assistant.planning.planner import PLAN, Planner
from askdoc.assistant.planning.tools import (
    TOOLS,
    Asked,
    UnboundArgument,
    arguments,
    bound,
    run_tool,
)
from askdoc.bootstrap import House
from askdoc.policy import SheetError
from askdoc.testing import ScriptedModel
from askdoc.wording.phrases import LANGUAGES, catalogue

from .conftest import DAY

BAD = sorted((Path(__file__).parent / "bad_frames").glob("*.yaml"))
BILL = "上海在职职工，三级医院门诊花了700元，其中乙类药200元，起付线已经用完了，能报多少？"
TOOL = "cost_of_bill"


@pytest.fixture(scope="module")
def context(house: House) -> Context:
    return house.context(DAY, {}, 0, None)


@pytest.fixture(scope="module")
def plan(context: Context) -> Plan:
    """What the frames want for the bill."""
    reading = context.read(BILL)
    asked = Asked(reading, known_facts(reading, context), context, "zh")
    return Plan(TOOL, arguments(context.frames.by_id["bill_cost"].uses, asked), asked)


def call(tool: str, args: Mapping[str, Any], id: str = "call-0") -> AIMessage:
    return AIMessage("", tool_calls=[{"name": tool, "args": dict(args), "id": id}])


# The embedded model


def test_the_planner_is_a_chat_model_like_any_other() -> None:
    planner = Planner()
    assert isinstance(planner, BaseChatModel)
    assert planner.bind_tools(list(TOOLS.values())) is planner


def test_the_planner_calls_what_the_plan_names_in_its_order(plan: Plan) -> None:
    calls = [{"tool": TOOL, "arguments": plan.arguments}, {"tool": "find_policy", "arguments": {}}]
    said = Planner().invoke([HumanMessage(BILL, additional_kwargs={PLAN: calls})])
    assert isinstance(said, AIMessage)
    assert said.content == ""
    assert [one["name"] for one in said.tool_calls] == [TOOL, "find_policy"]
    assert [one["args"] for one in said.tool_calls] == [dict(plan.arguments), {}]
    assert len({one["id"] for one in said.tool_calls}) == 2


def test_the_planner_tells_the_results_word_for_word() -> None:
    messages = [
        HumanMessage(BILL, additional_kwargs={PLAN: [{"tool": TOOL, "arguments": {}}]}),
        call(TOOL, {}),
        ToolMessage("您自己付 224.00元。", tool_call_id="call-0"),
        ToolMessage("阿卡波糖片：甲类。", tool_call_id="call-1"),
    ]
    said = Planner().invoke(messages)
    assert said.content == "您自己付 224.00元。\n\n阿卡波糖片：甲类。"
    assert isinstance(said, AIMessage)
    assert said.tool_calls == []


def test_the_planner_leaves_the_results_of_earlier_questions_alone() -> None:
    before = [
        HumanMessage("早些时候的问题", additional_kwargs={PLAN: []}),
        ToolMessage("早些时候的结果", tool_call_id="call-0"),
    ]
    now = HumanMessage(BILL, additional_kwargs={PLAN: [{"tool": TOOL, "arguments": {}}]})
    said = Planner().invoke([*before, now])
    assert isinstance(said, AIMessage)
    assert said.content == ""
    assert [one["name"] for one in said.tool_calls] == [TOOL]


def test_a_question_without_a_plan_calls_nothing() -> None:
    said = Planner().invoke([HumanMessage(BILL)])
    assert isinstance(said, AIMessage)
    assert said.tool_calls == []


# The loop


def test_the_loop_gives_what_the_tools_gave_and_the_closing_words(plan: Plan) -> None:
    called, words = run(Planner(), BILL, [plan])
    assert [one.tool for one in called] == [TOOL]
    (answer,) = [one.answer for one in called]
    assert answer is not None
    assert words == answer.text
    assert called[0].refused is None


def test_a_model_that_never_stops_calling_is_stopped(plan: Plan) -> None:
    model = ScriptedModel(messages=[call(TOOL, plan.arguments)])
    called, words = run(model, BILL, [plan])
    assert len(model.asked) == MOST_ROUNDS
    assert len(called) == MOST_ROUNDS
    assert words == ""


def test_a_model_that_calls_nothing_only_speaks(plan: Plan) -> None:
    model = ScriptedModel(messages=[AIMessage("我不知道。")])
    assert run(model, BILL, [plan]) == ([], "我不知道。")


def test_a_tool_that_does_not_exist_is_told_to_the_model(plan: Plan) -> None:
    model = ScriptedModel(messages=[call("book_a_slot", {"day": "2026-11-26"}), AIMessage("好")])
    called, words = run(model, BILL, [plan])
    assert [(one.tool, one.answer) for one in called] == [("book_a_slot", None)]
    told = model.asked[1][-1]
    assert isinstance(told, ToolMessage)
    assert "book_a_slot" in str(told.content)
    assert told.content == called[0].refused
    assert words == "好"


@pytest.mark.parametrize(
    "invented",
    [
        {"tier": "primary"},
        {"status": "retired"},
        {"age": 71},
        {"amounts": [{"role": "total", "amount": "1200.00"}]},
        {"amounts": [{"role": "off_catalogue", "amount": "200.00"}]},
        {"medicines": ["阿卡波糖"]},
        {"region": "cn/zhejiang/hangzhou"},
        {"no_such_fact": True},
    ],
)
def test_an_argument_that_nobody_said_is_refused_and_told_to_the_model(
    plan: Plan, invented: dict[str, Any]
) -> None:
    made_up = {**plan.arguments, **invented}
    with pytest.raises(UnboundArgument):
        run_tool(TOOL, made_up, plan.asked)
    model = ScriptedModel(messages=[call(TOOL, made_up), AIMessage("对不起")])
    called, _ = run(model, BILL, [plan])
    (refused,) = called
    assert refused.answer is None
    told = model.asked[1][-1]
    assert isinstance(told, ToolMessage)
    assert told.content == refused.refused
    assert "没有人说过" in str(told.content)


def test_a_model_may_mend_a_refused_call(plan: Plan) -> None:
    model = ScriptedModel(
        messages=[
            call(TOOL, {**plan.arguments, "tier": "primary"}),
            call(TOOL, plan.arguments, "call-1"),
            AIMessage("好"),
        ]
    )
    called, _ = run(model, BILL, [plan])
    assert [one.answer is None for one in called] == [True, False]
    assert called[1].answer is not None
    assert called[1].answer.figures["total"] == "700.00"


def test_a_fact_that_the_model_leaves_out_is_not_used(plan: Plan) -> None:
    without = {name: said for name, said in plan.arguments.items() if name != "status"}
    left = bound(without, plan.asked)
    assert "status" not in left.known
    found = run_tool(TOOL, without, plan.asked)
    assert "status" not in {one.fact for one in found.understood}


def test_a_call_without_its_amounts_has_no_sum(plan: Plan) -> None:
    bare = {name: said for name, said in plan.arguments.items() if name != "amounts"}
    assert run_tool(TOOL, bare, plan.asked).missing == ("amount",)


def test_arguments_are_plain_json(plan: Plan) -> None:
    assert json.loads(json.dumps(plan.arguments)) == plan.arguments
    assert plan.arguments["amounts"] == [
        {"role": "total", "amount": "700.00"},
        {"role": "class_b", "amount": "200.00"},
        {"role": "deductible_left", "amount": "0"},
    ]


def test_another_model_gets_the_same_tools_and_the_same_results(plan: Plan) -> None:
    model = ScriptedModel(messages=[call(TOOL, plan.arguments), AIMessage("好")])
    assert run(model, BILL, [plan])[0] == run(Planner(), BILL, [plan])[0]


def test_what_a_model_says_itself_is_no_result(plan: Plan) -> None:
    model = ScriptedModel(messages=[AIMessage("全部免费，一分不用付！")])
    assert run(model, BILL, [plan]) == ([], "全部免费，一分不用付！")


@pytest.mark.parametrize("tool", ["look_up_medicine", "find_alternatives", "compare_ingredients"])
def test_a_tool_without_its_medicine_asks_for_it(plan: Plan, tool: str) -> None:
    found = run_tool(tool, {}, plan.asked)
    assert found.kind == "ask"
    assert found.missing == ("medicine",)


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_every_tool_says_what_it_does(tool: str) -> None:
    assert (TOOLS[tool].__doc__ or "").strip()
    assert TOOLS[tool].__name__ == tool


def test_without_a_library_nothing_is_made_up(plan: Plan, context: Context) -> None:
    asked = replace(plan.asked, context=replace(context, library=None))
    assert run_tool("find_policy", {}, asked).kind == "nothing_found"


# Frames


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_bad_frame_is_refused_with_file_line_and_reason(file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    line, words = text.splitlines()[0].removeprefix("# says: ").split(" ", 1)
    with pytest.raises(SheetError) as refused:
        load_frames(tmp_path, tuple(TOOLS))
    sentence = refused.value.sentence("en")
    assert sentence.startswith(f"{FILE}:{line}: ")
    assert words in sentence
    assert refused.value.sentence("zh").startswith(f"{FILE}:{line}：")


def test_there_is_a_bad_file_for_each_mistake() -> None:
    assert len(BAD) >= 12


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=FILE):
        load_frames(tmp_path, tuple(TOOLS))


@pytest.fixture(scope="module")
def frames(knowledge: Path) -> Frames:
    return load_frames(knowledge, tuple(TOOLS))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_frame_has_its_words(frames: Frames, lang: str) -> None:
    said = catalogue("assistant", "zh" if lang == "zh" else "en")
    assert set(said["frame"]) == set(frames.by_id)
    without = {one.id for one in frames.by_id.values() if one.tool == NO_TOOL}
    assert set(said["not_yet"]) == without
    for words in (*said["frame"].values(), *said["not_yet"].values()):
        assert str(words).strip()


def test_every_tool_has_a_frame_and_every_frame_its_words_to_learn_from(frames: Frames) -> None:
    assert {one.tool for one in frames.by_id.values()} - {NO_TOOL} == set(TOOLS)
    for one in frames.by_id.values():
        assert len(one.say) >= 3
        assert set(one.uses) <= set(FACTS)
        assert set(one.next) <= set(frames.by_id) - {one.id}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fact_that_a_frame_uses_can_be_named(frames: Frames, lang: str) -> None:
    named = catalogue("assistant", "zh" if lang == "zh" else "en")["name"]
    used = {name for one in frames.by_id.values() for name in one.uses}
    assert used - {"medicine", "passage"} <= set(named)
