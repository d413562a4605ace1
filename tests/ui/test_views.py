"""What else can be done with a result: compared, doubted, and asked of a charity by its name."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.labels import label, name
from recommender.languages import load_language
from recommender.saying import why_said
from recommender.ui import state

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
EN, KO = load_language("en"), load_language("ko")
each_language = pytest.mark.parametrize("t", [EN, KO], ids=["en", "ko"])
ANSWERS = {"justice": 4, "education": 2}


def ask(test: AppTest, model: Recommender, answers: dict[str, int], **also: object) -> AppTest:
    """Answer every priority, skipping those that aren't named, and set what else is said."""
    for priority in model.agenda_:
        test.get_by_key(f"weight_{priority}").set_value(answers.get(priority, "skip"))
    for key, value in also.items():
        test.session_state[key] = value
    return test.run()


def of_class(elements: list, css: str) -> list[str]:
    return [e.text for e in elements if css in (e.attributes.get("class") or "").split()]


def told(model: Recommender, charity_id: str, t: object) -> str:
    return name(model.charities_.charity(charity_id), t)


@each_language
@pytest.mark.parametrize("view", state.VIEWS)
@pytest.mark.parametrize("answers", [ANSWERS, {}], ids=["asked", "nothing asked"])
def test_every_view_is_drawn(
    app: Open, read: Read, model: Recommender, view: str, answers: dict[str, int], t: object
) -> None:
    elements = read(ask(app(t.code), model, answers, view=view, given_name="Korea Future"))
    assert [e.tag for e in elements].count("h2") >= 1
    facts_are_there(elements, view)


def facts_are_there(elements: list, view: str) -> None:
    """Of every charity that can be unfolded."""
    places = {e.attributes["data-facts"] for e in elements if "data-facts" in e.attributes}
    known = {(e.attributes.get("id") or "").removeprefix("facts-") for e in elements}
    assert places <= known
    assert bool(places) == (view in (state.LIST, state.GIVEN))


@pytest.mark.parametrize("view", state.VIEWS)
def test_every_view_is_drawn_of_a_register(register_app: Open, read: Read, view: str) -> None:
    test = register_app()
    test.session_state["view"] = view
    test.session_state["given_name"] = "Xyz 7"
    facts_are_there(read(test.run()), view)


@each_language
def test_why_not_higher_is_what_the_library_says(
    app: Open, read: Read, model: Recommender, t: object
) -> None:
    run = model.recommend(ANSWERS)
    second = run.index[1]
    elements = read(ask(app(t.code), model, ANSWERS, asked_why=second))
    why = model.why_not(run, second)
    (reason,) = of_class(elements, "wg-reason")
    for sentence in why_said(model, why, t):
        assert sentence in reason
    for part in why.parts.index:
        assert label(part, model.priorities_, t) in reason


def test_why_first_has_the_signs_of_its_sentence(app: Open, read: Read, model: Recommender) -> None:
    run = model.recommend(ANSWERS)
    elements = read(ask(app(), model, ANSWERS, asked_why=run.index[0]))
    # Part by part: what the one above has more, the second column less the first.
    cells = [e.text.replace("\N{MINUS SIGN}", "-") for e in elements if e.tag == "td"]
    points = [int(cell) for cell in cells if cell.lstrip("-").isdigit()]
    assert len(points) >= 6
    for below, above, more in zip(*[iter(points)] * 3, strict=True):
        assert more == above - below
    assert sum(points[2::3]) > 0


def test_only_the_charity_that_was_asked_about_answers(
    app: Open, read: Read, model: Recommender
) -> None:
    assert of_class(read(app()), "wg-reason") == []
    elements = read(ask(app(), model, ANSWERS, asked_why="no such charity"))
    assert of_class(elements, "wg-reason") == []


@each_language
def test_charities_side_by_side_have_the_points_of_the_library(
    app: Open, read: Read, model: Recommender, t: object
) -> None:
    ids = ["pscore", "korea_future", "link"]
    test = ask(app(t.code), model, ANSWERS, view="compare", compared=ids)
    elements = read(test)
    beside = model.compare(model.recommend(ANSWERS), ids)
    heads = [e.text for e in elements if e.tag == "th" and e.attributes.get("scope") == "col"]
    for charity_id, head in zip(ids, heads, strict=True):
        assert head.startswith(told(model, charity_id, t))
    points = of_class(elements, "wg-bar-points")
    expected = [int(n) for _, row in beside.points.iterrows() for n in row]
    assert [int("".join(c for c in said if c.isdigit())) for said in points] == expected
    assert of_class(elements, "wg-differs")


def test_what_differs_comes_first(app: Open, read: Read, model: Recommender) -> None:
    ids = ["pscore", "korea_future"]
    elements = read(ask(app(), model, ANSWERS, view="compare", compared=ids))
    rows = [e for e in elements if e.tag == "tr"]
    facts = rows[next(i for i, e in enumerate(rows) if e.text == EN("compare-facts")) + 1 :]
    differs = [e.attributes.get("class") == "wg-differs" for e in facts]
    known = model.compare(model.recommend(ANSWERS), ids).facts["differs"]
    assert differs[: len(known)] == sorted(differs[: len(known)], reverse=True)
    assert sum(differs) == known.sum() > 0


def test_one_charity_alone_is_not_compared(app: Open, read: Read, model: Recommender) -> None:
    elements = read(ask(app(), model, ANSWERS, view="compare", compared=["pscore"]))
    assert EN("compare-too-few", fewest=2) in [e.text for e in elements]


def test_a_fifth_charity_takes_the_place_of_the_first(app: Open, model: Recommender) -> None:
    test = app()
    five = list(model.charities_.ids([0, 1, 2, 3, 4]))
    chosen: list[str] = []
    for charity_id in five:
        chosen = state.turned(chosen, charity_id)[-state.MOST_COMPARED :]
    assert chosen == five[1:]
    assert not test.exception


@each_language
@pytest.mark.parametrize("typed", ["PSCORE", "pscoer", "Korea Futur", "성통만사"])
def test_a_charity_is_found_by_its_name_as_it_is_typed(
    app: Open, read: Read, model: Recommender, typed: str, t: object
) -> None:
    test = ask(app(t.code), model, ANSWERS, view="given", given_name=typed)
    found = model.search(typed)
    first = found.index[0]
    titles = [e.text for e in read(test) if e.tag in ("h3", "b")]
    assert any(told(model, first, t) in title for title in titles)
    like = model.similar(first, k=5)
    shown = [told(model, charity_id, t) for charity_id in like.index[like["rank"].notna()]]
    assert [title for title in titles if title in shown] == shown


def test_a_name_that_nothing_is_like_is_said(app: Open, model: Recommender) -> None:
    test = ask(app(), model, ANSWERS, view="given", given_name="zzzzqqqq")
    assert EN("given-unknown", name="zzzzqqqq") in [text.value for text in test.text]


def test_a_charity_that_was_left_out_is_found_and_said_to_be(
    app: Open, read: Read, model: Recommender
) -> None:
    left = model.facets_  # any charity of a faith
    assert left
    run = model.recommend(ANSWERS, only={"faith_based": "yes"})
    charity_id = next(iter(run.index))
    facet = {"facet_faith_based": ["yes"], "what_faith_based": "hide"}
    named = told(model, charity_id, EN)
    test = ask(app(), model, ANSWERS, view="given", given_name=named, **facet)
    assert EN("given-left-out") in [e.text for e in read(test)]


def test_answers_are_cleared_with_what_was_set_aside(app: Open, model: Recommender) -> None:
    test = ask(app(), model, ANSWERS, view="compare", compared=["pscore", "link"])
    next(b for b in test.button if b.label == EN("start-again")).click().run()
    assert test.session_state["compared"] == []
    assert test.session_state["view"] == state.LIST
