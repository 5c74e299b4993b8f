"""Pictures of figures: parts that sum to the bill, steps that end when a rule ends."""

from datetime import date
from typing import Any

from askdoc.api.pages.charts import plots, who_pays

TODAY = date(2026, 11, 25)


def value(begins: str | None, content: Any, *conditions: str, region: str = "cn/x") -> Any:
    return {
        "region": region,
        "region_shown": "某市",
        "begins": date.fromisoformat(begins) if begins else None,
        "content": content,
        "shown": str(content),
        "conditions_shown": list(conditions),
    }


def test_the_parts_of_the_bar_sum_to_the_bill() -> None:
    figures = {
        "total": "1000.00",
        "fund_pays": "700.00",
        "account_pays": "100.00",
        "cash": "200.00",
    }
    parts = who_pays(figures)
    assert [(one.payer, one.at, one.wide) for one in parts] == [
        ("fund_pays", "0.00", "70.00"),
        ("account_pays", "70.00", "10.00"),
        ("cash", "80.00", "20.00"),
    ]
    assert who_pays({}) == who_pays({"total": "0.00"}) == []


def test_a_line_ends_where_its_region_dates_something_newer() -> None:
    found = plots([value("2020-01-01", "0.5", "在职"), value("2023-01-01", "0.7")], TODAY)
    (picture,) = found
    old, new = picture.lines
    assert (old.goes_on, new.goes_on) == (False, True)
    ends_at = old.stretches[0].split()[1].split(",")[0]
    assert ends_at == new.stretches[0].split()[0].split(",")[0]


def test_many_lines_are_parted_and_words_are_not_drawn() -> None:
    rows = [
        value("2020-01-01", f"0.{n}", who, f"{n}级")
        for who in ("在职", "退休")
        for n in range(1, 5)
    ]
    assert [one.name for one in plots(rows, TODAY)] == ["某市 · 在职", "某市 · 退休"]
    assert plots([value("2020-01-01", "account_first"), value(None, None)], TODAY) == []
