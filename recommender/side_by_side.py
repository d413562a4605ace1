"""Two to four charities side by side: points by part, facts with those that differ first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from .comparison import Standing
from .errors import AnswersError
from .explanation import Evidence
from .ranking import points
from .schema import NOT_STATED, items

FEWEST, MOST = 2, 4

FACTS = (
    "works_in",
    "serves",
    "base",
    "country",
    "region",
    "founded",
    "size",
    "faith_based",
    "government_linked",
    "lobbies",
    "status",
    "last_evidence",
    "tax_deductible",
    "described_by",
)
"""The columns of the catalogue that are worth comparing, in their order."""

DIFFERS = "differs"


@dataclass(frozen=True)
class SideBySide:
    """Charities beside each other; every table has a column a charity, in the order asked for.

    Attributes
    ----------
    standings : tuple of Standing
    weights : Series
        Index part; their sizes sum to one.
    contributions : DataFrame
        Index part; each column sums to the charity's score.
    points : DataFrame
        The same in whole points, each column summing to the score's whole points.
    facts : DataFrame
        Index fact; what the catalogue states, "not stated" where it doesn't, and `differs`:
        whether it states the same of all. Those that differ come first; what nobody states is
        left out.
    evidence : mapping of charity_id to a mapping of part to Evidence
        The sentence that carries most of each contribution.
    """

    standings: tuple[Standing, ...]
    weights: pd.Series
    contributions: pd.DataFrame
    points: pd.DataFrame
    facts: pd.DataFrame
    evidence: Mapping[str, Mapping[str, Evidence]]

    @property
    def charity_ids(self) -> tuple[str, ...]:
        """The charities, in the order asked for."""
        return tuple(standing.charity_id for standing in self.standings)

    @property
    def longest(self) -> int:
        """The most points that any part has, in size, which bars are measured by; at least 1."""
        return max(1, int(self.points.abs().max(axis=None))) if self.points.size else 1

    def as_object(self) -> dict[str, Any]:
        """Return all of it in types that JSON knows."""
        evidence = {
            charity: {part: asdict(found) for part, found in by_part.items()}
            for charity, by_part in self.evidence.items()
        }
        return {
            "charities": [asdict(standing) for standing in self.standings],
            "weights": self.weights.to_dict(),
            "contributions": self.contributions.to_dict(),
            "points": self.points.to_dict(),
            "facts": self.facts.drop(columns=DIFFERS).to_dict("index"),
            "differing": self.facts.index[self.facts[DIFFERS]].tolist(),
            "evidence": evidence,
        }

    def as_table(self) -> pd.DataFrame:
        """Return ranks, bands, scores, contributions and facts as one table, a row each."""
        columns = ("listed", "rank", "tied", "band", "score")
        places = pd.DataFrame(
            {s.charity_id: [getattr(s, name) for name in columns] for s in self.standings},
            index=columns,
            dtype=object,
        )
        facts = self.facts.drop(columns=DIFFERS)
        tables = [places, self.contributions.astype(object), facts.astype(object)]
        return pd.concat(tables).rename_axis("row")


def checked_charities(named: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the ids of charities to be compared.

    Parameters
    ----------
    named : iterable of pairs
        What each was named, and its id.

    Raises
    ------
    AnswersError
        For fewer than two, more than four, or one that is named twice.
    """
    pairs = list(named)
    ids = [charity_id for _, charity_id in pairs]
    wrong = []
    if not FEWEST <= len(ids) <= MOST:
        wrong.append(f"{len(ids)} charities to compare: expected {FEWEST} to {MOST}.")
    for charity_id in dict.fromkeys(ids):
        names = [name for name, found in pairs if found == charity_id]
        if len(names) > 1:
            said = " and ".join(map(repr, names))
            wrong.append(f"{said} name the same charity, {charity_id}; name each one once.")
    if wrong:
        raise AnswersError(" ".join(wrong))
    return tuple(ids)


def in_points(contributions: pd.DataFrame) -> pd.DataFrame:
    """Return contributions, a column a charity, as whole points that sum to each one's."""
    return (
        contributions.apply(points, raw=True).astype(int) if len(contributions) else contributions
    )


def fact_table(charities: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    """Return the table `facts` of a SideBySide.

    Parameters
    ----------
    charities : DataFrame
        Rows of a catalogue.
    language : str, default "en"
        In which texts are told where the catalogue has them; in English elsewhere.
    """
    found = {
        fact: [_cell(row, fact, language) for _, row in charities.iterrows()] for fact in FACTS
    }
    stated = {fact: cells for fact, cells in found.items() if {*cells} != {NOT_STATED}}
    table = pd.DataFrame.from_dict(stated, orient="index", columns=charities.index, dtype=object)
    table[DIFFERS] = [_differ(charities[fact]) for fact in stated]
    ordered = table.astype({DIFFERS: bool}).sort_values(DIFFERS, ascending=False, kind="stable")
    return ordered.rename_axis(index="fact", columns=None)


def _cell(charity: pd.Series, fact: str, language: str) -> str:
    return charity.get(f"{fact}_{language}") or charity[fact] or NOT_STATED


def _differ(cells: pd.Series) -> bool:
    """Tell whether cells say different things; the order of a list's items says nothing."""
    return len({frozenset(items(cell)) or frozenset([NOT_STATED]) for cell in cells}) > 1
