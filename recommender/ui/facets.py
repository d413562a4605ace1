"""Leave out or keep: the facets of the catalogue, each with its values and their counts."""

from __future__ import annotations

import streamlit as st

from ..labels import facet, value
from ..languages import Language
from ..schema import DESCRIBERS, NOT_STATED, PLACES, SIZES, STATUSES, YES_NO
from . import folds, state

_FEW, _MANY = 8, 400
_FREE = frozenset(["region"])
_ORDER = (*SIZES[:-1], *YES_NO[:-1], *PLACES, *STATUSES[:-1], *DESCRIBERS[:-1])
_WORDS = {state.ONLY: "facets-only", state.HIDE: "facets-hide"}


def draw(t: Language) -> None:
    """Draw the facets, folded until they are opened, or a link has chosen among them."""
    offered = {name: values for name, values in state.facets().items() if len(values) <= _MANY}
    if not offered:
        return
    with folds.fold(t("facets-heading"), state.FACETS_OPEN) as opened:
        if not opened:
            return
        st.caption(t("facets-explained"))
        for name, values in offered.items():
            with st.container(key=f"facet-{name}", gap="xsmall"):
                _facet(name, values, t)
                st.caption(t(f"why-asked-{name}"))


def _facet(name: str, counts: dict[str, int], t: Language) -> None:
    def said(choice: str) -> str:
        return t("facets-value", value=value(name, choice, t), count=t.number(counts[choice]))

    choices = sorted(counts, key=lambda v: _place(name, v, t))
    key = state.facet_key(name)
    # Pills read Markdown, so what a catalogue says in its own words never becomes one.
    if len(counts) > _FEW or name in _FREE:
        st.multiselect(
            facet(name, t),
            choices,
            key=key,
            format_func=said,
            placeholder=t("facets-search"),
            persist_state="session",
        )
    else:
        st.pills(
            facet(name, t),
            choices,
            selection_mode="multi",
            key=key,
            format_func=said,
            persist_state="session",
        )
    # Seen before anything is chosen: a press does what stands there.
    st.segmented_control(
        t("facets-what", facet=facet(name, t)),
        list(_WORDS),
        key=state.what_key(name),
        format_func=lambda what: t(_WORDS[what]),
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )


def _place(name: str, choice: str, t: Language) -> tuple[bool, int, str]:
    """Return what orders values: as the schema does, else by name; "not stated" last."""
    place = _ORDER.index(choice) if choice in _ORDER else 0
    return choice == NOT_STATED, place, value(name, choice, t)


def left_out(
    t: Language, groups: list[tuple[str, int, list[tuple[str, int]]]]
) -> list[dict[str, object]]:
    """Return what each facet left out, as it is said above the list."""
    return [
        {
            "facet": name,
            "label": facet(name, t),
            "said": t("left-out", facet=facet(name, t), count=count),
            "reasons": [
                t("left-out-value", value=value(name, cell, t), count=t.number(number))
                for cell, number in sorted(values, key=lambda pair: -pair[1])
            ],
        }
        for name, count, values in groups
    ]
