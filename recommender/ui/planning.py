"""The giving plan: a budget to exact amounts, each with its reason."""

from __future__ import annotations

import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from ..export import to_csv
from ..languages import Language
from ..listing import Listing
from ..money import currencies, digits, typed
from ..plan import Plan
from ..plan_words import called, notes, parts_said, summary_said
from . import html, state

_EXAMPLES = {0: "50000", 2: "100.00", 3: "30.000"}
_LABELS = {state.BUDGET: "plan-budget", state.MINIMUM: "plan-minimum"}
_USUAL, _FEW, _MOST_GIFTS = ("EUR", "GBP", "JPY", "KRW", "USD"), 5, 20


def draw(t: Language, found: Listing) -> None:
    """Draw what is asked for a plan, and the plan."""
    _seed(t)
    st.caption(t("plan-rule"))
    currency = _currency(t)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        written = {key: _field(key, t(label)) for key, label in _LABELS.items()}
        most = st.selectbox(
            t("plan-most"),
            [0, *range(1, _MOST_GIFTS + 1)],
            key=state.MOST,
            format_func=lambda count: t("plan-count", count=count) if count else t("plan-any"),
            width=260,
            persist_state="session",
        )
    amounts = {key: typed(text, currency, t) for key, text in written.items() if text}
    if wrong := [key for key, amount in amounts.items() if amount is None]:
        for key in wrong:
            html.draw(t, "note.html", note=_expected(t, key, currency))
        return
    budget, minimum = (amounts.get(key) for key in written)
    if budget is None:
        html.draw(t, "view.html")
    elif minimum is not None and minimum.units > budget.units:
        html.draw(t, "note.html", note=t("plan-minimum-above"))
    else:
        _plan(t, state.model().plan(found.run, budget, minimum, most or None))


def _seed(t: Language) -> None:
    """Start with the currency of the browser's country, and an amount to be changed."""
    currency = _of_locale(st.context.locale or t.code)
    example = _EXAMPLES[digits(currency)]
    first = {state.CURRENCY: currency, state.BUDGET: example, state.MINIMUM: "", state.MOST: _FEW}
    for key, value in first.items():
        st.session_state.setdefault(key, value)


def _exchanged(before: str) -> None:
    """Put another example in the place of one that nobody changed."""
    if st.session_state[state.BUDGET] == _EXAMPLES[digits(before)]:
        st.session_state[state.BUDGET] = _EXAMPLES[digits(st.session_state[state.CURRENCY])]


def _of_locale(locale: str) -> str:
    try:
        territory = Locale.parse(locale.replace("-", "_")).territory
    except (ValueError, UnknownLocaleError):
        territory = None
    found = get_territory_currencies(territory) if territory else []
    known = [code for code in found if code in currencies()]
    return known[0] if known else "KRW" if locale.startswith("ko") else "EUR"


def _currency(t: Language) -> str:
    usual = [code for code in _USUAL if code in currencies()]
    others = [code for code in currencies() if code not in usual]
    names = t.locale.currencies
    return st.selectbox(
        t("plan-currency"),
        [*usual, *others],
        key=state.CURRENCY,
        on_change=_exchanged,
        args=[st.session_state[state.CURRENCY]],
        format_func=lambda code: f"{code} · {names.get(code, code)}",
        persist_state="session",
    )


def _field(key: str, label: str) -> str:
    return st.text_input(label, key=key, max_chars=20, width=180, persist_state="session").strip()


def _expected(t: Language, key: str, currency: str) -> str:
    """Return what is expected of an amount that is none."""
    places = digits(currency)
    figures = {"currency": currency, "decimals": places, "example": _EXAMPLES[places]}
    return t("plan-not-an-amount", label=t(_LABELS[key]), **figures)


def _plan(t: Language, plan: Plan) -> None:
    model, shown = state.model(), state.shown()
    told = {gift.charity_id: shown.told(gift.charity_id, t) for gift in plan.gifts}
    gifts = [
        {
            "status": told[gift.charity_id].status,
            "amount": plan.money(gift.amount).said(t),
            "name": called(model, gift.charity_id, t),
            "why": parts_said(model, plan, gift, t),
            "units": gift.amount,
            "website": told[gift.charity_id].website,
        }
        for gift in plan.gifts
    ]
    said = {"summary": summary_said(plan, t), "notes": notes(model, plan, t)}
    html.draw(t, "plan.html", gifts=gifts, most=plan.largest, **said)
    if gifts:
        name = "giving-plan.csv"
        st.download_button(
            t("plan-download"),
            lambda: to_csv(plan.in_currency()),
            name,
            "text/csv",
            on_click="ignore",
        )
