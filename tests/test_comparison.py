"""Why one charity stands above another: tables worked out by hand."""

import pandas as pd
import pytest

from recommender.comparison import (
    FEW,
    Standing,
    WhyNot,
    are_level,
    part_table,
    words_apart,
)
from recommender.explanation import Contribution, Explanation, Reading

NOTHING = Reading({}, {})


def explained(*terms: tuple[str, str, str, float]) -> Explanation:
    found = [Contribution(p, "en", term, words, value, "") for p, term, words, value in terms]
    return Explanation(found, NOTHING)


def test_scores_are_level_where_ranks_are_tied() -> None:
    assert are_level(0.5, 0.5 + 1e-14)
    assert not are_level(0.5, 0.5 + 2e-12)


def test_the_table_of_parts_adds_up_across_and_down() -> None:
    charity = pd.Series({"a": 0.104, "b": 0.104, "c": 0.104})
    other = pd.Series({"a": 0.5, "b": 0.0, "c": 0.105})
    table = part_table({"a": 0.5, "b": 0.25, "c": 0.25}, charity, other)
    assert table.index.name == "part"
    assert table["difference"].tolist() == pytest.approx([0.396, -0.104, 0.001])
    assert table["charity_points"].tolist() == [11, 10, 10]
    assert table["other_points"].tolist() == [50, 0, 11]
    assert table["points"].tolist() == [39, -10, 1]


def test_words_stand_as_in_the_text_that_they_count_more_in() -> None:
    charity = explained(("a", "school", "Schools", 0.1), ("a", "teach", "taught", 0.3))
    other = explained(("a", "school", "schooling", 0.4), ("b", "law", "law", 0.2))
    words, rest = words_apart(["a", "b"], charity, other)
    assert words["words"].tolist() == ["schooling", "taught", "law"]
    assert words["part"].tolist() == ["a", "a", "b"]
    assert words["difference"].tolist() == pytest.approx([0.3, -0.3, 0.2])
    assert words["other"].tolist() == [0.4, 0.0, 0.2]
    assert rest.to_dict() == {"a": 0.0, "b": 0.0}


def test_a_word_that_counts_more_against_one_stands_as_there() -> None:
    charity = explained(("unlike", "school", "Schools", -0.1))
    other = explained(("unlike", "school", "schooling", -0.3))
    words, _ = words_apart(["unlike"], charity, other)
    assert words["words"].tolist() == ["schooling"]
    assert words["difference"].tolist() == pytest.approx([-0.2])


def test_all_but_the_strongest_words_are_summed() -> None:
    terms = [("a", f"t{n}", f"w{n}", n / 100) for n in range(1, FEW + 4)]
    words, rest = words_apart(["a"], explained(), explained(*terms))
    assert len(words) == FEW
    assert words["words"].iloc[0] == f"w{FEW + 3}"
    assert rest["a"] == pytest.approx(0.06)


def test_a_word_that_counts_the_same_for_both_is_not_named() -> None:
    same = explained(("a", "school", "schools", 0.1))
    words, rest = words_apart(["a"], same, same)
    assert (len(words), rest["a"]) == (0, 0.0)


def test_turning_it_twice_changes_nothing() -> None:
    parts = part_table({"a": 1.0}, pd.Series({"a": 0.2}), pd.Series({"a": 0.7}))
    words, rest = words_apart(["a"], explained(("a", "x", "x", 0.2)), explained())
    one = Standing("one", True, 2, False, "partial", 0.2)
    other = Standing("other", True, 1, False, "good", 0.7)
    why = WhyNot(one, other, parts, words, rest, None, None)
    turned = why.turned()
    assert (turned.charity, turned.other, turned.points) == (other, one, -50)
    assert turned.gap == -why.gap == pytest.approx(-0.5)
    assert turned.parts.loc["a", ["charity", "other"]].tolist() == [0.7, 0.2]
    assert turned.words["difference"].tolist() == [0.2]
    pd.testing.assert_frame_equal(turned.turned().parts, parts)
    pd.testing.assert_frame_equal(turned.turned().words, words)
