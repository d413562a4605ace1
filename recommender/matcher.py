"""A block of donors to their charities, as `Recommender.recommend` ranks them, but many at once.

Donors who weigh priorities, with facets or without, are ranked from the matches that all share
(see `matches`), of all charities or of one range after another; own words are ranked one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from .donors import Block, Donor
from .errors import RecommenderError
from .explanation import Explanation, Reading, explain
from .facets import Choice
from .matches import Kept, Matches, NewArray
from .model import Recommender
from .ranked import Ranked, as_table, rows_of
from .ranking import bands, donor_weights, ordered, parts_of
from .texts import Texts

_CHOICES = 64
_READINGS = 20_000
_SAME = 12


@dataclass(frozen=True)
class Job:
    """What every process needs to know.

    Attributes
    ----------
    index : str
        The folder of the index, as every process finds it.
    made_by : tuple of str
        The fingerprints of its catalogue and of its priorities.
    size : int
        How many charities it holds.
    names : tuple of str
        The priorities that any donor weighs.
    k : int
    explained : bool
    """

    index: str
    made_by: tuple[str, str]
    size: int
    names: tuple[str, ...]
    k: int
    explained: bool

    def matcher(self) -> Matcher:
        """Open the index.

        Raises
        ------
        RecommenderError
            If another one stands there.
        """
        model = Recommender.open(self.index)
        if (model.fingerprint_, model.priorities_.fingerprint) != self.made_by:
            raise RecommenderError(f"{self.index} is another index than the job was started with.")
        return Matcher(model, self.k, explained=self.explained)


@dataclass(frozen=True)
class Candidates:
    """The charities that may be a donor's first k, and their matches with what is weighed."""

    rows: np.ndarray
    matches: np.ndarray


class StoppedError(Exception):
    """Nobody waits any more for what is being worked out."""


class Matcher:
    """Ranks blocks of donors.

    Parameters
    ----------
    model : Recommender
    k : int
        How many charities for each donor.
    explained : bool, default False
        Whether each match comes with its strongest terms and sentences.

    Attributes
    ----------
    stopped : callable
        Tells, between donors who take long, whether to stop.
    """

    def __init__(self, model: Recommender, k: int, *, explained: bool = False) -> None:
        self.model, self.k, self.explained = model, k, explained
        self.stopped: Callable[[], bool] = lambda: False
        self._texts = Texts(model.index_, model.charities_, model.priorities_.analyser)
        self._reading = lru_cache(_READINGS)(self._read)

    def matches(self, names: Iterable[str], span: tuple[int, int], **options: NewArray) -> Matches:
        """Work out the matches of a range of charities."""
        parts = {name: self.model.parts_[name] for name in names}
        return Matches.of(self.model.index_, parts, span, **options)

    def candidates(self, block: Block, matches: Matches) -> list[Candidates | None]:
        """Return the candidates of each donor of a block from a range; None for own words."""
        donors = [donor for donor in block.donors if not donor.text]
        weighed = [self.weights(donor) for donor in donors]
        weights = np.zeros((len(donors), len(matches.names)))
        for row, own in enumerate(weighed):
            weights[row, [matches.names.index(name) for name in own]] = list(own.values())
        kept = self._all_kept(donors, matches)
        with threadpool_limits(1):  # a process a core: threads of a product would be in the way
            best = matches.best(weights, self.k, kept, self.model.charities_.places)
            found = [self._fewest(matches, *one) for one in zip(weighed, best, strict=True)]
        each = iter(found)
        return [None if donor.text else next(each) for donor in block.donors]

    def weights(self, donor: Donor) -> dict[str, float]:
        """Return what a donor weighs, in the order of the priorities; the weights sum to one."""
        ids = self.model.priorities_.ids
        weights = donor_weights(donor.answers, {}, ids)
        return {name: weights[name] for name in ids if name in weights}

    def _all_kept(self, donors: Iterable[Donor], matches: Matches) -> list[Kept | None]:
        known: dict[str, Kept | None] = {}

        def kept(only: Choice, hide: Choice) -> Kept | None:
            choice = repr((only, hide))
            if choice not in known:
                if len(known) >= _CHOICES:
                    known.pop(next(iter(known)))
                known[choice] = matches.kept(self.model.facets_.kept(only, hide))
            return known[choice]

        return [kept(donor.only, donor.hide) for donor in donors]

    def _fewest(
        self, matches: Matches, weights: Mapping[str, float], lines: np.ndarray
    ) -> Candidates:
        """Return the first k and one more, which tells whether the last one is tied."""
        columns = [matches.names.index(name) for name in weights]
        rows, values = matches.rows[lines], matches.values[lines][:, columns]
        if len(rows) > self.k + 1:
            score = _total(_contributions(values, weights.values()), len(rows))
            order, *_ = ordered(score, self.model.charities_.places[rows], self.k + 1)
            rows, values = rows[order], values[order]
        return Candidates(rows, values)

    def table(self, block: Block, found: Sequence[Sequence[Candidates | None]]) -> pa.Table:
        """Return the matches of a block's donors, a row each, from the candidates of all ranges."""
        ranked = [
            self._ordinary(donor) if donor.text else self._ranked(donor, of_ranges)
            for donor, *of_ranges in zip(block.donors, *found, strict=True)
        ]
        charities, rows = self.model.charities_, rows_of(ranked)
        names = dict(zip(rows.tolist(), charities.column("name", rows), strict=True))
        ids = dict(zip(rows.tolist(), charities.ids(rows), strict=True))
        return as_table(ranked, ids, names, explained=self.explained)

    def _ranked(self, donor: Donor, found: Sequence[Candidates | None]) -> Ranked:
        ours = [candidates for candidates in found if candidates is not None]
        rows = np.concatenate([candidates.rows for candidates in ours])
        values = np.concatenate([candidates.matches for candidates in ours])
        weights = self.weights(donor)
        contributions = _contributions(values, weights.values())
        score = _total(contributions, len(rows))
        places = self.model.charities_.places[rows]
        order, same, ranks, tied = ordered(score, places, self.k)
        there = same > 0
        band = np.full(len(order), "", dtype=object)
        if weights and len(rows):
            best = float(score.max().round(_SAME))
            band = bands(values[order].max(axis=1), same, best).astype(object)
        ranked = Ranked(
            donor,
            rows[order],
            np.where(there, ranks, 0),
            there & tied,
            band,
            score[order],
            {name: c[order] for name, c in zip(weights, contributions, strict=True)},
        )
        if self.explained:
            ranked.explanations = list(self._explanations(ranked, weights))
        return ranked

    def _explanations(self, ranked: Ranked, weights: Mapping[str, float]) -> Iterator[Explanation]:
        parts = [self.model.parts_[name] for name in weights]
        for row in ranked.rows.tolist():
            yield explain(self.model.index_, parts, weights, row, self._reading(row))

    def _read(self, row: int) -> Reading:
        (charity_id,) = self.model.charities_.ids([row])
        return self._texts.read(charity_id)

    def _ordinary(self, donor: Donor) -> Ranked:
        if self.stopped():
            raise StoppedError
        run = self.model.recommend(**donor.asked(), k=self.k)
        explained = self.model.explanations(run, run.index) if self.explained else ()
        return Ranked(
            donor,
            np.array([self.model.charities_.row(str(i)) for i in run.index], dtype=np.int32),
            run["rank"].fillna(0).to_numpy(dtype=np.int64),
            run["tied"].to_numpy(dtype=bool),
            run["band"].to_numpy(dtype=object),
            run["score"].to_numpy(),
            {part: run[part].to_numpy() for part in parts_of(run)},
            list(explained),
        )


def _contributions(values: np.ndarray, weights: Iterable[float]) -> list[np.ndarray]:
    return [weight * values[:, column] for column, weight in enumerate(weights)]


def _total(contributions: Iterable[np.ndarray], size: int) -> np.ndarray:
    """Add up in the order of the parts, as `rank` does: the same to the last bit."""
    return sum(contributions, start=np.zeros(size))
