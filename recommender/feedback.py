"""More like this, less like this: charities a donor names as a part of the query.

The part is the mean of their TF-IDF rows, its STRONGEST terms in each language: Rocchio's
relevance feedback in the space that everything else is ranked in.

Source: J. J. Rocchio, "Relevance feedback in information retrieval", 1971.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from .index import Part, Weights, unit

STRONGEST = 50


def centroid(name: str, rows: Sequence[Mapping[str, Weights]], levels: Mapping[str, float]) -> Part:
    """Return the part of a query that some charities make.

    Parameters
    ----------
    name : str
    rows : sequence of mappings of language to term weights
        Each charity's TF-IDF row.
    levels : mapping of language to float
        What a strong match is.
    """
    profile = {}
    for language in sorted({language for row in rows for language in row}):
        total: Counter[str] = Counter()
        for row in rows:
            total.update(row.get(language, {}))
        strongest = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:STRONGEST]
        profile[language] = unit(dict(strongest), 1 / levels.get(language, 1.0))
    return Part(name, profile, {lang: 1.0 for lang, weights in profile.items() if weights})
