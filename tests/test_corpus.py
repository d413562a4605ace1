"""benchmarks/corpus.py grows catalogues that are the same every time, and like real ones."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import _texts, _words, corpus
from benchmarks._words import load_words, made_up
from recommender import load_catalogue, load_priorities
from recommender.english import stop_words
from recommender.registers import load_register
from recommender.registers._importing import import_files
from recommender.text import sentences

ROOT = Path(__file__).parents[1]
SIZE = 3000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "corpus.parquet"
    corpus.write(path, SIZE)
    return path


@pytest.fixture(scope="module")
def grown(path: Path) -> pd.DataFrame:
    return load_catalogue(path)


def test_a_grown_catalogue_is_one(grown: pd.DataFrame) -> None:
    assert len(grown) == SIZE
    assert grown.index.str.fullmatch(r"US-EIN-\d{9}").all()


def test_it_is_the_same_every_time(path: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "benchmarks/corpus.py",
        "-n",
        str(SIZE),
        "-o",
        tmp_path / "again.parquet",
    ]
    subprocess.run(command, cwd=ROOT, check=True, env={"PYTHONPATH": str(ROOT)})
    assert (tmp_path / "again.parquet").read_bytes() == path.read_bytes()


def test_another_seed_grows_another(grown: pd.DataFrame, tmp_path: Path) -> None:
    corpus.write(tmp_path / "other.parquet", 20, seed=1)
    other = load_catalogue(tmp_path / "other.parquet")
    assert not set(other["description"]) & set(grown["description"])


def test_a_larger_one_begins_with_a_smaller_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "BATCH", 50)
    sizes = [pd.concat(b.to_pandas() for b in corpus.batches(n, "catalogue")) for n in (70, 120)]
    small, large = sizes
    assert (len(small), len(large)) == (70, 120)
    pd.testing.assert_frame_equal(small, large[:70])
    assert large["charity_id"].is_unique


def test_texts_are_as_long_and_varied_as_real_ones(grown: pd.DataFrame) -> None:
    words = grown["description"].str.split().str.len()
    assert words.mean() == pytest.approx(_texts.MEAN_WORDS, rel=0.05)
    assert np.log(words).std() == pytest.approx(_texts.SPREAD, rel=0.1)
    text = grown["description"].iloc[int(words.argmax())]
    assert 12 <= words.max() / len(sentences(text)) <= 40
    read = load_priorities().analyser.terms
    terms = [read(text, "en") for text in grown["description"][:300]]
    assert 36 < np.mean([len(set(found)) for found in terms]) < 48


def test_stop_words_are_as_frequent_as_in_the_shipped_descriptions(grown: pd.DataFrame) -> None:
    words = grown["description"].str.lower().str.rstrip(".").str.split().explode()
    assert words.isin(stop_words()).mean() == pytest.approx(load_words().function_share, abs=0.05)


def test_a_charity_of_a_priority_has_its_words() -> None:
    words, rng = load_words(), np.random.default_rng(1)
    ids = load_priorities().ids
    of_housing = np.full((200, 3), ids.index("housing"))
    texts = _texts.texts(rng, words, of_housing).to_pylist()
    others = _texts.texts(rng, words, np.full((200, 3), ids.index("sport"))).to_pylist()
    ours, theirs = (sum("affordable" in text for text in some) for some in (texts, others))
    assert ours > 4 * theirs


def test_the_vocabulary_grows_with_the_catalogue(grown: pd.DataFrame) -> None:
    known = set(grown["description"][:1500].str.rstrip(".").str.split().explode())
    more = set(grown["description"].str.rstrip(".").str.split().explode())
    assert len(more) > 1.1 * len(known)


def test_a_made_up_word_is_a_word_of_its_own() -> None:
    words = made_up(np.array([0, 1, 2, 89, 90, 10**7, 5 * 10**15]))
    assert len(set(words)) == len(words)
    assert all(_words.stems_of(word) == (word,) for word in words)


def test_words_are_drawn_by_weight() -> None:
    drawn = _words._draws({"a": 3.0, "b": 1.0}, {"a": 7, "b": 9}, 8)
    assert drawn.tolist() == [7] * 6 + [9] * 2


def test_words_are_written_as_they_stem_back() -> None:
    words = load_words()
    used = {words.written[number] for number in np.unique(words.background)}
    shares = _words.load_backgrounds()["en"].frequencies or {}
    assert {stem for word in used for stem in _words.stems_of(word)} <= set(shares)


def test_a_register_imports_as_the_same_charities(grown: pd.DataFrame, tmp_path: Path) -> None:
    corpus.write(tmp_path / "eo1.csv", SIZE, "irs")
    code, files = "us-irs-bmf", [tmp_path / "eo1.csv"]
    import_files(code, load_register(code), files, tmp_path / "made.parquet")
    made = load_catalogue(tmp_path / "made.parquet")
    assert len(made) == SIZE
    columns = ["country", "region", "size", "status", "tax_deductible"]
    pd.testing.assert_frame_equal(made.loc[grown.index, columns], grown[columns])
    assert "JO Q" not in made.to_csv().upper()
