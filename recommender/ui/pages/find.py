"""The page of questions and results."""

import streamlit as st

from recommender.ui import questionnaire, results, state

t = state.language()
results.promise(t)
left, right = results.columns()
with left:
    questionnaire.draw(t)
    bar = st.empty()  # on a phone, filled with the way to the results
with right:
    results.draw(t, bar)
