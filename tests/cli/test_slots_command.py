"""`askdoc slots`: from a schedule to a booking and back, in both languages."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from askdoc.care.referrals.asking import departments_named, read_wanted
from askdoc.care.referrals.bookings import Wanted
from askdoc.care.referrals.days_said import day_words
from askdoc.care.referrals.errors import BadSchedule, UnclearDay, UnknownHospital
from askdoc.care.referrals.schedule_file import read_schedule
from askdoc.care.referrals.slots import Hospital
from askdoc.china_days import today_of
from askdoc.language.word_list import WordList
from askdoc.testing import FakeHospital
from askdoc.testing.fhir_bundles import bundle, slot
from askdoc.testing.hospital_api import HospitalApi, running_hospital

from .conftest import Command, one_sentence

HEAD = "hospital,hospital_name,region,tier,department,doctor,doctor_name,day,begins,ends,persons\n"
TODAY = date(2026, 11, 25)
PLACES = [Hospital("north", "北院", "cn/shanghai", "tertiary")]
DEPARTMENTS = ("内科", "心内科", "儿科")
WORDS = WordList({"心脏": "心内科", "cardiology": "心内科", "心内科": "心内科", "皮肤": "皮肤科"})


def row(days: int, department: str = "心内科", **told: str) -> str:
    usual = {
        "hospital": "north", "name": "北院", "region": "cn/shanghai", "tier": "tertiary",
        "department": department, "doctor": "d1", "doctor_name": "王医生",
        "day": str(today_of(datetime.now(UTC)) + timedelta(days=days)),
        "begins": "9:00", "ends": "10:00", "persons": "2",
    } | told  # fmt: skip
    return ",".join(usual.values()) + "\n"


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "plan.csv"
    file.write_text(HEAD + row(5) + row(18), encoding="utf-8")
    return str(file)


def test_from_a_schedule_to_a_booking_and_back(askdoc: Command, plan: str) -> None:
    assert "新增 8 个号" in askdoc("slots", "import", plan).out
    assert "新增 0 个号" in askdoc("slots", "import", plan).out
    found = askdoc("slots", "find", "心内科")
    day = today_of(datetime.now(UTC)) + timedelta(days=5)
    assert f"[1] {day_words(day, 'zh')}上午9:00-9:30  北院 心内科 王医生（余2）" in found.out
    held = askdoc("slots", "hold", "1")
    assert "已为您保留" in held.out
    assert "已预约" not in held.out
    assert "已预约" in askdoc("slots", "book").out
    (booked,) = json.loads(askdoc("slots", "mine", "--json").out)["bookings"]
    assert (booked["state"], booked["slot"]["begins"]) == ("booked", "09:00")
    assert one_sentence(askdoc("slots", "hold", "1", "--for", "ma"))
    moved = json.loads(askdoc("slots", "move", booked["id"], "3", "--json").out)
    assert moved["slot"]["id"] == 3
    assert "已取消" in askdoc("slots", "cancel", moved["id"]).out
    assert "没有预约" in askdoc("slots", "mine").out


def test_a_contract_opens_slots_early_and_says_why(askdoc: Command, plan: str) -> None:
    askdoc("slots", "import", plan)
    before = len(json.loads(askdoc("slots", "find", "心内科", "--json").out))
    askdoc("slots", "sign", "north")
    after = askdoc("slots", "find", "心内科", "--lang", "en")
    assert "Why it is open early: contracted" in after.out
    assert "report of 2017" in after.out
    assert len(json.loads(askdoc("slots", "find", "心内科", "--json").out)) == before + 2


def test_who_waits_is_told_the_order(askdoc: Command, plan: str) -> None:
    askdoc("slots", "import", plan)
    assert "按先后顺序" in askdoc("slots", "wait", "心内科").out
    assert "正在候补：心内科" in askdoc("slots", "mine").out


def test_a_platform_s_slot_is_applied_for_until_staff_entered_it(askdoc: Command) -> None:
    applied = askdoc("slots", "apply", "市一医院心内科 下周")
    assert "已申请" in applied.out
    assert "已预约" not in applied.out
    (asked,) = json.loads(askdoc("slots", "requests", "--json").out)
    assert one_sentence(askdoc("slots", "answer", asked["id"], "--day", "2026-12-02"))
    assert "还不清楚" in askdoc("slots", "answer", asked["id"], "--unclear", "平台没有反应").out
    given = ("--hospital", "市一医院", "--department", "心内科", "--doctor", "王医生",
             "--day", "2026-12-02", "--time", "9:00-9:30", "--number", "A-17")  # fmt: skip
    assert (
        "已预约：12月2日（周三）上午9:00-9:30" in askdoc("slots", "answer", asked["id"], *given).out
    )
    assert one_sentence(askdoc("slots", "answer", asked["id"], *given))
    assert "没有待处理" in askdoc("slots", "requests").out


def test_a_sweep_says_what_it_did(askdoc: Command, plan: str) -> None:
    askdoc("slots", "import", plan)
    askdoc("slots", "wait", "心内科")
    done = json.loads(askdoc("slots", "tend", "--json").out)
    assert done == {
        "ended": 0,
        "offered": 1,
        "reminders": 0,
        "letters": 0,
        "unreachable": 1,
        "hospitals": [],
    }
    assert "已保留" in askdoc("slots", "mine").out


def test_a_connected_hospital_s_slots_are_booked_in_its_own_system(
    askdoc: Command, tmp_path: Path
) -> None:
    day = today_of(datetime.now(UTC)) + timedelta(days=5)
    times = {"start": f"{day}T09:00:00+08:00", "end": f"{day}T09:15:00+08:00"}
    hospital = FakeHospital(bundle(slot("1", **times)))
    with running_hospital(HospitalApi(hospital)) as api:
        connect(tmp_path, f'url = "{api.url}"')
        assert "新到 1 个号" in askdoc("slots", "tend").out
        askdoc("slots", "hold", "1")
        assert "已预约" not in askdoc("slots", "book").out
        assert "答复了 1 个预约" in askdoc("slots", "tend").out
        (booked,) = json.loads(askdoc("slots", "mine", "--json").out)["bookings"]
        assert (booked["state"], booked["slot"]["ends"]) == ("booked", "09:15")
        assert "答复以前还不算取消" in askdoc("slots", "cancel", booked["id"]).out
        askdoc("slots", "tend")
    assert [one["status"] for one in hospital.appointments] == ["cancelled"]
    assert "没有答复" in askdoc("slots", "tend").out


@pytest.mark.parametrize(
    ("url", "mode"),
    [("http://hospital.example/fhir", 0o600), ("https://hospital.example/fhir", 0o644),
     ("https://hospital.example/fhir?x=1", 0o600)],
)  # fmt: skip
def test_a_hospital_that_would_be_asked_in_the_open_is_refused(
    askdoc: Command, tmp_path: Path, url: str, mode: int
) -> None:
    connect(tmp_path, f'url = "{url}"', mode)
    assert one_sentence(askdoc("slots", "tend"))


def connect(home: Path, url: str, mode: int = 0o600) -> None:
    """Say in the settings how the hospital `north` is asked."""
    file = home / "config" / "hospitals.toml"
    file.parent.mkdir(exist_ok=True)
    named = 'name = "北院"\nregion = "cn/shanghai"\ntier = "tertiary"'
    file.write_text(f"[north]\n{named}\n{url}\n", encoding="utf-8")
    file.chmod(mode)


@pytest.mark.parametrize(
    "words",
    [("hold", "99"), ("book",), ("book", "none"), ("cancel", "none"), ("move", "none", "1"),
     ("find", "牙科"), ("import", "none.csv")],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(
    askdoc: Command, plan: str, words: tuple[str, ...]
) -> None:
    askdoc("slots", "import", plan)
    assert one_sentence(askdoc("slots", *words))


def wanted(said: str) -> Wanted:
    named = departments_named(said, DEPARTMENTS, WORDS)
    return read_wanted(said, TODAY, named, PLACES, 28)


@pytest.mark.parametrize(
    ("said", "first", "last", "begins"),
    [
        ("下周心内科", date(2026, 11, 30), date(2026, 12, 6), 0),
        ("本周心内科", TODAY, date(2026, 11, 29), 0),
        ("下下周末心内科下午", date(2026, 12, 12), date(2026, 12, 13), 720),
        ("周末心内科", date(2026, 11, 28), date(2026, 11, 29), 0),
        ("下周三上午心内科", date(2026, 12, 2), date(2026, 12, 2), 0),
        ("心内科 12月14日下午", date(2026, 12, 14), date(2026, 12, 14), 720),
        ("心内科 1月5日", date(2027, 1, 5), date(2027, 1, 5), 0),
        ("下个月心内科", date(2026, 12, 1), date(2026, 12, 31), 0),
        ("心内科 next week", date(2026, 11, 30), date(2026, 12, 6), 0),
        ("心内科", TODAY, date(2026, 12, 23), 0),
    ],
)
def test_days_are_read_as_people_say_them(said: str, first: date, last: date, begins: int) -> None:
    found = wanted(said)
    assert (found.departments, found.first, found.last, found.begins) == (
        ("心内科",), first, last, begins,
    )  # fmt: skip


@pytest.mark.parametrize("said", ["心内科 2月29日", "几天后心内科"])
def test_a_day_that_cannot_be_read_is_not_guessed(said: str) -> None:
    with pytest.raises(UnclearDay):
        wanted(said)


@pytest.mark.parametrize("said", ["下周看心脏", "Cardiology next week"])
def test_a_department_may_be_named_as_people_do(said: str) -> None:
    assert wanted(said).departments == ("心内科",)


@pytest.mark.parametrize("said", ["看皮肤", "下周"])
def test_a_department_that_the_schedule_lacks_is_told_with_those_it_has(said: str) -> None:
    with pytest.raises(UnknownHospital):
        wanted(said)


def test_a_place_is_read_and_a_department_is_needed() -> None:
    found = wanted("北院内科")
    assert isinstance(found, Wanted)
    assert (found.departments, found.hospitals) == (("内科",), ("north",))
    with pytest.raises(UnknownHospital) as refused:
        wanted("牙科")
    assert "心内科" in refused.value.sentence("zh")


@pytest.mark.parametrize(
    "told",
    [{"begins": "9:15"}, {"begins": "25:00"}, {"ends": "9:00"}, {"day": "11月25日"},
     {"persons": "0"}, {"persons": "九"}, {"tier": "三级"}, {"doctor_name": ""}],
)  # fmt: skip
def test_a_bad_row_is_named_by_its_line(told: dict[str, str]) -> None:
    with pytest.raises(BadSchedule) as refused:
        read_schedule(HEAD + row(5) + row(6, **told), "plan.csv")
    assert "plan.csv:3" in refused.value.sentence("zh")


def test_a_schedule_without_a_column_is_refused() -> None:
    with pytest.raises(BadSchedule) as refused:
        read_schedule("hospital,day\n", "plan.csv")
    assert "doctor_name" in refused.value.sentence("zh")


def test_a_referral_opens_the_kept_slots_of_its_department(askdoc: Command, plan: str) -> None:
    askdoc("slots", "import", plan)
    before = len(json.loads(askdoc("slots", "find", "心内科", "--json").out))
    words = ("slots", "refer", "north", "心内科", "--reason", "胸闷", "--diagnosis", "高血压")
    assert one_sentence(askdoc(*words, "--from", "社区"))
    assert "已转诊到 north 心内科" in askdoc(*words, "--from", "社区", "--used", "氨氯地平").out
    assert len(json.loads(askdoc("slots", "find", "心内科", "--json").out)) == before + 2
