"""benchmarks/load.py visits the real page. How long anything takes is not tested."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from benchmarks import load
from benchmarks._visitor import Answer, Visitor

T = TypeVar("T")
FOUR = ("justice", "resettlement", "medical_aid", "education")


def apart(task: Callable[[], T]) -> T:
    """Return what a task returns in a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(task).result()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_visitors_get_answers_and_the_table_tells_of_them() -> None:
    table = apart(lambda: load.table(None, [2], 12.0, 3))
    head, rule, row, _, first, _, visits, *_ = table.splitlines()
    assert len(cells(head)) == rule.count("---") == len(cells(row))
    figures = [float(cell.replace(",", "")) for cell in cells(row)]
    assert figures[0] == 2
    assert min(figures) > 0
    assert first.startswith("The first visitor")
    assert visits.startswith("3 visits one after the other")


def test_an_answer_draws_cards_and_tells_what_was_sent() -> None:
    async def visit(url: str) -> list[Answer]:
        visitor = Visitor(url)
        found = [await visitor.begin()]
        assert {*FOUR} <= {*visitor.priorities}
        found += [await visitor.rate(priority, 0) for priority in FOUR]  # skipped, all of them
        await visitor.end()
        return found

    with load.running(None) as server:
        found = apart(lambda: asyncio.run(visit(server.url)))
    assert [answer.cards > 0 for answer in found] == [True, True, True, True, False]
    assert all(0 < answer.sent < answer.whole for answer in found)
    # Facts don't change with an answer, and aren't sent again.
    assert all(answer.whole < found[0].whole / 2 for answer in found[1:])


def test_a_row_has_the_median_and_the_95th_of_100() -> None:
    answers = [Answer(n / 1000, 1000 * n, 3000 * n, 1) for n in range(1, 102)]
    assert load.row(7, answers, 300.4) == "| 7 | 101 | 51 | 96 | 101 | 51 | 153 | 300 |"
