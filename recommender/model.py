"""Recommender: the façade that the questionnaire, the command line and notebooks use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from .background import load_backgrounds
from .baselines import plain_tfidf
from .catalogue import fingerprint
from .errors import AnswersError, RecommenderError, UnknownNameError
from .evaluation import Evaluation, load_judgements, measure, precision_by_band
from .explanation import Evidence, Explanation, Reading, explain
from .index import Index, Part
from .priorities import Priorities, load_priorities
from .ranking import MAX_WEIGHT, TEXT, donor_weights, points, rank
from .schema import CATALOGUE, items
from .text import LANGUAGES, normalise, scripts, written_words

DESCRIPTIONS = {"en": "description", "ko": "description_ko"}
MAX_TEXT = 2000


class Recommender(BaseEstimator):
    """Ranks the charities of a catalogue by what matters to a donor, and explains each place.

    Parameters
    ----------
    priorities : Priorities, optional
        What a donor can weigh; the shipped twelve if left out.
    background_weight : float, default 50
        How many descriptions the background's word frequencies are worth (M in `index`).

    Attributes
    ----------
    catalogue_ : DataFrame
        What was fitted, index charity_id.
    priorities_ : Priorities
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
        self, *, priorities: Priorities | None = None, background_weight: float = 50.0
    ) -> None:
        self.priorities = priorities
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
        """
        _check(catalogue)
        self.priorities_ = self.priorities or load_priorities()
        self.catalogue_ = catalogue.copy()
        self.fingerprint_ = fingerprint(catalogue)
        analyse = self.priorities_.analyser.terms
        own = [self._names(row) for row in range(len(catalogue))]
        documents = {
            language: [
                analyse(text, language, names) if text else None
                for text, names in zip(catalogue[column], own, strict=True)
            ]
            for language, column in DESCRIPTIONS.items()
        }
        self.index_ = Index(background_weight=self.background_weight)
        self.index_.fit(documents, load_backgrounds())
        self.parts_ = {name: self._priority_part(name) for name in self.priorities_.ids}
        self._ids_by_name = self._all_names()
        return self

    def recommend(
        self,
        answers: Mapping[str, float | None] | None = None,
        *,
        text: str = "",
        k: int | None = None,
    ) -> pd.DataFrame:
        """Rank the catalogue's charities.

        Parameters
        ----------
        answers : mapping of priority id to weight in 0..5, or None for "skip"
        text : str, default ""
            The donor's own words, in English or Korean; at most 2,000 characters.
        k : int, optional
            How many of the first rows to return; all if left out or larger than the catalogue.

        Returns
        -------
        DataFrame
            Index charity_id; columns rank, tied, name, band, score and one a priority (and text),
            which sum to score across each row. Own words that no description holds are no part
            unless they are all that was asked. Every charity is there: those with no evidence
            come last, without a rank. If nothing is asked for, no charity has a rank and the
            order is that of the names. `attrs` holds the answers, the text and the fingerprints of
            what they were ranked by.

        Raises
        ------
        UnknownNameError
            For a priority that isn't offered.
        AnswersError
            For a weight outside 0..5, too long a text, or a negative k.
        """
        check_is_fitted(self)
        if k is not None and (not isinstance(k, int) or k < 0):
            raise AnswersError(f"k {k!r}: expected a whole number, 0 or more")
        text = _own_words(text)
        answers = dict(answers or {})
        parts, weights = self._query(answers, text)
        matches = pd.DataFrame(
            {part.name: self.index_.match(part) for part in parts}, index=self.catalogue_.index
        )
        run = rank(matches, weights, self.catalogue_["name"]).iloc[:k]
        run.attrs = {"answers": answers, "text": text, **self._made_by()}
        return run

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
            row = int(self.catalogue_.index.get_loc(charity_id))
            yield explain(self.index_, parts, weights, row, self._read(charity_id))

    def breakdown(self, run: pd.DataFrame, charity: str) -> pd.DataFrame:
        """Return how a charity's score comes about, a row a part of the query.

        Returns
        -------
        DataFrame
            Index part; columns weight (they sum to one), match (0..1), contribution (their
            product, summing to the score) and points (whole, summing to the score's points).
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
        """Return the words of a donor's text that no description holds, as the donor wrote them."""
        text = _own_words(text)
        tokens = [
            (token.start, self.index_.holds(token.term, language))
            for language in scripts(text)
            for token in self.priorities_.analyser.tokens(text, language)
        ]
        read, known = {start for start, _ in tokens}, {start for start, held in tokens if held}
        return list(
            dict.fromkeys(
                text[a:b]
                for a, b in written_words(text)
                if not read.isdisjoint(range(a, b)) and known.isdisjoint(range(a, b))
            )
        )

    def evaluate(self, qrels: pd.DataFrame | None = None) -> Evaluation:
        """Measure the ranking for each single priority against judged relevance.

        Parameters
        ----------
        qrels : DataFrame, optional
            As `evaluation.load_judgements` returns it, which is the default.
        """
        qrels = load_judgements() if qrels is None else qrels
        runs = {p: self.recommend({p: MAX_WEIGHT}) for p in self.priorities_.ids}
        labels = {p.id: p.label["en"] for p in self.priorities_.items}
        plain = plain_tfidf(self.catalogue_["description"], labels)
        return Evaluation(
            systems={
                "product": measure(qrels, {p: run["score"] for p, run in runs.items()}),
                "plain TF-IDF": measure(qrels, plain),
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
        if name in self.catalogue_.index:
            return name
        found = self._ids_by_name.get(_key(name))
        if found is None:
            raise UnknownNameError("charity", name, self._known_names())
        return found

    def _all_names(self) -> dict[str, str]:
        """Return the charity that each name means; where two share one, the first id has it."""
        found: dict[str, str] = {}
        for charity_id in sorted(self.catalogue_.index):
            for name in (charity_id, *self._names(self.catalogue_.index.get_loc(charity_id))):
                found.setdefault(_key(name), charity_id)
        return found

    def _known_names(self) -> list[str]:
        names = [name for row in range(len(self.catalogue_)) for name in self._names(row)]
        return [*self.catalogue_.index, *names]

    def _names(self, row: int) -> list[str]:
        charity = self.catalogue_.iloc[row]
        names = [charity["name"], charity["name_ko"], charity["short_name"]]
        return [name for name in (*names, *items(charity["aliases"])) if name]

    def _read(self, charity_id: str) -> Reading:
        row = int(self.catalogue_.index.get_loc(charity_id))
        charity = self.catalogue_.iloc[row]
        texts = {lang: charity[col] for lang, col in DESCRIPTIONS.items() if charity[col]}
        return Reading.of(texts, self.priorities_.analyser, self._names(row))

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
        return self._query(run.attrs["answers"], run.attrs["text"])

    def _query(
        self, answers: Mapping[str, float | None], text: str
    ) -> tuple[list[Part], dict[str, float]]:
        own = self._text_part(text)
        weights = donor_weights(answers, self._counts(own, answers, text), self.priorities_.ids)
        parts = {**self.parts_, TEXT: own}
        order = [name for name in parts if name in weights]
        return [parts[name] for name in order], {name: weights[name] for name in order}

    @staticmethod
    def _counts(own: Part, answers: Mapping[str, float | None], text: str) -> bool:
        """Tell whether the donor's words are weighed: not if they are words of no description.

        Alone they are, so that the run says that nothing was found.
        """
        return bool(own.shares) or (bool(text) and not any(answers.values()))

    def _priority_part(self, name: str) -> Part:
        priority = self.priorities_[name]
        profiles = {lang: self.priorities_.profile(priority, lang) for lang in LANGUAGES}
        return self.index_.part(name, profiles)

    def _text_part(self, text: str) -> Part:
        analyse = self.priorities_.analyser.terms
        counted = {lang: pd.Series(analyse(text, lang)).value_counts() for lang in scripts(text)}
        profiles = {
            lang: dict(zip(counts.index, 1 + np.log(counts.to_numpy(dtype=float)), strict=True))
            for lang, counts in counted.items()
        }
        return self.index_.part(TEXT, profiles, scripts(text))

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "index_")


def _check(catalogue: pd.DataFrame) -> None:
    """Raise a RecommenderError for a table that `load_catalogue` can't have returned."""
    missing = [c.name for c in CATALOGUE[1:] if c.name not in catalogue]
    if missing or not catalogue.index.is_unique:
        found = f"it lacks {', '.join(missing)}" if missing else "ids stand in it twice"
        raise RecommenderError(f"this table is no catalogue: {found}. Read it by load_catalogue().")


def _own_words(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise AnswersError(f"own words of {len(text)} characters: expected at most {MAX_TEXT}")
    return normalise(text).strip()


def _key(name: str) -> str:
    return "".join(c for c in normalise(name).casefold() if c.isalnum())
