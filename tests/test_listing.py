"""What may be said of a run: of how many charities it is, and what isn't known."""

from collections.abc import Callable

import pytest

from recommender import Recommender
from recommender.listing import MOST, WHOLE, Listing, rows_wanted

Fit = Callable[[list[dict[str, str]]], Recommender]


@pytest.fixture(scope="module")
def many(fitted: Fit) -> Recommender:
    """More charities than are listed: every fourth has a school, every second is in Chile."""
    rows = [
        {
            "description": "It runs a school." if i % 4 == 0 else "A clinic for patients.",
            "country": "CL" if i % 2 else "",
        }
        for i in range(WHOLE + 40)
    ]
    return fitted(rows)


def listing(model: Recommender, **asked: object) -> Listing:
    return Listing.of(model, model.recommend(k=rows_wanted(model), **asked))


def test_a_small_catalogue_is_listed_whole(model: Recommender) -> None:
    found = listing(model, answers={"justice": 5})
    assert rows_wanted(model) is None
    assert found.whole
    assert not found.large
    assert found.total == 45
    assert found.found == len(found.ranked)
    assert found.found + found.silent == 45
    assert found.next_step(10) == len(found.ranked) - 10


def test_of_a_large_one_what_a_full_run_holds_is_all_that_is_known(many: Recommender) -> None:
    found = listing(many, answers={"medical_aid": 5})
    assert len(found.run) == MOST
    assert (found.large, found.whole, found.found, found.silent) == (True, False, None, 0)
    assert (found.next_step(10), found.next_step(95), found.next_step(MOST)) == (10, 5, 0)


def test_a_run_that_reaches_charities_without_a_rank_tells_how_many_have_one(
    many: Recommender,
) -> None:
    found = listing(many, answers={"education": 5})
    assert (found.found, found.silent) == (60, 180)
    assert found.next_step(50) == 10
    assert found.next_step(60) == 0


def test_what_facets_leave_out_is_counted_by_facet_and_value(many: Recommender) -> None:
    found = listing(many, answers={"education": 5}, only={"country": ["CL"]})
    assert found.total == 120
    assert found.left_out() == [("country", 120, [("not stated", 120)])]
    assert (found.found, found.silent) == (0, 120)


def test_nothing_asked_has_steps_through_all_rows(many: Recommender) -> None:
    found = listing(many)
    assert not found.asked
    assert found.next_step(90) == 10
