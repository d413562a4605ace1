"""An index on disk to what a model asks: postings, charities and facets, all mapped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .background import words_fingerprint
from .charities import Charities
from .errors import RecommenderError
from .facets import Facet, Facets
from .index import Index
from .lots import SEED
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
    fingerprint : str
        Of the catalogue.
    agenda : tuple of str
        The priorities that are offered.
    """

    index: Index
    charities: Charities
    facets: Facets
    fingerprint: str
    agenda: tuple[str, ...]


def open_index(path: Path, priorities: str, *, thorough: bool = False) -> Opened:
    """Open an index; milliseconds, whatever its size.

    Parameters
    ----------
    path : Path
    priorities : str
        The fingerprint of those that it must have been made with.
    thorough : bool, default False
        Whether to read every file first and compare its checksum.

    Raises
    ------
    RecommenderError
        If it is none, damaged, of another version, or made with other priorities, background,
        stems, stop words or lots.
    """
    while True:
        stored = open_stored(path, thorough=thorough)
        try:
            return _opened(stored, priorities)
        except RecommenderError:
            if not stored.replaced():  # by a writer, between two of its files
                raise


def _opened(stored: Stored, priorities: str) -> Opened:
    facts = stored.facts
    if facts["priorities"] != priorities:
        raise RecommenderError(
            f"{stored.path} was made with other priorities than these, whose phrases it doesn't "
            "know. Make it again: python -m recommender index"
        )
    if facts["words"] != words_fingerprint():
        raise RecommenderError(
            f"{stored.path} was made with another background, other stems or other stop words "
            "than these, and would rank otherwise than its catalogue does. Make it again: "
            "python -m recommender index"
        )
    if facts["lots"] != SEED:
        raise RecommenderError(
            f"{stored.path} lists equal charities by lots of the seed {facts['lots']!r}; this "
            f"version draws by {SEED!r}. Make it again: python -m recommender index"
        )
    fields = {language: _postings(stored, language) for language in facts["languages"]}
    cells = facts["facets"].items()
    facets = {name: Facet(tuple(c), stored.array(f"facet.{name}")) for name, c in cells}
    charities = Charities(
        stored.table("charities"),
        stored.array("by_id"),
        stored.table("names"),
        stored.array("places"),
    )
    return Opened(
        index=Index.of(fields, facts["size"], facts["background_weight"]),
        charities=charities,
        facets=Facets(facets),
        fingerprint=facts["fingerprint"],
        agenda=tuple(facts["agenda"]),
    )


def _postings(stored: Stored, language: str) -> Postings:
    terms = Strings(stored.array(f"{language}.block"), stored.array(f"{language}.ends"))
    starts, rows, weights, idf, present = (
        stored.array(f"{language}.{name}")
        for name in ("starts", "rows", "weights", "idf", "present")
    )
    return Postings(terms, starts, rows, weights, idf, present)
