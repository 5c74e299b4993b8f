"""No text makes the readers of names raise, and every mention quotes the text itself."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askdoc.medicines import CatalogueOnDay, find_mentions, resolve

PIECES = st.sampled_from(
    [
        "甲乙双胍",
        "片",
        "缓释片",
        "(Ⅳ)",
        "盐酸",
        "（",
        "）",
        "[",
        "Ⅳ",
        "iv",
        "好糖宁",
        "Goodsugar",
        " ",
        "-",
        "丙丁他汀",
        "钙",
        "注射用",
        "和",
        "能报吗",
        "20mg",
        "XA10BAA001",
        "α",
        "複方",
        "İ",
        "、",
        "/",
        "\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_resolves_without_raising(small: CatalogueOnDay, text: str) -> None:
    found = resolve(text, small)
    sizes = {"one": found.medicines[:1], "several": found.medicines, "none": ()}
    assert found.medicines == sizes[found.kind]
    assert (found.kind == "several") == (len(found.medicines) > 1)


@given(TEXTS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_without_overlap(small: CatalogueOnDay, text: str) -> None:
    end = 0
    for mention in find_mentions(text, small):
        assert end <= mention.span[0] < mention.span[1] <= len(text)
        assert text[slice(*mention.span)] == mention.text
        end = mention.span[1]


def test_long_texts_are_read_in_good_time(small: CatalogueOnDay) -> None:
    assert len(find_mentions("甲乙双胍片，" * 2000, small)) == 2000
    assert find_mentions("病" * 20000 + "好糖宁", small)[0].text == "好糖宁"
    assert resolve("(" * 5000 + "甲乙双胍" + ")" * 5000, small).kind == "none"
