"""Lots: which of equal charities is listed first, drawn from a published seed.

lot(id) is the number that the first eight bytes of SHA-256("<seed>:<id>"), in UTF-8, make
(big-endian; FIPS 180-4). The smaller lot comes first; of equal lots, which nobody will ever see,
the smaller id. An id tells when somebody registered or which letter a name begins with: by ids the
same charities would come first wherever they are tied. A lot tells nothing, can be worked out by
anyone, and depends on nothing but the id and the seed: neither on the order of rows nor on which
other charities there are.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

SEED = "where-to-give 2026"
"""Published, and never changed for anybody's sake; an index says which one drew its order."""

_BYTES = 8
_SLICE = 100_000
"""Ids that are in memory as Python's strings at once."""


def lot(charity_id: str) -> int:
    """Return a charity's lot.

    Parameters
    ----------
    charity_id : str

    Returns
    -------
    int
        In 0..2**64 - 1; the smaller comes first.

    Examples
    --------
    >>> lot("korea_future") == 0x9DA5DFB6B500432A  # printf %s "<seed>:korea_future" | sha256sum
    True
    """
    return int.from_bytes(_drawn(charity_id), "big")


def by_lot(charity_id: str) -> tuple[int, str]:
    """Return what ids are sorted by to stand in the order of their lots."""
    return lot(charity_id), charity_id


def lots(ids: pa.ChunkedArray) -> np.ndarray:
    """Return the lots of many charities.

    Parameters
    ----------
    ids : pyarrow ChunkedArray of string

    Returns
    -------
    ndarray of uint64, shape (ids,)
    """
    drawn = np.empty(len(ids), dtype=np.uint64)
    for start in range(0, len(ids), _SLICE):
        some = ids.slice(start, _SLICE).to_pylist()
        found = b"".join([_drawn(charity_id or "") for charity_id in some])
        drawn[start : start + len(some)] = np.frombuffer(found, dtype=">u8")
    return drawn


def placed(drawn: np.ndarray, by_id: np.ndarray) -> np.ndarray:
    """Return each row's place in the order of the lots.

    Parameters
    ----------
    drawn : ndarray of uint64, shape (rows,)
        Each row's lot.
    by_id : ndarray of int32, shape (rows,)
        The rows in the order of the ids, which orders equal lots.

    Returns
    -------
    ndarray of int32, shape (rows,)
        0 is the first place; each stands once.
    """
    order = by_id[np.argsort(drawn[by_id], kind="stable")]
    places = np.empty(len(order), dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


def _drawn(charity_id: str) -> bytes:
    return sha256(f"{SEED}:{charity_id}".encode()).digest()[:_BYTES]
