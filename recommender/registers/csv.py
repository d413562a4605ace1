"""A table of your own, as a spreadsheet saves it: --map says which column is which.

Without ids, a charity's id is made from its name, so that it stays the same in the next import.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from ..errors import UnknownNameError
from ..schema import CATALOGUE
from ._files import spreadsheet
from ._register import Register, Row

_ID = "charity_id"
_COLUMNS = tuple(column.name for column in CATALOGUE)


def charity(row: Row, columns: Mapping[str, str]) -> Row:
    """Return the charity of a row; `columns` maps the catalogue's columns to the file's."""
    cells = {name: row[column] for name, column in columns.items() if column in row}
    return {_ID: made_id(cells["name"]), **cells}


def made_id(name: str) -> str:
    """Return the id of a charity of which only the name is known; nothing for no name."""
    digest = hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
    return f"{REGISTER.scheme}-{digest}" if name else ""


def mapped(columns: Mapping[str, str]) -> Register:
    """Return the register of a file with these columns, by the catalogue's names.

    Raises
    ------
    UnknownNameError
        If a name is none of the catalogue's.
    """
    for name in columns:
        if name not in _COLUMNS:
            raise UnknownNameError("column", name, _COLUMNS)
    columns = {"name": "name", "description": "description", _ID: _ID, **columns}
    own_ids = columns[_ID] == _ID
    needed = dict.fromkeys(c for name, c in columns.items() if name != _ID or not own_ids)
    return replace(
        REGISTER,
        needs=tuple(needed),
        may=(_ID,) if own_ids else (),
        gives=tuple(name for name in _COLUMNS if name in columns),
        charity=partial(charity, columns=columns),
    )


REGISTER = Register(
    title="A table of your own",
    publisher="not stated",
    licence="not stated",
    home="",
    language="en",
    country="",
    scheme="own",
    needs=("name", "description"),
    may=(_ID,),
    gives=(_ID, "name", "description"),
    readers={".csv": spreadsheet, ".txt": spreadsheet, ".tsv": spreadsheet},
    charity=partial(charity, columns={name: name for name in (_ID, "name", "description")}),
    mapped=mapped,
)
