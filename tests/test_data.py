import re
from collections import Counter

import pandas as pd
import pytest

from recommender import load_catalogue, load_priorities, load_sources
from recommender.evaluation import load_judgements
from recommender.masking import mask_names
from recommender.paths import data_folder
from recommender.profiles import UNMEASURED
from recommender.schema import JUDGEMENTS, NOT_STATED, YES_NO, figures, items
from recommender.text import LANGUAGES, sentences

CATALOGUE = load_catalogue()
SOURCES = load_sources()
PRIORITIES = load_priorities()
FACETS = ["faith_based", "government_linked", "lobbies"]
EACH = pytest.mark.parametrize("charity_id", CATALOGUE.index)
SEEDS = ["link", "khf", "cfk", "choson_exchange", "korea_future", "pscore"]


def own_names(row: pd.Series) -> list[str]:
    names = [row["name"], row["name_ko"], row["short_name"], *items(row["aliases"])]
    return [name for name in names if name]


def spoken(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


def test_there_are_45_charities_and_the_six_come_first() -> None:
    assert len(CATALOGUE) == 45
    assert CATALOGUE.index[:6].tolist() == SEEDS


@EACH
def test_every_fact_has_its_source(charity_id: str) -> None:
    row = CATALOGUE.loc[charity_id]
    needed = {c for c in ("founded", "figures", "legal_form", "base") if row[c]} | {"description"}
    needed |= {facet for facet in FACETS if row[facet] != NOT_STATED}
    needed |= {"status"} if row["status"] != NOT_STATED or row["last_evidence"] else set()
    sourced = set(SOURCES.loc[SOURCES["charity_id"] == charity_id, "column"])
    assert needed - sourced == set()


def test_every_source_supports_something_that_is_stated() -> None:
    assert set(SOURCES["column"]) <= set(CATALOGUE.columns)
    # A note, a status and a facet may also rest on a page that says what is not known.
    plain = SOURCES[SOURCES["column"].isin(["description", "figures", "legal_form", "base"])]
    empty = [
        (row.charity_id, row.column)
        for row in plain.itertuples()
        if not CATALOGUE.at[row.charity_id, row.column]
    ]
    assert empty == []


def test_no_source_stands_twice() -> None:
    assert SOURCES[SOURCES.duplicated(["charity_id", "column", "url"])].empty


@EACH
def test_a_description_has_60_to_120_words(charity_id: str) -> None:
    assert 60 <= len(CATALOGUE.at[charity_id, "description"].split()) <= 120


@EACH
def test_a_description_is_there_in_korean_sentence_for_sentence(charity_id: str) -> None:
    row = CATALOGUE.loc[charity_id]
    assert len(re.findall("[가-힣]", row["description_ko"])) > 80
    assert len(spoken(row["description"])) == len(spoken(row["description_ko"]))


@EACH
@pytest.mark.parametrize("column", ["description", "description_ko"])
def test_a_description_does_not_name_its_own_charity(charity_id: str, column: str) -> None:
    row = CATALOGUE.loc[charity_id]
    assert mask_names(row[column], own_names(row)) == row[column]
    long = [name for name in own_names(row) if len(name) > 5]
    assert [name for name in long if name.casefold() in row[column].casefold()] == []


def test_no_two_charities_share_a_name() -> None:
    names = [
        (re.sub(r"\W|_", "", name).casefold(), charity_id)
        for charity_id, row in CATALOGUE.iterrows()
        for name in {charity_id, *own_names(row)}
    ]
    by_name: dict[str, set[str]] = {}
    for name, charity_id in names:
        by_name.setdefault(name, set()).add(charity_id)
    assert {name: ids for name, ids in by_name.items() if len(ids) > 1} == {}
    assert len(by_name) > 90


@pytest.mark.parametrize("column", ["description", "description_ko"])
def test_no_two_descriptions_share_a_sentence(column: str) -> None:
    counts = Counter(s.casefold().rstrip(".") for text in CATALOGUE[column] for s in spoken(text))
    assert [sentence for sentence, count in counts.items() if count > 1] == []
    assert len(counts) > 150


def test_the_leftover_line_of_the_seed_is_in_no_table() -> None:
    for name in ("charities.csv", "sources.csv", "judgements.csv"):
        text = (data_folder() / name).read_text(encoding="utf-8")
        assert not re.search(r"yemen|AAM[ -]Nation|예멘", text, re.IGNORECASE), name


@EACH
def test_what_a_charity_claims_of_itself_is_not_in_its_description(charity_id: str) -> None:
    row = CATALOGUE.loc[charity_id]
    for suffix in ("", "_ko"):
        text = row[f"description{suffix}"].casefold()
        for claim in items(row[f"self_claims{suffix}"]):
            assert claim.casefold().rstrip(".") not in text
    assert not re.search(r"\bthe only\b|\bexclusively\b|\bleading\b", row["description"])
    assert len(items(row["self_claims"])) == len(items(row["self_claims_ko"]))


def test_the_claim_of_the_seed_is_kept_as_a_claim() -> None:
    assert "only" in CATALOGUE.at["pscore", "self_claims"].casefold()


@EACH
def test_figures_are_the_same_in_both_languages(charity_id: str) -> None:
    row = CATALOGUE.loc[charity_id]
    english, korean = figures(row["figures"]), figures(row["figures_ko"])
    assert [(f["kind"], f["year"]) for f in english] == [(f["kind"], f["year"]) for f in korean]
    assert len(english) == len(items(row["figures"]))


@EACH
def test_every_text_is_there_in_korean_too(charity_id: str) -> None:
    row = CATALOGUE.loc[charity_id]
    for column in CATALOGUE.columns:
        if column.endswith("_ko") and column not in ("name_ko", "description_ko"):
            assert bool(row[column]) == bool(row[column.removesuffix("_ko")]), column


@EACH
def test_a_charity_tells_where_its_money_acts(charity_id: str) -> None:
    assert items(CATALOGUE.at[charity_id, "works_in"])


def test_a_paused_charity_says_what_is_paused() -> None:
    paused = CATALOGUE[CATALOGUE["status"] == "paused"]
    assert len(paused) >= 5
    assert (paused["status_note"] != "").all()
    assert paused["works_in"].str.contains("inside_north_korea").all()


@pytest.mark.parametrize(
    ("charity_id", "year"),
    [
        ("link", "2004"),
        ("khf", "2010"),
        ("cfk", "1995"),
        ("choson_exchange", ""),
        ("korea_future", "2017"),
        ("pscore", "2006"),
    ],
)
def test_the_founding_years_of_the_seeds(charity_id: str, year: str) -> None:
    assert CATALOGUE.at[charity_id, "founded"] == year


def test_a_disputed_year_is_explained() -> None:
    note = CATALOGUE.at["choson_exchange", "founded_note"]
    assert "disputed" in note
    assert {"2007", "2009"} <= set(re.findall(r"\d{4}", note))


@pytest.mark.parametrize(
    ("charity_id", "column", "value"),
    [
        ("khf", "government_linked", "yes"),
        ("khf", "faith_based", "no"),
        ("cfk", "faith_based", "yes"),
        ("pscore", "lobbies", "yes"),
        ("cfk", "works_in", "inside_north_korea"),
        ("cfk", "status", "paused"),
        ("khf", "works_in", "south_korea"),
    ],
)
def test_the_facts_of_the_seeds(charity_id: str, column: str, value: str) -> None:
    assert CATALOGUE.at[charity_id, column] == value


def test_of_the_six_four_do_not_act_inside_north_korea() -> None:
    inside = CATALOGUE.loc[SEEDS, "works_in"].map(lambda cell: "inside_north_korea" in items(cell))
    assert not inside[["link", "khf", "korea_future", "pscore"]].any()


def test_every_profile_belongs_to_a_priority_and_was_written_by_the_command() -> None:
    profiles = {path.stem: path for path in sorted((data_folder() / "profiles").glob("*.csv"))}
    del profiles["levels"]
    assert set(profiles) == set(PRIORITIES.learned) <= set(PRIORITIES.ids)
    assert len(profiles) > 20
    for path in profiles.values():
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[1].startswith("# Learned by `python -m recommender learn` from ")
        assert re.fullmatch(r"# \d+ of \d+ charities have a code of [A-Z0-9, ]+\.", lines[2])
        assert re.fullmatch(r"# Strength .* nDCG@10 0\.\d{3}, the lexicon alone .*\.", lines[3])
        assert lines[4] == "term,weight"


@pytest.mark.parametrize("priority", PRIORITIES.learned)
def test_every_word_of_a_profile_is_read_as_one_term(priority: str) -> None:
    analyser, weights = PRIORITIES.analyser, PRIORITIES.learned[priority]
    terms = [analyser.term(word, "en") for word in weights]
    assert [t for t, n in Counter(terms).items() if n > 1 or not t] == []
    silent = [w for w, t in zip(weights, terms, strict=True) if t not in analyser.terms(w, "en")]
    assert silent == []
    assert min(weights.values()) >= 0 < max(weights.values())


def test_each_priority_has_a_level_above_nought_in_each_language() -> None:
    assert set(PRIORITIES.levels) == set(PRIORITIES.ids)
    for by_language in PRIORITIES.levels.values():
        assert set(by_language) == {"en", "ko"}
        assert all(0 < level < 1 for level in by_language.values())


def test_korean_stop_words_are_syllables_that_stand_once() -> None:
    text = (data_folder() / "stop_words" / "ko.txt").read_text(encoding="utf-8")
    stops = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch("[가-힣]{1,2}", stop) for stop in stops)
    assert len(set(stops)) == len(stops) > 50


def test_facets_hold_both_answers_and_what_is_not_known() -> None:
    for facet in FACETS:
        answers = {"yes", "not stated"} if facet == "lobbies" else set(YES_NO)
        assert set(CATALOGUE[facet]) == answers


def test_judgements_are_the_mean_of_two_judges_halves_up() -> None:
    table = pd.read_csv(data_folder() / "judgements.csv")
    assert list(table.columns) == [column.name for column in JUDGEMENTS]
    mean = (table["grade_a"] + table["grade_b"] + 1) // 2
    assert (table["grade"] == mean).all()
    assert (table["grade"] == load_judgements()["relevance"]).all()
    assert (table["grade_a"] != table["grade_b"]).any()


@pytest.mark.parametrize(
    ("priority", "charity_id", "least"),
    [
        ("justice", "korea_future", 3),
        ("resettlement", "khf", 3),
        ("medical_aid", "cfk", 3),
        ("medical_aid", "khf", 2),
        ("education", "choson_exchange", 3),
        ("education", "pscore", 3),
    ],
)
def test_the_judges_agree_with_the_seeds(priority: str, charity_id: str, least: int) -> None:
    judged = load_judgements().set_index(["query_id", "doc_id"])["relevance"]
    assert judged[priority, charity_id] >= least


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_level_of_what_was_not_measured_is_the_usual_one(language: str) -> None:
    assert load_priorities().level[language] == pytest.approx(UNMEASURED[language], rel=0.01)
