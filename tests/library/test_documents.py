"""The shipped documents: each passage has a fact, a source and a place in time, no typed figure."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from askdoc.library.document_sheet import PROCEDURE_LINES, Sheet, read_document
from askdoc.library.placeholders import parameters_in, without_placeholders
from askdoc.library.shipped import FOLDER, Shelf, names_of_things
from askdoc.library.typed_figures import typed_figures
from askdoc.library.versions import passages_of
from askdoc.policy import Book, SheetError

BAD = Path(__file__).parent / "bad_documents"


@pytest.fixture(scope="session")
def sheets(knowledge: Path, book: Book) -> list[Sheet]:
    return [read_document(file, book) for file in sorted((knowledge / FOLDER).rglob("*.md"))]


def test_there_are_documents_for_the_nation_the_cities_the_systems_and_the_procedures(
    shelf: Shelf,
) -> None:
    kinds = Counter(document.kind for document in shelf.documents.values())
    assert kinds["procedure"] >= 20
    assert kinds["history"] + kinds["norm"] >= 10
    assert kinds["rule"] >= 40
    regions = {document.region for document in shelf.documents.values() if document.kind == "rule"}
    assert {"cn", "cn/shanghai", "cn/zhejiang/hangzhou", "cn/shandong/qingdao"} <= regions
    assert "cn/guangdong/shenzhen" in regions


def test_no_section_is_without_a_parameter_and_without_a_source(sheets: list[Sheet]) -> None:
    bare = [
        f"{sheet.document.id}#{section.heading}"
        for sheet in sheets
        for section in sheet.sections
        if not parameters_in(section.text) and section.own_source is None
    ]
    assert bare == []


def test_no_document_types_a_figure(sheets: list[Sheet]) -> None:
    typed = {
        f"{sheet.document.id}#{section.heading}": found
        for sheet in sheets
        for section in sheet.sections
        if (found := typed_figures(without_placeholders(section.text)))
    }
    assert typed == {}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("起付线是500元", ("500",)),
        ("报销七成", ("七成",)),
        ("最多开十二周", ("十二周",)),
        ("报销百分之五十", ("百分之五十",)),
        ("等半年", ("半年",)),
        ("到二级医院、三级医院，一档、二档都行", ()),
        ("签约1+1+1组合，一次也不用跑", ()),
    ],
)
def test_a_figure_in_digits_or_words_is_seen_and_a_name_is_not(
    text: str, figures: tuple[str, ...]
) -> None:
    assert typed_figures(text) == figures


def test_every_passage_names_registered_sources_and_its_values_are_rendered(
    shelf: Shelf, book: Book
) -> None:
    for passage in shelf.passages:
        assert passage.sources, passage.id
        assert set(passage.sources) <= set(book.sources), passage.id
        assert "{{" not in passage.text, passage.id


def test_no_passage_shows_an_identifier(shelf: Shelf) -> None:
    shown = {
        passage.id: found
        for passage in shelf.passages
        if (found := re.findall(r"[a-z]+_[a-z_]+|norm/\S+|cn/\S+", passage.text))
    }
    assert shown == {}


def test_one_section_never_holds_in_two_versions_on_one_day(shelf: Shelf) -> None:
    spans: dict[str, list[tuple[str, str]]] = {}
    for passage in shelf.passages:
        begins = passage.begins.isoformat() if passage.begins else "0000-00-00"
        ends = passage.ends.isoformat() if passage.ends else "9999-99-99"
        spans.setdefault(passage.id, []).append((begins, ends))
    for id, found in spans.items():
        ordered = sorted(found)
        for (_, ends), (begins, _) in pairwise(ordered):
            assert ends < begins, id


def test_every_procedure_says_who_how_what_where_how_long_and_whom_to_call(
    sheets: list[Sheet],
) -> None:
    for sheet in sheets:
        if sheet.document.kind == "procedure":
            for line in PROCEDURE_LINES:
                assert f"- {line}：" in sheet.sections[0].text, sheet.document.id


def test_a_document_never_claims_more_than_its_source_allows(shelf: Shelf, book: Book) -> None:
    order = ("official", "secondary", "unverified")
    for document in shelf.documents.values():
        allowed = book.sources[document.source].allows
        assert order.index(document.confidence) >= order.index(allowed), document.id


@pytest.mark.parametrize("file", sorted(BAD.glob("*.md")), ids=lambda file: file.stem)
def test_a_bad_document_is_refused_with_file_and_line(
    file: Path, book: Book, knowledge: Path
) -> None:
    wanted = re.search(r"^# (\w+) (\d+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert wanted
    with pytest.raises(SheetError) as refused:
        passages_of(read_document(file, book), book, names_of_things(knowledge, book))
    assert refused.value.problem == wanted[1]
    assert refused.value.fields["place"] == f"{file.name}:{wanted[2]}"
    assert file.name in refused.value.sentence("zh")
    assert file.name in refused.value.sentence("en")


def test_how_an_old_bill_is_counted_is_told_after_its_edition_ended(shelf: Shelf) -> None:
    told = [one for one in shelf.passages if one.document == "cn-catalogue-previous"]
    assert told
    for passage in told:
        assert passage.ends is None, passage.id
