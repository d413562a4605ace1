"""A labelled collection to measure on: a folder of documents, queries and judgements.

It holds three files::

    docs.parquet   columns id (text or whole numbers) and text; further columns aren't read
    queries.tsv    a header, then a query a line, parted by tabs: qid, kind and text.
                   Without a column kind each is of the kind "text"; qid may be called id
    qrels.trec     a judgement a line, as TREC writes them: qid 0 id grade

Ids are compared as text. All that is wrong with the three files is told at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from .errors import CatalogueError, Problem
from .files import UNREADABLE
from .text import normalise

DOCUMENTS, QUERIES, QRELS = "docs.parquet", "queries.tsv", "qrels.trec"
_KIND = "text"
_GRADE = re.compile(r"-?\d{1,3}")  # trec_eval counts grades in an array as long as the highest


@dataclass(frozen=True)
class Collection:
    """Documents, queries, and how relevant each is judged to the other.

    Attributes
    ----------
    documents : Series
        Texts, index doc_id; one may be empty.
    queries : DataFrame
        Index query_id; columns kind and text.
    qrels : DataFrame
        Columns query_id, doc_id and relevance, as `evaluation.measure` takes them.
    """

    documents: pd.Series
    queries: pd.DataFrame
    qrels: pd.DataFrame

    def judged(self) -> Collection:
        """Return the collection without the queries that no judgement is about."""
        return self._only(self.queries.index.isin(self.qrels["query_id"]))

    def naming(self, names: Iterable[str]) -> Collection:
        """Return the collection with only the queries whose ids name one of `names`."""
        known = set(names)
        return self._only([name_in(query) in known for query in self.queries.index])

    def _only(self, kept: Any) -> Collection:
        queries = self.queries[kept]
        qrels = self.qrels[self.qrels["query_id"].isin(queries.index)]
        return replace(self, queries=queries, qrels=qrels)


def name_in(query_id: str) -> str:
    """Return what a query's id names: the part after its colon, or all of it without one."""
    return query_id.rpartition(":")[2]


def read_collection(folder: str | Path) -> Collection:
    """Read a collection and check it.

    Parameters
    ----------
    folder : str or Path

    Raises
    ------
    CatalogueError
        With every problem of the three files.
    """
    folder = Path(folder)
    if not folder.is_dir():
        expected = f"a folder with {DOCUMENTS}, {QUERIES} and {QRELS}"
        raise CatalogueError(str(folder), [Problem("folder", "no folder", expected)])
    documents = _found(folder / DOCUMENTS, pd.read_parquet, _documents, "a Parquet file")
    queries = _found(folder / QUERIES, _lines, _queries, "lines in UTF-8, parted by tabs")
    qrels = _found(folder / QRELS, _lines, _qrels, "lines in UTF-8: qid 0 id grade")
    problems = [*documents.problems, *queries.problems, *qrels.problems]
    problems += _strangers(qrels.table, "query_id", queries.table, QUERIES)
    problems += _strangers(qrels.table, "doc_id", documents.table, DOCUMENTS)
    if problems:
        raise CatalogueError(str(folder), problems)
    return Collection(
        documents.table.set_index("doc_id")["text"],
        queries.table.set_index("query_id")[["kind", "text"]],
        qrels.table.drop(columns="where"),
    )


@dataclass(frozen=True)
class _Found:
    """The rows of a file, and what is wrong with it; no column where it couldn't be read."""

    table: pd.DataFrame
    problems: list[Problem]


def _found(
    path: Path, load: Callable[[Path], Any], parse: Callable[[Any], _Found], expected: str
) -> _Found:
    if not path.is_file():
        return _Found(pd.DataFrame(), [Problem(path.name, "no file", expected)])
    try:
        content = load(path)
    except UNREADABLE as error:
        return _Found(pd.DataFrame(), [Problem(path.name, f"nothing readable ({error})", expected)])
    return parse(content)


def _lines(path: Path) -> list[str]:
    return normalise(path.read_text(encoding="utf-8")).split("\n")


def _documents(table: pd.DataFrame) -> _Found:
    wrong = [*_missing(DOCUMENTS, table.columns, ["id", "text"]), *_wrong_types(table)]
    if wrong:
        return _Found(pd.DataFrame(), wrong)
    found = pd.DataFrame({"doc_id": table["id"].map(_cell), "text": table["text"].map(_cell)})
    found["where"] = [f"{DOCUMENTS}, row {row}" for row in range(1, len(found) + 1)]
    return _Found(found, [*_nothing(DOCUMENTS, found), *_wrong_ids(found, "doc_id")])


def _cell(value: object) -> str:
    return "" if pd.isna(value) else normalise(str(value)).strip()


def _wrong_types(table: pd.DataFrame) -> Iterator[Problem]:
    kinds = pd.api.types
    rights = {
        "id": (kinds.is_string_dtype, kinds.is_integer_dtype),
        "text": [kinds.is_string_dtype],
    }
    for name, right in rights.items():
        if name in table and len(table) and not any(is_right(table[name]) for is_right in right):
            expected = "text" if name == "text" else "text or whole numbers"
            yield Problem(f"{DOCUMENTS}, column {name}", f"cells of {table[name].dtype}", expected)


def _queries(lines: list[str]) -> _Found:
    header = [name.strip() for name in lines[0].split("\t")]
    if "qid" not in header:
        header = ["qid" if name == "id" else name for name in header]
    missing = list(_missing(QUERIES, header, ["qid", "text"]))
    if missing:
        return _Found(pd.DataFrame(), missing)
    rows, problems = [], []
    for where, line in _places(QUERIES, lines[1:], 2):
        cells = [cell.strip() for cell in line.split("\t")]
        row = {"qid": "", "text": "", **dict(zip(header, cells, strict=False))}
        rows.append((row["qid"], row.get("kind") or _KIND, row["text"], where))
        if len(cells) != len(header):
            expected = f"{len(header)} as in the header, parted by tabs"
            problems.append(Problem(where, f"{len(cells)} fields", expected))
        elif not row["text"]:
            problems.append(Problem(f"{where}, text", "nothing", "the words of a query"))
    found = pd.DataFrame(rows, columns=["query_id", "kind", "text", "where"], dtype=str)
    return _Found(found, [*problems, *_nothing(QUERIES, found), *_wrong_ids(found, "query_id")])


def _qrels(lines: list[str]) -> _Found:
    rows, problems = [], []
    for where, line in _places(QRELS, lines, 1):
        fields = line.split()
        if len(fields) != 4:
            problems.append(Problem(where, f"{len(fields)} fields", "four: qid 0 id grade"))
            continue
        query, _, document, grade = fields
        if not _GRADE.fullmatch(grade):
            problems.append(Problem(f"{where}, grade", repr(grade), "a whole number below 1000"))
            grade = "0"
        rows.append((query, document, int(grade), where))
    found = pd.DataFrame(rows, columns=["query_id", "doc_id", "relevance", "where"])
    problems += [] if problems else _nothing(QRELS, found)
    problems += [
        Problem(where, "the pair twice", "each query and document once")
        for where in found.loc[found.duplicated(["query_id", "doc_id"]), "where"]
    ]
    return _Found(found, problems)


def _places(file: str, lines: list[str], first: int) -> Iterator[tuple[str, str]]:
    """Yield where each line stands, and the line; blank lines are passed over."""
    for number, line in enumerate(lines, first):
        if line.strip():
            yield f"{file}, line {number}", line


def _missing(file: str, names: Iterable[str], required: list[str]) -> Iterator[Problem]:
    names = list(names)
    for name in required:
        if name not in names:
            found = f"no column {name!r} among {', '.join(map(repr, names))}"
            yield Problem(f"{file}, header", found, f"the columns {' and '.join(required)}")


def _nothing(file: str, found: pd.DataFrame) -> Iterator[Problem]:
    if found.empty:
        yield Problem(file, "no row", "at least one")


def _wrong_ids(found: pd.DataFrame, column: str) -> Iterator[Problem]:
    for where in found.loc[found[column] == "", "where"]:
        yield Problem(f"{where}, id", "nothing", "an id")
    again = found[column].duplicated() & (found[column] != "")
    for name, where in zip(found.loc[again, column], found.loc[again, "where"], strict=True):
        yield Problem(f"{where}, id", f"{name!r} again", "each id once")


def _strangers(
    qrels: pd.DataFrame, column: str, known: pd.DataFrame, file: str
) -> Iterator[Problem]:
    """Yield each id of the judgements that its own file lacks, where it stands first."""
    if column not in qrels or column not in known:
        return
    unknown = qrels[~qrels[column].isin(known[column])].drop_duplicates(column)
    for name, where in zip(unknown[column], unknown["where"], strict=True):
        yield Problem(where, repr(name), f"an id of {file}")
