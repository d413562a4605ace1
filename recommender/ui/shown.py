"""The charities that a page shows, with what is drawn of each the same for every donor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from threading import Lock

import pandas as pd
from markupsafe import Markup

from ..labels import name
from ..languages import Language, load_language
from ..model import Recommender
from ..neutrality import Audit, audit
from . import facts, html

FACETS: tuple[str, ...] = (
    "works_in",
    "country",
    "region",
    "size",
    "status",
    "tax_deductible",
    "faith_based",
    "government_linked",
    "lobbies",
    "described_by",
)
"""The facets in the order in which the page asks for them."""

_KEPT = 1024


@dataclass(frozen=True)
class Told:
    """What is told of a charity in one language, whatever was asked.

    Attributes
    ----------
    charity_id, name, short : str
        `short` is its short name, or else its name.
    summary : str
        The first sentence of its description.
    line, bare, status : str
        The quiet line of facts; that a name is all there is; that its work may not run.
    website : str
    facts : Markup
        The facts and their sources, as they are drawn.
    """

    charity_id: str
    name: str
    short: str
    summary: str
    line: str
    bare: str
    status: str
    website: str
    facts: Markup


@dataclass(frozen=True, eq=False)
class Shown:
    """The charities of a page.

    Attributes
    ----------
    model : Recommender
        Never changed.
    sources : mapping of charity_id to DataFrame
        Where its facts come from.
    title : str
        The name of the donor's own table; empty for the charities that the server was started with.
    shipped : bool
        Whether they are those that the program brings along, of which more is known.
    """

    model: Recommender
    sources: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    title: str = ""
    shipped: bool = False
    _working: Lock = field(default_factory=Lock, init=False, repr=False)

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """The facets that part the charities: how many have each value."""
        counts = self.model.facets()
        found = {n: counts[n].to_dict() for n in FACETS if n in counts.index.unique("facet")}
        return {name: values for name, values in found.items() if len(values) > 1}

    @cached_property
    def stated(self) -> frozenset[str]:
        """The columns that any charity states something in.

        What a catalogue never states, such as a register that knows nothing of faith, isn't told
        as "not stated" of each charity.
        """
        return self.model.charities_.stated()

    @property
    def audit(self) -> Audit:
        """Which charities can come first, and how often; worked out once.

        Raises
        ------
        RecommenderError
            If no charity matches any priority that is offered.
        """
        with self._working:  # two visitors work it out once
            return self._audit

    @cached_property
    def _audit(self) -> Audit:
        return audit(self.model)

    def told(self, charity_id: str, t: Language) -> Told:
        """Return what is told of a charity; made once a language."""
        return self._kept(charity_id, t.code)

    @cached_property
    def _kept(self) -> Callable[[str, str], Told]:
        # Neither of the server nor of a method: a donor's own table goes when its visit does.
        return lru_cache(_KEPT)(partial(_told, self.model, self.sources, self.stated))


def _told(
    model: Recommender,
    sources: Mapping[str, pd.DataFrame],
    stated: frozenset[str],
    charity_id: str,
    code: str,
) -> Told:
    t, charity = load_language(code), model.charities_.charity(charity_id)
    full = name(charity, t)
    pages = facts.register_source(charity_id)
    if charity_id in sources:
        pages = facts.sources(sources[charity_id], t)
    told = facts.facts(charity, stated, t)
    return Told(
        charity_id=charity_id,
        name=full,
        short=charity["short_name"] or full,
        summary=facts.summary(charity, t),
        line=facts.facts_line(charity, stated, t),
        bare=facts.bare(charity, t),
        status=facts.status_line(charity, stated, t),
        website=charity["website"],
        facts=html.rendered(t, "facts.html", facts=told, sources=pages),
    )
