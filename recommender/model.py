"""Recommender: the façade that the questionnaire, the command line and notebooks use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from .agendas import fitting, priority_part
from .background import load_backgrounds
from .baselines import PLAIN, PRODUCT, plain_tfidf
from .batches import fingerprint
from .catalogue import check_table
from .charities import Charities, all_silent, silent
from .counting import TermCounter
from .errors import AnswersError, RecommenderError, UnknownNameError
from .evaluation import Evaluation, load_judgements, measure, precision_by_band
from .explanation import Evidence, Explanation, Reading, explain
from .facets import Facets
from .index import Index, Part, Weights
from .opening import open_index
from .own_words import Mender, checked, least_texts, unread
from .priorities import Priorities, load_priorities
from .query import Asked, LazyParts, Queries, checked_reading, first_rows
from .ranking import MAX_WEIGHT, points, rank
from .reading import Reader
from .schema import DESCRIPTIONS


class Recommender(BaseEstimator):
    """Ranks the charities of a catalogue by what matters to a donor, and explains each place.

    Parameters
    ----------
    priorities : Priorities, optional
        What a donor can weigh; the shipped ones if left out.
    agenda : str or sequence of str, optional
        Which priorities are offered: an agenda's id or the priorities' ids. If left out, the
        agenda that the catalogue names (`catalogue.attrs["agenda"]`), else every priority for
        which the catalogue has evidence.
    background_weight : float, default 1000
        How many descriptions the background's word frequencies are worth (M in `index`).

    Attributes
    ----------
    catalogue_ : DataFrame
        What was fitted, index charity_id; a model of an index on disk has none.
    charities_ : Charities
        The charities by row, id and name.
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
        index.fit_counts(self._counted(charities.table), len(charities), load_backgrounds())
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
        found = open_index(Path(path))
        model = cls(
            priorities=priorities,
            agenda=agenda,
            background_weight=found.index.background_weight,
        )
        model.priorities_ = priorities or load_priorities()
        if found.priorities != model.priorities_.fingerprint:
            raise RecommenderError(
                f"{path} was made with other priorities than these, whose phrases it doesn't know. "
                "Make it again: python -m recommender index"
            )
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
        self.agenda_ = self._offered(agenda)
        self._reader = Reader(self.priorities_, self.agenda_, backgrounds)
        analyser = self.priorities_.analyser
        vocabulary = partial(self.index_.words, "en", least_texts(index.size_))
        self._mender = Mender(analyser, vocabulary, self._is_word, self._as_written)
        self._queries = Queries(
            self.index_, self.parts_, analyser, self.priorities_.level, self._row
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
            what was left out.
        k : int, optional
            How many of the first rows to return; all if left out or larger than the catalogue.

        Returns
        -------
        DataFrame
            Index charity_id; columns rank, tied, name, band, score and one a part of the query: a
            priority, text, like or unlike; they sum to score across each row. Own words that no
            description holds are no part unless they are all that was asked. Every charity that
            no facet leaves out is there: those with no evidence come last, without a rank. If
            nothing is asked for, no charity has a rank and the order is that of the ids, as among
            ties. `attrs` holds what was asked and
            the fingerprints of what it was ranked by.

        Raises
        ------
        UnknownNameError
            For a priority, a charity, a facet or a value of one that isn't known.
        AnswersError
            For a weight outside 0..5, a share below 0, too long a text, or a negative k.
        """
        check_is_fitted(self)
        text = self._mender.mended(checked(text))
        answers = dict(answers) if answers is not None else {}
        liked, unliked = self._chosen(like, unlike)
        asked = Asked(
            answers,
            text,
            self._reading(text, reading),
            liked,
            unliked,
            self.facets_.checked(only),
            self.facets_.checked(hide),
        )
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
        return self._run(Asked(like=(charity_id,)), first_rows(k), without=charity_id)

    def exclusions(self, run: pd.DataFrame) -> pd.Series:
        """Return how many charities a run left out for which value; index facet and value.

        Each counts once, for the first facet that leaves it out.
        """
        asked = Asked.from_dict(run.attrs)
        return self.facets_.excluded(asked.only, asked.hide)

    def facets(self) -> pd.Series:
        """Return how many charities have each value of each facet; index facet and value.

        "not stated" is a value too.
        """
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

    def explain(self, run: pd.DataFrame, charity: str) -> pd.DataFrame:
        """Return what every term adds to a charity's score.

        Parameters
        ----------
        run : DataFrame
            From `recommend`, of this model.
        charity : str
            Its charity_id or one of its names.

        Returns
        -------
        DataFrame
            Columns priority, language, term, words, contribution and sentence; the contributions
            sum to the charity's score.
        """
        return self.explanation(run, charity).table()

    def evidence(
        self, run: pd.DataFrame, charity: str, language: str = "en"
    ) -> dict[str, Evidence]:
        """Return, by priority, the sentence that carries most of a charity's contribution.

        It is taken from the description in `language`; from another one where that has none.
        """
        return self.explanation(run, charity).evidence(language)

    def explanation(self, run: pd.DataFrame, charity: str) -> Explanation:
        """Return what `explain` and `evidence` read from, for who needs both."""
        charity_id = self.find(charity)
        return next(self.explanations(run, [charity_id]))

    def explanations(self, run: pd.DataFrame, charity_ids: Iterable[str]) -> Iterator[Explanation]:
        """Yield the explanations of several charities, reading the query once."""
        parts, weights = self._query_of(run)
        for charity_id in charity_ids:
            row = self._row_of(charity_id)
            yield explain(self.index_, parts, weights, row, self._read(charity_id))

    def breakdown(self, run: pd.DataFrame, charity: str) -> pd.DataFrame:
        """Return how a charity's score comes about, a row a part of the query.

        Returns
        -------
        DataFrame
            Index part; columns weight (their sizes sum to one), match (0 or more; 1 is strong),
            contribution (their product, summing to the score) and points (whole, summing to the
            score's points).
        """
        charity_id = self.find(charity)
        _, weights = self._query_of(run)
        if charity_id not in run.index:
            raise RecommenderError(
                f"{charity_id} isn't among the {len(run)} rows of this run. Call recommend() "
                "without k, or with a larger one."
            )
        weight = pd.Series(weights, dtype=float)
        contribution = run.loc[charity_id, list(weights)].astype(float)
        table = {"weight": weight, "match": contribution / weight, "contribution": contribution}
        return pd.DataFrame(table).assign(points=points(contribution)).rename_axis("part")

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
        every = np.arange(len(self.charities_))
        labels = {p: self.priorities_[p].label["en"] for p in runs}
        plain = plain_tfidf(self.charities_.frame(every)["description"], labels)
        return Evaluation(
            systems={
                PRODUCT: measure(qrels, {p: run["score"] for p, run in runs.items()}),
                PLAIN: measure(qrels, plain),
            },
            bands=precision_by_band(qrels, {p: run["band"] for p, run in runs.items()}),
        )

    def find(self, name: str) -> str:
        """Return the charity_id of a charity named by its id, name, short name or alias.

        Raises
        ------
        UnknownNameError
            With the closest known names.
        """
        check_is_fitted(self)
        return self.charities_.find(name)

    def _reading(self, text: str, own: Mapping[str, float] | None) -> dict[str, float]:
        """Return what words are read as: the donor's own reading, if there is one, else ours."""
        if own is None:
            return self._reader.read(text)
        own = checked_reading(own, self.priorities_.ids)
        return own if text else {}

    def _chosen(self, *lists: str | Iterable[str]) -> list[tuple[str, ...]]:
        """Return the ids of the charities that each list names; none may name the same."""
        given = [[names] if isinstance(names, str) else names for names in lists]
        found = [tuple(dict.fromkeys(map(self.find, names))) for names in given]
        if both := set.intersection(*map(set, found)):
            raise AnswersError(f"like and unlike both name {', '.join(sorted(both))}; choose one.")
        return found

    def _counted(self, table: pa.Table) -> dict[str, tuple[list[str], Any]]:
        """Return the terms of every language that a table's texts are in, and their counts."""
        names, counted = all_silent(table), {}
        for language, column in DESCRIPTIONS.items():
            counter = TermCounter(self.priorities_.analyser, language)
            counts = counter.count(table.column(column).to_pylist(), names)
            if counter.terms:
                counted[language] = (counter.terms, counts)
        return counted

    def _offered(self, named: str | Sequence[str] | None) -> tuple[str, ...]:
        agenda, known = self.agenda if self.agenda is not None else named, self.priorities_
        if agenda is None:
            return fitting(self.index_, self.parts_, known)
        if isinstance(agenda, str):
            if agenda not in known.agendas:
                raise UnknownNameError("agenda", agenda, known.agendas)
            agenda = known.agendas[agenda]
        return tuple(known[name].id for name in agenda)

    def _run(self, asked: Asked, k: int | None, without: str | None = None) -> pd.DataFrame:
        parts, weights = self._queries.query(asked)
        kept = self.facets_.kept(asked.only, asked.hide)
        if without is not None:
            kept = np.ones(self.index_.size_, dtype=bool) if kept is None else kept
            kept[self._row_of(without)] = False
        liked = [self._row_of(charity_id) for charity_id in asked.like]
        run = rank(self.index_, self.charities_, parts, weights, liked=liked, kept=kept, k=k)
        run.attrs = {**asked.as_dict(), **self._made_by()}
        return run

    def _row_of(self, charity_id: str) -> int:
        row = self.charities_.row(charity_id)
        if row is None:
            raise UnknownNameError("charity", charity_id, self.charities_.ids(np.arange(1)))
        return row

    def _read(self, charity_id: str) -> Reading:
        charity = self.charities_.charity(charity_id)
        texts = {lang: charity[col] for lang, col in DESCRIPTIONS.items() if charity[col]}
        return Reading.of(texts, self.priorities_.analyser, silent(charity))

    def _row(self, charity_id: str) -> dict[str, Weights]:
        """Return the TF-IDF row of a charity by language."""
        row = self._row_of(charity_id)
        return {
            language: {t.term: self.index_.tfidf(row, language, t.term) for t in tokens}
            for language, tokens in self._read(charity_id).tokens.items()
        }

    def _is_word(self, term: str, language: str) -> bool:
        return self.index_.holds(term, language) or self._reader.knows(term, language)

    def _as_written(self, term: str) -> str:
        """Return a word as the charity whose id comes first, of those who use it, writes it."""
        rows = self.index_.holders(term, "en")
        first = rows[np.argmin(self.charities_.places[rows])]
        (charity_id,) = self.charities_.ids([first])
        reading = self._read(charity_id)
        token = reading.first("en")[term]
        return reading.texts["en"][token.start : token.end].lower()

    def _made_by(self) -> dict[str, Any]:
        """Return what a run of this model remembers of it."""
        return {
            "fingerprint": self.fingerprint_,
            "priorities": self.priorities_.fingerprint,
            "background_weight": self.index_.background_weight,
        }

    def _query_of(self, run: pd.DataFrame) -> tuple[list[Part], dict[str, float]]:
        if any(run.attrs.get(key) != value for key, value in self._made_by().items()):
            raise RecommenderError(
                "this run wasn't made by this model (the catalogue, the priorities or the settings "
                "differ), or lost its attrs on the way. Call recommend() on the model you ask."
            )
        return self._queries.query(Asked.from_dict(run.attrs))

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "index_")
