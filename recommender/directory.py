"""Charities by their names: ids, names in two languages, short names and aliases."""

from __future__ import annotations

import pandas as pd

from .errors import UnknownNameError
from .schema import DESCRIBED_BY_NAME, items
from .text import normalise


class Directory:
    """Finds the charities of a catalogue by any of their names.

    Parameters
    ----------
    catalogue : DataFrame
        Index charity_id.
    """

    def __init__(self, catalogue: pd.DataFrame) -> None:
        columns = ["name", "name_ko", "short_name", "aliases"]
        self._names = {
            charity_id: [name for name in (*row[:3], *items(row[3])) if name]
            for charity_id, row in zip(
                catalogue.index, catalogue[columns].itertuples(index=False), strict=True
            )
        }
        by_name = catalogue["described_by"].isin(DESCRIBED_BY_NAME)
        self._told_by_name = set(catalogue.index[by_name])
        self._ids: dict[str, str] = {}
        for charity_id in sorted(self._names):  # where two share a name, the first id has it
            for name in (charity_id, *self._names[charity_id]):
                self._ids.setdefault(_key(name), charity_id)

    def silent(self, charity_id: str) -> list[str]:
        """Return the names whose words say nothing where they stand in a charity's description.

        There are none where the name is all that describes it, as in a register without texts.
        """
        return [] if charity_id in self._told_by_name else self._names[charity_id]

    def find(self, name: str) -> str:
        """Return the charity_id of a charity named by its id or one of its names.

        Raises
        ------
        UnknownNameError
            With the closest known names.
        """
        if name in self._names:
            return name
        found = self._ids.get(_key(name))
        if found is None:
            known = [*self._names, *(name for names in self._names.values() for name in names)]
            raise UnknownNameError("charity", name, known)
        return found


def _key(name: str) -> str:
    return "".join(c for c in normalise(name).casefold() if c.isalnum())
