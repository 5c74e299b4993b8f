"""`medicine`, `import`, `check`, `profile` and the help: for people who keep things in order."""

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from askdoc.cli import COMMANDS, overview
from askdoc.cli.commands import app
from askdoc.policy.strict_yaml import read_sheet

from .conftest import Command, one_sentence

DAY = ("--day", "2026-11-23")
LIST = (
    "药品名称,甲乙类,剂型,部分\n"
    "虚构洛尔,医保甲类,口服常释剂型,西药部分\n"
    "虚构霉素,丙类,注射剂,西药部分\n"
)


def medicine(askdoc: Command, *words: str) -> dict[str, object]:
    found = json.loads(askdoc("medicine", *words, "--json").out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "name", ["络活喜", "氨氯地平片", "苯磺酸氨氯地平片", "Norvasc", "amlodipine"]
)
def test_a_medicine_is_found_by_any_of_its_names(askdoc: Command, name: str) -> None:
    found = medicine(askdoc, name, *DAY)
    assert found["outcome"] == "covered"
    assert "氨氯地平片" in str(found["text"])


@pytest.mark.parametrize(
    ("typed", "kind", "outcome"),
    [("anlvdiping", "nothing_found", "indeterminate"), ("络活洗", "ask", None)],
)
def test_pinyin_and_typos_only_offer(
    askdoc: Command, typed: str, kind: str, outcome: str | None
) -> None:
    found = medicine(askdoc, typed, *DAY)
    assert (found["kind"], found["outcome"]) == (kind, outcome)
    assert found["choices"]


def test_a_code_leads_to_its_medicine_and_a_broken_one_to_nothing(
    askdoc: Command, knowledge: Path
) -> None:
    rows = read_sheet(knowledge / "medicines/nrdl-2025/diabetes.yaml").rows("medicines").maps()
    coded = next(row for row in rows if "codes" in row)
    code = coded.texts("codes")[0]
    assert coded.scalar("name").text() in str(medicine(askdoc, code, *DAY)["text"])
    malformed = medicine(askdoc, f"{code}99", *DAY)
    assert malformed["kind"] == "nothing_found"
    assert "编码" in str(malformed["text"])


def test_two_names_are_compared(askdoc: Command) -> None:
    found = medicine(askdoc, "诺和泰", "--with", "诺和盈", *DAY)
    assert "司美格鲁肽" in str(found["text"])
    assert "医生" in str(found["text"])


def test_an_edition_is_imported_and_refused_rows_are_named(askdoc: Command, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="gbk")
    days = ("--edition", "nrdl-2024", "--from", "2025-01-01", "--to", "2025-12-31")
    ran = askdoc("medicines", "import", str(file), *days)
    assert ran.code == 0
    assert "第 3 行" in ran.out
    assert "丙类" in ran.out
    past = medicine(askdoc, "虚构洛尔", "--day", "2025-06-01")
    assert past["outcome"] == "conditional"
    assert askdoc("medicines", "import", str(file), *days).code == 0


def test_a_sheet_is_imported_like_a_csv(askdoc: Command, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ["目录", *LIST.splitlines()]:
        sheet.append(line.split(","))
    book.save(tmp_path / "list.xlsx")
    book.close()
    ran = askdoc(
        "medicines",
        "import",
        str(tmp_path / "list.xlsx"),
        "--edition",
        "old",
        "--from",
        "2024-01-01",
        "--to",
        "2024-12-31",
        "--json",
    )
    assert json.loads(ran.out)["medicines"] == 1


def test_a_bad_import_changes_nothing(askdoc: Command, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    year = ("--from", "2025-01-01", "--to", "2025-12-31")
    assert one_sentence(askdoc("medicines", "import", str(empty), "--edition", "x", *year))
    assert one_sentence(
        askdoc("medicines", "import", str(tmp_path / "none.csv"), "--edition", "x", *year)
    )
    overlapping = ("--from", "2026-06-01", "--to", "2027-12-31")
    assert one_sentence(askdoc("medicines", "import", str(file), "--edition", "x", *overlapping))
    backwards = ("--from", "2025-12-31", "--to", "2025-01-01")
    assert one_sentence(askdoc("medicines", "import", str(file), "--edition", "x", *backwards))
    assert medicine(askdoc, "立普妥", *DAY)["outcome"] == "covered"


def test_the_profile_is_set_shown_and_forgotten(askdoc: Command, tmp_path: Path) -> None:
    assert askdoc("profile", "set", "region=cn/shanghai", "scheme=employee", "age=66").code == 0
    kept = tmp_path / "config" / "profile.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(askdoc("profile", "show", "--json").out)["age"] == 66
    assert askdoc("profile", "forget").code == 0
    assert not kept.exists()
    assert json.loads(askdoc("profile", "show", "--json").out) == {}


@pytest.mark.parametrize(
    "facts",
    [("age=abc",), ("name=张三",), ("region=norm/medical-alliance",), ("scheme=gold",), ("x",), ()],
)
def test_a_bad_fact_is_refused_and_nothing_is_kept(
    askdoc: Command, tmp_path: Path, facts: tuple[str, ...]
) -> None:
    assert one_sentence(askdoc("profile", "set", *facts))
    assert not (tmp_path / "config" / "profile.json").exists()


def test_a_damaged_profile_says_how_to_get_on(askdoc: Command, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "profile.json").write_text("{", encoding="utf-8")
    ran = askdoc("profile", "show")
    assert one_sentence(ran)
    assert "forget" in ran.err
    assert askdoc("profile", "forget").code == 0


def test_the_shipped_knowledge_passes_the_check(askdoc: Command) -> None:
    found = json.loads(askdoc("check", *DAY, "--json").out)
    assert found["regions"] >= 9
    assert found["medicines"] >= 198
    assert {"unverified", "conflict", "bound"} <= {one["matter"] for one in found["policy"]}


MISTAKES = {
    "a disease nobody knows": (
        "policy/cn/shanghai/employee.yaml",
        "aplastic_anaemia]",
        "no_such_disease]",
        "no_such",
    ),
    "a medicine without a known source": (
        "medicines/nrdl-2025/diabetes.yaml",
        "source: nrdl-2025",
        "source: hearsay",
        "hearsay",
    ),
    "a word twice": ("lexicon.yaml", "在职员工,", "在职员工, 在职员工,", "在职员工"),
    "a region that is not there": (
        "modelled.yaml",
        "region: cn/shanghai,",
        "region: cn/atlantis,",
        "cn/atlantis",
    ),
    "a default without a unit": (
        "defaults.yaml",
        "unit: minutes",
        "unit: fortnights",
        "fortnights",
    ),
    "a value without its source": (
        "policy/cn/shanghai/resident.yaml",
        "source: ",
        "sauce: ",
        "sauce",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_in_the_knowledge_is_named_with_its_place(
    askdoc: Command, tmp_path: Path, knowledge: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, was, now, words = MISTAKES[name]
    shutil.copytree(knowledge, tmp_path / "knowledge")
    file = tmp_path / "knowledge" / path
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now, 1), encoding="utf-8")
    monkeypatch.setenv("ASKDOC_KNOWLEDGE", str(tmp_path / "knowledge"))
    ran = askdoc("check")
    assert one_sentence(ran), ran
    assert words in ran.err
    assert f"{file.name}:" in ran.err


def test_a_made_up_city_needs_only_yaml(
    askdoc: Command, tmp_path: Path, knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = Path(__file__).parents[1] / "made_up_city"
    shutil.copytree(knowledge, tmp_path / "knowledge")
    shutil.copytree(city / "policy", tmp_path / "knowledge" / "policy", dirs_exist_ok=True)
    for register in ("sources.yaml", "modelled.yaml"):
        added = (city / register).read_text(encoding="utf-8")
        with (tmp_path / "knowledge" / register).open("a", encoding="utf-8") as stream:
            stream.write(added)
    monkeypatch.setenv("ASKDOC_KNOWLEDGE", str(tmp_path / "knowledge"))
    assert askdoc("check").code == 0
    found = json.loads(askdoc("cost", "--case", str(city / "case.yaml"), "--json").out)
    assert found["figures"]["first_pay"] == "7.00"
    assert found["figures"]["deductible"] == "50.00"
    assert found["figures"]["fund_pays"] == "128.70"
    asked = json.loads(
        askdoc("ask", "安乐在职职工，社区门诊花了250元，起付线还没用，能报多少", *DAY, "--json").out
    )
    assert asked["figures"]["fund_pays"] == "180.00"


def test_the_help_lists_exactly_the_commands() -> None:
    named = [one.name or getattr(one.callback, "__name__", "") for one in app.registered_commands]
    named += [str(one.name) for one in app.registered_groups]
    assert sorted(named) == sorted(COMMANDS)
    for lang in ("zh", "en"):
        assert all(f"askdoc {name}" in overview(lang) for name in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [("nope",), ("cost",), ("ask",), ("ask", "x", "--lang", "xx"), ("ask", "x", "--day", "y")],
)
def test_a_command_typed_wrong_ends_in_one_sentence(
    askdoc: Command, words: tuple[str, ...]
) -> None:
    assert one_sentence(askdoc(*words))


def test_the_installed_command_answers_and_leaves_with_its_code(tmp_path: Path) -> None:
    command = str(Path(sys.executable).with_name("askdoc"))
    helped = subprocess.run([command, "--help"], capture_output=True, text=True, check=False)
    assert helped.returncode == 0
    assert "askdoc ask" in helped.stdout
    refused = subprocess.run(
        [command, "cost", "--case", str(tmp_path / "none.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
