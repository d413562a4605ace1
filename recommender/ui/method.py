"""How this works: the formula, an example computed now, privacy, limits and neutrality."""

from __future__ import annotations

import re

import streamlit as st

from ..evaluation import summary
from ..labels import label, name
from ..languages import Language
from ..ranking import GOOD_MATCH, POINT, TEXT_WEIGHT
from . import state

# A name from a catalogue is text, whatever Markdown it holds.
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+.!|<>$:~&-])")
_EXAMPLE = {"resettlement": 5.0, "education": 2.0}


def draw(t: Language) -> None:
    """Draw the page."""
    with st.container(key="method", width=720):
        st.title(t("method-heading"), anchor=False)
        st.write(t("method-intro"))
        _formula(t)
        _example(t)
        _bands(t)
        _list(t, "private", ["private"], bullets=False)
        _list(
            t, "limits", [f"limit-{k}" for k in ("quality", "size", "length", "evidence", "paused")]
        )
        _list(t, "neutral", [f"neutral-{k}" for k in ("order", "names", "size", "all")])
        _quality(t)


def _formula(t: Language) -> None:
    st.header(t("method-formula-heading"), anchor=False)
    steps = [
        t("method-step-words"),
        t("method-step-weight"),
        t("method-step-sum"),
        t("method-step-own", weight=t.number(TEXT_WEIGHT)),
        t("method-step-points", point=t.number(POINT)),
    ]
    st.markdown("\n".join(f"- {step}" for step in steps))
    st.code(f"{t('method-formula')}\n{t('method-match')}", language=None, wrap_lines=True)


def _example(t: Language) -> None:
    st.header(t("method-example-heading"), anchor=False)
    model = state.model()
    run = model.recommend(_EXAMPLE, k=1)
    charity_id = str(run.index[0])
    called = name(model.catalogue_.loc[charity_id], t)
    st.write(t("method-example", name=_MARKUP.sub(r"\\\1", called), **_EXAMPLE))
    table = model.breakdown(run, charity_id)
    table.index = [label(str(part), model.priorities_, t) for part in table.index]
    table.index.name = t("method-example-column-part")
    table.columns = [
        t(f"method-example-column-{key}") for key in ("weight", "match", "product", "points")
    ]
    st.table(table.round(4))


def _bands(t: Language) -> None:
    st.header(t("method-bands-heading"), anchor=False)
    st.write(t("method-bands", match=t.number(GOOD_MATCH), **_measured()["bands"]))


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
