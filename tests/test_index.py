import math
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import postings
from recommender.background import Background
from recommender.index import Index, Part, unit
from recommender.top import maxima_of
from recommender.weighting import RAREST

# The tiny corpus of two texts. With N = 2, M = 2 and b = 0.01 for every term:
#   p(a) = (1 + 2 · 0.01) / (2 + 2) = 0.255    idf(a) = idf(c) = 1.3664917
#   p(b) = (2 + 2 · 0.01) / (2 + 2) = 0.505    idf(b) = 0.6831968
# The first text: a (1 + ln 2) · 1.3664917 = 2.3136716, b 0.6831968, length 2.4124333.
# The second: b 0.6831968, c 1.3664917, length 1.5277642.
# The profile a 1, b 1/2: weights 1.3664917 and 0.3415984, length 1.4085415.
TINY = {"en": [["a", "a", "b"], ["b", "c"]]}
IDF = {"a": 1.3664917338, "b": 0.6831968497, "c": 1.3664917338}
TFIDF = [{"a": 0.9590613948, "b": 0.2831982361}, {"b": 0.4471879279, "c": 0.8944400244}]
PROFILE = {"a": 0.9701465941, "b": 0.2425192485}
MATCH = [0.9991111692, 0.1084516802]


@pytest.fixture
def tiny() -> Index:
    return Index(background_weight=2).fit(TINY)


def tfidf(index: Index, row: int, terms: Iterable[str], language: str = "en") -> dict[str, float]:
    weights = {term: index.tfidf(row, language, term) for term in terms}
    return {term: weight for term, weight in weights.items() if weight}


def test_idf_is_that_of_the_formula(tiny: Index) -> None:
    assert {term: tiny.idf(term, "en") for term in IDF} == pytest.approx(IDF)


def test_tfidf_is_that_of_the_formula(tiny: Index) -> None:
    assert [tfidf(tiny, row, "abcz") for row in (0, 1)] == [pytest.approx(row) for row in TFIDF]


def test_a_part_is_its_profile_times_idf_at_unit_length(tiny: Index) -> None:
    assert tiny.part("p", {"en": {"a": 1.0, "b": 0.5}}).profile["en"] == pytest.approx(PROFILE)


def test_match_is_that_of_the_formula(tiny: Index) -> None:
    part = tiny.part("p", {"en": {"a": 1.0, "b": 0.5}})
    assert tiny.match(part) == pytest.approx(MATCH)


def test_what_a_small_index_keeps_of_a_part_is_what_a_large_one_adds_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = {"en": {"a": 2.0, "b": 1.0}}
    one, two = (Index().fit({"en": texts}) for texts in ([["a"], ["b", "c"]], [["b"], ["a", "c"]]))
    part, rows = one.part("p", words), np.array([1])
    kept = [index.match(part) for index in (one, two)]
    assert one.match(part) is kept[0]
    assert not kept[0].flags.writeable
    assert one.match(part, rows).tolist() == kept[0][rows].tolist()
    monkeypatch.setattr("recommender.index._SMALL", 1)
    for index, found in zip((one, two), kept, strict=True):
        assert index.match(part).tolist() == found.tolist()
        assert index.match(part, rows).tolist() == found[rows].tolist()
    assert kept[0].tolist() != kept[1].tolist()


def test_the_weight_of_a_term_in_a_text_without_it_is_nought(tiny: Index) -> None:
    assert tiny.tfidf(1, "en", "a") == tiny.tfidf(0, "en", "z") == tiny.tfidf(0, "ko", "a") == 0


def test_a_match_counts_over_the_level_of_its_language() -> None:
    index = Index().fit({"en": [["a"], ["a"], None], "ko": [None, ["가"], ["가"]]})
    profiles = {"en": {"a": 1.0}, "ko": {"가": 1.0}}
    part = index.part("p", profiles, levels={"en": 0.5, "ko": 0.2})
    assert part.profile == {"en": {"a": 2.0}, "ko": {"가": 5.0}}
    assert index.match(part) == pytest.approx([2, 3.5, 5])
    # A language without a level has the level 1.
    assert index.match(index.part("p", profiles, levels={"en": 0.5})) == pytest.approx([2, 1.5, 1])


def test_rows_are_those_of_the_catalogue_with_the_term_of_each_column(tiny: Index) -> None:
    rows, terms = tiny.rows("en")
    assert terms.tolist() == ["a", "b", "c"]
    expected = [[row.get(term, 0.0) for term in terms] for row in TFIDF]
    assert rows.toarray() == pytest.approx(np.array(expected))
    assert rows.format == "csr"


def test_the_texts_that_hold_a_term_are_found(tiny: Index) -> None:
    for term in "abc":
        holders = [row for row in range(tiny.size_) if tiny.tfidf(row, "en", term)]
        assert tiny.holders(term, "en").tolist() == holders != []


def test_the_single_words_of_a_language_are_listed() -> None:
    index = Index().fit({"en": [["a", "a b", "b"]]})
    assert index.words("en") == ["a", "b"]
    assert index.words("ko") == []


def test_terms_that_no_text_holds_are_left_out(tiny: Index) -> None:
    assert tiny.idf("z", "en") == 0 == tiny.idf("a", "ko")
    assert tiny.part("p", {"en": {"a": 1.0, "z": 9.0}}).profile["en"] == {"a": 1.0}
    assert tiny.holds("a", "en")
    assert not tiny.holds("z", "en")
    assert not tiny.holds("a", "ko")


def test_a_part_without_a_known_term_matches_nothing(tiny: Index) -> None:
    part = tiny.part("p", {"en": {"z": 1.0}})
    assert tiny.match(part).tolist() == [0, 0]
    assert part.shares == {}
    assert tiny.shares(part, 0) == {}


def test_unit_scales_to_length_one_and_leaves_out_nothing_but_zeros() -> None:
    assert unit({"a": 3.0, "b": 4.0, "c": 0.0}) == pytest.approx({"a": 0.6, "b": 0.8})
    assert unit({}) == unit({"a": 0.0}) == {}


def test_unit_scales_to_another_length() -> None:
    assert unit({"a": 3.0, "b": 4.0}, 10.0) == pytest.approx({"a": 6.0, "b": 8.0})
    assert unit({}, 10.0) == {}


def idf_gap(copies: int) -> float:
    """How much rarer "rare" seems than "usual", each in one text of six, copied."""
    texts = [["rare"], ["usual"], ["x"], ["x"], ["x"], ["x"]] * copies
    background = Background(1000, {"usual": 300, "x": 500})
    index = Index().fit({"en": texts}, {"en": background})
    return index.idf("rare", "en") - index.idf("usual", "en")


def test_in_a_catalogue_of_six_the_background_tells_which_words_are_rare() -> None:
    assert idf_gap(copies=1) > 2


def test_in_a_large_catalogue_the_background_no_longer_counts() -> None:
    # By then "usual" is rare: 4,000 of 24,000 texts and 300 of a background worth 1,000.
    assert idf_gap(copies=4000) == pytest.approx(math.log(4300 / 4000), abs=1e-3)


def test_the_background_weight_is_how_many_texts_it_is_worth() -> None:
    backgrounds = {"en": Background(999, {"b": 99})}
    index = Index(background_weight=8).fit(TINY, backgrounds)
    assert index.idf("b", "en") == pytest.approx(-math.log((2 + 8 * 99.5 / 1000) / 10))


def test_the_background_is_worth_a_thousand_texts_unless_another_weight_is_given() -> None:
    assert Index().background_weight == 1000
    index = Index().fit(TINY, {"en": Background(999, {"b": 99})})
    assert index.idf("b", "en") == pytest.approx(-math.log((2 + 1000 * 99.5 / 1000) / 1002))


def test_no_term_is_rarer_than_the_rarest() -> None:
    assert RAREST == 1 / 100
    index = Index(background_weight=0).fit({"en": [["a"], ["a", "b"], *[["c"]] * 198]})
    assert index.idf("a", "en") == index.idf("b", "en") == pytest.approx(math.log(100))
    assert index.idf("c", "en") == pytest.approx(math.log(200 / 198))
    less = Index(background_weight=0).fit({"en": [["a"], ["a", "b"], *[["c"]] * 197]})
    assert less.idf("a", "en") == pytest.approx(math.log(199 / 2))


def test_without_a_background_weight_only_the_catalogue_counts() -> None:
    index = Index(background_weight=0).fit(TINY)
    assert index.idf("a", "en") == pytest.approx(math.log(2))
    assert index.idf("b", "en") == 0
    assert np.isfinite(index.match(index.part("p", {"en": {"a": 1.0, "b": 1.0}}))).all()


def test_being_described_in_two_languages_earns_nothing() -> None:
    x, y = ["a", "a", "b"], ["b", "c"]
    # The first in English alone, the second in Korean alone, the third in both.
    index = Index().fit({"en": [x, None, x, y, None], "ko": [None, x, x, None, y]})
    profile = {"a": 1.0, "c": 0.4}
    matches = index.match(index.part("p", {"en": profile, "ko": profile}))
    assert matches[0] > 0.5
    assert matches[:3] == pytest.approx([matches[0]] * 3)
    assert matches[3] == pytest.approx(matches[4])


def test_a_part_of_one_language_is_not_thinned_out_by_the_other() -> None:
    index = Index().fit({"en": [["a"], ["b"]], "ko": [["가"], ["나"]]})
    assert index.match(index.part("p", {"en": {"a": 1.0}})) == pytest.approx([1, 0])


def test_languages_count_by_the_share_of_the_part_in_each() -> None:
    index = Index().fit({"en": [["a"], ["b"]], "ko": [["가"], ["나"]]})
    part = index.part("p", {"en": {"a": 1.0}, "ko": {"나": 1.0}}, {"en": 3.0, "ko": 1.0})
    assert index.match(part) == pytest.approx([0.75, 0.25])


def test_a_language_that_a_charity_lacks_is_passed_over() -> None:
    index = Index().fit({"en": [["a"], ["a"]], "ko": [["가"], None]})
    part = index.part("p", {"en": {"a": 1.0}, "ko": {"가": 1.0}})
    assert index.match(part) == pytest.approx([1, 1])


def test_a_language_that_no_charity_is_described_in_changes_nothing(tiny: Index) -> None:
    profile = {"a": 1.0, "b": 0.5}
    index = Index(background_weight=2).fit({**TINY, "ko": [None, None]})
    part = index.part("p", {"en": profile, "ko": profile})
    assert index.match(part) == pytest.approx(MATCH)


def test_a_text_without_terms_matches_nothing() -> None:
    index = Index().fit({"en": [["a"], [], None]})
    assert index.match(index.part("p", {"en": {"a": 1.0}})).tolist() == [1, 0, 0]


def test_a_catalogue_without_any_term_matches_nothing() -> None:
    index = Index().fit({"en": [[], None, []], "ko": [None, None, None]})
    assert index.match(index.part("p", {"en": {"a": 1.0}})).tolist() == [0, 0, 0]


TERMS = st.sampled_from(["a", "b", "c", "d", "e f", "가나"])
TEXTS = st.none() | st.lists(TERMS, max_size=12)
CORPUS = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6).filter(
    lambda pairs: any(en or ko for en, ko in pairs)
)
PROFILES = st.fixed_dictionaries(
    {lang: st.dictionaries(TERMS, st.sampled_from([0.4, 1.0, 2.5])) for lang in ("en", "ko")}
)
BACKGROUND = st.builds(
    Background,
    st.integers(10, 50) | st.just(9000),
    st.dictionaries(TERMS, st.integers(0, 10)),
    st.just(0.02),
)
WEIGHT = st.sampled_from([1.0, 7.0, 50.0, 1000.0])
Pairs = list[tuple[list[str] | None, list[str] | None]]


def oracle(pairs: Pairs, profiles: dict, shares: dict, background: Background, m: float) -> list:
    """The formula of the module, one number after the other."""
    columns = {"en": [en for en, _ in pairs], "ko": [ko for _, ko in pairs]}
    sums, totals = [0.0] * len(pairs), [0.0] * len(pairs)
    for language, texts in columns.items():
        held = [text for text in texts if text]
        idf = {}
        for term in {t for text in held for t in text}:
            df = sum(term in text for text in held)
            p = (df + m * background.share(term)) / (len(held) + m)
            idf[term] = -math.log(max(p, RAREST))
        weights = {t: w * idf[t] for t, w in profiles[language].items() if t in idf}
        length = math.sqrt(sum(w * w for w in weights.values()))
        if not length:
            continue
        for row, text in enumerate(texts):
            if text:
                tf = {t: 1 + math.log(text.count(t)) for t in set(text)}
                norm = math.sqrt(sum((tf[t] * idf[t]) ** 2 for t in tf))
                dot = sum(tf[t] * idf[t] * weights.get(t, 0) for t in tf) / norm / length
                sums[row] += shares[language] * dot
                totals[row] += shares[language]
    return [s / t if t else 0.0 for s, t in zip(sums, totals, strict=True)]


def fit(pairs: Pairs, background: Background, m: float) -> Index:
    documents = {"en": [en for en, _ in pairs], "ko": [ko for _, ko in pairs]}
    return Index(background_weight=m).fit(documents, {"en": background, "ko": background})


@given(CORPUS, PROFILES, BACKGROUND, WEIGHT, st.sampled_from([0.5, 1.0, 4.0]))
def test_match_equals_the_formula_written_out(
    pairs: Pairs, profiles: dict, background: Background, m: float, korean: float
) -> None:
    index, shares = fit(pairs, background, m), {"en": 1.0, "ko": korean}
    part = index.part("p", profiles, shares)
    expected = oracle(pairs, profiles, shares, background, m)
    assert index.match(part) == pytest.approx(expected, abs=1e-6)  # of 32-bit weights


@given(CORPUS, PROFILES, BACKGROUND, WEIGHT)
def test_a_match_is_the_sum_of_what_each_term_adds(
    pairs: Pairs, profiles: dict, background: Background, m: float
) -> None:
    index = fit(pairs, background, m)
    part = index.part("p", profiles)
    for row, match in enumerate(index.match(part)):
        shares = index.shares(part, row)
        added = [
            share * weight * index.tfidf(row, language, term)
            for language, share in shares.items()
            for term, weight in part.profile[language].items()
        ]
        assert all(value >= 0 for value in added)
        assert sum(added) == pytest.approx(match, abs=1e-12)
        assert 0 <= match <= 1 + 1e-6
        assert sum(shares.values()) == pytest.approx(1 if shares else 0)


@given(CORPUS, BACKGROUND, WEIGHT)
def test_every_description_has_unit_length(pairs: Pairs, background: Background, m: float) -> None:
    index = fit(pairs, background, m)
    for row, texts in enumerate(pairs):
        for language, text in zip(("en", "ko"), texts, strict=True):
            weights = tfidf(index, row, ["a", "b", "c", "d", "e f", "가나"], language)
            assert set(weights) == set(text or ())
            length = math.sqrt(sum(v * v for v in weights.values()))
            assert length == pytest.approx(1.0 if text else 0.0)


def test_a_part_of_a_language_the_index_lacks_matches_nothing(tiny: Index) -> None:
    foreign = Part("p", {"ko": {"가": 1.0}}, {"ko": 1.0})
    assert tiny.match(foreign).tolist() == [0, 0]


SIGNED = st.sampled_from([-1.0, -0.5, -1e-9, 1e-9, 0.5, 1.0])
SHARES = st.sampled_from([{"en": 1.0}, {"ko": 1.0}, {"en": 3.0, "ko": 1.0}, {"en": 1.0, "ko": 1.0}])


@given(
    CORPUS,
    st.lists(st.tuples(PROFILES, SHARES, SIGNED), min_size=1, max_size=4),
    st.lists(st.integers(0, 5), max_size=8),
)
def test_guesses_are_within_their_error_and_some_rows_match_as_all_do(
    pairs: Pairs, asked: list[tuple[dict, dict, float]], some: list[int]
) -> None:
    index = fit(pairs, Background(), 1000.0)
    rows = np.array([row for row in some if row < len(pairs)], dtype=np.int64)
    parts = [
        index.part(f"p{i}", {language: profiles[language] for language in shares}, shares)
        for i, (profiles, shares, _) in enumerate(asked)
    ]
    weights = {part.name: weight for part, (_, _, weight) in zip(parts, asked, strict=True)}
    for part in parts:
        assert index.match(part, rows).tobytes() == index.match(part)[rows].tobytes()
    exact = sum(weights[part.name] * index.match(part) for part in parts)
    for near in (1 << 18, 1):  # in one piece, and a row at a time
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(postings, "_NEAR", near)
            patch.setattr(postings, "BLOCK", 1)
            patch.setattr(postings, "maxima_of", lambda scores: maxima_of(scores, 1))
            guess = index.guess(parts, weights)
        assert guess.scores.dtype == np.float32
        assert np.abs(guess.scores - exact).max() <= guess.error < 1e-3
        assert guess.maxima is None or guess.maxima.tolist() == guess.scores.tolist()


def test_the_error_counts_what_earlier_queries_have_come_to() -> None:
    """A thousand small terms added to a large sum are each rounded as the large one is."""
    terms = [f"t{i}" for i in range(1000)]
    index = Index().fit({"en": [["big", *terms], ["big"]], "ko": [None, None]})
    large = index.part("large", {"en": {"big": 1.0}}, {"en": 1.0}, {"en": 1e-3})
    small = index.part("small", {"en": dict.fromkeys(terms, 1.0)}, {"en": 2.0}, {"en": 1e3})
    weights = {"large": 1.0, "small": 1.0}
    guess = index.guess([large, small], weights)
    exact = index.match(large) + index.match(small)
    assert np.abs(guess.scores - exact).max() <= guess.error
    alone = index.guess([large], weights).error + index.guess([small], weights).error
    assert guess.error > 100 * alone


def test_a_part_is_looked_up_once_for_each_index(tiny: Index) -> None:
    part, other = tiny.part("p", {"en": {"a": 1.0}}), Index(background_weight=2).fit(TINY)
    found = part.columns("en", tiny.fields_["en"])
    assert part.columns("en", tiny.fields_["en"]) is found
    assert part.columns("en", other.fields_["en"]) is not found


def test_postings_made_before_are_an_index(tiny: Index) -> None:
    index = Index.of(tiny.fields_, tiny.size_, 2)
    part = index.part("p", {"en": {"a": 1.0, "b": 0.5}})
    assert index.match(part) == pytest.approx(MATCH)
    assert index.background_weight == 2


def test_words_may_have_to_stand_in_several_texts() -> None:
    index = Index().fit({"en": [["a", "a", "b"], ["b", "b c"]]})
    assert index.words("en", 2) == ["b"]
