"""A clinic's commands as typed: records in, reminders out, lists and the page for Monday."""

import csv
import json
from pathlib import Path

import pytest

from askdoc.cli import run
from askdoc.clinic_lists import LISTS

RESIDENTS = "id,channel,chat\np1,folder,1\np2,,\n"
PRESCRIPTIONS = (
    "id,resident,medicine,issued_on,dose_per_day,quantity,doctor\n"
    "rx1,p1,苯磺酸氨氯地平片,2026-01-05,1,28,=d1\n"
    "rx2,p2,苯磺酸氨氯地平片,2026-01-05,1,28,d1\n"
    "rx3,p2,苯磺酸氨氯地平片,2026-01-32,1,28,d1\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new installation with two files to import."""
    monkeypatch.setenv("ASKDOC_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ASKDOC_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("ASKDOC_SEND_FOLDER", str(tmp_path / "out"))
    monkeypatch.delenv("ASKDOC_DATABASE", raising=False)
    (tmp_path / "residents.csv").write_text(RESIDENTS, encoding="utf-8")
    (tmp_path / "rx.csv").write_text(PRESCRIPTIONS, encoding="utf-8")
    return tmp_path


def said(words: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    assert run(words.split(), "zh") == code
    shown = capsys.readouterr()
    return shown.out + shown.err


def imported(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    until = "--until 2026-02-01T06:00+08:00 --clinic c1"
    said(f"clinic import {folder}/residents.csv {until}", capsys)
    return said(f"clinic import {folder}/rx.csv {until}", capsys)


def test_an_import_names_what_it_refused_and_keeps_the_rest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = imported(folder, capsys)
    assert "新增 2 行" in shown
    assert "第 4 行没有导入：不是日期：2026-01-32" in shown


def test_every_list_is_shown_and_the_page_holds_them_all(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, capsys)
    for name in LISTS:
        assert said(f"clinic list {name} --clinic c1 --lang en", capsys)
    page = said("clinic report --clinic c1", capsys)
    assert "续方一页纸" in page
    assert "已经没药：2" in page


def test_home_from_hospital_its_long_prescriptions_change_hands_and_a_task_is_due(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, capsys)
    file = folder / "hospital.csv"
    file.write_text(
        "id,resident,medicine,issued_on,dose_per_day,quantity,long\n"
        "h1,p1,苯磺酸氨氯地平片,2026-01-20,1,28,true\n"
        "h2,p1,苯磺酸氨氯地平片,2026-01-20,1,7,false\n"
        "h3,p1,苯磺酸氨氯地平片,2026-01-20,1,14,\n",
        encoding="utf-8",
    )
    said(f"clinic import {file} --until 2026-02-01T06:00+08:00 --clinic hospital", capsys)
    shown = said("clinic discharge p1 --day 2026-01-21", capsys)
    assert "1 张长期处方交给 c1" in shown
    assert "最晚1月28日（周三）" in shown
    assert "1 张处方没有写明是不是长期处方" in shown
    assert "h3" in shown
    again = json.loads(said("clinic discharge p1 --day 2026-01-21 --json", capsys))
    assert (again["prescriptions"], again["unclear"]) == ([], ["h3"])
    (task,) = json.loads(said("clinic list tasks --clinic c1 --json", capsys))
    assert (task["resident"], task["due_on"]) == ("p1", "2026-01-28")


def test_a_stay_that_ended_lately_opens_the_task_with_the_import_and_only_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, capsys)
    file = folder / "stays.csv"
    file.write_text(
        "resident,admitted_on,discharged_on\n"
        "p1,2026-01-10,2026-01-25\n"
        # More than a week ago: whoever was to see to it did, or did not.
        "p2,2026-01-10,2026-01-24\n"
        "p2,2026-01-30,\n",
        encoding="utf-8",
    )
    command = f"clinic import {file} --until 2026-02-01T06:00+08:00 --clinic c1"
    assert "近日出院回家 1 人" in said(command, capsys)
    said(command, capsys)
    (task,) = json.loads(said("clinic list tasks --clinic c1 --json", capsys))
    assert (task["resident"], task["action"], task["due_on"]) == ("p1", "follow_up", "2026-02-01")
    said(f"clinic close {task['number']} followed_up --by s1", capsys)
    said(command, capsys)
    assert json.loads(said("clinic list tasks --clinic c1 --json", capsys)) == []


def test_a_list_as_json_and_as_csv_that_no_spreadsheet_runs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, capsys)
    rows = json.loads(said("clinic list overdue --clinic c1 --json", capsys))
    assert [row["resident"] for row in rows] == ["p1", "p2"]
    assert {row["medicine"] for row in rows} == {"氨氯地平片"}
    said(f"clinic list overdue --clinic c1 --csv {folder}/over.csv", capsys)
    with (folder / "over.csv").open(encoding="utf-8-sig") as written:
        assert [row[2] for row in csv.reader(written)] == ["医生", "'=d1", "d1"]


def test_the_worker_says_what_it_did_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    shown = said("worker --once", capsys)
    assert "新提醒 1 条" in shown
    assert "联系不上 1 人" in shown
    told = json.loads(said("worker --once --json", capsys))
    assert told["planned"]["put"] == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [("clinic list nothing --clinic c1", "due"), ("clinic list due --clinic c9", "c9"),
     ("clinic list lapsing --clinic c9", "c9"), ("clinic list tasks --clinic c9", "c9"),
     ("clinic close 7 refilled --by d1", "第 7 件"), ("clinic close 7 gone --by d1", "refilled"),
     ("clinic import missing.csv --clinic c1", "missing.csv"),
     ("clinic import missing.csv --clinic c1 --until yesterday", "--until")],
)  # fmt: skip
def test_a_slip_ends_in_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str, complaint: str
) -> None:
    shown = said(words, capsys, 2)
    assert complaint in shown
    assert shown.count("\n") == 1


ALL_MET = (
    "clear_diagnosis=yes stable_plan=yes good_adherence=yes stable_condition=yes long_use=yes "
    "first=no tier=primary medicine_kinds=none"
)


def test_the_gate_says_yes_no_and_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "可以开 28 天" in said(f"clinic long-prescription 28 {ALL_MET}", capsys)
    shown = said(f"clinic long-prescription 56 {ALL_MET}", capsys)
    assert "患者签字确认（patient_signature）" in shown
    assert "不能开 85 天" in said(f"clinic long-prescription 85 {ALL_MET}", capsys)
    told = json.loads(said(f"clinic long-prescription 28 {ALL_MET} --json --lang en", capsys))
    assert (told["outcome"], told["sources"]) == ("allowed", ["long-prescription-2021"])
    assert "name=yes" in said("clinic long-prescription 28 stable", capsys, 2)


def test_a_delivery_goes_step_by_step(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(folder, capsys)
    rules = "--region norm/hangzhou-continuous-2018"
    id = said(f"clinic deliver rx1 --by d1 {rules} --lang en", capsys).split()[-1].rstrip(".")
    said(f"clinic step {id} reviewed --by d2 --role physician {rules}", capsys)
    assert "审核通过" in said(f"clinic delivery {id}", capsys)
    refused = said(f"clinic step {id} signed --by k1 --role courier {rules}", capsys, 2)
    assert "signed" in refused
    assert "cn/shanghai" in said("clinic deliver rx1 --by d1 --region cn/shanghai", capsys, 2)
    assert "reviewed" in said(f"clinic step {id} lost --by d1 --role staff {rules}", capsys, 2)


def test_a_changed_rule_is_laid_before_the_doctor_and_then_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, capsys)
    words = "clinic propose-change a1 --clinic c1 --about 类别 --old 乙类 --new 甲类"
    shown = said(f"{words} --from 2027-01-01 --source 文件", capsys)
    assert "涉及 2 位居民，其中 1 位能收到消息" in shown
    assert "还没有通知居民" in said("clinic change a1", capsys)
    assert "1 条通知" in said("clinic decide-change a1 --by d1 --approve", capsys)
    assert "a1" in said("clinic decide-change a1 --by d1 --refuse", capsys, 2)


def test_a_clinic_says_where_it_is_when_it_is_open_and_who_works_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "c1" in said("clinic set c1", capsys, 2)
    shown = said("clinic set c1 --region cn/shanghai --weekends --feed-limit 48", capsys)
    assert "cn/shanghai；周末开诊；取药记录超过 48 小时" in shown
    assert "周末停诊" in said("clinic set c1 --no-weekends", capsys)
    assert "cn/atlantis" in said("clinic set c1 --region cn/atlantis", capsys, 2)
    assert "2026-12-24 停诊" in said("clinic day c1 2026-12-24 closed", capsys)
    assert "2026-12-24" not in said("clinic day c1 2026-12-24 usual", capsys)
    assert "usual" in said("clinic day c1 2026-12-24 maybe", capsys, 2)
    assert "s1（nurse）：telegram:7" in said("clinic staff c1 s1 --route telegram:7", capsys)
    assert "没有联系方式" in said("clinic staff c1 s2 --role doctor", capsys)
    said("clinic set c2 --weekends", capsys)
    said("clinic staff c2 s1", capsys, 2)
    assert "--route" in said("clinic staff c1 s1 --route telegram", capsys, 2)
    said("clinic staff c1 s2 --remove", capsys)
    assert "s2" not in said("clinic staff c1", capsys)


def test_changes_are_looked_for_and_listed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(folder, capsys)
    said("clinic propose-change a1 --clinic c1 --about 类别 --old 乙类 --new 甲类 "
         "--from 2027-01-01 --source 文件", capsys)  # fmt: skip
    shown = said("clinic changes --clinic c1", capsys)
    assert "新发现 0 条" in shown
    assert "a1：类别" in shown
    told = json.loads(said("clinic changes --clinic c1 --json", capsys))
    assert [(one["change"]["id"], one["state"]) for one in told] == [("a1", "proposed")]
    assert "c9" in said("clinic changes --clinic c9", capsys, 2)
