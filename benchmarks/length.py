"""Whether the length of a charity's text decides how it is ranked.

::

    python3 run.py python benchmarks/length.py DIR
    python3 run.py python benchmarks/length.py DIR --write

A folder is laid out as `recommender.collection` says, with queries that name priorities. For each
query, as many of the first charities are taken as are relevant: were ranking and judgement one,
both would be of the same lengths. The second puts the table into README.md here.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from benchmarks._shared import show
from recommender import Recommender
from recommender.catalogue import from_texts
from recommender.collection import Collection, name_in, read_collection
from recommender.ranking import MAX_WEIGHT

GROUPS, RELEVANT = 5, 2
"""Groups of as many texts each, and the grade from which a charity is relevant."""


def lengths(collection: Collection) -> pd.DataFrame:
    """Return, by length of text, the median of its words and what share of both sides is in it.

    Returns
    -------
    DataFrame
        A row a group, the shortest texts first; columns words, relevant and ranked, of which the
        last two sum to 1.
    """
    words = collection.documents.str.split().str.len()
    group = pd.qcut(words.rank(method="first"), GROUPS, labels=False)
    model = Recommender().fit(from_texts(collection.documents))
    asked = collection.naming(model.priorities_.ids)
    relevant = asked.qrels[asked.qrels["relevance"] >= RELEVANT]
    ranked: list[str] = []
    for query, judged in relevant.groupby("query_id"):
        ranked.extend(model.recommend({name_in(str(query)): MAX_WEIGHT}, k=len(judged)).index)
    sides = {"relevant": relevant["doc_id"], "ranked": pd.Series(ranked)}
    shares = {name: ids.map(group).value_counts(normalize=True) for name, ids in sides.items()}
    return pd.DataFrame({"words": words.groupby(group).median(), **shares}).fillna(0.0).sort_index()


def table(found: pd.DataFrame) -> str:
    """Return the groups as Markdown."""
    head = ["| words, median | of the relevant | of those ranked first |", "|---|---|---|"]
    rows = [
        f"| {row.words:.0f} | {row.relevant:.1%} | {row.ranked:.1%} |" for row in found.itertuples()
    ]
    return "\n".join([*head, *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="a collection")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    show("length", table(lengths(read_collection(options.folder))), options.write)


if __name__ == "__main__":
    main()
