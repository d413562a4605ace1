"""Donors' charities to a table, a row each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from .donors import Donor
from .explanation import Explanation, worth_quoting
from .matched import EXPLAINED, SCHEMA

STRONGEST = 5
"""Terms that an explanation of a match has."""


@dataclass
class Ranked:
    """A donor's first k charities.

    Attributes
    ----------
    donor : Donor
    rows : ndarray of int
        The charities, as rows of the index.
    ranks : ndarray of int
        0 without evidence.
    tied : ndarray of bool
    band : ndarray of str
    score : ndarray of float64
    contributions : mapping of part to ndarray of float64
        They sum to the score.
    explanations : list of Explanation
        None if they weren't asked for.
    """

    donor: Donor
    rows: np.ndarray
    ranks: np.ndarray
    tied: np.ndarray
    band: np.ndarray
    score: np.ndarray
    contributions: dict[str, np.ndarray]
    explanations: list[Explanation] = field(default_factory=list)


def rows_of(ranked: Iterable[Ranked]) -> np.ndarray:
    """Return the rows that stand anywhere, each once."""
    return np.unique(_joined([one.rows for one in ranked], np.int64))


def as_table(
    ranked: Sequence[Ranked],
    ids: Mapping[int, str],
    names: Mapping[int, str],
    *,
    explained: bool = False,
) -> pa.Table:
    """Return the table of `matched.SCHEMA`.

    Parameters
    ----------
    ranked : sequence of Ranked
    ids, names : mapping of row to str
        Of all rows that stand there.
    explained : bool, default False
        Whether the strongest terms and the sentences stand beside.
    """
    rows = [row for one in ranked for row in one.rows.tolist()]
    ranks = _joined([one.ranks for one in ranked], np.int64)
    cells = [
        [one.donor.donor_id for one in ranked for _ in range(len(one.rows))],
        pa.array(ranks, mask=ranks == 0),
        _joined([one.tied for one in ranked], np.bool_),
        [ids[row] for row in rows],
        [names[row] for row in rows],
        _joined([one.band for one in ranked], np.object_),
        _joined([one.score for one in ranked], np.float64),
        _contributions(ranked),
    ]
    schema = SCHEMA
    if explained:
        found = [explanation for one in ranked for explanation in one.explanations]
        schema, cells = EXPLAINED, [*cells, [*map(_terms, found)], [*map(_evidence, found)]]
    arrays = [
        cell if isinstance(cell, pa.Array) else pa.array(cell, column.type)
        for column, cell in zip(schema, cells, strict=True)
    ]
    return pa.table(arrays, schema=schema)


def _contributions(ranked: Sequence[Ranked]) -> pa.Array:
    """Return a list of part and contribution for each row, made at once of all their numbers."""
    known = list(dict.fromkeys(part for one in ranked for part in one.contributions))
    parts, values, sizes = [], [], []
    for one in ranked:
        own = [known.index(part) for part in one.contributions]
        parts.append(np.tile(np.array(own, dtype=np.int32), len(one.rows)))
        values.append(np.array(list(one.contributions.values())).T.ravel())
        sizes.append(np.full(len(one.rows), len(own)))
    ends = np.concatenate([[0], np.cumsum(_joined(sizes, np.int64))]).astype(np.int32)
    named = pa.array(known, pa.string()).take(pa.array(_joined(parts, np.int32)))
    amounts = pa.array(_joined(values, np.float64), pa.float64())
    kind = SCHEMA.field("contributions").type
    each = pa.StructArray.from_arrays([named, amounts], fields=list(kind.value_type))
    return pa.ListArray.from_arrays(pa.array(ends), each, type=kind)


def _terms(explanation: Explanation) -> list[dict[str, object]]:
    return [
        {
            "part": term.priority,
            "language": term.language,
            "term": term.term,
            "words": term.words,
            "contribution": term.contribution,
        }
        for term in explanation.terms[:STRONGEST]
    ]


def _evidence(explanation: Explanation) -> list[dict[str, str]]:
    found = worth_quoting(explanation.evidence("en"))
    return [
        {"part": part, "language": evidence.language, "sentence": evidence.sentence}
        for part, evidence in found.items()
    ]


def _joined(arrays: Sequence[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate([np.zeros(0, kind), *arrays]).astype(kind)
