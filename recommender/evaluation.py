"""Judged relevance and rankings to nDCG@k, P@k, AP and recall, with bootstrap intervals.

Knows neither index nor model: whatever ranks can be measured, and so compared in pairs over the
same queries. The measures are those of ir-measures; a grade is its gain, a grade of at least 1 is
relevant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
import numpy as np
import pandas as pd

from .catalogue import read
from .paths import data_folder
from .schema import JUDGEMENTS

MEASURES = ("nDCG@10", "P@5", "AP", "R@10")
COMPARED = ("nDCG@10", "P@10", "AP", "R@100")
"""What systems are compared by; a collection may hold thousands of documents."""

RESAMPLES = 10_000
_SEED = 20_261_121
_SAME = 12


@dataclass(frozen=True)
class Evaluation:
    """Systems measured over the same queries.

    Attributes
    ----------
    systems : mapping of name to DataFrame
        From `measure`: a row a query, a column a measure. The product comes first.
    bands : DataFrame
        From `precision_by_band`, of the product.
    """

    systems: Mapping[str, pd.DataFrame]
    bands: pd.DataFrame


def load_judgements(path: str | Path | None = None) -> pd.DataFrame:
    """Read qrels: columns query_id (a priority), doc_id (a charity) and relevance (grade 0–3)."""
    table = read(path or data_folder() / "judgements.csv", JUDGEMENTS)
    names = {"priority": "query_id", "charity_id": "doc_id", "grade": "relevance"}
    return table.rename(columns=names)[list(names.values())].astype({"relevance": int})


def measure(
    qrels: pd.DataFrame, scores: Mapping[str, pd.Series], measures: Sequence[str] = MEASURES
) -> pd.DataFrame:
    """Measure one ranking a query.

    Parameters
    ----------
    qrels : DataFrame
        Columns query_id, doc_id and relevance.
    scores : mapping of query_id to Series
        Each document's score, index doc_id. What scores 0 isn't retrieved. Scores that agree to
        twelve decimals are equal; equal ones are ordered by doc_id, not by their rows.
    measures : sequence of str
        In the spelling of ir-measures.

    Returns
    -------
    DataFrame
        A row a query of the qrels, a column a measure, in 0..1.
    """
    parsed = [ir_measures.parse_measure(name) for name in measures]
    run = pd.DataFrame(
        [
            (query, doc, score)
            for query, of_query in scores.items()
            for doc, score in _places(of_query[of_query > 0]).items()
        ],
        columns=["query_id", "doc_id", "score"],
    )
    values = ir_measures.iter_calc(parsed, qrels, run)
    table = pd.DataFrame([(v.query_id, str(v.measure), v.value) for v in values])
    table = table.pivot(index=0, columns=1, values=2).rename_axis(index="query_id", columns=None)
    order = qrels["query_id"].unique()
    return table.reindex(index=order, columns=list(measures)).fillna(0.0)


def _places(scores: pd.Series) -> pd.Series:
    """Return whole numbers in the order of the scores: trec_eval reads in single precision."""
    return scores.round(_SAME).rank(method="min")


def interval(
    values: Sequence[float] | np.ndarray, level: float = 0.95
) -> tuple[float, float, float]:
    """Return the mean over queries and its percentile bootstrap interval.

    Source: B. Efron, "Bootstrap methods: another look at the jackknife", 1979; 10,000 resamples
    of the queries from a fixed seed.
    """
    values = np.asarray(values, dtype=float)
    draws = np.random.default_rng(_SEED).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), [(1 - level) / 2, (1 + level) / 2])
    return float(values.mean()), float(low), float(high)


def summary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return mean, low and high of each measure, a row a system and measure."""
    rows = [
        (system, name, *interval(table[name].to_numpy()))
        for system, table in tables.items()
        for name in table.columns
    ]
    return pd.DataFrame(rows, columns=["system", "measure", "mean", "low", "high"])


def difference(a: pd.DataFrame, b: pd.DataFrame, name: str) -> tuple[float, float, float]:
    """Return the mean of a less b over the same queries, with its interval."""
    return interval((a[name] - b[name]).to_numpy())


def precision_by_band(
    qrels: pd.DataFrame, bands: Mapping[str, pd.Series], grade: int = 2
) -> pd.DataFrame:
    """Return how often a band is right: the share of its charities judged `grade` or better.

    Parameters
    ----------
    bands : mapping of query_id to Series
        Each document's band, index doc_id.

    Returns
    -------
    DataFrame
        Index band; columns charities, right (how many of them) and share.
    """
    table = pd.concat(bands, names=["query_id", "doc_id"]).rename("band").reset_index()
    table = table.merge(qrels, on=["query_id", "doc_id"])
    table["right"] = table["relevance"] >= grade
    counts = table.groupby("band")["right"].agg(charities="size", right="sum")
    return counts.assign(share=counts["right"] / counts["charities"])
