"""An index on disk to what a model asks: postings, charities and facets, all mapped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .charities import Charities
from .facets import Facet, Facets
from .index import Index
from .postings import Postings
from .stored import Stored, open_stored
from .strings import Strings


@dataclass(frozen=True)
class Opened:
    """What an index on disk holds.

    Attributes
    ----------
    index : Index
    charities : Charities
    facets : Facets
    fingerprint, priorities : str
        Of the catalogue, and of the priorities that the texts were read with.
    agenda : tuple of str
        The priorities that are offered.
    """

    index: Index
    charities: Charities
    facets: Facets
    fingerprint: str
    priorities: str
    agenda: tuple[str, ...]


def open_index(path: Path) -> Opened:
    """Open an index; milliseconds, whatever its size.

    Raises
    ------
    RecommenderError
        If it is none, damaged or of another version.
    """
    stored = open_stored(path)
    facts = stored.facts
    fields = {language: _postings(stored, language) for language in facts["languages"]}
    cells = facts["facets"].items()
    facets = {name: Facet(tuple(c), stored.array(f"facet.{name}")) for name, c in cells}
    charities = Charities(stored.table("charities"), stored.array("by_id"), stored.table("names"))
    return Opened(
        index=Index.of(fields, facts["size"], facts["background_weight"]),
        charities=charities,
        facets=Facets(facets),
        fingerprint=facts["fingerprint"],
        priorities=facts["priorities"],
        agenda=tuple(facts["agenda"]),
    )


def _postings(stored: Stored, language: str) -> Postings:
    terms = Strings(stored.array(f"{language}.block"), stored.array(f"{language}.ends"))
    starts, rows, weights, idf, present = (
        stored.array(f"{language}.{name}")
        for name in ("starts", "rows", "weights", "idf", "present")
    )
    return Postings(terms, starts, rows, weights, idf, present)
