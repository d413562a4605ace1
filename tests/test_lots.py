"""Which of equal charities is listed first: drawn by lot, as anybody can work out again."""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ranking_samples import Matches, charities_of

from recommender import Recommender, lots, ranking
from recommender.catalogue import from_texts
from recommender.index import Part
from recommender.languages import codes, load_language
from recommender.lots import SEED, lot, placed
from recommender.priorities import Priorities
from recommender.ranking import rank
from recommender.text import normalise

README = Path(__file__).parents[1] / "README.md"
IDS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), unique=True)
SCORE = st.sampled_from([0.0, 0.1, 0.1 + 1e-14, 0.2])
SCORES = st.dictionaries(st.text("ab한9-", min_size=1, max_size=4), SCORE, min_size=1, max_size=9)


def drawn(charity_id: str) -> str:
    """The lot in hexadecimal digits, worked out from the published rule alone."""
    return hashlib.sha256(b"where-to-give 2026:" + charity_id.encode("utf-8")).hexdigest()[:16]


def by_lot(ids: Iterable[str]) -> list[str]:
    return sorted(ids, key=drawn)


def run_of(scores: Mapping[str, float], k: int | None = None) -> pd.DataFrame:
    index = Matches({"p": list(scores.values())})
    return rank(index, charities_of(scores), [Part("p", {}, {})], {"p": 1.0}, k=k)


def test_a_lot_is_what_sha256_makes_of_the_seed_and_the_id() -> None:
    assert SEED == "where-to-give 2026"
    assert lot("korea_future") == 0x9DA5DFB6B500432A  # as sha256sum prints it


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_lot_is_the_published_one(charity_id: str) -> None:
    assert f"{lot(charity_id):016x}" == drawn(charity_id)


@given(st.lists(IDS, max_size=4), st.integers(1, 5))
def test_many_are_drawn_as_one_is(chunks: list[list[str]], piece: int) -> None:
    """However the ids are parted, and however many are read at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lots, "_SLICE", piece)
        found = lots.lots(pa.chunked_array(chunks, pa.string()))
    assert found.dtype == np.uint64
    assert found.tolist() == [lot(charity_id) for ids in chunks for charity_id in ids]


def test_equal_lots_are_in_the_order_of_the_ids() -> None:
    """None are known; so they are made up: the rows' ids are d, a, c, b."""
    by_id = np.array([1, 3, 2, 0], dtype=np.int32)
    places = placed(np.array([7, 2**64 - 1, 7, 7], dtype=np.uint64), by_id)
    assert places.tolist() == [2, 3, 1, 0]
    assert places.dtype == np.int32
    assert placed(np.zeros(0, np.uint64), by_id[:0]).tolist() == []


@given(SCORES, st.data())
def test_what_is_equal_is_in_the_order_of_lots_wherever_the_rows_stand(
    scores: dict[str, float], data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(scores.items()))))
    expected = sorted(scores, key=lambda i: (-round(scores[i], 12), drawn(i)))
    assert run_of(scores).index.tolist() == expected
    pd.testing.assert_frame_equal(run_of(shuffled), run_of(scores))
    k = data.draw(st.integers(0, len(scores)))
    pd.testing.assert_frame_equal(run_of(shuffled, k), run_of(scores).iloc[:k])


@given(SCORES, st.text("abc", min_size=1, max_size=3))
def test_another_charity_changes_nothing_among_the_others(
    scores: dict[str, float], another: str
) -> None:
    before = [i for i in run_of(scores).index if i != another]
    after = [i for i in run_of({**scores, another: 0.1}).index if i != another]
    assert before == after


@given(st.sets(st.integers(0, 99), min_size=1), st.integers(0, 12), st.booleans())
def test_where_nothing_is_asked_the_first_lots_are_listed(
    rows: set[int], k: int, everything: bool
) -> None:
    ids = [f"id{i:02}" for i in range(100)]
    kept = None if everything else np.isin(np.arange(100), list(rows))
    expected = by_lot(ids if everything else [ids[row] for row in rows])[:k]
    index, charities = Matches({"p": [0.0] * 100}), charities_of(ids)
    for small in (2000, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ranking, "_SMALL", small)
            run = rank(index, charities, [], {}, kept=kept, k=k)
        assert run.index.tolist() == expected


def test_the_first_in_an_alphabet_is_first_among_equals_no_more_often_than_others() -> None:
    """Of 2,000 ties of five, each place of the alphabet should be first 400 times.

    Pearson's chi-squared has four degrees of freedom; 18.5 is exceeded once in a thousand.
    """
    ids = [f"US-EIN-{number:08d}" for number in range(10_000)]
    scores = {charity_id: 0.1 + at // 5 * 1e-4 for at, charity_id in enumerate(ids)}
    run = run_of(scores)
    assert run["tied"].all()
    firsts = np.bincount([int(charity_id[-1]) % 5 for charity_id in run.index[::5]])
    assert firsts.sum() == 2_000
    assert ((firsts - 400) ** 2 / 400).sum() < 18.5


def test_lots_are_spread_evenly_and_say_nothing_of_the_id() -> None:
    ids = [f"GB-CHC-{200_000 + number}" for number in range(20_000)]
    found = lots.lots(pa.chunked_array([ids])) / 2.0**64
    counts, _ = np.histogram(found, 20, (0, 1))
    assert ((counts - 1000) ** 2 / 1000).sum() < 43.8  # one in a thousand, 19 degrees of freedom
    assert abs(np.corrcoef(np.arange(len(ids)), found)[0, 1]) < 3.3 / len(ids) ** 0.5


def test_a_tie_of_the_model_is_drawn_by_lot_and_k_cuts_through_it(priorities: Priorities) -> None:
    texts = {f"c{i:02}": "Runs schools for girls." if i % 3 else "Runs a choir." for i in range(30)}
    model = Recommender(priorities=priorities).fit(from_texts(pd.Series(texts)))
    run = model.recommend({"education": 5})
    ranked = [i for i, text in texts.items() if "schools" in text]
    assert run.index.tolist() == by_lot(ranked) + by_lot(set(texts) - set(ranked))
    assert run["rank"].dropna().tolist() == [1] * 20
    assert run["tied"].sum() == 20
    assert run.attrs["lots"] == SEED
    for k in range(31):
        pd.testing.assert_frame_equal(model.recommend({"education": 5}, k=k), run.iloc[:k])
    assert model.recommend().index.tolist() == by_lot(texts)
    assert [drawn(a) < drawn(b) for a, b in pairwise(ranked)].count(False)  # not by id


def test_how_to_work_out_a_lot_is_documented_as_it_is() -> None:
    shown = re.search(r"\n(printf .*sha256sum)\n(\w+) ", README.read_text("utf-8"))
    command, printed = shown.groups()
    asked = re.search(r"'(.*)'", command)[1]
    assert printed == hashlib.sha256(asked.encode()).hexdigest()
    assert asked == f"{SEED}:korea_future"
    if shutil.which("sha256sum"):
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
        assert done.stdout.split()[0] == printed


@pytest.mark.parametrize("code", codes())
def test_the_rules_of_neutrality_name_the_seed(code: str) -> None:
    said = normalise(load_language(code)("method-neutral-order"))
    assert f"{SEED}:" in said
    assert "SHA-256" in said
