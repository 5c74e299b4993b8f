"""A photo of a box and a recording: read back, confirmed, and only then asked."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from askdoc.bootstrap import House
from askdoc.channels import Media, Refused
from askdoc.looking import Looking
from askdoc.reception.seen import BoxReader, Line, names_in

from .conftest import Counter, photo

# The renderer and the reader are extras.
pytest.importorskip("rapidocr")
Image = pytest.importorskip("PIL.Image")
from PIL import ImageDraw, ImageFilter, ImageFont  # noqa: E402

from askdoc.box_print import RapidBoxReader  # noqa: E402

FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
)
BOXES = {
    "阿司匹林肠溶片": ("国药准字H20065051", "100mg×30片"),
    "盐酸二甲双胍片": ("国药准字H20023370", "0.5g×20片"),
    "苯磺酸氨氯地平片": ("国药准字H10950224", "5mg×7片"),
}


def label(name: str, blurred: float = 0) -> bytes:
    """The front of a box as it is printed."""
    font = next((one for one in FONTS if one.is_file()), None)
    if font is None:
        pytest.skip("no Chinese font to print a label with")
    number, pack = BOXES[name]
    picture = Image.new("RGB", (900, 420), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 900, 60), fill="#1060a0")
    draw.text((60, 110), name, font=ImageFont.truetype(str(font), 84), fill="black")
    draw.text((60, 250), f"规格：{pack}", font=ImageFont.truetype(str(font), 40), fill="#333")
    draw.text((60, 320), number, font=ImageFont.truetype(str(font), 34), fill="#333")
    if blurred:
        picture = picture.filter(ImageFilter.GaussianBlur(blurred))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()


@pytest.fixture(scope="module")
def reader() -> BoxReader:
    return RapidBoxReader()


@pytest.fixture
def pictures() -> dict[str, bytes]:
    """What the channel has, by its own names."""
    return {}


class Writer:
    """A transcriber that hears what the recording says in letters."""

    def transcribe(self, recording: bytes) -> str | None:
        return recording.decode() or None


@pytest.fixture
def look(house: House, reader: BoxReader, pictures: dict[str, bytes]) -> Any:
    def fetch(ref: str) -> bytes:
        if ref not in pictures:
            raise Refused(reason="no_file")
        return pictures[ref]

    return Looking(house=house, fetch={"memory": fetch}, reader=reader, transcriber=Writer())


def agreed(counter: Counter) -> None:
    counter.says("/start")
    counter.presses("同意")


@pytest.mark.parametrize("name", list(BOXES))
def test_a_printed_label_is_read_offered_and_confirmed(
    counter: Counter, pictures: dict[str, bytes], name: str
) -> None:
    agreed(counter)
    pictures["p1"] = label(name)
    (told,) = counter.says(media=photo("p1"))
    assert "可能读错" in told
    offered = counter.shows()
    assert offered[-1] == "都不是"
    assert name in offered
    answer = counter.presses(name)[-1]
    assert "甲类" in answer or "乙类" in answer


def test_a_blurred_label_is_declined_politely(counter: Counter, pictures: dict[str, bytes]) -> None:
    agreed(counter)
    pictures["p1"] = label("阿司匹林肠溶片", blurred=14)
    (told,) = counter.says(media=photo("p1"))
    assert "看不清楚" in told


def test_what_was_read_wrongly_is_not_asked(counter: Counter, pictures: dict[str, bytes]) -> None:
    agreed(counter)
    pictures["p1"] = label("阿司匹林肠溶片")
    counter.says(media=photo("p1"))
    assert "打字" in counter.presses("都不是")[-1]


@pytest.mark.parametrize("thing", [b"", b"no picture", b"\xff\xd8\xff\xe0" + b"\x00" * 99])
def test_what_is_no_picture_is_declined(
    counter: Counter, pictures: dict[str, bytes], thing: bytes
) -> None:
    agreed(counter)
    pictures["p1"] = thing
    assert "看不清楚" in counter.says(media=photo("p1"))[0]
    assert "看不清楚" in counter.says(media=photo("gone"))[0]


def test_a_recording_is_read_back_before_it_is_asked(
    counter: Counter, pictures: dict[str, bytes]
) -> None:
    agreed(counter)
    pictures["v1"] = "我在上海，职工医保在职，三级医院门诊花了1200元，能报多少".encode()
    (told,) = counter.says(media=Media("voice", "v1"))
    assert "1200元" in told
    assert "对吗" in told
    assert "490.00" in counter.presses("对")[-1]


def test_a_line_that_the_reader_only_guesses_offers_nothing(house: House) -> None:
    def found(lines: Sequence[Line]) -> object:
        return names_in(lines, house.catalogue.on(date(2026, 11, 25)))

    assert found([Line("阿司匹林肠溶片", 0.79)]) is None
    assert found([Line("阿司匹林肠溶片", 0.95)]) is not None
