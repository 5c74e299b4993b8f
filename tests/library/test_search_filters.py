"""Nothing of another region, another scheme or another day is ever found, whatever is asked."""

import random
from datetime import date, timedelta
from typing import get_args

import pytest

from askdoc.language.word_list import WordList
from askdoc.library.document import IN_FORCE_KINDS, Kind
from askdoc.library.index import Index, build
from askdoc.library.search import Ask, search
from askdoc.library.shipped import Shelf
from askdoc.library.vocabulary import Vocabulary

from .conftest import CountedWords

QUERIES = 2_000
REGIONS = (
    None,
    "cn",
    "cn/shanghai",
    "cn/zhejiang",
    "cn/zhejiang/hangzhou",
    "cn/shandong/qingdao",
    "cn/guangdong/shenzhen",
    "cn/guangdong/shenzhen/luohu",
)
SCHEMES = (None, "employee", "resident")


@pytest.fixture(scope="module")
def index(shelf: Shelf) -> Index:
    vectors = CountedWords().passages([one.read_as for one in shelf.passages])
    return build(shelf.documents, shelf.passages, vectors)


def asked(chance: random.Random, shelf: Shelf) -> Ask:
    """A question in the words of any two passages, asked for some place, scheme and day."""
    one, other = chance.choices(shelf.passages, k=2)
    text = f"{one.text[:30]} {other.title['zh']} {chance.choice(['上海', '杭州居民', '青岛职工'])}"
    kinds: tuple[Kind, ...] = IN_FORCE_KINDS
    if chance.random() < 0.2:
        kinds = ("history", "norm")
    return Ask(
        question=Vocabulary(WordList({})).question(text),
        day=date(2021, 1, 1) + timedelta(days=chance.randrange(365 * 7)),
        region=chance.choice(REGIONS),
        scheme=chance.choice(SCHEMES),
        kinds=kinds,
        count=10,
    )


def test_no_result_is_of_another_region_scheme_kind_or_out_of_force(
    shelf: Shelf, index: Index
) -> None:
    chance = random.Random(20261125)
    found_any = 0
    for _ in range(QUERIES):
        ask = asked(chance, shelf)
        found = search(ask, index, CountedWords())
        for match in (*found.matches, *found.coming):
            passage = match.passage
            home = f"{ask.region or 'cn'}/"
            assert home.startswith(f"{passage.region}/"), (ask.region, passage.id)
            assert ask.scheme is None or ask.scheme in passage.schemes, passage.id
            assert passage.kind in ask.kinds, passage.id
        for match in found.matches:
            passage = match.passage
            assert passage.begins is None or passage.begins <= ask.day, passage.id
            assert passage.ends is None or ask.day <= passage.ends, passage.id
        for match in found.coming:
            begins = match.passage.begins
            assert begins is not None, match.passage.id
            assert begins > ask.day, match.passage.id
        found_any += bool(found.matches)
    assert found_any > QUERIES * 0.9


def test_the_filters_see_every_passage_that_fits(shelf: Shelf, index: Index) -> None:
    day = date(2026, 11, 25)
    for scheme in ("employee", "resident"):
        ask = Ask(
            Vocabulary(WordList({})).question("医保"),
            day,
            "cn/shanghai",
            scheme,
            kinds=get_args(Kind),
            count=len(shelf.passages),
        )
        found = {match.passage.id for match in search(ask, index, CountedWords()).matches}
        wanted = {
            one.id
            for one in shelf.passages
            if one.region in ("cn", "cn/shanghai")
            and scheme in one.schemes
            and (one.begins is None or one.begins <= day)
            and (one.ends is None or day <= one.ends)
        }
        assert found == wanted
