import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from recommender import CatalogueError, Recommender, RecommenderError, UnknownNameError
from recommender.evaluation import load_judgements
from recommender.paths import data_folder
from recommender.priorities import Priorities, Priority, load_priorities
from recommender.profiles import UNMEASURED, write_profiles
from recommender.schema import items
from recommender.text import LANGUAGES, Analyser

SHIPPED = load_priorities()
EACH = pytest.mark.parametrize("priority", SHIPPED.items, ids=SHIPPED.ids)
# The priorities of the shipped catalogue, whose lexicons were written from their definitions.
JUDGED = pytest.mark.parametrize(
    "priority", [SHIPPED[name] for name in SHIPPED.agendas["north_korea"]], ids=lambda p: p.id
)
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def entries(priority: Priority, language: str) -> list[str]:
    return list(chain.from_iterable(priority.lexicon[language].values()))


def words(text: str) -> set[str]:
    """The terms of single English words."""
    return set(Analyser().terms(text, "en"))


def test_the_four_of_the_order_come_first_and_are_on() -> None:
    assert SHIPPED.ids[:4] == ("justice", "resettlement", "medical_aid", "education")
    assert [p.id for p in SHIPPED.items if p.on_by_default] == list(SHIPPED.ids[:4])
    assert len(set(SHIPPED.ids)) == len(SHIPPED.ids) == 35


def test_agendas_offer_known_priorities_and_each_priority_is_offered() -> None:
    assert {name: len(ids) for name, ids in SHIPPED.agendas.items()} == {
        "north_korea": 12,
        "general": 27,
    }
    for ids in SHIPPED.agendas.values():
        assert ids[:4] == SHIPPED.ids[:4]
        assert len(set(ids)) == len(ids)
    assert set(chain.from_iterable(SHIPPED.agendas.values())) == set(SHIPPED.ids)


def test_the_priorities_of_the_shipped_catalogue_and_no_others_are_judged() -> None:
    judged = set(load_judgements()["query_id"])
    assert judged == set(SHIPPED.agendas["north_korea"])


@EACH
@LANGUAGE
def test_a_priority_is_described_in_every_language(priority: Priority, language: str) -> None:
    assert priority.label[language].strip()
    assert priority.definition[language].strip().endswith(".")
    assert set(priority.lexicon[language]) == set(SHIPPED.tiers)


@EACH
def test_a_priority_ranks_something(
    priority: Priority, fitted: Callable[[list[dict[str, str]]], Recommender]
) -> None:
    said = {"description": priority.definition["en"], "description_ko": priority.definition["ko"]}
    run = fitted([{"description": "Nothing."}, said]).recommend({priority.id: 1})
    assert run.index[0] == "c1"
    assert run["score"].iloc[0] > 0 == run["score"].iloc[1]


@JUDGED
def test_a_priority_of_the_shipped_catalogue_has_judgements(
    priority: Priority, model: Recommender
) -> None:
    assert model.recommend({priority.id: 1})["score"].max() > 0
    judged = load_judgements().query("query_id == @priority.id")
    assert len(judged) == len(model.catalogue_)
    assert judged["relevance"].max() >= 2


@EACH
@LANGUAGE
def test_every_entry_yields_a_term_that_its_own_words_yield(
    priority: Priority, language: str
) -> None:
    analyser = SHIPPED.analyser
    silent = [
        entry
        for entry in entries(priority, language)
        if not analyser.term(entry, language)
        or analyser.term(entry, language) not in analyser.terms(entry, language)
    ]
    assert silent == []


@EACH
def test_no_phrase_shrinks_to_one_word_without_its_stop_words(priority: Priority) -> None:
    shrunk = {
        entry: term
        for entry in entries(priority, "en")
        if " " in entry and " " not in (term := SHIPPED.analyser.term(entry, "en"))
    }
    assert shrunk == {}


@EACH
@LANGUAGE
def test_no_entry_stands_twice(priority: Priority, language: str) -> None:
    found = pd.Series([entry.casefold() for entry in entries(priority, language)])
    assert found[found.duplicated()].tolist() == []


@EACH
@LANGUAGE
def test_no_two_entries_are_the_same_term(priority: Priority, language: str) -> None:
    by_term: dict[str, list[str]] = {}
    for entry in entries(priority, language):
        by_term.setdefault(SHIPPED.analyser.term(entry, language), []).append(entry)
    assert {term: found for term, found in by_term.items() if len(found) > 1} == {}


@EACH
def test_the_words_of_label_and_definition_stand_in_the_lexicon(priority: Priority) -> None:
    # Words that every charity's text holds, so that they tell no priority from another.
    everywhere = "aid concerned cut helping people refugees responsible support"
    said = words(f"{priority.label['en']} {priority.definition['en']}")
    listed = set(chain.from_iterable(words(entry) for entry in entries(priority, "en")))
    assert said - listed - words(everywhere) == set()


@EACH
@LANGUAGE
def test_a_lexicon_names_no_charity(
    priority: Priority, language: str, catalogue: pd.DataFrame
) -> None:
    columns = ["name", "name_ko", "short_name"]
    names = {name for column in columns for name in catalogue[column]}
    names |= {alias for cell in catalogue["aliases"] for alias in items(cell)}
    found = [
        (entry, name)
        for entry in entries(priority, language)
        for name in names
        if len(name) > 3 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", entry, re.IGNORECASE)
    ]
    assert found == []


@LANGUAGE
def test_a_false_friend_is_no_single_word_that_texts_are_about(language: str) -> None:
    for friend in SHIPPED.false_friends[language]:
        term = SHIPPED.analyser.term(friend, language)
        assert term in SHIPPED.analyser.terms(friend, language), friend


@pytest.mark.parametrize("order", [["related", "core"], ["core", "related"]])
def test_the_strongest_tier_of_a_term_counts(order: list[str]) -> None:
    listed = {"related": ("schools",), "core": ("school", "rule of law")}
    lexicon = {"en": {tier: listed[tier] for tier in order}}
    priority = Priority("p", {"en": "P"}, {"en": "P."}, False, lexicon)
    own = Priorities((priority,), {"core": 1.0, "related": 0.4}, {})
    assert own.profile(priority, "en") == {"school": 1.0, "rule law": 1.0}
    assert own.profile(priority, "ko") == {}


def test_the_phrases_of_every_priority_are_read(priorities: Priorities) -> None:
    phrase = priorities.analyser.term("crimes against humanity", "en")
    assert " " in phrase
    assert phrase in priorities.analyser.terms("The crime against humanity.", "en")
    assert "정착지원" in priorities.analyser.terms("정착 지원을", "ko")


def own(**learned: dict[str, float]) -> Priorities:
    """Two priorities, and what was learned of them."""
    lexicons = {
        "law": {"en": {"core": ("rule of law", "courts")}, "ko": {"core": ("법치",)}},
        "school": {"en": {"core": ("schools",), "related": ("teach",)}},
    }
    items = tuple(Priority(p, {"en": p}, {"en": p}, False, lex) for p, lex in lexicons.items())
    return Priorities(items, {"core": 1.0, "related": 0.4}, {}, learned=learned)


def test_what_was_learned_takes_the_place_of_the_lexicon_for_the_words_it_holds() -> None:
    taught = own(law={"courts": 0.3, "legal aid": 2.0, "rules of law": 0.0})
    assert taught.profile(taught["law"], "en") == {"court": 0.3, "legal aid": 2.0}
    assert taught.profile(taught["law"], "ko") == own().profile(own()["law"], "ko") != {}
    assert taught.profile(taught["school"], "en") == {"school": 1.0, "teach": 0.4}
    assert taught.lexicon_weights(taught["law"], "en") == {"court": 1.0, "rule law": 1.0}


def test_phrases_that_were_learned_are_read() -> None:
    assert "legal aid" in own(law={"legal aid": 2.0}).analyser.terms("It gives legal aid.", "en")
    assert "legal aid" not in own().analyser.terms("It gives legal aid.", "en")
    assert "legal aid" in own().reader(pairs=True).terms("It gives legal aid.", "en")


def test_entries_are_those_of_all_lexicons_of_a_language() -> None:
    assert own().entries("en") == ["rule of law", "courts", "schools", "teach"]
    assert own().entries("ko") == ["법치"]


def test_unlearned_are_the_lexicons_alone() -> None:
    taught = replace(own(law={"courts": 0.3}), levels={"law": {"en": 0.2}})
    assert taught.unlearned() == own()
    assert taught.fingerprint != own().fingerprint


def test_the_fingerprint_changes_with_whatever_a_score_can_depend_on() -> None:
    changed = [
        own(),
        own(law={"courts": 0.3}),
        own(law={"courts": 0.4}),
        replace(own(), levels={"law": {"en": 0.2}}),
        replace(own(), tiers={"core": 1.0, "related": 0.5}),
        replace(own(), false_friends={"en": ("law school",)}),
        replace(own(), items=own().items[:1]),
    ]
    assert len({priorities.fingerprint for priorities in changed}) == len(changed)
    assert own().fingerprint == own().fingerprint


def test_the_level_of_words_is_the_median_of_the_priorities() -> None:
    levels = {"a": {"en": 0.1, "ko": 0.5}, "b": {"en": 0.2, "ko": 0.1}, "c": {"en": 0.6, "ko": 0.2}}
    assert replace(own(), levels=levels).level == {"en": 0.2, "ko": 0.2}
    assert own().level == UNMEASURED
    assert replace(own(), levels={"a": {"en": 0.1}}).level == {**UNMEASURED, "en": 0.1}


def test_a_level_that_was_not_measured_is_the_median() -> None:
    some = replace(own(), levels={"a": {"en": 0.1, "ko": 0.5}, "b": {"en": 0.3}})
    assert some.levels_of("a") == {"en": 0.1, "ko": 0.5}
    assert some.levels_of("b") == {"en": 0.3, "ko": 0.5}
    assert some.levels_of("c") == {"en": 0.2, "ko": 0.5}


def test_an_unknown_priority_is_answered_with_the_closest() -> None:
    with pytest.raises(UnknownNameError, match=r"'justise'. Did you mean justice\?"):
        SHIPPED["justise"]


GOOD = """
[tiers]
core = 1.0
[[priority]]
id = "water"
label.en = "Water"
definition.en = "Water."
[priority.lexicon.en]
core = ["water"]
"""


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(GOOD, encoding="utf-8")
    own = load_priorities(path)
    assert own.ids == ("water",)
    assert not own["water"].on_by_default
    assert own.profile(own["water"], "en") == {"water": 1.0}
    assert own.agendas == own.learned == own.levels == {}


def test_agendas_and_what_was_learned_are_read_beside_the_file(tmp_path: Path) -> None:
    path, folder = tmp_path / "p.toml", tmp_path / "profiles"
    path.write_text(f'{GOOD}\n[agendas]\nrivers = ["water"]', encoding="utf-8")
    write_profiles(folder, {"water": {"wells": 0.5}}, {"water": []}, {"water": {"en": 0.2}})
    read = load_priorities(path)
    assert read.agendas == {"rivers": ("water",)}
    assert read.profile(read["water"], "en") == {"water": 1.0, "well": 0.5}
    assert read.levels == {"water": {"en": 0.2}}


BAD = {
    "no TOML": ("[tiers", ["file"]),
    "nothing": ("", ["tiers", "priority"]),
    "a tier of no weight": (GOOD.replace("1.0", "0"), ["tiers"]),
    "an unknown tier": (GOOD.replace("core = [", "heart = ["), ["priority water, lexicon.en"]),
    "an id twice": (GOOD + GOOD.split("1.0")[1], ["priority water", "priority water"]),
    "an id with a space": (GOOD.replace('"water"\nl', '"wa ter"\nl'), ["priority wa ter"]),
    "no id": (GOOD.replace('id = "water"', ""), ["priority 1"]),
    "no English": (
        GOOD.replace("label.en", "label.ko").replace("definition.en", "definition.ko"),
        ["priority water, label", "priority water, definition"],
    ),
    "an unknown language": (GOOD + "[priority.lexicon.xx]\ncore = []", ["priority water"]),
    "a lexicon that is a word": (
        GOOD.split("[priority.lexicon")[0] + 'lexicon = "water"',
        ["priority water, lexicon"],
    ),
    "a tier that is a number": (GOOD.replace('["water"]', "3"), ["priority water, lexicon.en"]),
    "an entry that is a number": (GOOD.replace('["water"]', "[3]"), ["priority water, lexicon.en"]),
    "tiers that are a number": (GOOD.replace("[tiers]\ncore = 1.0", "tiers = 3"), ["tiers"]),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_with_each_place(tmp_path: Path, kind: str) -> None:
    content, places = BAD[kind]
    path = tmp_path / "p.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_priorities(path)
    assert [problem.where for problem in caught.value.problems] == places


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecommenderError, match="can't read"):
        load_priorities(tmp_path / "none.toml")


@pytest.mark.parametrize("reserved", ["text", "like", "unlike", "score", "name", "rank"])
def test_an_id_that_runs_use_is_refused(tmp_path: Path, reserved: str) -> None:
    text = (data_folder() / "priorities.toml").read_text(encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(text.replace('id = "seniors"', f'id = "{reserved}"'), encoding="utf-8")
    with pytest.raises(CatalogueError, match=f"priority {reserved}: found a name that runs use"):
        load_priorities(path)


@pytest.mark.parametrize(
    ("agenda", "found"),
    [
        ('["justice", "jutice"]', "'jutice'"),
        ('["justice", "justice"]', "an id twice"),
        ('"justice"', "'justice'"),
    ],
)
def test_a_bad_agenda_is_refused(tmp_path: Path, agenda: str, found: str) -> None:
    text = (data_folder() / "priorities.toml").read_text(encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(text.replace("[agendas]", f"[agendas]\nmine = {agenda}"), encoding="utf-8")
    with pytest.raises(CatalogueError, match=f"agendas, mine: found {found}"):
        load_priorities(path)
