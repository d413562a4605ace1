"""A run to CSV and JSON, for whoever keeps or shares it."""

from __future__ import annotations

import datetime

import pandas as pd

from .receipts import receipt
from .version import VERSION

# Spreadsheets take a cell that begins so for a formula; in East Asia the wide signs too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")


def to_csv(run: pd.DataFrame) -> bytes:
    """Return a run as CSV in UTF-8 with a byte order mark, which spreadsheets need for Hangul.

    A text that a spreadsheet would take for a formula, in a cell or as a column's name, is quoted
    with an apostrophe. Numbers stay numbers.
    """
    table = run.reset_index()
    text = table.select_dtypes(include=["object", "str"]).columns
    table[text] = table[text].map(_escaped)
    return table.rename(columns=_escaped).to_csv(index=False).encode("utf-8-sig")


def _escaped(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def to_json(run: pd.DataFrame, version: str = VERSION, *, date: datetime.date | None = None) -> str:
    """Return a run as JSON: its receipt, which `received.read` reads and `replay` repeats.

    Parameters
    ----------
    run : DataFrame
    version : str, optional
        Of the program.
    date : date, optional
        The day of the run; today in UTC if left out.
    """
    return receipt(run, date, version).as_json()
