"""benchmarks/engines.py measures what it says it does. How long anything takes is not tested."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmarks import _measure, _prepared, engines
from benchmarks._engines import ENGINES, Tantivy, installed
from benchmarks._prepared import LONGEST, SHORTEST, Query, documents, drawn_queries, prepare
from benchmarks._product import Product, exactness, oracle
from benchmarks._shared import README

ROOT = Path(__file__).parents[1]
SIZE, QUERIES = 600, 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engines")
    prepare(folder, SIZE, QUERIES)
    return folder


@pytest.fixture(scope="module")
def product(folder: Path) -> Product:
    product = Product(folder)
    product.build()
    product.open()
    return product


@pytest.fixture(scope="module")
def queries(folder: Path) -> list[Query]:
    return json.loads((folder / _prepared.QUERIES).read_text(encoding="utf-8"))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_two_engines_make_a_table(tmp_path: Path) -> None:
    readme = README.read_bytes()
    command = [sys.executable, "benchmarks/engines.py", "-n", "2000"]
    command += ["--engines", "scikit-learn,product", "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    first, second, told = done.stdout.strip().split("\n\n")
    head, rule, *rows = first.splitlines()
    assert {len(cells(line)) for line in (head, rule, *rows)} == {11}
    assert [cells(row)[:2] for row in rows] == [["2,000", "product"], ["", "scikit-learn"]]
    assert cells(rows[0])[2] == "1.0"
    assert cells(second.splitlines()[2])[4] == "200 of 200"
    assert "GB a second" in told
    assert README.read_bytes() == readme


@pytest.mark.parametrize("names", ["none", "product,none"])
def test_an_unknown_engine_is_answered_with_the_known_ones(names: str) -> None:
    command = [sys.executable, "benchmarks/engines.py", "--engines", names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "'none'" in done.stderr
    assert all(name in done.stderr for name in ENGINES)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "installed", lambda: ["product"])
    said: list[str] = []
    engines.chosen(Tantivy.name, said.append)
    assert "pip install tantivy" in said[0]


def test_queries_are_the_same_every_time_and_of_the_right_length() -> None:
    queries = drawn_queries(100)
    assert queries == drawn_queries(100)
    assert queries[:10] == drawn_queries(10)
    lengths = [len(query["terms"]) for query in queries]
    assert SHORTEST <= min(lengths) < 10
    assert 50 < max(lengths) <= LONGEST
    assert {len(query["answers"]) for query in queries} == {1, 2, 3, 4}
    assert 0 < sum(bool(query["text"]) for query in queries) < 100
    assert all(weight > 0 for query in queries for weight in query["terms"].values())


def test_the_terms_are_those_that_the_product_reads(folder: Path) -> None:
    from recommender import load_catalogue, load_priorities

    texts = load_catalogue(folder / _prepared.CATALOGUE)["description"]
    read = load_priorities().analyser.terms
    assert [sorted(terms) for terms in documents(folder)] == [sorted(read(t, "en")) for t in texts]


def test_what_is_prepared_is_kept(folder: Path) -> None:
    made = (folder / _prepared.TERMS).stat().st_mtime_ns
    prepare(folder, SIZE, QUERIES)
    assert (folder / _prepared.TERMS).stat().st_mtime_ns == made


def test_an_oracle_is_added_up_from_all_postings(product: Product) -> None:
    (one, its), (two, others) = (product.postings(term) for term in ("school", "music"))
    scores, touched = oracle(product, {"school": 2.0, "music": 1.0, "no such term": 9.0})
    by_hand = np.zeros(SIZE)
    for row, weight in [*zip(one, 2 * its, strict=True), *zip(two, others, strict=True)]:
        by_hand[row] += weight
    np.testing.assert_allclose(scores, by_hand)
    assert touched == len(one) + len(two) > 0


def test_the_product_has_the_oracles_ten(product: Product, queries: list[Query]) -> None:
    found = exactness(product, queries)
    assert (found["same"], found["queries"]) == (QUERIES, QUERIES)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda rows, n: np.roll(rows, 1),
        lambda rows, n: rows[:-1],
        lambda rows, n: (rows + 1) % n,
    ],
)
def test_a_wrong_ten_is_noticed(
    product: Product,
    queries: list[Query],
    monkeypatch: pytest.MonkeyPatch,
    spoilt: Callable[[np.ndarray, int], np.ndarray],
) -> None:
    right = product.top
    monkeypatch.setattr(product, "top", lambda query: spoilt(right(query), SIZE))
    with pytest.raises(AssertionError):
        exactness(product, queries)


@pytest.mark.parametrize("name", [n for n in installed() if not n.startswith("product, ")])
def test_each_engine_finds_the_charities_of_a_rare_word(folder: Path, name: str) -> None:
    seen: dict[str, list[int]] = {}
    for row, terms in enumerate(documents(folder)):
        for term in set(terms):
            seen.setdefault(term, []).append(row)
    term = min(term for term, found in seen.items() if len(found) == 10)
    assert _measure.build(ENGINES[name](folder), folder, name)["build"] > 0
    asked = ENGINES[name](folder)
    asked.open()
    found = asked.top({"terms": {term: 1.0}, "answers": {}, "text": ""})
    assert sorted(found) == seen[term]


def test_asking_tells_all_that_the_table_shows(folder: Path) -> None:
    found = _measure.ask(ENGINES["CSR"](folder), folder)
    assert set(found) == {"open", "single", "batch", "memory", "mapped"}
    assert len(found["single"]) == QUERIES


def test_a_batch_is_broken_off(monkeypatch: pytest.MonkeyPatch, product: Product) -> None:
    asked: list[Query] = []
    monkeypatch.setattr(_measure, "LONGEST_BATCH", 0.0)
    monkeypatch.setattr(product, "top", asked.append)
    assert _measure.rate(product, [{"terms": {}}] * 1000) >= 0
    assert len(asked) <= _measure.SLICE


def test_the_limit_is_postings_and_scores_over_bandwidth() -> None:
    ours = {"postings": 1e6, "single": [2.0, 1.0, 3.0], "same": 9, "queries": 10}
    row = cells(engines.limit(500_000, ours, {"size": 10, "seconds": 2.0}, 1e10))
    assert row == ["500,000", "1,000,000", "1", "2.0", "9 of 10", "5"]
