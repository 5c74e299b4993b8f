"""`askdoc cases`: corrections leave as evaluation cases, without names and numbers."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.desk.tasks import Correction
from askdoc.identity.roles import Caller
from askdoc.settings import read_settings
from askdoc.storage import desk, task_rows
from askdoc.storage.task_rows import NewTask

from .conftest import Command

NOW = datetime(2026, 11, 25, tzinfo=UTC)
STAFF = Caller("staff", "clinic_staff", "c1", "s1")
SAID = "我叫王建国，手机13912345678，二甲双胍能报吗"


def test_a_correction_becomes_a_case_and_names_nobody(askdoc: Command, tmp_path: Path) -> None:
    given = {"HOME": str(tmp_path), "ASKDOC_DATA": str(tmp_path / "data")}
    house = House(read_settings(given | {"ASKDOC_CONFIG": str(tmp_path / "config")}))
    made = Correction(
        outcome="approved_answer",
        text="可以报。",
        scope={"region": "cn/shanghai"},
        expires_on=date(2027, 1, 1),
    )
    with house.database.writing() as kept:
        task = task_rows.open_task(kept, NewTask(kind="report", summary=SAID), NOW)
        assert task is not None
        desk.keep_correction(kept, task_rows.task_of(kept, task, STAFF), made, "staff", NOW)
    house.database.close()
    told = json.loads(askdoc("cases").out)["cases"]
    assert [one["staff"] for one in told] == ["可以报。"]
    assert told[0]["profile"] == {"region": "cn/shanghai"}
    assert "13912345678" not in json.dumps(told, ensure_ascii=False)
    assert "二甲双胍" in told[0]["wordings"][0]
