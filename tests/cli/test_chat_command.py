"""`askdoc chat`: lines in, lines out; and what `ask` and `chat` keep of a conversation."""

import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from askdoc.assistant.talk.transcript import Transcript, TurnRecord
from askdoc.storage.transcript import open_transcript

from .conftest import Command, Ran, one_sentence

DAY = ("--day", "2026-11-25")
BILL = "上海在职职工，三级医院门诊花了700元，其中乙类药200元，起付线已经用完了，能报多少？"
Chat = Callable[..., Ran]


@pytest.fixture
def chat(askdoc: Command, monkeypatch: pytest.MonkeyPatch) -> Chat:
    """Talk, line by line; `more` are further words of the command."""

    def talk(*said: str, more: tuple[str, ...] = ()) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in said)))
        return askdoc("chat", *DAY, *more)

    return talk


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Transcript]:
    """The conversations of this home."""
    with closing(open_transcript(tmp_path / "data" / "askdoc.db")) as opened:
        yield opened


def number(ran: Ran) -> str:
    """The number of the conversation, as the first line tells it."""
    return ran.out.splitlines()[0].rpartition("：")[2].strip()


def turns(kept: Transcript, ran: Ran) -> list[TurnRecord]:
    return kept.window(number(ran), 100)


def test_several_turns_are_answered_one_after_the_other(chat: Chat) -> None:
    ran = chat(BILL, "那二级医院呢", "退出")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.index("三级医院 ·") < ran.out.index("二级医院 ·")
    assert ran.out.count("总共 700.00元") >= 2
    assert "再见" in ran.out.splitlines()[-1]


@pytest.mark.parametrize("leave", ["退出", "/quit", "再见", "bye", "EXIT", "  退出  "])
def test_it_ends_when_the_person_leaves(chat: Chat, kept: Transcript, leave: str) -> None:
    ran = chat("你好", leave, BILL)
    assert "700.00" not in ran.out
    assert [one.said for one in turns(kept, ran)] == ["你好"]


def test_it_ends_with_the_end_of_the_input(chat: Chat) -> None:
    ran = chat(BILL)
    assert ran.code == 0
    assert "再见" in ran.out.splitlines()[-1]


def test_empty_lines_are_no_turns(chat: Chat, kept: Transcript) -> None:
    ran = chat("", "   ", BILL, "", "退出")
    assert [one.said for one in turns(kept, ran)] == [BILL]


def test_choices_are_numbered_and_can_be_answered_so(chat: Chat, kept: Transcript) -> None:
    ran = chat("在上海三级医院住院花了20000元，能报多少？", "第一个", "退出")
    assert "  1. 职工医保 · 在职" in ran.out
    assert turns(kept, ran)[1].answer["figures"]["total"] == "20000.00"


def test_every_turn_is_kept(chat: Chat, kept: Transcript) -> None:
    ran = chat(BILL, "那二级医院呢", "谢谢", "退出")
    found = turns(kept, ran)
    assert [one.number for one in found] == [1, 2, 3]
    assert [one.tools[0]["name"] for one in found[:2]] == ["cost_of_bill", "cost_of_bill"]
    assert found[2].tools == ()


@pytest.mark.parametrize("forget", ["/forget", "/忘记"])
def test_a_conversation_that_is_forgotten_is_gone(
    chat: Chat, kept: Transcript, forget: str
) -> None:
    ran = chat(BILL, forget, "那二级医院呢", "退出")
    assert "已经全部删除" in ran.out
    after = ran.out.partition("已经全部删除")[2]
    assert "700.00" not in after
    again = chat(more=("--conversation", number(ran)))
    assert one_sentence(again)


def test_an_earlier_conversation_goes_on(chat: Chat, kept: Transcript) -> None:
    first = chat(BILL, "退出")
    later = chat("那二级医院呢", "退出", more=("--conversation", number(first)))
    assert number(later) == number(first)
    assert "总共 700.00元" in later.out
    assert [one.said for one in turns(kept, first)] == [BILL, "那二级医院呢"]


@pytest.mark.parametrize("unknown", ["nobody", "0" * 32, "../askdoc", "'; drop table turns"])
def test_an_unknown_conversation_is_one_sentence(chat: Chat, unknown: str) -> None:
    ran = chat(BILL, more=("--conversation", unknown))
    assert one_sentence(ran)


def test_a_speaker_that_does_not_exist_is_one_sentence(chat: Chat) -> None:
    assert one_sentence(chat(BILL, more=("--speaker", "robot")))


def test_a_doctor_gets_the_sum_before_what_it_rests_on(chat: Chat) -> None:
    ran = chat(f"患者{BILL}", "退出", more=("--speaker", "doctor"))
    assert ran.out.index("您自己付") < ran.out.index("按：")


def test_an_english_talk_is_english(chat: Chat) -> None:
    ran = chat("Is acarbose covered?", "bye", more=("--lang", "en"))
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in ran.out.splitlines()[-1])
    assert "class A" in ran.out


def test_an_emergency_shows_nothing_else(chat: Chat) -> None:
    ran = chat("我爸刚刚倒在地上叫不醒了，嘴唇发紫", "退出")
    said = ran.out.splitlines()[1:-1]
    assert "120" in said[0]
    assert "依据" not in ran.out


def test_a_question_for_a_person_leaves_a_task(chat: Chat, kept: Transcript) -> None:
    assert kept.handed_over(number(chat(BILL, "转人工", "退出"))) == []
    ran = chat(BILL, "转人工", "确认", "退出")
    (task,) = kept.handed_over(number(ran))
    assert "700" in task.summary
    assert task.id in ran.out


def test_two_talks_do_not_mix(chat: Chat, kept: Transcript) -> None:
    mine, yours = chat(BILL, "退出"), chat("那二级医院呢", "退出")
    assert number(mine) != number(yours)
    assert "700.00" not in yours.out


def test_a_question_on_its_own_keeps_its_conversation(
    askdoc: Command, kept: Transcript, tmp_path: Path
) -> None:
    assert askdoc("ask", BILL, *DAY, "--json").code == 0
    assert (tmp_path / "data" / "askdoc.db").is_file()
    (conversation,) = conversations(tmp_path)
    (turn,) = kept.window(conversation, 5)
    assert turn.said == BILL
    assert turn.answer["figures"]["total"] == "700.00"
    assert turn.at <= datetime.now(UTC)


def test_the_bill_of_a_question_back_is_kept_too(
    askdoc: Command, kept: Transcript, tmp_path: Path
) -> None:
    ran = askdoc("ask", "三级医院门诊花了700元，能报多少？", *DAY, "--json")
    assert json.loads(ran.out)["kind"] == "ask"
    (conversation,) = conversations(tmp_path)
    assert kept.window(conversation, 5)[0].answer["kind"] == "ask"
    assert kept.state(conversation) is not None


def conversations(home: Path) -> list[str]:
    """The ids of all conversations of a home."""
    with closing(sqlite3.connect(home / "data" / "askdoc.db")) as opened:
        return [str(row[0]) for row in opened.execute("select id from conversations")]


HEAVY = ("langchain_core", "langchain", "sqlalchemy", "alembic", "chromadb", "numpy", "pydantic")


@pytest.mark.parametrize("command", ["help", "version", "cost", "profile"])
def test_a_plain_command_starts_without_model_database_and_index(
    tmp_path: Path, command: str
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "person: {region: cn/shanghai, scheme: employee, status: active}\n"
        "visit: {day: 2026-11-25, setting: outpatient, tier: tertiary}\n"
        "items: [{class: A, amount: 700}]\n",
        encoding="utf-8",
    )
    words = {
        "help": ["--help"],
        "version": ["--version"],
        "cost": ["cost", "--case", str(case)],
        "profile": ["profile", "show"],
    }[command]
    program = (
        f"import sys; sys.argv = ['askdoc', *{words!r}]\n"
        "from askdoc.cli import main\n"
        "try: main()\n"
        f"finally: print('heavy:', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    home = {"ASKDOC_CONFIG": str(tmp_path / "config"), "ASKDOC_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=home
    )
    assert "heavy: []" in done.stdout
