"""Many donors at once are matched as each would be alone, whatever is killed meanwhile."""

import os
import signal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bulk_samples import index_of, killed, read, same, some_donors, started, until, write
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import CatalogueError, Recommender, RecommenderError, bulk
from recommender.bulk import match_donors
from recommender.cluster import shards
from recommender.donors import Block, Donor, read_donors
from recommender.lots import lot
from recommender.matched import MANIFEST
from recommender.matcher import Matcher
from recommender.matches import GROUP

Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_of(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def model(index: Path) -> Recommender:
    return Recommender.open(index)


@pytest.fixture
def donors(model: Recommender, tmp_path: Path) -> Path:
    return write(some_donors(model, 120), tmp_path / "donors.csv")


def expected(model: Recommender, donor: Donor, k: int) -> Rows:
    """The rows of a donor, from `recommend`."""
    run = model.recommend(**donor.asked(), k=k)
    parts = list(run.columns[5:])
    return [
        {
            "donor_id": donor.donor_id,
            "rank": None if pd.isna(row["rank"]) else int(row["rank"]),
            "tied": bool(row["tied"]),
            "charity_id": charity_id,
            "name": row["name"],
            "band": row["band"],
            "score": float(row["score"]),
            "contributions": [{"part": p, "contribution": float(row[p])} for p in parts],
        }
        for charity_id, row in run.iterrows()
    ]


def matched(model: Recommender, donors: list[Donor], k: int, spans: list[tuple[int, int]]) -> Rows:
    matcher, block = Matcher(model, k), Block(0, donors)
    names = tuple(n for n in model.priorities_.ids if any(d.answers.get(n) for d in donors))
    names = names or model.priorities_.ids[:1]
    found = [matcher.candidates(block, matcher.matches(names, span)) for span in spans]
    return matcher.table(block, found).to_pylist()


@st.composite
def asking(draw: st.DrawFn, ids: tuple[str, ...]) -> Donor:
    weights = st.one_of(st.integers(0, 5), st.floats(0, 5), st.sampled_from([1e-9, 5e-324]))
    answers = draw(st.dictionaries(st.sampled_from(ids), weights, max_size=len(ids)))
    values = st.lists(st.sampled_from(["GB", "US", "KR", "not stated"]), min_size=1, max_size=2)
    choice = st.one_of(st.just({}), st.fixed_dictionaries({"country": values}))
    only, hide = draw(choice), draw(choice)
    return Donor(str(draw(st.integers(0, 9))), answers, "", only, hide)


@settings(max_examples=settings.default.max_examples // 3)
@given(data=st.data())
def test_a_block_is_matched_as_each_donor_alone(model: Recommender, data: st.DataObject) -> None:
    donors = data.draw(st.lists(asking(model.priorities_.ids), min_size=1, max_size=6))
    k = data.draw(st.sampled_from([1, 2, 10, 40, 300, 5_000]))
    size = model.index_.size_
    spans = shards(size, data.draw(st.sampled_from([size, 1_000, 333])))
    alone = [row for donor in donors for row in expected(model, donor, k)]
    assert matched(model, donors, k, spans) == alone


def test_donors_of_all_kinds_are_matched_alike(model: Recommender) -> None:
    donors = some_donors(model, 60)
    assert {bool(donor.text) for donor in donors} == {True, False}
    alone = [row for donor in donors for row in expected(model, donor, 7)]
    assert any(row["tied"] for row in alone)
    assert matched(model, donors, 7, [(0, model.index_.size_)]) == alone


@pytest.mark.parametrize("most", [10_000, 500])
def test_a_tie_with_the_first_that_is_not_shown_is_told(model: Recommender, most: int) -> None:
    donor = Donor("d", {"education": 5.0})
    run = model.recommend(**donor.asked())
    tied = run["tied"].to_numpy() & (run["rank"] == run["rank"].shift(-1)).fillna(False).to_numpy()
    firsts = np.flatnonzero(tied)[:5]
    assert len(firsts)
    for at in firsts:
        k = int(at) + 1
        rows = matched(model, [donor], k, shards(model.index_.size_, most))
        assert rows == expected(model, donor, k)
        assert rows[-1]["tied"]


def test_what_is_equal_is_in_the_order_of_lots_for_many_donors_too(model: Recommender) -> None:
    donors = some_donors(model, 60, words=False)
    rows = matched(model, donors, 40, shards(model.index_.size_, 500))
    equal: dict[tuple[object, float], list[str]] = {}
    for row in rows:
        equal.setdefault((row["donor_id"], round(row["score"], 12)), []).append(row["charity_id"])
    assert all(ids == sorted(ids, key=lot) for ids in equal.values())
    assert [ids == sorted(ids) for ids in equal.values()].count(False) > 20  # not by id


def test_the_matches_of_a_range_are_those_of_the_index(model: Recommender) -> None:
    part, whole = model.parts_["education"], model.index_.match(model.parts_["education"])
    for low, high in shards(model.index_.size_, 700):
        assert (model.index_.match(part, slice(low, high)) == whole[low:high]).all()
    found = Matcher(model, 1).matches(["education"], (100, 900))
    assert sorted(found.rows) == list(range(100, 900))
    assert (found.values[:, 0] == whole[found.rows]).all()


def test_most_charities_are_not_looked_at(model: Recommender) -> None:
    names = model.agenda_
    matches = Matcher(model, 1).matches(names, (0, model.index_.size_))
    weights = np.eye(len(names))
    places = model.charities_.places
    looked = [len(lines) for lines in matches.best(weights, 3, [None] * len(names), places)]
    assert max(looked) < model.index_.size_ / 4
    assert (matches.most.T[:, None] * (1 + 1e-6) >= _grouped(matches.values)).all()


def _grouped(values: np.ndarray) -> np.ndarray:
    spare = -len(values) % GROUP
    return np.pad(values, ((0, spare), (0, 0))).reshape(-1, GROUP, values.shape[1])


def test_explained_matches_name_the_words(model: Recommender, index: Path, tmp_path: Path) -> None:
    donors = some_donors(model, 12)
    path = write(donors, tmp_path / "donors.parquet")
    match_donors(path, index, tmp_path / "out", k=2, explained=True)
    rows = {(row["donor_id"], row["charity_id"]): row for row in read(tmp_path / "out")}
    for donor in donors:
        run = model.recommend(**donor.asked(), k=2)
        for explanation, charity_id in zip(
            model.explanations(run, run.index), run.index, strict=True
        ):
            row = rows[donor.donor_id, charity_id]
            terms = [(t["part"], t["term"], t["contribution"]) for t in row["terms"]]
            ours = [(t.priority, t.term, t.contribution) for t in explanation.terms[:5]]
            assert terms == ours
            best = {part: e.sentence for part, e in explanation.evidence("en").items()}
            assert all(best[e["part"]] == e["sentence"] for e in row["evidence"])


@pytest.mark.parametrize("workers", [1, 2])
def test_parts_hold_every_donor_in_order(
    model: Recommender, index: Path, donors: Path, tmp_path: Path, workers: int
) -> None:
    told = []
    count = match_donors(
        donors,
        index,
        tmp_path / "out",
        k=3,
        workers=workers,
        block=50,
        told=lambda *t: told.append(t),
    )
    asked = some_donors(model, 120)
    assert count == 120
    assert told[0] == ("Matching", 0, 120)
    assert told[-1] == ("Matching", 120, 120)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [MANIFEST, *(f"part-{i:05d}.parquet" for i in range(3))]
    alone = [row["charity_id"] for donor in asked for row in expected(model, donor, 3)]
    assert [row["charity_id"] for row in read(tmp_path / "out")] == alone
    assert len(pd.read_parquet(tmp_path / "out")) == len(alone)


def command(donors: Path, index: Path, out: Path, *more: str) -> list[str | Path]:
    job = ["match", donors, "--index", index, "-o", out, "--block", "1", "-k", "3"]
    return ["-m", "recommender", *job, *more]


def parts(out: Path) -> list[Path]:
    return sorted(out.glob("part-*.parquet"))


@pytest.mark.skipif(os.name == "nt", reason="groups of processes are killed as POSIX has them")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_job_that_was_killed_goes_on_where_it_stopped(
    index: Path, donors: Path, tmp_path: Path, workers: str
) -> None:
    out, whole = tmp_path / "out", tmp_path / "whole"
    process = started(*command(donors, index, out, "--workers", workers))
    until(lambda: len(parts(out)) >= 3)
    killed(process)
    before = {path.name: path.stat().st_mtime_ns for path in parts(out)}
    assert 3 <= len(before) < 120, "it was killed too late to tell"
    told = []
    match_donors(donors, index, out, k=3, block=1, told=lambda *t: told.append(t[1]))
    after = {path.name: path.stat().st_mtime_ns for path in parts(out)}
    assert len(after) == 120
    assert before.items() <= after.items()
    assert told[0] == len(before)
    match_donors(donors, index, whole, k=3, block=1)
    assert same(read(out), read(whole))


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as POSIX has them")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupted_job_keeps_what_is_finished_and_leaves_nothing_else(
    index: Path, donors: Path, tmp_path: Path, workers: str
) -> None:
    out = tmp_path / "out"
    process = started(*command(donors, index, out, "--workers", workers))
    until(lambda: len(parts(out)) >= 3)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the job
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Run again to go on." in said
    assert "Traceback" not in said
    assert not [path for path in out.iterdir() if path.name.startswith(".")]
    assert 3 <= len(parts(out)) < 120
    for path in parts(out):
        assert pd.read_parquet(path)["donor_id"].nunique() == 1


def test_a_part_that_is_cut_short_is_made_again(index: Path, donors: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    match_donors(donors, index, out, k=3, block=50)
    before = read(out)
    broken, other, _ = parts(out)
    broken.write_bytes(broken.read_bytes()[:-50])
    other.write_bytes(parts(out)[2].read_bytes())
    match_donors(donors, index, out, k=3, block=50)
    assert same(read(out), before)


def test_another_job_is_refused_by_what_differs(
    index: Path, donors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    match_donors(donors, index, out, k=3)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(RecommenderError, match="another job: k was 3 and is 4"):
        match_donors(donors, index, out, k=4)
    with monkeypatch.context() as patch:
        patch.setattr(bulk, "SEED", "another 2027")
        with pytest.raises(RecommenderError, match="lots was 'where-to-give 2026' and is 'another"):
            match_donors(donors, index, out, k=3)
    donors.write_text(donors.read_text(encoding="utf-8").replace("d0000", "e0000"), "utf-8")
    with pytest.raises(RecommenderError, match="donors was"):
        match_donors(donors, index, out, k=3)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(RecommenderError, match=r"holds letter\.txt"):
        match_donors(donors, index, tmp_path / "mine", k=3)


def test_every_problem_of_the_donors_is_told_at_once(
    model: Recommender, index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "donors.csv"
    long = "x" * 2001
    rows = [
        "donor_id,education,text,only:country,eduction",
        "a,5,,GB,",
        "a,6,,,",
        f",nan,{long},ZZ | GB,",
        "b,-1,,,",
        "c,two,,,1,9",
    ]
    path.write_text("\n".join(rows), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        match_donors(path, index, tmp_path / "out")
    said = [str(problem) for problem in caught.value.problems]
    assert said[0] == "line 6: found 6 fields; expected 5 fields as in the header"
    assert said[1].startswith("header: found column 'eduction'; expected one of donor_id, text, ")
    assert "hide:country" in said[1]
    assert said[2:] == [
        "line 3, column donor_id: found 'a'; expected each id once; it stands in line 2 too",
        "line 3, column education: found '6'; expected 0 to 5, or nothing to skip it",
        "line 4, column donor_id: found nothing; expected an id",
        "line 4, column education: found 'nan'; expected 0 to 5, or nothing to skip it",
        "line 4, column text: found 2001 characters; expected at most 2000",
        "line 4, column only:country: found 'ZZ | GB'; expected values that there are (unknown "
        "value of country 'ZZ'. Known: GB, KR, US, not stated.)",
        "line 5, column education: found '-1'; expected 0 to 5, or nothing to skip it",
    ]
    assert not (tmp_path / "out").exists()


def test_csv_and_parquet_say_thesame(model: Recommender, tmp_path: Path) -> None:
    donors = some_donors(model, 40)
    for name in ("donors.csv", "donors.parquet"):
        path = write(donors, tmp_path / name)
        assert read_donors(path, model.priorities_.ids, model.facets_) == donors


def test_a_donor_prints_as_an_id() -> None:
    donor = Donor("d1", {"justice": 5}, "my own words", {"country": ("GB",)})
    assert repr(donor) == "Donor(donor_id='d1')"
    assert repr(Block(3, [donor])) == "Block(number=3)"
