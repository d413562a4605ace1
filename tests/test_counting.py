from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import sparse

from recommender import chunks
from recommender.charities import silent
from recommender.counting import TermCounter
from recommender.english import LONGEST_WORD
from recommender.errors import UnknownNameError
from recommender.priorities import Priorities
from recommender.schema import DESCRIPTIONS
from recommender.text import Analyser

PHRASES = {
    "en": [
        *("human rights", "human rights abuses", "rights abuses in law", "rule of law"),
        *("law school", "school of law school", "call on the past", "people of no hope"),
    ],
    "ko": ["정착 지원", "인권침해", "SD카드"],
}
FRIENDS = {
    "en": [
        *("investigative studies", "studies of human rights", "ministry of justice", "justice"),
        *("school law", "school law school rights", "are they"),
    ],
    "ko": ["통일부", "평화 정착"],
}
ANALYSER = Analyser(PHRASES, FRIENDS)
PAIRS = Analyser(PHRASES, FRIENDS, pairs=True)

WORDS = [
    *("human", "Rights", "abuses", "law", "LAW", "rule", "rules", "school", "call", "past", "no"),
    *("hope", "people", "investigative", "Studies", "ministry", "justice", "of", "the", "in", "on"),
    *("are", "ares", "they", "don't", "rights’", "won’t", "O'Neill", "école", "n't", "a", "x"),
    *("1995", "3rd", "정착", "지원을", "SD카드로", "통일부", "law정착", "漢字", "ΟΔΟΣ", "οδος"),
    *("St.", "e.g.", "U.S.", "F.", "etc.", "non-profit", "and/or", "a_b", "_law_", "www.law.org"),
    *("İs", "i\N{COMBINING DOT ABOVE}s"),
]
GAPS = [
    *("  ", "\n", "\n\n", " \n ", ". ", ".\n", "! ", "。 ", ".) ", ", ", "; ", "-", "–", "/", "'"),
    *("’", " (", ") ", " “", "” ", "·", " - ", "\t", "\u2028", "\xa0", "…", "_", "5", "", "."),
]
# Their small letters, as a whole text's and as a word's, are not the same.
SIGMA = "ДΣ.Д law. д\N{GREEK SMALL LETTER SIGMA}.д law"
DOTTED = "İs law. i\N{COMBINING DOT ABOVE}s law"
FORMS = st.sampled_from([str, str.upper, str.title, str.strip, lambda s: s.replace(" ", "  ")])
ENDS = st.sampled_from([". ", "! ", ".\n", "\n", " ", ""])


@st.composite
def written(draw: st.DrawFn, words: Sequence[str]) -> str:
    """A text of few words whose sentences may come again in another form, as all of it may."""
    gaps = st.just(" ") | st.sampled_from(GAPS)
    sentence = st.lists(st.tuples(st.sampled_from(words), gaps), min_size=1, max_size=6)
    known = draw(st.lists(sentence, min_size=1, max_size=3))
    told = draw(st.lists(st.tuples(st.sampled_from(known), FORMS, ENDS), max_size=4))
    text = "".join(form("".join(map("".join, pairs))) + end for pairs, form, end in told)
    return " ".join([text] * draw(st.sampled_from([1, 1, 1, 2, 3])))


@st.composite
def batches(draw: st.DrawFn) -> list[list[tuple[str, list[str]]]]:
    """Texts and names of the same few words, so that what is rare elsewhere happens."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=5))
    text = written(words) | written(words) | st.text(max_size=12)
    name = st.lists(st.sampled_from([*words, ""]), min_size=1, max_size=3).map(" ".join)
    one = st.tuples(text, st.lists(name, max_size=2))
    return draw(st.lists(st.lists(one, max_size=4), min_size=1, max_size=3))


LANGUAGE = pytest.mark.parametrize("language", ["en", "ko"])


def counted(
    counter: TermCounter, texts: Sequence[str | None], names: Sequence[Sequence[str]] | None = None
) -> list[Counter[str]]:
    matrix = counter.count(texts, names)
    assert matrix.shape == (len(texts), len(counter.terms))
    assert matrix.indices.dtype == matrix.data.dtype == np.int32
    assert matrix.has_canonical_format
    assert (matrix.data > 0).all()
    found: list[Counter[str]] = [Counter() for _ in texts]
    for row, column, count in zip(*sparse.find(matrix), strict=True):
        found[row][counter.terms[column]] = count
    return found


@pytest.mark.parametrize(
    ("analyser", "language"), [(ANALYSER, "en"), (ANALYSER, "ko"), (PAIRS, "en")]
)
@given(told=batches())
@example([[("Law. ares they law", []), ("they are", []), ("The law. THE LAW", [])]])
@example([[("No law of hope. A school. NO  LAW OF HOPE", []), ("human", []), ("rights", [])]])
@example([[("hope law hope law", []), ("hope law hope law hope law", []), ("law", ["law"])]])
@example([[("human\nrights; rule\nLaw", []), ('the human "rights" rule-(law)', ["rights"])]])
@example([[(SIGMA, []), (DOTTED, [])]])
def test_the_counts_are_those_of_the_terms_one_by_one(
    analyser: Analyser, language: str, told: list[list[tuple[str, list[str]]]]
) -> None:
    counter, held = TermCounter(analyser, language), set()
    for batch in told:
        texts, names = [text for text, _ in batch], [names for _, names in batch]
        for own in (names, None):
            expected = [
                Counter(analyser.terms(text, language, own[i] if own else ()))
                for i, text in enumerate(texts)
            ]
            assert counted(counter, texts, own) == expected
            held.update(*expected)
    # Each term once, and none that no text holds.
    assert sorted(counter.terms) == sorted(held)


@given(st.data())
def test_the_lexicons_words_are_counted_as_they_are_read(
    priorities: Priorities, data: st.DataObject
) -> None:
    friends = priorities.false_friends["en"]
    entries = st.sampled_from([*priorities.entries("en"), *friends, *friends])
    words = entries.map(str.split).flatmap(st.sampled_from)
    pieces = st.lists(entries | words | st.sampled_from([*GAPS, " of ", " the "]), max_size=20)
    texts = data.draw(st.lists(pieces.map(" ".join), max_size=4))
    expected = [Counter(priorities.analyser.terms(text, "en")) for text in texts]
    assert counted(TermCounter(priorities.analyser, "en"), texts) == expected


@LANGUAGE
def test_the_shipped_descriptions_are_counted_as_they_are_read(
    catalogue: pd.DataFrame, priorities: Priorities, language: str
) -> None:
    names = [silent(charity) for _, charity in catalogue.iterrows()]
    texts = list(catalogue[DESCRIPTIONS[language]])
    expected = [
        Counter(priorities.analyser.terms(text, language, own))
        for text, own in zip(texts, names, strict=True)
    ]
    assert any(expected)
    assert counted(TermCounter(priorities.analyser, language), texts, names) == expected


def test_the_columns_of_a_batch_are_those_of_all_later_ones() -> None:
    counter = TermCounter(ANALYSER, "en")
    first = counter.count(["human rights"])
    before = list(counter.terms)
    second = counter.count(["hope", "the human rights"])
    assert counter.terms[: len(before)] == before
    assert (first.shape, second.shape) == ((1, 3), (2, 4))
    assert second[1, :3].toarray().tolist() == first.toarray().tolist()


def test_a_word_that_only_a_false_friend_holds_has_no_column() -> None:
    counter = TermCounter(ANALYSER, "en")
    counter.count(["investigative studies, human rights. Investigative studies"])
    assert set(counter.terms) == {"investig studi", "human", "right", "human right"}


@LANGUAGE
def test_texts_that_are_missing_or_empty_hold_nothing(language: str) -> None:
    counter = TermCounter(ANALYSER, language)
    assert counter.count([]).shape == (0, 0)
    assert counted(counter, [None, "", " \n ", "law", None]) == [{}, {}, {}, {"law": 1}, {}]


def test_a_long_string_is_no_term() -> None:
    word = "a" * LONGEST_WORD
    assert counted(TermCounter(ANALYSER, "en"), [word, f"{word}a law"]) == [{word: 1}, {"law": 1}]


@pytest.mark.parametrize("most", [0, 20])
def test_forgetting_chunks_changes_nothing(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(chunks, "_MOST", most)
    counter = TermCounter(ANALYSER, "en")
    for text in ["human rights abuses", "the rule of law. The rule of law", "human law", "rights"]:
        assert counted(counter, [text]) == [Counter(ANALYSER.terms(text, "en"))]


def test_only_what_is_short_is_kept() -> None:
    texts = [f"{'law/' * 50}{i}" for i in range(3)]
    kept = chunks.Chunks(chunks.Numbers())
    assert len(kept.words([[text] for text in texts]).stem) == 150
    assert not kept


@LANGUAGE
def test_names_are_given_for_each_text_or_not_at_all(language: str) -> None:
    with pytest.raises(ValueError, match="shorter"):
        TermCounter(ANALYSER, language).count(["law", "rule"], [["law"]])


def test_an_unknown_language_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="en, ko"):
        TermCounter(ANALYSER, "fr")
