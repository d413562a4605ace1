"""Leave out or keep: what is chosen, what is left out and why, and the way back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from recommender import Recommender
from recommender.facets import FACETS as EVERY
from recommender.labels import name
from recommender.languages import load_language
from recommender.ui import shown as shown_charities
from recommender.ui import state

Open = Callable[..., AppTest]
Read = Callable[[AppTest], list]
Visits = Callable[..., object]
EN, KO = load_language("en"), load_language("ko")
FIRST_FOUR = dict.fromkeys(("justice", "resettlement", "medical_aid", "education"), 3)
each_language = pytest.mark.parametrize("t", [EN, KO], ids=["en", "ko"])
browser = pytest.mark.browser


def choose(test: AppTest, facet: str, values: list[str], what: str = state.ONLY) -> AppTest:
    test.session_state[f"facet_{facet}"] = values
    test.session_state[f"what_{facet}"] = what
    return test.run()


def shown(elements: list) -> list[str]:
    titles = [e.text for e in elements if e.tag in ("h3", "b")]
    return [re.sub(r"^(Rank \d+(, tied)?|.*\d위): ", "", title) for title in titles]


def chips(elements: list) -> list[str]:
    return [e.text.split(" ×")[0] for e in elements if e.tag == "li" and "×" in e.text]


def texts(elements: list) -> list[str]:
    return [e.text for e in elements]


def test_the_page_asks_for_every_facet_that_there_is() -> None:
    assert sorted(shown_charities.FACETS) == sorted(EVERY)


@each_language
def test_a_facet_offers_its_values_with_their_counts_and_not_stated_last(
    app: Open, model: Recommender, t: object
) -> None:
    test = app(t.code)
    counts = model.facets()["faith_based"]
    group = test.get_by_key("facet_faith_based")
    assert group.label == t("fact-faith_based")
    assert group.options == [
        t("facets-value", value=t(f"value-{key}"), count=t.number(counts[value]))
        for value, key in (("yes", "yes"), ("no", "no"), ("not stated", "not-stated"))
    ]
    assert not group.value


def test_facets_that_part_nothing_are_not_asked_about(app: Open) -> None:
    test = app()
    keys = {str(group.key) for group in test.button_group if str(group.key).startswith("facet_")}
    assert "facet_works_in" in keys
    assert not keys & {"facet_country", "facet_region", "facet_size", "facet_described_by"}


@pytest.mark.parametrize("what", [state.ONLY, state.HIDE])
def test_the_list_is_the_run_with_what_was_chosen(
    app: Open, read: Read, model: Recommender, what: str
) -> None:
    choice = {"works_in": ["south_korea"], "faith_based": ["yes"]}
    run = model.recommend(FIRST_FOUR, **{what: choice})
    assert 0 < len(run) < 45
    test = choose(app(), "works_in", choice["works_in"], what)
    elements = read(choose(test, "faith_based", choice["faith_based"], what))
    ranked = int(run["rank"].notna().sum())
    names = [name(model.charities_.charity(c), EN) for c in run.index[:ranked]]
    assert len(shown(elements)) == len(run)
    assert shown(elements)[:ranked] == names
    good = int((run["band"] == "good").sum())
    assert EN("results-summary", good=good, all=len(run)) in texts(elements)


@each_language
def test_what_is_left_out_is_told_with_reasons_and_counts(
    app: Open, read: Read, model: Recommender, t: object
) -> None:
    run = model.recommend(FIRST_FOUR, only={"faith_based": ["yes"]})
    excluded = model.exclusions(run)["faith_based"]
    elements = read(choose(app(t.code), "faith_based", ["yes"]))
    said = t("left-out", facet=t("fact-faith_based"), count=int(excluded.sum()))
    assert chips(elements) == [said]
    (reasons,) = (e.text for e in elements if e.tag == "dd" and " · " in e.text and ": " in e.text
                  and t("value-no") in e.text and str(excluded["no"]) in e.text)  # fmt: skip
    for value, key in (("no", "no"), ("not stated", "not-stated")):
        count = t.number(excluded[value])
        assert t("left-out-value", value=t(f"value-{key}"), count=count) in reasons


def test_only_yes_leaves_out_not_stated_and_hiding_no_keeps_it(app: Open, read: Read) -> None:
    only = shown(read(choose(app(), "faith_based", ["yes"])))
    kept = shown(read(choose(app(), "faith_based", ["no"], state.HIDE)))
    assert set(only) < set(kept)


def test_what_a_press_will_do_is_seen_before_and_is_no_answer(app: Open, read: Read) -> None:
    test = app()
    what = test.get_by_key("what_status")
    assert what.options == [EN("facets-only"), EN("facets-hide")]
    assert what.value == state.ONLY
    fresh = texts(read(test))
    assert texts(read(what.set_value(state.HIDE).run())) == fresh
    assert EN("results-untouched") in fresh


def test_start_again_brings_everything_back(app: Open, read: Read) -> None:
    test = app()
    fresh = texts(read(test))
    assert texts(read(choose(test, "status", ["paused"], state.HIDE))) != fresh
    assert EN("results-untouched") not in texts(read(test))
    next(b for b in test.button if b.label == EN("start-again")).click().run()
    assert texts(read(test)) == fresh
    assert test.session_state["what_status"] == state.ONLY


def test_a_choice_survives_the_other_page_and_stays_unfolded(app: Open, read: Read) -> None:
    test = choose(app(), "status", ["paused"], state.HIDE)
    before = shown(read(test))
    test.switch_page("recommender/ui/pages/method.py").run()
    test.switch_page("recommender/ui/pages/find.py").run()
    assert shown(read(test)) == before
    assert test.expander[1].proto.expanded


def test_when_nothing_is_left_the_page_says_so(app: Open, read: Read) -> None:
    test = choose(app(), "faith_based", ["yes"])
    test = choose(test, "government_linked", ["yes"])
    elements = read(choose(test, "status", ["paused"]))
    assert shown(elements) == []
    assert EN("results-none-left-heading") in texts(elements)
    assert EN("results-none-left") in texts(elements)
    assert len(chips(elements)) >= 2
    assert EN("left-out-restore-all") in texts(elements)


def test_of_many_only_what_is_left_is_counted(
    register_app: Open, read: Read, register: Recommender
) -> None:
    only = {"size": ["under 10k"]}
    run = register.recommend({"education": 3}, k=10, only=only)
    test = register_app()
    for group in test.button_group:
        if str(group.key).startswith("weight_"):
            group.set_value(3 if group.key == "weight_education" else "skip")
    elements = read(choose(test, "size", only["size"]))
    assert shown(elements)[:3] == run["name"].tolist()[:3]
    assert chips(elements) == [EN("left-out", facet=EN("fact-size"), count=225)]


def test_what_a_register_writes_freely_is_searched_and_never_markdown(register_app: Open) -> None:
    test = register_app()
    region = test.get_by_key("facet_region")
    assert region in test.multiselect
    assert any("* [x](y)" in option for option in region.options)


@browser
def test_one_press_brings_back_what_a_facet_left_out(visit: Visits) -> None:
    v = visit()
    facets = v.unfold_facets()
    v.press(facets.get_by_role("button", name="paused inside North Korea", exact=False))
    expect(v.page.locator(".wg-left .wg-chips li")).to_have_count(1)
    before = v.page.locator("#results h2").inner_text()
    v.press(facets.locator(".st-key-facet-status").get_by_role("radio", name=EN("facets-hide")))
    expect(v.page.locator("#results h2")).not_to_have_text(before)
    v.press(v.page.locator(".wg-left .wg-remove"))
    expect(v.page.locator(".wg-left")).to_have_count(0)
    expect(facets.locator("[aria-pressed=true]")).to_have_count(0)
