"""What the documentation says a hostile file or answer ends in is what it ends in.

`python3 run.py python tests/test_hostile_input.py` writes .github/HOSTILE.md anew.
"""

import html
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hostile_answers import BIDI, DONORS, LINKS, RECEIPTS, donor_table, query_of, receipt_with
from hostile_tables import TABLES, TOO_LARGE, Content, raw

from recommender import (
    CatalogueError,
    Recommender,
    links,
    load_catalogue,
    parse_catalogue,
    received,
)
from recommender.askable import TOO_LONG, Ignored, said
from recommender.cells import MAX_FIELD, MEGABYTE, MOST_PROBLEMS, ON_DISK, UPLOAD, shortened
from recommender.donors import read_donors
from recommender.export import to_csv, to_json
from recommender.languages import Language, load_language
from recommender.markdown import to_markdown
from recommender.own_words import MAX_TEXT
from recommender.query import Asked
from recommender.refusals import lines

DOCUMENT = Path(__file__).parents[1] / ".github/HOSTILE.md"
TOLD = 3
START = """# What becomes of hostile tables and answers

A table that a visitor hands over, one that `--catalogue` names, a link, a receipt and a table of
donors may come from anybody. Each is read whole and safely, or refused with everything that is
wrong with it at once, in the donor's language. This page is written from the tests' own tables
(`tests/hostile_tables.py` and `tests/hostile_answers.py`) by
`python3 run.py python tests/test_hostile_input.py`, and a test holds it to them.
"""
BETWEEN = """
Text of a table is shown as text: nothing in it becomes HTML, Markdown, a link or a formula on the
page, in exports or in the terminal.

## Links

What can be asked is asked; what else a link says is left out, and told:
"""
BETWEEN_RECEIPTS = """
## Receipts

A charity or a priority that isn't known here is left out and told. All else must be what
`recommend --format json` writes:
"""
BETWEEN_DONORS = """
## Donors

Rows of the table that `match` reads, education being what is weighed:
"""


def document(model: Recommender) -> str:
    """The page, from what is done with each of them now."""
    t = load_language("en")
    tables = {**TABLES, "Too large for a visitor": TOO_LARGE}
    sections = (
        table([(kind, said_of(content, t)) for kind, (content, _) in cases.items()], section)
        for section, cases in tables.items()
    )
    told = [
        (kind, said(ignored(query, model), model.priorities_, t)[0])
        for kind, (query, _) in LINKS.items()
    ]
    asked = [(kind, refusal(receipt(change, model))) for kind, (change, _) in RECEIPTS.items()]
    rows = [(kind, refusal(donor(row, model))) for kind, (row, _) in DONORS.items()]
    answers = table(told), BETWEEN_RECEIPTS, table(asked), BETWEEN_DONORS, table(rows)
    return "".join([START, limits(), *sections, BETWEEN, *answers])


def ignored(query: str, model: Recommender) -> tuple[Ignored, ...]:
    """What is left out of a link."""
    return links.decode(query_of("v=1&education=2&" + query), model).ignored


def receipt(change: dict[str, Any], model: Recommender) -> Callable[[], object]:
    """What reads a receipt that was changed."""
    return lambda: received.read(receipt_with(change, model))


def donor(row: str, model: Recommender) -> Callable[[], object]:
    """What reads a table with the row of a donor."""

    def read() -> object:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "donors.csv"
            path.write_bytes(donor_table(row))
            return read_donors(path, model.agenda_, model.facets_)

    return read


def places(read: Callable[[], object]) -> list[str]:
    """Where something is wrong with what is read."""
    try:
        read()
    except CatalogueError as error:
        return [problem.where for problem in error.problems]
    return []


def refusal(read: Callable[[], object]) -> str:
    """What becomes of what is read, in English."""
    try:
        read()
    except CatalogueError as error:
        return "; ".join(plain(str(problem)) for problem in error.problems)
    return "read"


def limits() -> str:
    """The limits, which are checked before anything is parsed that they bound."""
    rows = [
        ("size of the file, and of what it unpacks to", *sizes("size", MEGABYTE, " MB")),
        ("rows", *sizes("rows")),
        ("columns", *sizes("columns")),
        ("characters of a cell", *[f"{MAX_FIELD:,}"] * 2),
        ("problems told; more are counted", *[f"{MOST_PROBLEMS:,}"] * 2),
        ("characters of own words", *[f"{MAX_TEXT:,}"] * 2),
        ("characters of a link", f"{links.LONGEST:,}", "–"),
        ("size of a receipt", *[f"{received.LARGEST >> 20} MB"] * 2),
    ]
    head = "\n| at most | a visitor’s | on disk |\n|---|---|---|\n"
    return "\n## Limits\n" + head + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def sizes(name: str, unit: int = 1, after: str = "") -> Iterator[str]:
    """A limit for visitors, and for files on disk."""
    for bound in (UPLOAD, ON_DISK):
        yield f"{getattr(bound, name) // unit:,}{after}"


def said_of(content: Content, t: Language) -> str:
    """What becomes of a table, in a sentence or a few."""
    try:
        count = len(parse_catalogue(raw(content), "mine.csv"))
    except CatalogueError as error:
        return " ".join(map(plain, lines(error, t, TOLD)))
    return f"read: {count} {'charity' if count == 1 else 'charities'}"


def plain(sentence: str) -> str:
    """A sentence as Markdown shows it, without what pyarrow says and long lists of names."""
    sentence = sentence if len(sentence) < 200 else shortened(sentence)
    return html.escape(sentence.partition(" (")[0], quote=False).replace("|", "\\|")


def table(rows: list[tuple[str, str]], heading: str = "") -> str:
    """A table of Markdown, below its heading if it has one."""
    body = "".join(f"| {kind} | {outcome} |\n" for kind, outcome in rows)
    above = f"\n## {heading}\n" if heading else ""
    return f"{above}\n| what is handed over | what becomes of it |\n|---|---|\n{body}"


def test_the_page_says_what_happens(model: Recommender) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(model)


@pytest.mark.parametrize("kind", LINKS)
def test_the_rest_of_a_hostile_link_is_asked(kind: str, model: Recommender) -> None:
    query, expected = LINKS[kind]
    link = links.decode(query_of("v=1&education=2&" + query), model)
    assert [one.kind for one in link.ignored] == [expected]
    assert link.asked == Asked({} if expected == TOO_LONG else {"education": 2})


@pytest.mark.parametrize("kind", RECEIPTS)
def test_a_hostile_receipt_is_refused_with_the_place(kind: str, model: Recommender) -> None:
    change, expected = RECEIPTS[kind]
    assert expected in places(receipt(change, model))
    assert places(receipt({}, model)) == []


@pytest.mark.parametrize("kind", DONORS)
def test_a_hostile_donor_is_refused_with_the_place(kind: str, model: Recommender) -> None:
    row, column = DONORS[kind]
    found = donor(row, model)
    assert places(found) == ([f"line 3, column {column}"] if column else [])


@pytest.mark.parametrize(
    "text", ["schools \ud800\udcff", f"schools {BIDI}", "schools\0", "=schools"]
)
def test_hostile_words_are_read_and_kept_as_text(text: str, model: Recommender) -> None:
    run = model.recommend({"justice": 1}, text=text, k=3)
    for written in (
        to_json(run),
        to_csv(run).decode(),
        to_markdown(model, run, load_language("ko")),
    ):
        assert not set(written) & {"\0", "\u202e", "\ud800"}
    assert received.read(to_json(run).encode()).asked.text == run.attrs["text"]


if __name__ == "__main__":
    DOCUMENT.write_text(document(Recommender().fit(load_catalogue())), encoding="utf-8")
