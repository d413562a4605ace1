import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import lsq_linear

from recommender import candidates
from recommender.candidates import CERTAINTY, certainty, commonplace, names
from recommender.labelled import Labelled
from recommender.learning import (
    Task,
    choose,
    cross_validate,
    fit,
    fit_all,
    prepare,
)
from recommender.priorities import Priorities, Priority


@pytest.fixture(autouse=True, scope="module")
def few_words() -> Iterator[None]:
    """Let common words be learned: texts made of few words hold each of them often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "COMMON", 1.0)
        yield


def priority(name: str, core: str, related: str) -> Priority:
    lexicon = {"en": {"core": (core,), "related": (related,)}}
    return Priority(name, {"en": name}, {"en": f"{name}."}, False, lexicon)


PRIORITIES = Priorities(
    (priority("animals", "cat", "farm"), priority("housing", "rent", "home repairs")),
    {"core": 1.0, "related": 0.4},
    {},
)
# What 8 of 20 charities of a priority and 2 of 80 others tell of a word: with the halves added
# 8.5, 12.5, 2.5 and 78.5 charities.
Z = math.log(8.5 * 78.5 / (12.5 * 2.5)) / math.sqrt(1 / 8.5 + 1 / 12.5 + 1 / 2.5 + 1 / 78.5)
SURE = 1 - (CERTAINTY / Z) ** 2


def ignore(what: str, share: float) -> None:
    """Tell nobody."""


def held_of(*counts: tuple[int, int], own: int = 20, size: int = 100) -> sparse.csr_matrix:
    """A term a pair: how many of the first `own` charities hold it, and how many of the others."""
    columns = [[i < a or own <= i < own + b for i in range(size)] for a, b in counts]
    return sparse.csr_matrix(np.array(columns, dtype=float).T)


def test_certainty_grows_with_the_log_odds_ratio_in_standard_errors() -> None:
    labels = np.array([[i < 20, i >= 20] for i in range(100)])
    # For the 80 the same word tells against; 5 of 20 and 15 of 80 have a z of 0.6664.
    found = certainty(held_of((8, 2), (5, 15)), labels)
    assert found == pytest.approx(np.array([[SURE, 0], [0, 0]]), abs=1e-6)


def test_certainty_needs_a_few_charities() -> None:
    labels = np.array([[i < 20] for i in range(100)])
    found = certainty(held_of((3, 2), (2, 3), (4, 0), (5, 0), (3, 1)), labels)[:, 0]
    assert (found > 0).tolist() == [True, False, False, True, False]


def task_of(x: np.ndarray, y: np.ndarray, lexicon: np.ndarray) -> Task:
    """A task of one priority."""
    matrix, terms = sparse.csr_matrix(x), np.array([f"t{i}" for i in range(x.shape[1])])
    ones, labels = np.ones(len(terms)), y[:, None] >= 1
    opened = np.arange(len(terms)) != 1
    lexicon = lexicon[:, None]
    return Task(matrix, terms, ones, matrix > 0, lexicon, opened, labels, labels, y[:, None])


def test_the_start_is_the_lexicon_at_unit_length_by_idf() -> None:
    task = task_of(np.eye(3), np.ones(3), np.array([1.0, 0.5, 0.0]))
    task = replace(task, idf=np.array([3.0, 8.0, 5.0]))
    assert task.start[:, 0] == pytest.approx([0.6, 0.8, 0.0])


def test_what_a_lexicon_names_is_free_and_a_name_is_not() -> None:
    labels = np.array([float(i < 20) for i in range(100)])
    held = held_of((8, 2), (8, 2), (5, 15), (0, 9)).toarray()
    task = task_of(held, labels, np.array([0.0, 0.0, 0.0, 0.4]))
    rows = np.arange(100)
    assert task.freedom(rows)[:, 0] == pytest.approx([SURE, 0, 0, 1], abs=1e-6)
    # Only what the given rows tell counts: without the 80 others nothing is certain.
    assert task.freedom(rows[:20])[:, 0].tolist() == [0, 0, 0, 1]


@given(st.integers(0, 10_000), st.sampled_from([0.5, 2.0, 9.0]), st.sampled_from([0.0, 1.0, 4.0]))
def test_the_weights_are_those_of_the_stated_objective(
    seed: int, strength: float, scale: float
) -> None:
    rng = np.random.default_rng(seed)
    n, terms = 40, 6
    x = rng.random((n, terms)) * (rng.random((n, terms)) < 0.5)
    y = np.where(rng.random(n) < 0.3, 1.0, np.where(rng.random(n) < 0.3, 0.15, 0.0))
    task = task_of(x, y, rng.choice([0.0, 0.4, 1.0], terms, p=[0.4, 0.3, 0.3]))
    c = rng.choice([0.0, 0.3, 1.0], terms, p=[0.2, 0.4, 0.4])
    rows = np.flatnonzero(rng.random(n) < 0.8)
    found = fit(task, rows, c[:, None], 0, strength, scale)
    # Σ (y - a - w·x)² + S · Σ ((w - B·m) / c)² as one bounded least-squares problem in w and a.
    used = c > 0
    pull = np.sqrt(strength) * np.diag(1 / c[used])
    system = np.block(
        [[x[rows][:, used], np.ones((len(rows), 1))], [pull, np.zeros((used.sum(), 1))]]
    )
    wanted = np.r_[y[rows], pull @ (scale * task.start[used, 0])]
    bounds = (np.r_[np.zeros(used.sum()), -np.inf], np.r_[np.full(used.sum(), np.inf), 0.0])
    expected = lsq_linear(system, wanted, bounds, tol=1e-12).x
    a = min(0.0, (y[rows] - x[rows] @ found).mean())
    best, reached = (((system @ w - wanted) ** 2).sum() for w in (expected, [*found[used], a]))
    assert best <= reached + 1e-9
    assert reached == pytest.approx(best, rel=1e-3, abs=1e-4)
    assert found[used] == pytest.approx(expected[:-1], abs=0.02)
    assert found[~used].tolist() == [0] * (~used).sum()
    assert found.min() >= 0


@pytest.mark.parametrize("n", [2, 20, 2000])
def test_with_few_labels_the_lexicon_leads_and_with_many_the_data_do(n: int) -> None:
    # Each of n labelled charities says the one word, whose lexicon foretells half a label:
    # the derivative of n (1 - w)² + 4 (w - ½)² is nought at w = (n + 2) / (n + 4).
    task = task_of(np.ones((n, 1)), np.ones(n), np.ones(1))
    [w] = fit(task, np.arange(n), np.ones((1, 1)), 0, 4.0, 0.5)
    assert w == pytest.approx((n + 2) / (n + 4), abs=1e-4)


def prepared(**changes: object) -> Task:
    """Ten charities of animals, of which nine are at home in D, and ten others."""
    codes = ["D20"] * 9 + ["X20"] + ["D99"] * 3 + ["X99"] * 3 + ["A60"] * 4
    texts = (
        ["It feeds cats in Uganda."] * 9 + ["We like Farms, dogs, cats."] + ["It has songs."] * 10
    )
    made_ = Labelled(texts, np.array(codes), {"animals": ("D2", "X2"), "housing": ("A",)}, "")
    return prepare(replace(made_, **changes), PRIORITIES, ignore)


def test_neighbours_count_a_part_of_a_label_where_the_priority_is_at_home() -> None:
    task = prepared()
    assert task.labels[:, 0].tolist() == [True] * 10 + [False] * 10
    assert task.target[:, 0].tolist() == [1] * 10 + [0.15] * 3 + [0] * 7
    assert task.near[:, 0].tolist() == [True] * 16 + [False] * 4
    assert task.gains[:, 0].tolist() == [2] * 10 + [1] * 6 + [0] * 4
    assert task.target[:, 1].tolist() == [0] * 16 + [1] * 4
    # At home is where 15 of 100 of its own charities are: two of ten in X are enough.
    more = prepared(codes=np.array(["D20"] * 8 + ["X20"] * 2 + ["X99"] * 6 + ["A60"] * 4))
    assert more.target[:, 0].tolist() == [1] * 10 + [0.15] * 6 + [0] * 4


def test_terms_are_single_words_phrases_of_lexicons_and_phrases_with_evidence() -> None:
    texts = ["It feeds cats in Uganda."] * 10 + ["Keen home repairs.", "Old songs."] * 5
    task = prepared(descriptions=texts)
    terms = ["cat", "feed", "home", "keen", "old", "repair", "song", "uganda"]
    assert set(task.terms) == {*terms, "feed cat", "home repair"}
    closed = [term for term, free in zip(task.terms, task.open, strict=True) if not free]
    assert closed == ["keen", "old", "uganda"]
    assert task.held.toarray()[:, list(task.terms).index("cat")].tolist() == [1] * 10 + [0] * 10
    assert (task.matrix.toarray() ** 2).sum(axis=1) == pytest.approx(np.ones(20))
    assert task.idf[list(task.terms).index("cat")] == pytest.approx(np.log(2))
    lexicon = {t: w for t, w in zip(task.terms, task.lexicon.tolist(), strict=True) if any(w)}
    assert lexicon == {"cat": [1, 0], "home repair": [0, 0.4]}


def test_a_term_of_common_words_alone_is_closed_to_priorities_that_do_not_name_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(candidates, "COMMON", 0.45)
    task = prepared(descriptions=["It feeds old cats."] * 10 + ["It has songs."] * 10)
    opened = dict(zip(task.terms, task.open.tolist(), strict=True))
    assert not opened["cat"]
    assert not opened["feed"]
    held = sparse.csr_matrix([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]])
    terms = ["feed", "cat", "feed cat", "old", "old cat"]
    assert commonplace(held, terms).tolist() == [True, True, True, False, False]


def test_a_word_is_no_name_for_being_part_of_charities_names() -> None:
    texts = ["It feeds boosters daily."] * 10 + ["It has songs."] * 10
    task = prepared(descriptions=texts, names=["Rome Booster Club"] * 10 + [""] * 10)
    opened = dict(zip(task.terms, task.open.tolist(), strict=True))
    assert opened["booster"]
    assert not opened["rome"]
    assert task.held.toarray()[:, list(task.terms).index("rome")].tolist() == [1] * 10 + [0] * 10


def test_a_word_of_a_lexicon_is_open_although_it_is_written_as_a_name() -> None:
    task = prepared(descriptions=["We feed Cats near Rome."] * 10 + ["It has songs."] * 10)
    opened = dict(zip(task.terms, task.open.tolist(), strict=True))
    assert opened == {"cat": True, "feed": True, "near": True, "rome": False, "song": True}


@pytest.mark.parametrize(
    ("texts", "term", "name"),
    [
        (["We work in Uganda."], "uganda", True),
        (["We work in uganda."], "uganda", False),
        (["Kennels help. Kennels are good."], "kennel", True),
        (["We help. Uganda is far, uganda."], "uganda", False),
        (["He works at NASA now."], "nasa", False),
        (["He works in the UK now."], "uk", True),
        (["We see Rome."] * 3 + ["We see rome."], "rome", False),
        (["We see Rome."] * 4 + ["We see rome."], "rome", True),
        (["IT HELPS IN UGANDA.", "We help Uganda."], "uganda", True),
        (["We work in Uganda."], "work uganda", True),
        (["We work in Uganda."], "work", False),
        (["We work in Uganda."], "unseen", True),
    ],
)
def test_a_name_is_written_with_a_capital_inside_sentences(
    texts: list[str], term: str, name: bool
) -> None:
    assert names(texts, np.array([term])).tolist() == [name]


def test_the_pair_closest_to_the_lexicon_is_chosen_of_those_as_good_as_the_best() -> None:
    pairs = [(1.0, 2.0), (1.0, 4.0), (4.0, 2.0), (4.0, 4.0)]

    def chosen(*rows: list[float]) -> tuple[float, float]:
        return choose(pd.DataFrame(rows, pd.MultiIndex.from_tuples(pairs)))

    assert chosen([0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]) == (4, 4)
    assert chosen([0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.4, 0.4]) == (1, 4)
    # The last loses 0.02 and gains 0.01: a mean of 0.005, a standard error of 0.015.
    assert chosen([0.5, 0.5], [0.4, 0.4], [0.4, 0.4], [0.48, 0.51]) == (4, 4)
    # It loses 0.035 and 0.005: a mean of 0.02, a deviation of 0.0212, a standard error of 0.015.
    assert chosen([0.5, 0.5], [0.4, 0.4], [0.4, 0.4], [0.465, 0.495]) == (1, 2)
    assert chosen([0.5], [0.4], [0.5], [0.49]) == (4, 2)


def test_quality_is_measured_on_charities_that_were_not_learned_from() -> None:
    rng = np.random.default_rng(3)
    words = ["".join(letters) for letters in product("bcdfghjklm", "aeiou", "kmpt", "aeiou", "kp")]
    texts = [f"It {', '.join(rng.choice(words, 40))}." for _ in range(300)]
    codes = np.where(rng.random(300) < 0.15, "D20", "A60")
    task = prepare(Labelled(texts, codes, {"animals": ("D",)}, ""), PRIORITIES, ignore)
    task = replace(task, near=np.zeros((300, 1), bool))
    # Labels at random: what is learned tells those it was learned from, and nothing of others.
    scores = (task.matrix @ fit_all(task, np.arange(300), 1.0, 2.0))[:, 0]
    assert scores[task.labels[:, 0]].mean() > 5 * scores[~task.labels[:, 0]].mean()
    quality = cross_validate(task, ignore)[0]
    assert quality[1.0, 2.0] == pytest.approx(quality["lexicon", ""], abs=0.1)


def test_quality_is_the_mean_over_collections_that_hold_any_of_the_priority() -> None:
    # One of 40 charities is labelled: it is first of the two of its collection, or second.
    texts, codes = ["It has cats.", *["It has songs."] * 39], ["D20"] + ["A60"] * 39
    task = prepare(Labelled(texts, np.array(codes), {"animals": ("D",)}, ""), PRIORITIES, ignore)
    assert cross_validate(task, ignore).loc[("lexicon", ""), 0] == 1
    wrong = replace(task, matrix=task.matrix[:, ::-1])
    assert cross_validate(wrong, ignore).loc[("lexicon", ""), 0] == pytest.approx(1 / np.log2(3))
