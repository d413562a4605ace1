"""A run to CSV and JSON, for whoever keeps or shares it."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from .ranking import parts_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(run: pd.DataFrame) -> bytes:
    """Return a run as CSV in UTF-8 with a byte order mark, which spreadsheets need for Hangul.

    A cell of text that a spreadsheet would take for a formula is quoted with an apostrophe.
    """
    table = run.reset_index()
    text = table.select_dtypes(include=["object", "str"]).columns
    table[text] = table[text].map(_escaped)
    return table.to_csv(index=False).encode("utf-8-sig")


def _escaped(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def to_json(run: pd.DataFrame, version: str) -> str:
    """Return a run as JSON: the answers, what they were ranked by, and the ranking."""
    return json.dumps(as_object(run, version), ensure_ascii=False, indent=2, allow_nan=False)


def as_object(run: pd.DataFrame, version: str) -> dict[str, Any]:
    """Return a run as JSON knows it: what was asked, what it was ranked by, and the ranking.

    Catalogue and priorities are named by their fingerprints.

    Each entry of the ranking has charity_id, rank (null without evidence), tied, name, band,
    score and its contributions by priority, which sum to the score.
    """
    parts = parts_of(run)
    return {
        "answers": run.attrs.get("answers", {}),
        "text": run.attrs.get("text", ""),
        "reading": run.attrs.get("reading", {}),
        "like": run.attrs.get("like", []),
        "unlike": run.attrs.get("unlike", []),
        "only": run.attrs.get("only", {}),
        "hide": run.attrs.get("hide", {}),
        "catalogue": run.attrs.get("fingerprint", ""),
        "priorities": run.attrs.get("priorities", ""),
        "version": version,
        "ranking": [
            {
                "charity_id": charity_id,
                "rank": None if pd.isna(row["rank"]) else int(row["rank"]),
                "tied": bool(row["tied"]),
                "name": row["name"],
                "band": row["band"],
                "score": float(row["score"]),
                "contributions": {part: float(row[part]) for part in parts},
            }
            for charity_id, row in run.iterrows()
        ],
    }
