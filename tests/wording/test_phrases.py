"""Both languages say the same things: same keys, same fields, a sentence for every error."""

import importlib
import pkgutil
import string
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

import askdoc
from askdoc.wording import phrase
from askdoc.wording.errors import all_error_kinds
from askdoc.wording.phrases import catalogue, has_phrase

TOPICS = sorted(
    file.name.removesuffix(".json")
    for file in resources.files("askdoc.wording").joinpath("zh").iterdir()
)


def flat(found: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, said in found.items():
        if isinstance(said, dict):
            yield from flat(said, f"{before}{key}.")
        else:
            yield f"{before}{key}", said


def fields(said: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(said) if name is not None}


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_have_the_same_phrases_and_fields(topic: str) -> None:
    zh, en = dict(flat(catalogue(topic, "zh"))), dict(flat(catalogue(topic, "en")))
    assert set(zh) == set(en)
    assert [key for key in zh if fields(zh[key]) != fields(en[key])] == []
    assert [key for key in zh if not zh[key].strip() or not en[key].strip()] == []


def test_every_error_has_a_sentence_in_both_languages() -> None:
    for module in pkgutil.walk_packages(askdoc.__path__, "askdoc."):
        if module.name != "askdoc.__main__":
            importlib.import_module(module.name)
    kinds = all_error_kinds()
    assert len(kinds) > 4
    for kind in kinds:
        room, name = kind.code.split(".", 1)
        for lang in ("zh", "en"):
            assert has_phrase(f"{room}.error.{name}", lang), (kind, lang)
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_a_phrase_without_its_field_is_a_defect() -> None:
    with pytest.raises(KeyError):
        phrase("policy.error.sheet", "zh")
    with pytest.raises(KeyError):
        phrase("policy.error.no_such_phrase", "zh")
