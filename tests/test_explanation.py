from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender, load_priorities
from recommender.explanation import Evidence, Explanation, Reading, explain, worth_quoting
from recommender.index import Index
from recommender.text import Analyser

SHIPPED = load_priorities()
IDS = SHIPPED.ids
ANALYSER = Analyser({"en": ["rule of law"], "ko": ["정착 지원"]})
TEXTS = {
    "en": "It runs schools. It teaches the rule of law and law in schools. Future Korea is here.",
    "ko": "학교를 운영합니다. 정착지원을 합니다.",
}
READING = Reading.of(TEXTS, ANALYSER, ["Future Korea"])
PROFILES = {
    "law": {"en": {"rule law": 1.0, "law": 0.4}},
    "school": {"en": {"school": 1.0}, "ko": {"학교": 1.0}},
    "settle": {"ko": {"정착지원": 1.0, "정착": 0.5, "착지": 0.1}},
}
WEIGHTS = {"law": 0.5, "school": 0.3, "settle": 0.2}
INDEX = Index().fit(
    {lang: [ANALYSER.terms(text, lang, ["Future Korea"]), ["x"]] for lang, text in TEXTS.items()}
)
PARTS = [INDEX.part(name, profiles) for name, profiles in PROFILES.items()]
EXPLAINED = explain(INDEX, PARTS, WEIGHTS, 0, READING)
TABLE = EXPLAINED.table()
ENGLISH, KOREAN = EXPLAINED.evidence("en"), EXPLAINED.evidence("ko")


def test_contributions_sum_to_the_weighted_matches() -> None:
    expected = sum(WEIGHTS[part.name] * INDEX.match(part)[0] for part in PARTS)
    assert TABLE["contribution"].sum() == pytest.approx(expected, abs=1e-12)
    by_part = TABLE.groupby("priority")["contribution"].sum()
    for part in PARTS:
        assert by_part[part.name] == pytest.approx(WEIGHTS[part.name] * INDEX.match(part)[0])


def test_contributions_come_largest_first() -> None:
    assert TABLE["contribution"].is_monotonic_decreasing
    assert (TABLE["contribution"] > 0).all()


def test_words_are_those_of_the_text_not_stems() -> None:
    words = {(row.term, row.language): row.words for row in TABLE.itertuples()}
    assert words["rule law", "en"] == "rule of law"
    assert words["school", "en"] == "schools"
    assert words["정착지원", "ko"] == "정착지원"


def test_each_term_shows_the_first_sentence_that_holds_it() -> None:
    sentences = {row.term: row.sentence for row in TABLE.itertuples()}
    assert sentences["school"] == "It runs schools."
    assert sentences["rule law"] == "It teaches the rule of law and law in schools."
    assert sentences["학교"] == "학교를 운영합니다."


def test_priorities_come_in_the_order_of_what_they_add() -> None:
    by_priority = EXPLAINED.by_priority()
    totals = [sum(term.contribution for term in terms) for terms in by_priority.values()]
    assert totals == sorted(totals, reverse=True)
    assert set(by_priority) == set(PROFILES)
    assert list(ENGLISH) == list(by_priority)


def test_a_charity_without_a_matching_term_has_an_empty_explanation() -> None:
    empty = explain(INDEX, PARTS, WEIGHTS, 1, Reading.of({"en": "X"}, ANALYSER, []))
    assert empty.table().empty
    assert list(empty.table().columns) == list(TABLE.columns)
    assert empty.evidence("en") == {}


def test_evidence_is_the_sentence_that_carries_most() -> None:
    found = ENGLISH["law"]
    assert found.sentence == "It teaches the rule of law and law in schools."
    assert found.words == ("rule of law", "law")
    assert [found.sentence[a:b] for a, b in found.marks] == ["rule of law", "law"]
    total = TABLE.loc[TABLE["priority"] == "law", "contribution"].sum()
    assert found.contribution == pytest.approx(total)


def test_a_sentence_is_not_better_for_saying_a_word_twice() -> None:
    reading = Reading.of({"en": "The schools. A school, school and school."}, ANALYSER, [])
    found = Explanation(EXPLAINED.by_priority()["school"], reading).evidence("en")["school"]
    assert found.sentence == "The schools."


def test_evidence_is_in_the_language_asked_for_or_in_another_that_has_some() -> None:
    languages = [e.language for e in (ENGLISH["school"], KOREAN["school"], ENGLISH["settle"])]
    assert languages == ["en", "ko", "ko"]
    assert KOREAN["law"].language == "en"
    assert KOREAN["school"].words == ("학교",)


def test_neighbouring_pairs_of_syllables_are_one_mark() -> None:
    assert KOREAN["settle"].words == ("정착지원",)
    assert KOREAN["settle"].marks == ((0, 4),)
    assert KOREAN["settle"].sentence == "정착지원을 합니다."


def test_own_names_never_count() -> None:
    part = INDEX.part("names", {"en": {"futur": 1.0, "korea": 1.0, "school": 1.0}})
    explained = explain(INDEX, [part], {"names": 1.0}, 0, READING)
    assert [term.term for term in explained.terms] == ["school"]


SENTENCE = "Runs schools and clinics."


@pytest.mark.parametrize(
    ("marks", "pieces"),
    [
        ((), [(SENTENCE, False)]),
        (((0, 4),), [("Runs", True), (" schools and clinics.", False)]),
        (
            ((5, 12), (17, 24)),
            [
                ("Runs ", False),
                ("schools", True),
                (" and ", False),
                ("clinics", True),
                (".", False),
            ],
        ),
        (((0, 25),), [(SENTENCE, True)]),
    ],
)
def test_the_pieces_of_a_sentence_are_the_sentence(
    marks: tuple[tuple[int, int], ...], pieces: list[tuple[str, bool]]
) -> None:
    found = Evidence("en", SENTENCE, marks, (), 0.1).pieces()
    assert found == pieces
    assert "".join(piece for piece, _ in found) == SENTENCE


def test_marks_of_the_same_sentence_are_joined_without_overlap() -> None:
    one = Evidence("en", SENTENCE, ((0, 4), (17, 24)), ("Runs", "clinics"), 0.1)
    two = Evidence("en", SENTENCE, ((2, 12),), ("ns schools",), 0.3)
    both = one.with_marks_of([two])
    assert both.marks == ((0, 12), (17, 24))
    assert both.words == ("Runs schools", "clinics")
    assert (both.sentence, both.contribution) == (SENTENCE, 0.1)


@given(st.sampled_from(["en", "ko"]), st.dictionaries(st.sampled_from(IDS), st.integers(1, 5)))
def test_evidence_stands_in_the_description_and_marks_what_counts(
    model: Recommender, language: str, answers: dict[str, float]
) -> None:
    run = model.recommend(answers, text="survivors 학교")
    for charity_id in run.index[:8]:
        table = model.explain(run, charity_id)
        charity = model.catalogue_.loc[charity_id]
        for part, found in model.evidence(run, charity_id, language).items():
            column = {"en": "description", "ko": "description_ko"}[found.language]
            assert found.sentence in charity[column]
            assert found.marks
            assert found.contribution > 0
            terms = table[(table["priority"] == part) & (table["language"] == found.language)]
            assert found.contribution <= terms["contribution"].sum() + 1e-12
            for start, end in found.marks:
                marked = found.sentence[start:end]
                carried = model.priorities_.analyser.terms(marked, found.language)
                assert set(carried) & set(terms["term"]), marked


def test_every_word_of_an_explanation_stands_in_its_sentence(model: Recommender) -> None:
    run = model.recommend(dict.fromkeys(IDS, 3))
    for charity_id in run.index[:12]:
        for row in model.explain(run, charity_id).itertuples():
            assert row.words in row.sentence
            assert row.sentence in " ".join(model.catalogue_.loc[charity_id])


WORDS = [e for p in SHIPPED.items for e in (*p.lexicon["en"]["core"], *p.lexicon["ko"]["core"])]
DESCRIPTION = st.lists(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=5).map(" ".join), max_size=4
).map(lambda written: ". ".join(["Helps", *written]))
CHARITY = st.fixed_dictionaries({"description": DESCRIPTION, "description_ko": DESCRIPTION})


@given(
    st.lists(CHARITY, min_size=1, max_size=4),
    st.dictionaries(st.sampled_from(IDS), st.floats(0, 5), max_size=4),
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
)
def test_contributions_sum_to_the_score_whatever_the_texts(
    fitted: Callable[[list], Recommender], rows: list, answers: dict[str, float], text: str
) -> None:
    model = fitted(rows)
    run = model.recommend(answers, text=text)
    for charity_id, score in run["score"].items():
        table = model.explain(run, charity_id)
        assert abs(table["contribution"].sum() - score) <= 1e-9
        assert score >= 0
        for found in model.evidence(run, charity_id).values():
            assert "".join(piece for piece, _ in found.pieces()) == found.sentence


def test_a_stray_word_is_no_quotation() -> None:
    found = {
        part: Evidence("en", "One.", ((0, 3),), ("One",), contribution)
        for part, contribution in [("justice", 2.0), ("education", 0.1), ("text", 0.099)]
    }
    assert list(worth_quoting(found)) == ["justice", "education"]
    assert worth_quoting({}) == {}


def test_weights_looked_up_at_once_are_those_looked_up_singly() -> None:
    terms = ["school", "law", "rule law", "zyxwvut"]
    found = INDEX.tfidfs(0, "en", terms)
    assert found == {t: INDEX.tfidf(0, "en", t) for t in terms[:3]}
    assert INDEX.tfidfs(0, "fr", terms) == {}
