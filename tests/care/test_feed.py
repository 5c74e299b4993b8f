"""A clinic's rows: each wrong one is refused with its number and why, the rest are taken."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from askdoc.care.feed import Reading, RefusedRow, Removed, UnknownColumns, Unresolved, read_table
from askdoc.care.fhir_feed import NotFhir, read_fhir
from askdoc.wording.phrases import has_phrase

HEADS = ["id", "resident", "medicine", "issued_on", "dose_per_day", "quantity", "stopped_on"]
GOOD = ["rx1", "p1", "氨氯地平", "2026-11-02", "1", "28", ""]


def named(name: str) -> str | Unresolved:
    known: dict[str, str | Unresolved] = {
        "氨氯地平": "amlodipine", "降压药": Unresolved("medicine_several"),
    }  # fmt: skip
    return known.get(name, Unresolved("medicine_unknown"))


READING = Reading("c1", date(2026, 11, 25), named)


def changed(**told: str) -> list[str]:
    return [told.get(head, usual) for head, usual in zip(HEADS, GOOD, strict=True)]


WRONG = [
    ("empty", changed(id="")),
    ("empty", changed(id="a", resident="")),
    ("medicine_unknown", changed(id="b", medicine="不存在的药")),
    ("medicine_several", changed(id="c", medicine="降压药")),
    ("no_day", changed(id="d", issued_on="2026-02-29")),
    ("in_future", changed(id="e", issued_on="2026-11-26")),
    ("no_number", changed(id="f", dose_per_day="一片")),
    ("dose_per_day", changed(id="g", dose_per_day="0")),
    ("quantity", changed(id="h", quantity="-28")),
    ("less_than_a_day", changed(id="i", dose_per_day="30")),
    ("stopped_before", changed(id="j", stopped_on="2026-11-01")),
    ("twice", changed(id="rx1", quantity="30")),
    ("quantity", changed(id="k", quantity="NaN")),
]


def test_every_wrong_row_is_refused_by_number_and_the_rest_are_taken() -> None:
    rows = [HEADS, GOOD, *(row for _, row in WRONG), [""], changed(id="rx2")]
    found = read_table(rows, READING)
    assert [one.id for one in found.prescriptions] == ["rx1", "rx2"]
    assert [(one.row, one.reason) for one in found.refused] == [
        (number, reason) for number, (reason, _) in enumerate(WRONG, start=3)
    ]
    assert all(has_phrase(f"refills.refused.{one.reason}", "zh") for one in found.refused)


def test_a_good_row_is_read_to_the_last_digit() -> None:
    heads = [*HEADS, "collected_at_issue"]
    row = [*changed(dose_per_day="1.5", stopped_on="2027-01-01"), "false"]
    (one,) = read_table([heads, row], READING).prescriptions
    assert (one.dose_per_day, one.quantity, one.medicine) == (Decimal("1.5"), 28, "amlodipine")
    assert (one.stopped_on, one.collected_at_issue) == (date(2027, 1, 1), False)


def test_whether_a_prescription_is_a_long_one_is_what_the_record_says() -> None:
    heads, told = [*HEADS, "long"], ["true", "false", "", "yes"]
    rows = [[*changed(id=f"rx{at}"), one] for at, one in enumerate(told)]
    found = read_table([heads, *rows], READING)
    assert [one.long for one in found.prescriptions] == [True, False, None]
    assert found.refused == [RefusedRow(5, "yes_or_no", "yes")]
    assert has_phrase("refills.refused.yes_or_no", "zh")
    (silent,) = read_table([HEADS, GOOD], READING).prescriptions
    assert silent.long is None


def test_collections_and_residents_are_known_by_their_columns() -> None:
    heads = ["id", "prescription", "day", "quantity", "cancelled"]
    found = read_table(
        [heads, ["d1", "rx1", "2026-11-20", "28", ""], ["d2", "rx1", "", "", "true"],
         ["d3", "rx1", "2026-11-20", "0", ""]],
        READING,
    )  # fmt: skip
    assert [one.id for one in found.dispensings] == ["d1", "d2"]
    assert isinstance(found.dispensings[1], Removed)
    assert found.refused == [RefusedRow(4, "quantity", "0")]
    people = read_table(
        [
            ["id", "channel", "chat"],
            ["p1", "sms", "13800000000"],
            ["p2", "", ""],
            ["p3", "sms", ""],
        ],
        READING,
    )
    assert [one.id for one in people.residents] == ["p1", "p2"]
    assert [one.reason for one in people.refused] == ["half_a_way"]


def test_as_what_residents_are_insured_is_read_or_refused() -> None:
    heads = ["id", "channel", "chat", "scheme", "status"]
    told = [
        ["employee", "retired"],
        ["employee", ""],
        ["", ""],
        ["职工", ""],
        ["resident", "retired"],
        ["", "adult"],
    ]
    rows = [[f"p{number}", "", "", *one] for number, one in enumerate(told)]
    found = read_table([heads, *rows], READING)
    assert [(one.scheme, one.status) for one in found.residents] == [
        ("employee", "retired"),
        ("employee", ""),
        ("", ""),
    ]
    reasons = [(one.row, one.reason, one.said) for one in found.refused]
    assert reasons == [
        (5, "scheme", "职工"),
        (6, "insured_as", "retired"),
        (7, "insured_as", "adult"),
    ]
    assert all(has_phrase(f"refills.refused.{one.reason}", "zh") for one in found.refused)
    silent = read_table([["id", "channel", "chat"], ["p1", "", ""]], READING)
    assert [(one.scheme, one.status) for one in silent.residents] == [(None, None)]


@pytest.mark.parametrize("rows", [[], [["id", "name"]], [["姓名", "药名"], ["张三", "氨氯地平"]]])
def test_a_table_of_no_kind_we_know_is_refused_whole(rows: list[list[str]]) -> None:
    with pytest.raises(UnknownColumns):
        read_table(rows, READING)


def request(**told: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "resourceType": "MedicationRequest",
        "id": "rx1",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": {"text": "氨氯地平"},
        "authoredOn": "2026-11-02",
        "dosageInstruction": [
            {
                "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                "doseAndRate": [{"doseQuantity": {"value": 0.5, "unit": "片"}}],
            }
        ],
        "dispenseRequest": {"quantity": {"value": 28}},
        "requester": {"reference": "Practitioner/d1"},
        "reasonCode": [{"coding": [{"code": "I10"}]}],
        "meta": {"lastUpdated": "2026-11-20T08:00:00+08:00"},
    }
    return {key: value for key, value in (usual | told).items() if value is not None}


def bundle(*requests: dict[str, Any]) -> str:
    entries = [{"resource": one} for one in requests]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def test_a_fhir_request_is_read_as_the_same_row() -> None:
    (one,) = read_fhir(bundle(request()), READING).prescriptions
    assert (one.id, one.resident, one.medicine, one.doctor) == ("rx1", "p1", "amlodipine", "d1")
    assert (one.dose_per_day, one.supply_days, one.diagnosis) == (Decimal(1), 28, "I10")
    assert one.stopped_on is None


def test_a_fhir_request_that_ended_is_stopped_on_the_day_it_was_changed() -> None:
    (one,) = read_fhir(bundle(request(status="stopped")), READING).prescriptions
    assert one.stopped_on == date(2026, 11, 20)
    (wrong,) = read_fhir(bundle(request(status="entered-in-error")), READING).prescriptions
    assert wrong.stopped_on == wrong.issued_on


@pytest.mark.parametrize(
    ("code", "is_long"),
    [("continuous", True), ("acute", False), ("seasonal", False), ("other", None), (None, None)],
)
def test_a_fhir_request_tells_its_course_of_therapy(code: str | None, is_long: bool | None) -> None:
    course = code and {"coding": [{"code": code}]}
    (one,) = read_fhir(bundle(request(courseOfTherapyType=course)), READING).prescriptions
    assert one.long is is_long


def test_a_weekly_dose_is_a_seventh_a_day() -> None:
    dosage = request()["dosageInstruction"]
    dosage[0]["timing"]["repeat"] = {"frequency": 1, "period": 1, "periodUnit": "wk"}
    (one,) = read_fhir(bundle(request(dosageInstruction=dosage)), READING).prescriptions
    assert one.supply_days == 392


def test_wrong_fhir_resources_are_refused_by_place_without_showing_what_they_hold() -> None:
    found = read_fhir(
        bundle(
            request(id="a", dosageInstruction=None),
            {"resourceType": "Patient", "id": "p1"},
            request(id="b", status="on-hold"),
            request(id="c", medicationCodeableConcept={"text": "不存在的药"}),
            request(id="d", dispenseRequest=None),
            request(id="e"),
        ),
        READING,
    )
    assert [one.id for one in found.prescriptions] == ["e"]
    assert [(one.row, one.reason) for one in found.refused] == [
        (1, "not_fhir"), (3, "status"), (4, "medicine_unknown"), (5, "not_fhir"),
    ]  # fmt: skip


def test_lines_of_json_are_read_and_what_is_no_json_is_refused() -> None:
    lines = "\n".join(json.dumps(request(id=id)) for id in ("a", "b"))
    assert len(read_fhir(lines, READING).prescriptions) == 2
    for wrong in ("id,resident\n", "[1]", "{"):
        with pytest.raises(NotFhir):
            read_fhir(wrong, READING)
