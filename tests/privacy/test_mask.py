"""What an outside model sees of a message: read from cases.yaml."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from askdoc.privacy import mask

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["masked"], ids=lambda case: str(case["name"]))
def test_it_is_masked_and_comes_back(case: dict[str, str]) -> None:
    masked = mask(case["text"])
    assert masked.text == case["sees"]
    assert masked.vault.restore(masked.text) == case["text"]


@pytest.mark.parametrize("text", CASES["untouched"])
def test_nobody_is_meant(text: str) -> None:
    assert mask(text).text == text


def test_a_known_name_needs_no_word_beside_it() -> None:
    assert mask("问问揭春那边", known=["揭春"]).text == "问问⟦姓名A⟧那边"
    assert mask("号码A7788012呢", known=["A7788012"]).text == "号码⟦病历号A⟧呢"


def test_a_word_to_be_spared_is_no_name() -> None:
    assert mask("我妈伊立替康吃了三年").text != "我妈伊立替康吃了三年"
    assert mask("我妈伊立替康吃了三年", spare={"伊立替康"}).text == "我妈伊立替康吃了三年"


def test_nothing_is_said_about_what_was_masked(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    masked = mask("我叫王秀英，手机13800138000")
    assert "王秀英" not in repr(masked)
    assert "13800138000" not in repr(masked) + repr(masked.vault.kept)
    assert not caplog.records
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1 ",
            "0 ",
            "00",
            "一三",
            "1-",
            "a@",
            "路1号",
            "王",
            "王秀英，",
            "花园",
            "身份证号码",
        ),
        *("医保卡号是", "⟦电话", "沪A", "6222 ", "310105194912310027", "+1 ", "[姓名A", "\n王"),
    ],
)
def test_a_long_message_takes_bounded_time(piece: str) -> None:
    mask("我叫王秀英，310105194912310027，021-64681234")
    short, long = (piece * (size // len(piece)) for size in (2_500, 10_000))
    spent = []
    for text in (short, long):
        begun = time.process_time()
        masked = mask(text)
        spent.append(time.process_time() - begun)
        assert masked.vault.restore(masked.text) == text
    # Four times the letters: a quadratic reader would take sixteen times as long.
    assert spent[1] < 10 * spent[0] + 0.1
