"""The folder that donors' matches are written to: a manifest, and a Parquet part a block of donors.

::

    matches/
        _manifest.json       what the parts are made from: fingerprints, k, version, blocks
        part-00000.parquet   the first block's matches, and so on

Parts are written whole or not at all, and each says which manifest it belongs to and what it
holds. So a job that was stopped goes on where it stopped. Names that begin with "_" or "." are
passed over by what reads a folder of Parquet files as one table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .errors import RecommenderError
from .files import UNREADABLE, check_folder, reason, replacing, write_whole

FORMAT = 1
MANIFEST = "_manifest.json"
SCRATCH = "matches"
"""What a job maps meanwhile is called by it."""

_KEY = b"where-to-give"

_CONTRIBUTION = pa.struct([("part", pa.string()), ("contribution", pa.float64())])
_TERM = pa.struct(
    [
        *((name, pa.string()) for name in ("part", "language", "term", "words")),
        ("contribution", pa.float64()),
    ]
)
_EVIDENCE = pa.struct([(name, pa.string()) for name in ("part", "language", "sentence")])

SCHEMA = pa.schema(
    [
        ("donor_id", pa.string()),
        ("rank", pa.int64()),
        ("tied", pa.bool_()),
        ("charity_id", pa.string()),
        ("name", pa.string()),
        ("band", pa.string()),
        ("score", pa.float64()),
        ("contributions", pa.list_(_CONTRIBUTION)),
    ]
)
EXPLAINED = SCHEMA.append(pa.field("terms", pa.list_(_TERM))).append(
    pa.field("evidence", pa.list_(_EVIDENCE))
)
"""With the strongest terms, and of each part of the query the sentence that carries most."""


class MatchedFolder:
    """Where the parts of one job are; made, or found as an earlier run left it.

    Parameters
    ----------
    path : Path
    made_from : mapping
        What the manifest says.

    Raises
    ------
    RecommenderError
        If the folder can't be written, or holds what was made from something else.
    """

    def __init__(self, path: Path, made_from: Mapping[str, Any]) -> None:
        self.path = path
        self._manifest = {"format": FORMAT, **made_from}
        said = json.dumps(self._manifest, sort_keys=True)
        self._digest = hashlib.sha256(said.encode()).hexdigest()[:16]
        check_folder(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._check()
        except OSError as error:
            raise RecommenderError(f"can't use {path}: {reason(error)}.") from error

    def _check(self) -> None:
        file = self.path / MANIFEST
        if not file.is_file():
            left = [p.name for p in self.path.iterdir() if not p.name.startswith(".")]
            if left:
                raise RecommenderError(
                    f"{self.path} holds {left[0]} but no {MANIFEST}. Name a folder of its own."
                )
            text = json.dumps(self._manifest, ensure_ascii=False, indent=1)
            write_whole({file: f"{text}\n"})
            return
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise RecommenderError(f"{file} is damaged. Name another folder, or delete this one.")
        both = {*found, *self._manifest}
        others = sorted(k for k in both if found.get(k) != self._manifest.get(k))
        if others:
            told = "; ".join(
                f"{k} was {found.get(k)!r} and is {self._manifest.get(k)!r}" for k in others
            )
            raise RecommenderError(
                f"{self.path} holds matches of another job: {told}. Name another folder, or "
                "delete this one."
            )

    def part(self, number: int) -> Path:
        """Return the file of a block."""
        return self.path / f"part-{number:05d}.parquet"

    def done(self, number: int, donors: int) -> bool:
        """Tell whether a block's part is there and whole."""
        try:
            # Reading compares the checksum of every page.
            with pq.ParquetFile(self.part(number), page_checksum_verification=True) as file:
                said = (file.metadata.metadata or {}).get(_KEY)
                return said == self._said(number, donors) and _is_matches(file.read())
        except UNREADABLE:  # none, or what another program cut short
            return False

    def write(self, number: int, donors: int, table: pa.Table) -> None:
        """Write a block's part."""
        table = table.replace_schema_metadata({_KEY: self._said(number, donors)})
        with replacing(self.part(number)) as new:
            pq.write_table(table, new, compression="zstd", write_page_checksum=True)

    def _said(self, number: int, donors: int) -> bytes:
        said = {"manifest": self._digest, "block": number, "donors": donors}
        return json.dumps(said).encode()


def _is_matches(table: pa.Table) -> bool:
    return any(table.schema.equals(schema) for schema in (SCHEMA, EXPLAINED))
