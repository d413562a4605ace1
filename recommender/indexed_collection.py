"""A collection whose documents are charities of an index on disk, under the same ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .charities import Charities
from .collection import Collection
from .errors import RecommenderError
from .schema import DESCRIPTIONS

_SAID = 5
"""How many ids of many are told."""


def of_index(
    collection: Collection, charities: Charities, index: str
) -> tuple[Collection, list[str]]:
    """Return what of a collection an index can be measured on, and what is to be said of that.

    Documents that the index lacks are left out for every system, so that all rank the same ones.

    Parameters
    ----------
    collection : Collection
    charities : Charities
        Those of the index.
    index : str
        What the index is called in messages.

    Raises
    ------
    RecommenderError
        If it lacks a document that a judgement is about: nothing could find that one.
    """
    documents = collection.documents
    rows = _rows(charities, documents.index)
    lacking = documents.index[rows < 0]
    judged = lacking[lacking.isin(collection.qrels["doc_id"])]
    if len(judged):
        every = collection.qrels["doc_id"].nunique()
        raise RecommenderError(
            f"{index} lacks {len(judged)} of the {every} documents that judgements are about: "
            f"{_some(judged)}. Make an index of a catalogue that holds them, each with its id as "
            "charity_id: python -m recommender index"
        )
    held = documents[rows >= 0]
    said = list(_said(held, lacking, rows[rows >= 0], charities))
    return replace(collection, documents=held), said


def _rows(charities: Charities, ids: pd.Index) -> np.ndarray:
    """Return the row of each charity; -1 where there is none."""
    wanted = pa.array(ids, pa.string())
    places = pc.index_in(charities.table.column("charity_id"), value_set=wanted)
    found = np.flatnonzero(pc.is_valid(places).to_numpy())
    rows = np.full(len(ids), -1, dtype=np.int64)
    rows[places.take(pa.array(found)).to_numpy()] = found
    return rows


def _said(
    held: pd.Series, lacking: pd.Index, rows: np.ndarray, charities: Charities
) -> Iterator[str]:
    if len(lacking):
        of = len(held) + len(lacking)
        yield (
            f"Left out, as the index lacks them: {len(lacking)} of {of} documents, none of them "
            f"judged: {_some(lacking)}."
        )
    if more := len(charities) - len(held):
        yield f"Left out, as the collection lacks them: {more} of {len(charities)} charities."
    texts = [charities.column(column, rows) for column in DESCRIPTIONS.values()]
    pairs = zip(held, *texts, strict=True)
    other = held.index[[text not in own or (any(own) and not text) for text, *own in pairs]]
    if len(other):
        yield (
            f"With another text in the index, which the product ranks: {len(other)} of "
            f"{len(held)} documents: {_some(other)}."
        )


def _some(ids: pd.Index) -> str:
    return ", ".join(islice(ids, _SAID)) + (", …" if len(ids) > _SAID else "")
