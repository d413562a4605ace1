"""What a donor does on the page of questions and results, in AppTest, and what the page answers."""

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.labels import label, name
from recommender.languages import load_language
from recommender.priorities import Priority

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
EN, KO = load_language("en"), load_language("ko")


def weights(test: AppTest, model: Recommender) -> dict[str, object]:
    return {p: test.get_by_key(f"weight_{p}").value for p in model.agenda_}


def answer(test: AppTest, model: Recommender, steps: dict[str, object]) -> AppTest:
    """Give every priority an answer: those that aren't named are skipped."""
    for priority in model.agenda_:
        test.get_by_key(f"weight_{priority}").set_value(steps.get(priority, "skip"))
    return test.run()


def offered(model: Recommender) -> list[Priority]:
    return [model.priorities_[name] for name in model.agenda_]


def click(test: AppTest, label: str) -> AppTest:
    return next(button for button in test.button if button.label == label).click().run()


def shown(elements: list) -> list[str]:
    """The charities' names from top to bottom, without the rank that a screen reader says."""
    titles = [e.text for e in elements if e.tag in ("h3", "b")]
    return [title.split(": ", 1)[1] if title.startswith("Rank ") else title for title in titles]


def named(model: Recommender, run: pd.DataFrame, t=EN) -> list[str]:
    """The names of a run as they are shown: by rank, then those without one by name."""
    ranked = run["rank"].notna()
    names = pd.Series([name(model.charities_.charity(c), t) for c in run.index], index=run.index)
    return [*names[ranked], *sorted(names[~ranked], key=str.casefold)]


def of_class(elements: list, css: str) -> list[str]:
    return [e.text for e in elements if css in (e.attributes.get("class") or "").split()]


@pytest.fixture
def first_answers(model: Recommender) -> dict[str, object]:
    return {p.id: 3 if p.on_by_default else "skip" for p in offered(model)}


def test_a_first_visit_shows_every_charity_once(app: Open, read: Read, model: Recommender) -> None:
    names = shown(read(app()))
    assert len(names) == len(set(names)) == len(model.charities_) == 45


def test_a_first_visit_is_the_ranking_by_the_first_four(
    app: Open, read: Read, model: Recommender, first_answers: dict[str, object]
) -> None:
    rated = {p: w for p, w in first_answers.items() if w != "skip"}
    run = model.recommend(rated)
    elements = read(app())
    assert shown(elements) == named(model, run)
    texts = [e.text for e in elements]
    assert EN("results-untouched") in texts
    good = int((run["band"] == "good").sum())
    assert EN("results-summary", good=good, all=len(run)) in texts


def test_those_with_nothing_found_are_counted(app: Open, read: Read, model: Recommender) -> None:
    texts = [e.text for e in read(answer(app(), model, {"psychosocial": 5}))]
    none_found = int(model.recommend({"psychosocial": 5})["rank"].isna().sum())
    assert none_found
    assert EN("none-heading") in texts
    assert EN("none-explained", count=none_found) in texts


FOLDS = ("more-priorities", "facets-heading", "own-heading")


def test_a_first_visit_asks_four_priorities_and_folds_eight_more(
    app: Open, model: Recommender, first_answers: dict[str, object]
) -> None:
    test = app(folded=True)
    assert [fold.label for fold in test.expander] == [EN(key) for key in FOLDS]
    # Folded, nothing of it is made; it is drawn when it is opened.
    assert not any(fold.proto.expanded or fold.children for fold in test.expander)
    test = app()
    assert weights(test, model) == first_answers
    more, facets, own = test.expander
    assert all(fold.proto.expanded for fold in test.expander)
    assert facets.button_group
    assert own.file_uploader
    folded = [group.key.removeprefix("weight_") for group in more.button_group]
    assert folded == [p.id for p in offered(model) if not p.on_by_default]
    assert len(folded) == 8
    assert len(first_answers) == 12


def test_every_question_offers_skip_and_nought_to_five(app: Open, model: Recommender) -> None:
    test = app()
    for priority in offered(model):
        group = test.get_by_key(f"weight_{priority.id}")
        assert group.label == priority.label["en"]
        assert group.options == [EN("answer-skip"), "0", "1", "2", "3", "4", "5"]
        assert group.proto.help == priority.definition["en"]


@pytest.mark.parametrize(
    "answers",
    [
        {"justice": 5},
        {"justice": 1, "medical_aid": 5},
        {"rescue_protection": 4, "faith_freedom": 2},
        {"education": 0, "food_nutrition": 5},
    ],
    ids=str,
)
def test_the_list_is_the_order_of_the_model(
    app: Open, read: Read, model: Recommender, answers: dict[str, object]
) -> None:
    test = app()
    before = shown(read(test))
    elements = read(answer(test, model, answers))
    assert shown(elements) == named(model, model.recommend(answers))
    assert shown(elements) != before
    assert EN("results-untouched") not in [e.text for e in elements]


def test_the_points_of_a_card_are_those_of_the_breakdown(
    app: Open, read: Read, model: Recommender, first_answers: dict[str, object]
) -> None:
    rated = {p: w for p, w in first_answers.items() if w != "skip"}
    run = model.recommend(rated, k=10)
    expected = []
    for charity in run.index:
        points = model.breakdown(run, charity)["points"]
        points = points[points > 0].sort_values(ascending=False, kind="stable")
        expected += [f"{label(p, model.priorities_, EN)} {EN('card-points-of', points=n)}"
                     for p, n in points.items()]  # fmt: skip
    elements = read(app())
    bars = zip(of_class(elements, "wg-bar-label"), of_class(elements, "wg-bar-points"), strict=True)
    assert [" ".join(bar) for bar in bars] == expected


def test_the_marked_words_of_the_first_card_are_the_evidence(
    app: Open, read: Read, model: Recommender
) -> None:
    answers = {"medical_aid": 5}
    run = model.recommend(answers, k=1)
    elements = read(answer(app(), model, answers))
    found = model.evidence(run, run.index[0], "en")["medical_aid"]
    assert found.words
    marks = [e.text for e in elements if e.tag == "mark"]
    marked = [piece for piece, is_marked in found.pieces() if is_marked]
    assert marks[: len(marked)] == marked
    assert found.sentence in [e.text for e in elements if e.tag == "p"]


@pytest.mark.parametrize("step", ["skip", 0])
def test_without_any_weight_the_list_is_by_name_and_without_ranks(
    app: Open, read: Read, model: Recommender, step: object
) -> None:
    elements = read(answer(app(), model, dict.fromkeys(model.agenda_, step)))
    texts = [e.text for e in elements]
    assert not of_class(elements, "wg-rank")
    assert not of_class(elements, "wg-band")
    assert EN("results-nothing-asked-heading") in texts
    assert EN("results-nothing-asked") in texts
    names = shown(elements)
    assert len(names) == 45
    assert names == sorted(names, key=str.casefold)


def test_in_korean_the_list_by_name_is_in_korean_order(
    app: Open, read: Read, model: Recommender
) -> None:
    names = shown(read(answer(app("ko-KR"), model, {})))
    assert len(names) == 45
    assert names == sorted(names)


def test_nought_and_skip_add_nothing_but_stay_what_was_answered(
    app: Open, read: Read, model: Recommender
) -> None:
    skipped = answer(app(), model, {"justice": 5})
    nought = answer(app(), model, {"justice": 5, "education": 0})
    points = [of_class(read(test), "wg-bar-points") for test in (nought, skipped)]
    assert points[0] == points[1] != []
    assert shown(read(nought)) == shown(read(skipped))
    assert weights(nought, model)["education"] == 0
    assert weights(skipped, model)["education"] == "skip"


def test_own_words_rank_and_have_a_bar_of_their_own(
    app: Open, read: Read, model: Recommender
) -> None:
    test = answer(app(), model, {"justice": 2})
    before = shown(read(test))
    elements = read(test.text_area[0].set_value("tuberculosis patients").run())
    run = model.recommend({"justice": 2}, text="tuberculosis patients")
    assert shown(elements) == named(model, run) != before
    assert EN("text-label") in of_class(elements, "wg-bar-label")


def test_own_words_alone_are_enough_for_a_ranking(
    app: Open, read: Read, model: Recommender
) -> None:
    test = answer(app(), model, {})
    elements = read(test.text_area[0].set_value("tuberculosis").run())
    assert shown(elements) == named(model, model.recommend(text="tuberculosis"))
    assert of_class(elements, "wg-rank")


def test_words_that_no_description_holds_are_named_as_plain_text(
    app: Open, model: Recommender
) -> None:
    test = app()
    assert not test.text
    test.text_area[0].set_value("tuberculosis zyxwvut").run()
    assert [text.value for text in test.text] == [EN("own-words-unknown", words="zyxwvut")]


def test_words_found_nowhere_are_no_judgement(app: Open, read: Read, model: Recommender) -> None:
    test = answer(app(), model, {})
    elements = read(test.text_area[0].set_value("zyxwvut").run())
    assert EN("results-none") in [e.text for e in elements]
    assert not of_class(elements, "wg-rank")
    assert len(shown(elements)) == 45


@pytest.mark.parametrize("character", ["a", "한", "\u0958"], ids=["latin", "hangul", "expands"])
def test_as_many_characters_as_the_field_takes_are_read(app: Open, character: str) -> None:
    # U+0958 is two characters in composed form: 2,000 of them pass the field and become 4,000.
    test = app()
    text = character * test.text_area[0].proto.max_chars
    test.text_area[0].set_value(text).run()
    assert not test.exception


def test_a_change_of_language_keeps_the_answers(app: Open, read: Read, model: Recommender) -> None:
    test = answer(app(), model, {"medical_aid": 5, "faith_freedom": 1})
    test.text_area[0].set_value("school").run()
    given = weights(test, model)
    run = model.recommend({"medical_aid": 5, "faith_freedom": 1}, text="school")
    elements = read(test.get_by_key("language").set_value("ko").run())
    assert test.title[0].value == KO("title")
    assert weights(test, model) == given
    assert test.text_area[0].value == "school"
    ranked = [e.text for e in elements if e.tag in ("h3", "b")]
    expected = named(model, run, KO)
    assert len(ranked) == len(expected)
    assert all(title.endswith(korean) for title, korean in zip(ranked, expected, strict=True))


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("ko-KR", KO("title")),
        ("ko", KO("title")),
        ("en-US", EN("title")),
        ("de-DE", EN("title")),
        (None, EN("title")),
    ],
)
def test_the_browser_decides_the_language_at_first(app: Open, locale: str, title: str) -> None:
    assert app(locale).title[0].value == title


def test_start_again_forgets_the_answers_but_not_the_language(
    app: Open, read: Read, model: Recommender, first_answers: dict[str, object]
) -> None:
    test = app()
    test.get_by_key("language").set_value("ko").run()
    fresh = [e.text for e in read(test)]
    answer(test, model, {"medical_aid": 5, "faith_freedom": 1})
    test.text_area[0].set_value("zyxwvut").run()
    click(test, KO("rest-show", count=len(further(test))))
    assert [e.text for e in read(test)] != fresh
    click(test, KO("start-again"))
    assert not any(fold.proto.expanded for fold in test.expander[:2])
    test.session_state["more_open"] = True
    test.run()
    assert weights(test, model) == first_answers
    assert not test.text_area[0].value
    assert not test.text
    assert [e.text for e in read(test)] == fresh
    assert test.title[0].value == KO("title")


def further(test: AppTest) -> list[str]:
    """The lines under "Further down"."""
    rest = next(html.value for html in test.html if "wg-rest" in html.value)
    return rest.split("<details")[1:]


def test_more_in_full_unfolds_everything_that_is_ranked(
    app: Open, read: Read, model: Recommender
) -> None:
    test = answer(app(), model, {"justice": 5, "education": 5})
    run = model.recommend({"justice": 5, "education": 5})
    ranked = int(run["rank"].notna().sum())
    before = read(test)
    assert EN("rest-heading") in [e.text for e in before]
    after = read(click(test, EN("rest-show", count=ranked - 10)))
    cards = [e for e in after if "wg-card" in (e.attributes.get("class") or "").split()]
    assert len(cards) == ranked > 10
    assert shown(after) == shown(before)
    assert EN("rest-heading") not in [e.text for e in after]
    assert EN("rest-show", count=ranked - 10) not in [button.label for button in test.button]


def test_equal_scores_are_shown_as_a_shared_rank(
    app: Open, read: Read, another_catalogue: Callable[..., None], fitted: Callable
) -> None:
    same, other = "It runs a school and teaches pupils.", "A clinic treats patients."
    rows = [{"charity_id": f"tied_{n}", "name": f"Xyz {n}", "description": same} for n in "ba"]
    rows.append(
        {"charity_id": "tied_c", "name": "Xyz c", "description": f"{other} It has a school"}
    )
    model = fitted(rows)
    run = model.recommend({"education": 5})
    assert run["tied"].tolist() == [True, True, False]
    another_catalogue(model)
    elements = read(answer(app(), model, {"education": 5}))
    assert of_class(elements, "wg-rank") == ["1=", "1=", "3"]
    titles = [e.text for e in elements if e.tag == "h3"]
    tied = [f"Rank 1, tied: {name}" for name in run["name"].iloc[:2]]
    assert titles == [*tied, "Rank 3: Xyz c"]
    assert EN("results-ties") in [e.text for e in elements]
