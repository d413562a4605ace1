from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from recommender.errors import (
    AnswersError,
    CatalogueError,
    Problem,
    RecommenderError,
    UnknownNameError,
)


def test_every_error_of_the_library_is_caught_as_one() -> None:
    for error in (AnswersError, CatalogueError, UnknownNameError):
        assert issubclass(error, RecommenderError)


@pytest.mark.parametrize(
    ("count", "first_line"),
    [(0, "a.csv: 0 problems"), (1, "a.csv: 1 problem"), (2, "a.csv: 2 problems")],
)
def test_an_error_of_a_file_lists_every_problem(count: int, first_line: str) -> None:
    problems = [Problem(f"line {i}", "'x'", "yes or no") for i in range(count)]
    error = CatalogueError("a.csv", iter(problems))
    assert error.problems == tuple(problems)
    lines = str(error).rstrip("\n").split("\n")
    assert lines[0] == first_line
    assert lines[1:] == [f"  line {i}: found 'x'; expected yes or no" for i in range(count)]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("justise", "Did you mean justice?"),
        ("foods", "Did you mean food or foot?"),
        ("zzz", "Known: justice, food, foot."),
        ("", "Known: justice, food, foot."),
    ],
)
def test_an_unknown_name_is_answered_with_the_closest_or_with_all(name: str, hint: str) -> None:
    error = UnknownNameError("priority", name, iter(["justice", "food", "foot"]))
    assert str(error) == f"unknown priority {name!r}. {hint}"


def refuse() -> None:
    raise CatalogueError("a.csv", [Problem("line 1", "'x'", "yes or no")])


def test_an_error_of_a_file_reaches_whoever_waits_for_a_process() -> None:
    with (
        ProcessPoolExecutor(1, get_context("spawn")) as pool,
        pytest.raises(CatalogueError, match="line 1: found 'x'") as caught,
    ):
        pool.submit(refuse).result(timeout=60)
    assert caught.value.problems == (Problem("line 1", "'x'", "yes or no"),)
