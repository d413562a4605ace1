"""Recommender: the façade that the questionnaire, the command line and notebooks use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from .agendas import fitting, offered, priority_part
from .background import load_backgrounds
from .batches import fingerprint
from .catalogue import check_table
from .charities import Charities
from .comparing import Comparing
from .evaluation import Evaluation, load_judgements
from .facets import Facets
from .fixed import fixed
from .index import Index
from .opening import open_index
from .own_words import Mender, checked, least_texts, unread
from .planning import Planning
from .priorities import Priorities, load_priorities
from .quality import quality
from .query import Asked, LazyParts, Queries, checked_reading, chosen, first_rows, named
from .ranking import MAX_WEIGHT, rank
from .reading import Reader
from .texts import Texts, counted


class Recommender(Comparing, Planning):
    """Ranks the charities of a catalogue by what matters to a donor, and explains each place.

    Parameters
    ----------
    priorities : Priorities, optional
        What a donor can weigh; the shipped ones if left out.
    agenda : str or sequence of str, optional
        Which priorities are offered: an agenda's id or the priorities' ids. If left out, the
        agenda that the catalogue names (`catalogue.attrs["agenda"]`), else the agenda that fits
        it best, those of its priorities for which the catalogue has evidence.
    background_weight : float, default 1000
        How many descriptions the background's word frequencies are worth (M in `index`).

    Attributes
    ----------
    catalogue_ : DataFrame
        What was fitted, index charity_id; a model of an index on disk has none.
    charities_ : Charities
    facets_ : Facets
    priorities_ : Priorities
    agenda_ : tuple of str
        The ids of the priorities offered, in their order.
    index_ : Index
    fingerprint_ : str
        Twelve hexadecimal digits that change with any cell of the catalogue.

    Examples
    --------
    >>> from recommender import Recommender, load_catalogue
    >>> model = Recommender().fit(load_catalogue())
    >>> run = model.recommend({"justice": 5}, k=1)
    >>> run["name"].tolist()
    ['Korea Future']
    """

    def __init__(
        self,
        *,
        priorities: Priorities | None = None,
        agenda: str | Sequence[str] | None = None,
        background_weight: float = 1000.0,
    ) -> None:
        self.priorities = priorities
        self.agenda = agenda
        self.background_weight = background_weight

    def fit(self, catalogue: pd.DataFrame) -> Recommender:
        """Index a catalogue's descriptions.

        Parameters
        ----------
        catalogue : DataFrame
            As `load_catalogue` returns it; not changed.

        Raises
        ------
        RecommenderError
            For a table without the columns of a catalogue, or with an id twice.
        UnknownNameError
            For an agenda, or a priority in one, that isn't known.
        """
        check_table(catalogue)
        self.priorities_ = self.priorities or load_priorities()
        self.catalogue_ = catalogue.copy()
        charities = Charities.of(catalogue)
        self.fingerprint_ = fingerprint(charities.table)
        index = Index(background_weight=self.background_weight)
        texts = counted(charities.table, self.priorities_.analyser)
        index.fit_counts(texts, len(charities), load_backgrounds())
        facets = Facets.of(charities.table)
        return self._ready(index, charities, facets, catalogue.attrs.get("agenda"))

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        priorities: Priorities | None = None,
        agenda: str | Sequence[str] | None = None,
    ) -> Recommender:
        """Return a model of an index on disk; its files are mapped, not read.

        Parameters
        ----------
        path : str or Path
            What `python -m recommender index` has written.
        priorities, agenda
            As of the model; the priorities must be those that the index was made with.

        Raises
        ------
        RecommenderError
            If it is no index, damaged, of another version or made with other priorities.
        """
        known = priorities or load_priorities()
        found = open_index(Path(path), known.fingerprint)
        weight = found.index.background_weight
        model = cls(priorities=priorities, agenda=agenda, background_weight=weight)
        model.priorities_ = known
        model.fingerprint_ = found.fingerprint
        return model._ready(found.index, found.charities, found.facets, found.agenda)

    def _ready(
        self, index: Index, charities: Charities, facets: Facets, agenda: str | Sequence[str] | None
    ) -> Recommender:
        self.index_, self.charities_, self.facets_ = index, charities, facets
        backgrounds = load_backgrounds()
        self.parts_ = LazyParts(
            self.priorities_.ids, partial(priority_part, self.index_, self.priorities_)
        )
        known, asked_for = self.priorities_, agenda if self.agenda is None else self.agenda
        self.agenda_ = (
            fitting(index, self.parts_, known) if asked_for is None else offered(asked_for, known)
        )
        self._reader = Reader(self.priorities_, self.agenda_, backgrounds)
        analyser = self.priorities_.analyser
        self._texts = Texts(index, charities, analyser)
        vocabulary = partial(index.words, "en", least_texts(index.size_))
        # No method of this object's: what holds on to itself goes only when garbage is collected.
        knows = partial(_knows, index, self._reader)
        self._mender = Mender(analyser, vocabulary, knows, self._texts.as_written)
        self._queries = Queries(
            index, self.parts_, analyser, self.priorities_.level, self._texts.weights
        )
        return self

    def recommend(
        self,
        answers: Mapping[str, float | None] | None = None,
        *,
        text: str = "",
        reading: Mapping[str, float] | None = None,
        like: Iterable[str] = (),
        unlike: Iterable[str] = (),
        only: Mapping[str, str | Iterable[str]] | None = None,
        hide: Mapping[str, str | Iterable[str]] | None = None,
        keep: str | Iterable[str] = (),
        k: int | None = None,
    ) -> pd.DataFrame:
        """Rank the catalogue's charities.

        Parameters
        ----------
        answers : mapping of priority id to weight in 0..5, or None for "skip"
        text : str, default ""
            The donor's own words, in English or Korean; at most 2,000 characters. They count as
            words, with misspelt words of the catalogue mended, and as what they are read as.
        reading : mapping of priority id to share, optional
            What the words are read as, if the donor knows better than `read`; empty for nothing.
            The shares sum to at most 1; the words as words have the rest.
        like, unlike : iterable of str
            Charities, by id or name, that the donor wants more, or less, of.
        only, hide : mapping of facet to a value or values, optional
            Leave out charities that have none of the values of each facet in `only`, and those
            that have any in `hide`. "not stated" is a value of its own. `exclusions` counts
            what was left out, `left_out` names it.
        keep : iterable of str
            Charities, by id or name, that stay whatever their facets hold.
        k : int, optional
            How many of the first rows to return; all if left out or larger than the catalogue.

        Returns
        -------
        DataFrame
            Index charity_id; columns rank, tied, name, band, score and one a part of the query: a
            priority, text, like or unlike; they sum to score across each row. Own words that no
            description holds are no part unless they are all that was asked. Every charity that
            no facet leaves out is there: those with no evidence come last, without a rank. If
            nothing is asked for, no charity has a rank. What is equal, tied or without a rank,
            is in the order of its lots (see `lots`). `attrs` holds what was asked, the
            fingerprints and the seed of what it was ranked by, and how many charities no facet
            leaves out, `of`.

        Raises
        ------
        UnknownNameError
            For a priority, a charity, a facet or a value of one that isn't known.
        AnswersError
            For a weight outside 0..5, a share below 0, too long a text, or a negative k.
        """
        check_is_fitted(self)
        text = self._mender.mended(checked(text))
        liked, unliked = chosen(self.find, like, unlike)
        own = None if reading is None else checked_reading(reading, self.priorities_.ids)
        asked = Asked(
            dict(answers or {}),
            text,
            self._reader.read(text) if own is None else own if text else {},
            liked,
            unliked,
            self.facets_.checked(only),
            self.facets_.checked(hide),
            named(self.find, keep),
        )
        return self._run(asked, first_rows(k))

    def rank(self, asked: Asked, k: int | None = None) -> pd.DataFrame:
        """Rank by exactly what a run was asked: `Asked.from_dict(run.attrs)`.

        Unlike `recommend`, it takes the words as they were read: none is mended again, and they
        are read as nothing but what `asked.reading` says. So a run is repeated to the last bit.

        Parameters
        ----------
        asked : Asked
        k : int, optional
            How many of the first rows to return.

        Returns
        -------
        DataFrame
            As of `recommend`.

        Raises
        ------
        UnknownNameError, AnswersError
            As by `recommend`.
        """
        check_is_fitted(self)
        liked, unliked = chosen(self.find, asked.like, asked.unlike)
        own = checked_reading(asked.reading, self.priorities_.ids)
        only, hide = self.facets_.checked(asked.only), self.facets_.checked(asked.hide)
        asked = replace(asked, reading=own, only=only, hide=hide)
        asked = replace(asked, like=liked, unlike=unliked, keep=named(self.find, asked.keep))
        return self._run(asked, first_rows(k))

    def similar(self, charity: str, k: int | None = None) -> pd.DataFrame:
        """Rank the other charities by how much their texts are like one charity's.

        Parameters
        ----------
        charity : str
            Its charity_id or one of its names.
        k : int, optional
            How many to return.

        Returns
        -------
        DataFrame
            As of `recommend`, with the one part "like".
        """
        charity_id = self.find(charity)
        return self._run(Asked(like=(charity_id,), without=charity_id), first_rows(k))

    def exclusions(self, run: pd.DataFrame) -> pd.Series:
        """Return how many charities a run left out for which value; index facet and value.

        Each counts once, for the first facet that leaves it out and for what it holds there.
        """
        asked = self._asked_by(run)
        return self.facets_.excluded(asked.only, asked.hide, self._rows(asked.keep))

    def left_out(self, run: pd.DataFrame, k: int | None = None) -> pd.DataFrame:
        """Return which charities a run left out, and for what, in the order of their lots.

        `recommend(…, keep=[charity_id])` brings one back.

        Parameters
        ----------
        run : DataFrame
            From `recommend`, of this model.
        k : int, optional
            How many to return; all if left out.

        Returns
        -------
        DataFrame
            Index charity_id; columns name, facet and value: the first facet that leaves it out
            and what it holds there. Of all of them, `exclusions` tells the counts.

        Raises
        ------
        AnswersError
            For a negative k.
        """
        asked = self._asked_by(run)
        order, keep = self.charities_.by_lot(), self._rows(asked.keep)
        found = self.facets_.left_out(asked.only, asked.hide, keep, order, first_rows(k))
        rows, facets, values = found
        cells = {"name": self.charities_.column("name", rows), "facet": facets, "value": values}
        ids = pd.Index(self.charities_.ids(rows), name="charity_id", dtype=str)
        return pd.DataFrame(cells, index=ids, dtype=str)

    def facets(self) -> pd.Series:
        """Return how many charities have each value, as "not stated"; index facet and value."""
        check_is_fitted(self)
        return self.facets_.counts()

    def read(self, text: str) -> pd.Series:
        """Return what a donor's words are read as.

        Returns
        -------
        Series
            Index priority, of the agenda, the largest first. The shares sum to at most
            `reading.MOST`, the more of the words are known to the priorities the more.
        """
        check_is_fitted(self)
        read = self._reader.read(self._mender.mended(checked(text)))
        return pd.Series(read, dtype=float, name="share").rename_axis("priority")

    def corrections(self, text: str) -> dict[str, str]:
        """Return the misspelt words of a donor's text, each with the word it is read as."""
        check_is_fitted(self)
        return self._mender.corrections(checked(text))

    def unknown_words(self, text: str) -> list[str]:
        """Return the words of a donor's text that no description holds, as the donor wrote them.

        Misspelt words that are read as others are none of them.
        """
        check_is_fitted(self)
        text = self._mender.mended(checked(text))
        return list(dict.fromkeys(unread(text, self.priorities_.analyser, self.index_.holds)))

    def evaluate(self, qrels: pd.DataFrame | None = None) -> Evaluation:
        """Measure the ranking for each single priority against judged relevance.

        Parameters
        ----------
        qrels : DataFrame, optional
            As `evaluation.load_judgements` returns it, which is the default.
        """
        qrels = load_judgements() if qrels is None else qrels
        runs = {p: self.recommend({p: MAX_WEIGHT}) for p in qrels["query_id"].unique()}
        labels = {p: self.priorities_[p].label["en"] for p in runs}
        charities = self.charities_.frame(np.arange(len(self.charities_)))
        return quality(qrels, runs, charities["description"], labels)

    def _run(self, asked: Asked, k: int | None) -> pd.DataFrame:
        parts, weights = self._queries.query(asked)
        kept = self.facets_.kept(asked.only, asked.hide, self._rows(asked.keep))
        if asked.without is not None:
            kept = np.ones(self.index_.size_, dtype=bool) if kept is None else kept
            kept[self.charities_.row_of(asked.without)] = False
        liked = self._rows(asked.like)
        run = rank(self.index_, self.charities_, parts, weights, liked=liked, kept=kept, k=k)
        of = self.index_.size_ if kept is None else int(np.count_nonzero(kept))
        run.attrs = fixed({**asked.as_dict(), **self._made_by(), "of": of})
        return run


def _knows(index: Index, reader: Reader, term: str, language: str) -> bool:
    """Tell whether a term is one of the descriptions or of the profiles."""
    return index.holds(term, language) or reader.knows(term, language)
