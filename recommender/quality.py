"""How well single priorities are ranked, beside plain TF-IDF on their names, as judges see it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from .baselines import PLAIN, PRODUCT, plain_tfidf
from .evaluation import Evaluation, measure, precision_by_band


def quality(
    qrels: pd.DataFrame,
    runs: Mapping[str, pd.DataFrame],
    descriptions: pd.Series,
    labels: Mapping[str, str],
) -> Evaluation:
    """Measure the runs of single priorities against judged relevance.

    Parameters
    ----------
    qrels : DataFrame
        As `evaluation.load_judgements` returns it.
    runs : mapping of priority id to DataFrame
        All charities, as `Recommender.recommend` ranks them.
    descriptions : Series
        Of every charity, in English.
    labels : mapping of priority id to str
        Their English names, which plain TF-IDF is asked for.
    """
    return Evaluation(
        systems={
            PRODUCT: measure(qrels, {name: run["score"] for name, run in runs.items()}),
            PLAIN: measure(qrels, plain_tfidf(descriptions, labels)),
        },
        bands=precision_by_band(qrels, {name: run["band"] for name, run in runs.items()}),
    )
