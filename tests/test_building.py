from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender import (
    CatalogueError,
    Recommender,
    RecommenderError,
    UnknownNameError,
    building,
    counted,
    load_catalogue,
)
from recommender.building import build_index
from recommender.catalogue import SHIPPED_AGENDA
from recommender.counted import MOST_PROBLEMS
from recommender.priorities import Priorities
from recommender.stored import open_stored

Build = Callable[..., Path]
HEAD = "charity_id,name,description\n"
# Word, misspelt word, and what is asked for in the tests of one model against another.
ASKED = [
    {"answers": {"education": 5, "mental_health": 2}},
    {"answers": {"education": 3}, "text": "scholarshps for refugees in Seoul"},
    {"text": "북한이탈주민 정착 지원", "k": 7},
    {},
]
CHOICE = {"hide": {"size": "under 10k"}, "only": {"country": ["GB", "US"]}}


@pytest.fixture
def build(tmp_path: Path, priorities: Priorities) -> Build:
    def run(source: Path, **options: object) -> Path:
        build_index(source, tmp_path / "a.index", priorities, **options)
        return tmp_path / "a.index"

    return run


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, catalogue: pd.DataFrame) -> Path:
    """Some thousand charities of shuffled sentences, Korean in the last row groups alone."""
    rng = np.random.default_rng(7)
    sentences = [s for text in catalogue["description"] for s in text.split(". ") if len(s) > 9]
    korean = [text for text in catalogue["description_ko"] if text]
    rows = 3000
    table = {
        "charity_id": [f"X-{i:05}" for i in rng.permutation(rows)],
        "name": [f"Charity {'ABCDEFG'[i % 7]}{i % 800}" for i in range(rows)],
        "aliases": ["Helpers | Friends of ours" if i % 40 == 0 else "" for i in range(rows)],
        "description": [". ".join(rng.choice(sentences, 1 + i % 4)) for i in range(rows)],
        "description_ko": [str(rng.choice(korean)) if i >= 2500 else "" for i in range(rows)],
        "country": rng.choice(["GB", "US", "KR", ""], rows),
        "size": rng.choice(["under 10k", "10k–100k", ""], rows),
    }
    path = tmp_path_factory.mktemp("generated") / "some.parquet"
    pq.write_table(
        pa.table({k: list(map(str, v)) for k, v in table.items()}), path, row_group_size=700
    )
    return path


@pytest.fixture(autouse=True)
def a_row_group_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a file of millions, each row group is a task."""
    monkeypatch.setattr("recommender.tally.SHARE", 1)


def same(one: Recommender, other: Recommender, choice: dict = CHOICE) -> None:
    """Two models of one catalogue give the same, to the last bit."""
    assert one.fingerprint_ == other.fingerprint_
    assert one.charities_.places.tobytes() == other.charities_.places.tobytes()
    pd.testing.assert_series_equal(one.facets(), other.facets())
    for language, field in one.index_.fields_.items():
        opened = other.index_.fields_[language]
        assert field.terms[:] == opened.terms[:]
        for name in ("starts", "rows", "weights", "idf", "present"):
            assert getattr(field, name).tobytes() == getattr(opened, name).tobytes(), name
    for asked in [*ASKED, {"answers": {"hunger": 1}, **choice}]:
        runs = [model.recommend(**asked) for model in (one, other)]
        pd.testing.assert_frame_equal(*runs, check_exact=True)
        assert runs[0].attrs == runs[1].attrs
        assert one.exclusions(runs[0]).equals(other.exclusions(runs[1]))
        left = [model.left_out(run, 5) for model, run in zip((one, other), runs, strict=True)]
        pd.testing.assert_frame_equal(*left)
        if asked and len(runs[0]):
            first = runs[0].index[0]
            explained = [m.explain(run, first) for m, run in zip((one, other), runs, strict=True)]
            pd.testing.assert_frame_equal(*explained, check_exact=True)
    first = one.charities_.ids([3])[0]
    liked = [
        model.recommend(like=[first], unlike=[model.charities_.ids([1])[0]], k=9)
        for model in (one, other)
    ]
    pd.testing.assert_frame_equal(*liked, check_exact=True)
    pd.testing.assert_frame_equal(one.similar(first, 9), other.similar(first, 9), check_exact=True)
    for text in ("scholarshps for refugess", "a hospitl", "medicin for childrn"):
        assert one.corrections(text) == other.corrections(text)
        assert one.unknown_words(text) == other.unknown_words(text)
        pd.testing.assert_series_equal(one.read(text), other.read(text))
    names = [n for row in (0, 5) for n in one.charities_.frame(np.array([row])).iloc[0][["name"]]]
    for name in (*names, first.lower()):
        assert one.find(name) == other.find(name)
    every = np.arange(len(one.charities_))
    pd.testing.assert_frame_equal(one.charities_.frame(every), other.charities_.frame(every))


def test_the_shipped_catalogue_on_disk_is_the_one_in_memory(
    build: Build, tmp_path: Path, catalogue: pd.DataFrame, model: Recommender
) -> None:
    source = tmp_path / "shipped.parquet"
    catalogue.reset_index().to_parquet(source, row_group_size=17)
    opened = Recommender.open(build(source, agenda=SHIPPED_AGENDA))
    shipped = {"hide": {"status": "paused"}, "only": {"works_in": ["south_korea", "elsewhere"]}}
    same(model, opened, shipped)
    assert opened.agenda_ == model.agenda_
    assert not hasattr(opened, "catalogue_")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_generated_catalogue_on_disk_is_the_one_in_memory(
    build: Build, generated: Path, workers: int
) -> None:
    told = []
    folder = build(generated, workers=workers, told=lambda *said: told.append(said))
    fitted, opened = Recommender().fit(load_catalogue(generated)), Recommender.open(folder)
    same(fitted, opened)
    assert opened.agenda_ == fitted.agenda_
    assert [done for what, done, _ in told if what == "Reading"] == [700, 1400, 2100, 2800, 3000]
    assert ("Weighting (en)", 3000, 3000) in told
    open_stored(folder, thorough=True)


def test_many_threads_find_what_one_finds(build: Build, generated: Path) -> None:
    folder = build(generated)
    asked = [
        {k: v for k, v in one.items() if k != "k"} | {"k": 20}
        for one in [*ASKED, {"answers": {"hunger": 1}, **CHOICE}]
    ] * 7
    alone = Recommender.open(folder)
    expected = [alone.recommend(**one) for one in asked]
    shared = Recommender.open(folder)  # nothing of it has been asked for yet
    with ThreadPoolExecutor(32) as threads:
        found = list(threads.map(lambda one: shared.recommend(**one), asked))
    for run, right in zip(found, expected, strict=True):
        pd.testing.assert_frame_equal(run, right, check_exact=True)


def test_the_order_of_rows_changes_neither_fingerprint_nor_run(
    build: Build, generated: Path, tmp_path: Path
) -> None:
    runs, prints = [], []
    for seed in (1, 2):
        source = tmp_path / f"{seed}.parquet"
        shuffled = pd.read_parquet(generated).sample(frac=0.1, random_state=0)
        shuffled.sample(frac=1, random_state=seed).to_parquet(source, row_group_size=120)
        opened = Recommender.open(build(source))
        prints.append(opened.fingerprint_)
        runs.append(opened.recommend({"education": 5}))
    assert prints[0] == prints[1]
    pd.testing.assert_frame_equal(*runs, check_exact=True)


def test_a_csv_file_is_indexed_too(build: Build, tmp_path: Path) -> None:
    source = tmp_path / "few.csv"
    source.write_text(HEAD + "b,B,Runs schools.\na,A,Feeds people.\n", encoding="utf-8")
    opened = Recommender.open(build(source))
    assert opened.recommend({"education": 5}).index.tolist() == ["b", "a"]
    assert opened.fingerprint_ == Recommender().fit(load_catalogue(source)).fingerprint_


def test_every_problem_of_a_file_is_told_at_once(build: Build, tmp_path: Path) -> None:
    source = tmp_path / "bad.parquet"
    rows = {
        "charity_id": ["a", "b", "a", "", "", "e e", "b"],
        "name": ["A", "", "C", "D", "E", "F", "G"],
        "description": ["Text."] * 6 + ["1"],
        "status": ["active", "actve", "", "closed", "", "", ""],
    }
    pq.write_table(pa.table(rows), source, row_group_size=2)
    with pytest.raises(CatalogueError) as caught:
        build(source, workers=2)
    places = [problem.where for problem in caught.value.problems]
    assert places == [
        "row 2, column name",
        "row 2, column status",
        "row 3, column charity_id",
        "row 4, column charity_id",
        "row 5, column charity_id",
        "row 6, column charity_id",
        "row 7, column description",
        "row 7, column charity_id",
    ]
    assert "row 3, column charity_id: found 'a'; expected each id once" in str(caught.value)
    assert "row 4, column charity_id: found nothing; expected letters" in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["bad.parquet"]


@pytest.mark.parametrize("column", ["charity_id", "status"])
def test_of_very_many_problems_the_first_are_told_and_all_counted(
    build: Build, tmp_path: Path, column: str
) -> None:
    size = 3 * MOST_PROBLEMS
    rows = {"charity_id": [f"c{i}" for i in range(size)], "name": ["A"] * size}
    rows |= {"description": ["Text."] * size, column: ["same"] * size}
    pq.write_table(pa.table(rows), tmp_path / "bad.parquet", row_group_size=size // 2)
    with pytest.raises(CatalogueError) as caught:
        build(tmp_path / "bad.parquet")
    wrong = size - (column == "charity_id")  # the first of its name is right
    assert len(caught.value.problems) == MOST_PROBLEMS + 1
    assert caught.value.problems[0].where == f"row {1 + size - wrong}, column {column}"
    assert f"{wrong - MOST_PROBLEMS} further problems" in str(caught.value)


def test_a_failed_build_leaves_the_old_index_and_nothing_beside_it(
    build: Build, tmp_path: Path, generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(generated)
    before = sorted(path.name for path in folder.rglob("*"))

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    for module, name in ((counted, "print_of"), (counted, "weigh_batch"), (building, "name_keys")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, fail)
            with pytest.raises(KeyboardInterrupt):
                build(generated)
        assert sorted(path.name for path in folder.rglob("*")) == before
        assert [path.name for path in tmp_path.iterdir()] == ["a.index"]
    open_stored(folder, thorough=True)


def test_what_cannot_be_built_is_told_before_the_long_work(
    build: Build, tmp_path: Path, generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "read_catalogue", None)  # which the long work begins with
    with pytest.raises(UnknownNameError, match=r"unknown agenda 'north_corea'. Did you mean north"):
        build(generated, agenda="north_corea")
    (tmp_path / "a.index").write_text("", encoding="utf-8")
    with pytest.raises(RecommenderError, match="name a folder that may be written"):
        build(generated)


def test_the_agenda_is_kept_with_the_index(build: Build, generated: Path) -> None:
    opened = Recommender.open(build(generated, agenda="general"))
    assert opened.agenda_ == opened.priorities_.agendas["general"]
    other = Recommender.open(build(generated, agenda="general"), agenda=["hunger", "mental_health"])
    assert other.agenda_ == ("hunger", "mental_health")


def test_the_background_weight_is_kept_with_the_index(build: Build, generated: Path) -> None:
    opened = Recommender.open(build(generated, background_weight=5.0))
    assert opened.background_weight == 5.0
    fitted = Recommender(background_weight=5.0).fit(load_catalogue(generated))
    asked = {"education": 5}
    pd.testing.assert_frame_equal(fitted.recommend(asked, k=9), opened.recommend(asked, k=9))
