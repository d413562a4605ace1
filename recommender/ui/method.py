"""How this works: the formula, an example computed now, privacy, limits and neutrality."""

from __future__ import annotations

import streamlit as st

from ..background import load_backgrounds
from ..evaluation import summary
from ..feedback import STRONGEST
from ..labels import label, name
from ..languages import Language
from ..listing import is_large
from ..markdown import escaped
from ..profiles import LEVEL_TEXTS
from ..ranking import GOOD_MATCH, LIKE_WEIGHT, POINT, TEXT_WEIGHT, UNLIKE_WEIGHT
from ..reading import MOST
from ..weighting import RAREST
from . import neutral, state

_EXAMPLE = {"resettlement": 5.0, "education": 2.0}
_LIMITS = ("quality", "size", "length", "evidence", "paused")
_LIMITS_OF_ANY = ("quality", "size", "lengths", "register")


def draw(t: Language) -> None:
    """Draw the page."""
    with st.container(key="method", width=720):
        st.title(t("method-heading"), anchor=False)
        shipped = state.shown().shipped
        st.write(t("method-intro" if shipped else "method-intro-any"))
        _formula(t)
        _example(t)
        _bands(t)
        _list(t, "private", ["private"], bullets=False)
        _list(t, "limits", [f"limit-{k}" for k in (_LIMITS if shipped else _LIMITS_OF_ANY)])
        every = "many" if is_large(state.model()) else "all"
        _list(t, "neutral", [f"neutral-{k}" for k in ("order", "names", "size", every)])
        neutral.first(t)
        neutral.methods(t)
        if shipped:
            _quality(t)


def _formula(t: Language) -> None:
    st.header(t("method-formula-heading"), anchor=False)
    st.markdown(
        "\n".join(f"- {t(step, **_told(t, **figures))}" for step, figures in _steps().items())
    )
    formulas = [
        t("method-formula"),
        t("method-match"),
        t("method-tfidf"),
        t("method-idf", **_told(t, background=_background(), rarest=round(1 / RAREST))),
        t("method-profile"),
    ]
    st.code("\n".join(formulas), language=None, wrap_lines=True)


def _steps() -> dict[str, dict[str, float]]:
    """Return the message of each step with its figures."""
    model = state.model()
    nonprofits = _nonprofits()
    return {
        "method-step-words": {},
        "method-step-learned": {
            "learned": sum(name in model.priorities_.learned for name in model.agenda_),
            "offered": len(model.agenda_),
            "nonprofits": nonprofits,
        },
        "method-step-weight": {},
        "method-step-rare": {
            "all": len(model.charities_),
            "nonprofits": nonprofits,
            "background": _background(),
            "rarest": round(1 / RAREST),
        },
        "method-step-level": {"texts": LEVEL_TEXTS, "nonprofits": nonprofits},
        "method-step-sum": {},
        "method-step-own": {"weight": TEXT_WEIGHT, "most": MOST},
        "method-step-like": {
            "like": LIKE_WEIGHT,
            "unlike": -UNLIKE_WEIGHT,
            "strongest": STRONGEST,
        },
        "method-step-points": {"point": POINT},
    }


def _told(t: Language, **figures: float) -> dict[str, str]:
    return {key: t.number(value) for key, value in figures.items()}


def _background() -> float:
    return float(state.model().index_.background_weight)


@st.cache_resource(show_spinner=False)
def _nonprofits() -> int:
    """Return how many nonprofits the background counts, which are those that were learned from."""
    return load_backgrounds()["en"].documents


def _example(t: Language) -> None:
    st.header(t("method-example-heading"), anchor=False)
    model = state.model()
    answers = dict(zip(_example_of(model.agenda_), _EXAMPLE.values(), strict=False))
    run = model.recommend(answers, k=1)
    if run["rank"].isna().all():
        st.write(t("method-example-none"))
        return
    charity_id = str(run.index[0])
    called = name(model.charities_.charity(charity_id), t)
    rated = [
        t("method-example-rated", priority=label(p, model.priorities_, t), weight=t.number(w))
        for p, w in answers.items()
    ]
    st.write(t("method-example", rated=t.listed(rated), name=escaped(called)))
    table = model.breakdown(run, charity_id)
    table.index = [label(str(part), model.priorities_, t) for part in table.index]
    table.index.name = t("method-example-column-part")
    table.columns = [
        t(f"method-example-column-{key}") for key in ("weight", "match", "product", "points")
    ]
    st.table(table.round(4))


def _example_of(agenda: tuple[str, ...]) -> list[str]:
    """Return the priorities of the example: others where the agenda lacks them."""
    return list(_EXAMPLE) if set(_EXAMPLE) <= set(agenda) else list(agenda[: len(_EXAMPLE)])


def _bands(t: Language) -> None:
    st.header(t("method-bands-heading"), anchor=False)
    said = [t("method-bands", match=t.number(GOOD_MATCH))]
    if state.shown().shipped:
        said.append(t("method-bands-measured", **_measured()["bands"]))
    st.write(" ".join(said))


def _list(t: Language, name: str, keys: list[str], *, bullets: bool = True) -> None:
    st.header(t(f"method-{name}-heading"), anchor=False)
    mark = "- " if bullets else ""
    st.markdown("\n".join(f"{mark}{t(f'method-{key}')}" for key in keys))


def _quality(t: Language) -> None:
    st.header(t("method-quality-heading"), anchor=False)
    figures = {key: t.number(value) for key, value in _measured()["quality"].items()}
    st.write(t("method-quality", **figures))


@st.cache_resource(show_spinner=False)
def _measured() -> dict[str, dict[str, float]]:
    """Return the figures of the page, measured on the shipped judgements once a server."""
    evaluation = state.model().evaluate()
    table = summary(evaluation.systems).set_index(["system", "measure"]).round(2)
    product = table.loc[("product", "nDCG@10")]
    baseline = table.loc[("plain TF-IDF", "nDCG@10"), "mean"]
    counts = evaluation.bands["right"].to_dict() | {
        f"{band}all": size for band, size in evaluation.bands["charities"].items()
    }
    return {
        "bands": counts,
        "quality": {
            "product": product["mean"],
            "low": product["low"],
            "high": product["high"],
            "baseline": baseline,
        },
    }
