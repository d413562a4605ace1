"""The page of questions and results."""

from recommender.ui import questionnaire, results, state

t = state.language()
results.promise(t)
left, right = results.columns()
with left:
    questionnaire.draw(t)
with right:
    results.draw(t)
