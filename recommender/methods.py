"""How other known methods would have ranked the same answers: ranks beside ranks.

No method is the right one, and each crowns another charity. All of them are shown the same
matches s(p, d) of a charity d with the parts p of the query, but for BM25, which reads the texts.
w_p is the weight of a part, 0 for an offered priority that wasn't asked for.

- sum: Σ_p w_p · s(p, d), the product's own score. What else a charity does costs it nothing.
- cosine: Σ_p w_p · s(p, d) / (‖w‖ · ‖s(d)‖), the angle between what is asked and what is done
  (G. Salton, A. Wong and C. Yang, "A vector space model for automatic indexing", 1975). How much
  a charity does of it doesn't count.
- focus: Σ_p w_p · s(p, d) / Σ_p s(p, d), the share of all that a charity matches which falls on
  what was asked, weighted. It favours who does nothing else.
- BM25: Σ_p w_p · BM25(words of p, d), over the descriptions in the words' language; the words of
  a priority are its label, in English, and those of own words are they themselves (see
  `baselines`). Charities that were named as examples have no words; they are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from .baselines import bm25
from .korean import HANGUL
from .ranking import rank_label
from .schema import DESCRIPTIONS

SUM, COSINE, FOCUS, BM25 = "sum", "cosine", "focus", "BM25"
METHODS = (SUM, COSINE, FOCUS, BM25)
MOST_ROWS = 10_000
"""Charities that methods are compared on at most."""

_SAME = 12


def by_matches(matches: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return the scores of the methods that look at matches.

    Parameters
    ----------
    matches : DataFrame, shape (charities, parts)
        Index charity_id; 0 or more. A column for each offered priority, and for whatever else was
        asked for.
    weights : mapping of part to weight
        Of what was asked for; below 0 for what counts against a charity.

    Returns
    -------
    DataFrame
        The same index; columns sum, cosine (-1 to 1) and focus (-1 to 1). 0 for a charity that
        matches nothing.
    """
    asked = np.array([weights.get(part, 0.0) for part in matches.columns])
    values = matches.to_numpy(dtype=float)
    score = values @ asked
    lengths = np.linalg.norm(values, axis=1) * np.linalg.norm(asked)
    totals = values.sum(axis=1)
    return pd.DataFrame(
        {
            SUM: score,
            COSINE: score / np.where(lengths > 0, lengths, 1.0),
            FOCUS: score / np.where(totals > 0, totals, 1.0),
        },
        index=matches.index,
    )


def by_words(
    texts: pd.DataFrame, words: Mapping[str, str], weights: Mapping[str, float]
) -> pd.Series:
    """Return the scores of BM25, whose idf is that of these texts alone.

    Parameters
    ----------
    texts : DataFrame
        Index charity_id; a column for each language's descriptions, as a catalogue has them.
    words : mapping of part to text
        What each part is asked by.
    weights : mapping of part to weight
    """
    total = pd.Series(0.0, texts.index)
    for part, text in words.items():
        column = DESCRIPTIONS["ko" if HANGUL.search(text) else "en"]
        total += weights[part] * bm25(texts[column], {part: text})[part].astype(float)
    return total


def ranks(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the rank of each charity by each method; missing where it has no score above 0.

    1 is best. Scores that agree to twelve decimals share the better rank.
    """
    rounded = scores.round(_SAME)
    found = rounded.where(rounded > 0).rank(method="min", ascending=False)
    return found.astype("Int64")


def rank_labels(ranked: pd.Series) -> list[str]:
    """Return the ranks of one method as they are read: "3", "3=" for a tie, "–" for none."""
    shared = ranked.duplicated(keep=False)
    return [rank_label(rank, tied) for rank, tied in zip(ranked, shared, strict=True)]


def firsts(ranked: pd.DataFrame, methods: Iterable[str] = METHODS) -> dict[str, list[str]]:
    """Return the charities that each method puts first; none where it finds nothing."""
    return {name: ranked.index[(ranked[name] == 1).fillna(False)].tolist() for name in methods}
