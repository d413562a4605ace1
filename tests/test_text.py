import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recommender.english import stop_words
from recommender.errors import UnknownNameError
from recommender.text import (
    Analyser,
    normalise,
    scripts,
    sentences,
    written_words,
)

PHRASES = {
    "en": ["rule of law", "human rights", "human rights abuses", "health care"],
    "ko": ["정착 지원", "인권침해", "SD카드"],
}
FRIENDS = {
    "en": ["investigative studies", "ministry of justice", "justice"],
    "ko": ["통일부", "평화 정착"],
}
ANALYSER = Analyser(PHRASES, FRIENDS)
PLAIN = Analyser()
PAIRS = Analyser(PHRASES, FRIENDS, pairs=True)

PIECES = [
    *("rule", "of", "law", "human", "Rights", "abuses", "investigative", "studies", "don't"),
    *("charity’s", "USB", "1995", "정착", "지원을", "인권", "침해", "통일부", "SD카드로", "평화"),
    *(" ", "  ", "\n", ". ", ", ", "-", "/", "’", "(", "“", "é", "ß", "漢字", "·"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)
SENTENCE = st.lists(
    st.sampled_from([piece for piece in PIECES if piece.isalnum()]), min_size=1, max_size=6
).map(lambda words: f"It says {' '.join(words)}.")
LANGUAGE = pytest.mark.parametrize("language", ["en", "ko"])


def terms(text: str, language: str = "en", analyser: Analyser = ANALYSER) -> list[str]:
    return analyser.terms(text, language)


@pytest.mark.parametrize(
    "words",
    [
        "investigate investigates investigated investigating",
        "school schools School SCHOOLS",
        "refugee refugees",
        "charity charities charity's charity’s",
    ],
)
def test_forms_of_a_word_are_one_term(words: str) -> None:
    assert len(set(terms(words))) == 1


def test_different_words_stay_apart() -> None:
    assert len(set(terms("school hospital radio law"))) == 4


def test_stop_words_single_letters_and_figures_are_no_terms() -> None:
    assert terms("It is the first of them, and in 1995 it had 30,000 x") == []


@pytest.mark.parametrize("word", ["system", "fire", "interest", "move", "UN"])
def test_words_a_charity_can_be_about_are_terms_although_common(word: str) -> None:
    assert terms(word) != []


def test_words_of_no_meaning_are_stop_words() -> None:
    assert {"the", "and", "which", "myself"} <= stop_words()


@pytest.mark.parametrize("mark", ["'", "’"])
def test_contractions_are_read_without_their_ending(mark: str) -> None:
    text = "We don't, won't, can't, it's; the school's work doesn't stop"
    assert terms(text.replace("'", mark)) == terms("school work stop")


@LANGUAGE
@pytest.mark.parametrize("pairs", [False, True])
@given(text=TEXTS)
@example(text="ŉ ǰ İstanbul \N{LATIN SMALL LETTER LONG S}d카드")
def test_a_term_is_read_from_exactly_its_range(language: str, pairs: bool, text: str) -> None:
    for token in (PAIRS if pairs else ANALYSER).tokens(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert ANALYSER.term(text[token.start : token.end], language) == token.term
        assert token.term


@LANGUAGE
@given(text=TEXTS)
def test_terms_come_in_the_order_of_the_text(language: str, text: str) -> None:
    starts = [token.start for token in ANALYSER.tokens(text, language)]
    assert starts == sorted(starts)


@given(text=TEXTS)
def test_ranges_hold_although_names_are_blanked_out(text: str) -> None:
    for token in ANALYSER.tokens(text, "en", ["law", "Human Rights"]):
        assert "law" not in text[token.start : token.end].split()
        assert ANALYSER.term(text[token.start : token.end], "en") == token.term


def test_a_phrase_counts_beside_its_words() -> None:
    assert terms("human rights") == ["human", "human right", "right"]


def test_with_pairs_each_two_words_side_by_side_are_a_term_too() -> None:
    found = ["legal", "legal aid", "aid", "aid matter", "matter"]
    assert terms("legal aid matters", analyser=PAIRS) == found
    assert terms("legal aid matters") == ["legal", "aid", "matter"]


def test_a_pair_may_hold_a_word_that_does_not_count_in_phrases_but_no_stop_word() -> None:
    assert "aid refuge" in terms("aid to the refugees", analyser=PAIRS)
    assert terms("aid which refugees", analyser=PAIRS) == ["aid", "refuge"]


@pytest.mark.parametrize("text", ["legal, aid", "legal. Aid", "legal (aid)"])
def test_a_pair_does_not_reach_across_punctuation(text: str) -> None:
    assert terms(text, analyser=PAIRS) == ["legal", "aid"]


def test_a_phrase_that_is_a_pair_too_counts_once() -> None:
    assert terms("human rights", analyser=PAIRS) == terms("human rights")
    # A phrase of three words counts beside the pairs, a false friend instead of them.
    assert terms("human rights abuses", analyser=PAIRS).count("human right abus") == 1
    assert terms("investigative studies", analyser=PAIRS) == ["investig studi"]


def test_pairs_are_for_english_alone() -> None:
    assert terms("정착 지원을 USB", "ko", PAIRS) == terms("정착 지원을 USB", "ko")


def test_phrases_of_one_beginning_all_count() -> None:
    found = terms("human rights abuses")
    assert {"human right", "human right abus"} <= set(found)


@pytest.mark.parametrize(
    "text", ["rule of law", "rule law", "rules of the law", "rule-of-law", "Rule\nof law"]
)
def test_a_phrase_is_found_with_whatever_stop_words_between(text: str) -> None:
    assert "rule law" in terms(text)


@pytest.mark.parametrize(
    "text", ["rule, law", "rule. Law", "rule (law)", "rule; of law", "rule of, law", "law rule"]
)
def test_a_phrase_does_not_reach_across_punctuation_or_backwards(text: str) -> None:
    assert terms(text) == terms(text, analyser=PLAIN)


@pytest.mark.parametrize("text", ["housing", "the housing", "house", "find a house or housing"])
def test_a_phrase_of_a_common_word_is_more_than_its_other_word(text: str) -> None:
    analyser = Analyser({"en": ["find housing", "call on governments"]})
    found = "find" in text
    assert (analyser.term("find housing", "en") in analyser.terms(text, "en")) == found
    assert analyser.terms("governments", "en") == ["govern"]


def test_a_phrase_spans_from_its_first_word_to_its_last() -> None:
    text = "Under the rule of the law today"
    [token] = [t for t in ANALYSER.tokens(text, "en") if t.term == "rule law"]
    assert text[token.start : token.end] == "rule of the law"


def test_a_false_friend_replaces_its_words() -> None:
    assert terms("Investigative studies matter") == ["investig studi", "matter"]
    assert terms("Studies that investigate") == ["studi", "investig"]


def test_a_false_friend_may_hold_stop_words() -> None:
    assert terms("ministry of justice") == ["ministri justic"]
    assert Analyser(None, {"en": ["call on the past"]}).terms("calls on past", "en") == [
        "call past"
    ]


def test_a_false_friend_does_not_reach_across_punctuation() -> None:
    assert terms("ministry, justice") == ["ministri", "justic"]


def test_korean_is_read_as_pairs_of_syllables() -> None:
    assert terms("북한이탈주민", "ko") == ["북한", "한이", "이탈", "탈주", "주민"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("탈북민을 탈북민의", ["탈북", "북민", "탈북", "북민"]),
        ("학교에는 집을", ["학교", "교에", "집을"]),
        ("나이를 먹고 싶습니다", ["나이", "먹고"]),
        ("돕고 있습니다", []),
    ],
)
def test_korean_particles_and_endings_are_no_terms(text: str, expected: list[str]) -> None:
    assert terms(text, "ko") == expected


def test_an_ending_that_a_lexicon_names_is_a_term() -> None:
    assert terms("거나", "ko") == []
    assert terms("거나", "ko", Analyser({"ko": ["거나"]})) == ["거나"]


def test_a_pair_survives_the_particle() -> None:
    assert set(terms("학교", "ko")) <= set(terms("학교에서", "ko"))


def test_pairs_do_not_reach_across_words_and_a_syllable_alone_is_none() -> None:
    assert terms("이 집 학교", "ko") == ["학교"]


def test_latin_words_inside_korean_are_stems() -> None:
    assert terms("USB와 radios로", "ko") == ["usb", "radio"]


@pytest.mark.parametrize("text", ["정착 지원", "정착지원", "정착 지원을", "초기정착  지원"])
def test_a_korean_phrase_is_found_with_or_without_spaces(text: str) -> None:
    found = [t for t in ANALYSER.tokens(text, "ko") if t.term == "정착지원"]
    assert ["".join(text[t.start : t.end].split()) for t in found] == ["정착지원"]


def test_a_korean_phrase_counts_beside_its_pairs_but_not_across_punctuation() -> None:
    assert set(terms("정착 지원", "ko")) == {"정착", "지원", "정착지원"}
    assert "정착지원" not in terms("정착, 지원", "ko")


def test_overlapping_korean_phrases_are_all_found() -> None:
    analyser = Analyser({"ko": ["정착 지원", "지원 센터"]})
    assert {"정착지원", "지원센터"} <= set(analyser.terms("정착지원센터", "ko"))


def test_a_korean_false_friend_hides_its_pairs() -> None:
    assert terms("통일부가", "ko") == ["통일부"]
    assert terms("평화 정착 지원", "ko") == ["평화정착", "지원"]


def test_an_entry_of_a_lexicon_is_the_term_that_texts_yield() -> None:
    assert ANALYSER.term("Rule of Law", "en") in terms("the rule of law")
    assert ANALYSER.term("정착 지원", "ko") in terms("정착지원", "ko")
    assert ANALYSER.term("USB", "ko") in terms("USB로", "ko")


def spoken(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One here. Two there.", ["One here.", "Two there."]),
        ("Is it? Yes! Fine", ["Is it?", "Yes!", "Fine"]),
        ("The U.S. Army came. It left.", ["The U.S. Army came.", "It left."]),
        ("Founded by John F. Kennedy once.", ["Founded by John F. Kennedy once."]),
        ("It uses e.g. radios and i.e. sets.", ["It uses e.g. radios and i.e. sets."]),
        ("It spent 3.5 million. 40 came.", ["It spent 3.5 million.", "40 came."]),
        ("He said “go.” Then left.", ["He said “go.”", "Then left."]),
        ("학교를 운영합니다. 또한 가르칩니다.", ["학교를 운영합니다.", "또한 가르칩니다."]),
        ("学校。 次", ["学校。", "次"]),
        ("One line\nAnother line\n\nThird", ["One line", "Another line", "Third"]),
        ("  padded.  ", ["padded."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert spoken(text) == expected


def test_a_sentence_may_end_in_a_single_capital_letter() -> None:
    text = "It treats people with hepatitis B. Technical work covers wells."
    assert spoken(text) == [
        "It treats people with hepatitis B.",
        "Technical work covers wells.",
    ]


def test_an_indented_line_is_a_sentence_of_its_own() -> None:
    assert spoken("A list\n  First\n  Second") == ["A list", "First", "Second"]


@given(text=TEXTS)
def test_sentences_hold_every_character_that_is_written_once(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = "".join(text[a:b] for a, b in spans)
    assert "".join(inside.split()) == "".join(text.split())


@LANGUAGE
@given(written=st.lists(SENTENCE, min_size=1, max_size=5), gap=st.sampled_from([" ", "\n", "  "]))
def test_a_text_repeated_has_the_same_terms_as_once(
    language: str, written: list[str], gap: str
) -> None:
    text = " ".join(written)
    assert terms(f"{text}{gap}{text}", language) == terms(text, language)


def test_a_sentence_repeated_in_other_capitals_or_spaces_adds_nothing() -> None:
    assert terms("It runs schools. IT RUNS  SCHOOLS! It runs schools") == terms("It runs schools.")


@pytest.mark.parametrize("text", ["rescues refugees.", "iPhone lessons. all free."])
def test_a_text_in_small_letters_repeated_has_the_same_terms_as_once(text: str) -> None:
    assert terms(f"{text} {text} {text}") == terms(text)


@pytest.mark.parametrize("text", ["Runs schools in the U.S.", "It grew to 3.5.", "Shelters, etc."])
def test_a_text_that_ends_in_an_abbreviation_repeated_has_the_same_terms(text: str) -> None:
    assert terms(f"{text} {text} {text}") == terms(text)


@given(st.text())
@example("e\N{ZERO WIDTH JOINER}\N{COMBINING ACUTE ACCENT}")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(st.sampled_from("\u200b\u202e\x00\x07\ufeff\n\r\ta한") | st.text()).map("".join))
def test_nothing_invisible_is_left(text: str) -> None:
    left = {c for c in normalise(text) if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    assert left <= {"\n", "\t"}


def test_of_marks_piled_on_a_letter_a_few_stay() -> None:
    piled = "e" + "\u0316\u0315" * 40
    few = unicodedata.normalize("NFC", piled[:31])
    assert normalise(f"{piled} {piled[:31]} ―{'―' * 99}") == f"{few} {few} ―{'―' * 99}"


@pytest.mark.parametrize("gap", ["\n", " \n\t \n "])
def test_many_line_breaks_end_a_sentence_as_one_does(gap: str) -> None:
    for many in (gap, gap * 9_000):  # of which a search that tries each beginning never ends
        text = f"A b{many}C d{many}e f"
        assert [text[a:b] for a, b in sentences(text)] == ["A b", f"C d{many}e f"]


def test_hangul_written_as_separate_letters_is_composed() -> None:
    assert normalise(unicodedata.normalize("NFD", "정착")) == "정착"


@given(TEXTS.filter(str.strip))
def test_the_shares_of_the_scripts_sum_to_one(text: str) -> None:
    shares = scripts(text)
    assert not shares or sum(shares.values()) == pytest.approx(1)
    assert all(share > 0 for share in shares.values())


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("prison survivors", {"en": 1.0}),
        ("정치범 수용소", {"ko": 1.0}),
        ("USB 보내기", {"en": 1 / 3, "ko": 2 / 3}),
        ("2024 !?", {}),
        ("", {}),
    ],
)
def test_a_text_belongs_to_the_scripts_it_is_written_in(
    text: str, shares: dict[str, float]
) -> None:
    assert scripts(text) == shares


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("help prison survivors", ["help", "prison", "survivors"]),
        ("don't stop, please", ["don't", "stop", "please"]),
        ("탈북민을 돕고 싶어요.", ["탈북민을", "돕고", "싶어요"]),
        (" … ", []),
    ],
)
def test_words_are_found_as_they_are_written(text: str, words: list[str]) -> None:
    assert [text[a:b] for a, b in written_words(text)] == words


def test_an_entry_in_an_unknown_language_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="en, ko"):
        ANALYSER.term("law", "fr")
