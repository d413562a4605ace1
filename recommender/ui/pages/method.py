"""The page that says how the ranking works."""

from recommender.ui import method, state

method.draw(state.language())
