"""An audit in words: who can come first, why others can't, and where a charity leads most.

The page and the command line say the same, from the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .labels import label, name
from .languages import Language
from .model import Recommender
from .neutrality import ALONE, NEVER, TIED, Audit

_NAMED = 3
_PARTS = 4
_FINE = 0.01


def percent(share: float, t: Language) -> str:
    """Return a share of weightings in per cent: to a tenth, and below 1 % to a hundredth."""
    hundred = share * 100
    if 0 < hundred < _FINE / 2:
        return t("audit-percent-below", share=t.number(_FINE))
    return t("audit-percent", share=t.number(round(hundred, 1 if hundred >= 1 else 2)))


def interval(low: float, high: float, t: Language) -> str:
    """Return the interval of a share, both ends in per cent."""
    return f"{percent(low, t)} – {percent(high, t)}"


def leads_at(found: Audit, charity: str, model: Recommender, t: Language) -> str:
    """Return the weighting under which a charity leads most, or is least behind, in words.

    The largest four weights are named, as shares in whole per cent; smaller ones are left out.
    """
    weights = found.weightings.loc[charity].sort_values(ascending=False, kind="stable")
    named = [(str(part), round(100 * w)) for part, w in weights.iloc[:_PARTS].items()]
    return ", ".join(
        f"{label(part, model.priorities_, t)} {t('audit-percent', share=t.number(w))}"
        for part, w in named
        if w
    )


def why_not(found: Audit, charity: str, model: Recommender, t: Language) -> str:
    """Return why a charity can't come first alone; "" for one that can."""
    if found.table.at[charity, "first"] == ALONE:
        return ""
    others = found.outdone[charity]
    if not others:
        return t("audit-why-nothing")
    if len(others) == 1:
        return t("audit-why-one", name=_named(others, model, t))
    more = max(len(others) - _NAMED, 0)
    names = _named(list(others)[:_NAMED], model, t, open_ended=more > 0)
    if found.table.at[charity, "first"] == TIED:
        return t("audit-why-level", names=names, more=more)
    return t("audit-why-several", names=names, more=more)


def _named(
    charities: Iterable[str], model: Recommender, t: Language, *, open_ended: bool = False
) -> str:
    names = [name(model.charities_.charity(charity), t) for charity in charities]
    return ", ".join(names) if open_ended else t.listed(names)


def summary(found: Audit, model: Recommender, t: Language) -> Iterator[str]:
    """Yield what an audit found, a sentence or two each: what can come first, and how often."""
    offered = found.weightings.shape[1]
    yield t("audit-can", count=found.count(ALONE), all=found.charities, priorities=offered)
    if tied := found.count(TIED):
        yield t("audit-level", count=tied)
    if never := found.count(NEVER):
        yield t("audit-cannot", count=never)
    if found.open:
        yield t("audit-open", count=found.open)
    first = str(found.table.index[0])
    often = percent(found.table["share"].iloc[0], t)
    yield t("audit-most", name=_named([first], model, t), share=often)
    yield t("audit-sharing", count=found.sharing(0.9), share=percent(0.9, t))
    if found.length:
        rho, low, high = (t.number(round(figure, 2)) for figure in found.length)
        said = {"rho": rho, "low": low, "high": high}
        shown = found.length[1] > 0 or found.length[2] < 0
        yield t("audit-length", **said) if shown else t("audit-length-none", **said)
    yield t("audit-drawn", draws=t.number(found.draws), seed=found.seed)
