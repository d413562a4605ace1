import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from recommender import (
    CatalogueError,
    RecommenderError,
    load_catalogue,
    load_priorities,
    load_sources,
)
from recommender.catalogue import check_shipped
from recommender.schema import CATALOGUE

ROOT = Path(__file__).parents[1]
HEAD = "charity_id,name,description"
NAMES = [column.name for column in CATALOGUE if column.name != "charity_id"]


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: str | bytes, name: str = "catalogue.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def problems(path: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    return [str(problem) for problem in caught.value.problems]


def test_an_unknown_column_is_refused_with_the_known_ones(write: Write) -> None:
    [problem] = problems(write(f"{HEAD},colour\na,n,d,blue\n"))
    assert problem.startswith("header: found column 'colour'; expected one of aliases, base,")


def test_every_problem_of_a_file_is_reported_at_once(write: Write) -> None:
    rows = ["a,,d,maybe,x", "a,n,,yes,https://a.org", ",n,d,no,ftp://a.org"]
    found = problems(write(f"{HEAD},faith_based,website\n" + "\n".join(rows)))
    places = [problem.split(":")[0] for problem in found]
    assert sorted(places) == [
        "line 2, column charity_id",
        "line 2, column faith_based",
        "line 2, column name",
        "line 2, column website",
        "line 3, column charity_id",
        "line 3, column description",
        "line 4, column charity_id",
        "line 4, column website",
    ]
    assert [place[:6] for place in places] == sorted(place[:6] for place in places)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(RecommenderError, match=r"no file .*\. Name an existing CSV or Parquet"):
            load_catalogue(path)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_separators_byte_order_marks_and_line_ends_do_not_matter(
    write: Write, separator: str, mark: bytes, newline: str
) -> None:
    lines = [["charity_id", "name", "description"], ["a", "n", '"one, two; three\tfour"']]
    text = newline.join(separator.join(line) for line in lines) + newline
    [[name, description]] = (
        load_catalogue(write(mark + text.encode())).loc[["a"], ["name", "description"]].to_numpy()
    )
    assert (name, description) == ("n", "one, two; three\tfour")


def test_cells_stay_the_text_they_are(write: Write) -> None:
    table = load_catalogue(write(f"{HEAD},short_name\n007,NA,None null nan,1.50\n1e5,x,d,TRUE\n"))
    assert table.index.tolist() == ["007", "1e5"]
    assert table.loc["007", ["name", "description", "short_name"]].tolist() == [
        "NA",
        "None null nan",
        "1.50",
    ]
    assert table.loc["1e5", "short_name"] == "TRUE"


def test_blank_lines_are_passed_over_and_lines_are_counted_as_an_editor_does(write: Write) -> None:
    text = f'\n{HEAD},lobbies\n\na,n,"one\ntwo\n\nthree",no\n,,,\n\nb,n,d,perhaps\n'
    [problem] = problems(write(text))
    assert problem.startswith("line 10, column lobbies")
    good = load_catalogue(write(text.replace("perhaps", "yes")))
    assert good.index.tolist() == ["a", "b"]
    assert good.loc["a", "description"] == "one\ntwo\n\nthree"


def test_control_and_direction_characters_are_stripped(write: Write) -> None:
    cells = "a,\ufeffN\x00a\u202eme\u2066 \x07x\u200f,  de\u200bsc\x1b \n"
    table = load_catalogue(write(f"{HEAD}\n{cells}"))
    assert table.loc["a", ["name", "description"]].tolist() == ["Name x", "desc"]


def test_hangul_in_separate_letters_is_composed(write: Write) -> None:
    decomposed = unicodedata.normalize("NFD", "학교")
    table = load_catalogue(write(f"{HEAD},description_ko\na,n,d,{decomposed}\n"))
    assert table.loc["a", "description_ko"] == "학교"


def test_absent_columns_and_empty_cells_mean_the_same(write: Write) -> None:
    absent = load_catalogue(write(f"{HEAD}\na,n,d\n"))
    every = [name for name in NAMES if name not in ("name", "description")]
    empty = load_catalogue(
        write(f"{HEAD},{','.join(every)}\na,n,d{',' * len(every)}\n", "empty.csv")
    )
    pd.testing.assert_frame_equal(absent, empty)
    row = absent.loc["a"]
    facets = ["faith_based", "government_linked", "lobbies", "status", "size", "described_by"]
    assert row[facets].tolist() == ["not stated"] * 6
    assert set(row.drop(["name", "description", *facets])) == {""}
    assert absent.columns.tolist() == NAMES


def test_columns_may_come_in_any_order(write: Write) -> None:
    one = load_catalogue(write(f"{HEAD}\na,n,d\n"))
    two = load_catalogue(write("description,charity_id,name\nd,a,n\n", "other.csv"))
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("with_index", [True, False])
def test_parquet_holds_the_same_as_csv(
    catalogue: pd.DataFrame, tmp_path: Path, with_index: bool
) -> None:
    table = catalogue if with_index else catalogue.reset_index()
    table.to_parquet(tmp_path / "c.parquet", index=with_index)
    pd.testing.assert_frame_equal(load_catalogue(tmp_path / "c.parquet"), catalogue)


def test_csv_written_by_pandas_reads_back(catalogue: pd.DataFrame, tmp_path: Path) -> None:
    catalogue.to_csv(tmp_path / "c.csv")
    pd.testing.assert_frame_equal(load_catalogue(tmp_path / "c.csv"), catalogue)


def test_missing_values_of_parquet_are_empty_cells(tmp_path: Path) -> None:
    cells = {"charity_id": ["a"], "name": ["n"], "description": ["d"], "lobbies": [None]}
    pd.DataFrame({**cells, "founded": [2004]}).to_parquet(tmp_path / "c.parquet")
    row = load_catalogue(tmp_path / "c.parquet").loc["a"]
    assert (row["lobbies"], row["founded"]) == ("not stated", "2004")


def test_wrong_cells_of_parquet_are_reported_by_row(tmp_path: Path) -> None:
    cells = {"charity_id": ["a", "b"], "name": ["n", "n"], "description": ["d", ""]}
    pd.DataFrame(cells).to_parquet(tmp_path / "c.parquet")
    expected = "row 2, column description: found nothing; expected a description in words"
    assert problems(tmp_path / "c.parquet") == [expected]


@pytest.mark.parametrize("kept", [0, 4, 1000, -8])
def test_a_truncated_parquet_file_is_refused(
    catalogue: pd.DataFrame, write: Write, tmp_path: Path, kept: int
) -> None:
    catalogue.to_parquet(tmp_path / "whole.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    [problem] = problems(write(whole[:kept], "part.parquet"))
    assert problem.startswith("file: found no readable Parquet (")


def test_the_shipped_tables_agree() -> None:
    found = check_shipped(load_priorities().ids)
    assert found.startswith("45 charities, ")
    assert found.endswith(" 540 judgements: no problem found.")


@pytest.mark.parametrize("name", ["sources", "judgements"])
def test_shipped_tables_that_disagree_are_refused(tmp_path: Path, name: str) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "recommender", tmp_path / "recommender")
    path = tmp_path / "data" / f"{name}.csv"
    text = path.read_text(encoding="utf-8").replace("\nlink,", "\nlost,", 1)
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "recommender", "check"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].endswith("data: 1 problem")
    assert f"{name}.csv, row " in done.stderr
    assert "column charity_id: found 'lost'; expected a charity_id that there is" in done.stderr


def test_the_sources_have_one_row_a_fact() -> None:
    columns = load_sources().columns.tolist()
    assert columns == ["charity_id", "column", "url", "page_date", "retrieved_on"]
