"""A table of one's own from the first empty file to a ranking that is explained."""

import csv
from pathlib import Path

import pytest
from command_line import Run, refused, runs

from recommender import CatalogueError, Recommender, load_catalogue, parse_catalogue
from recommender.catalogue import template
from recommender.errors import Place, Problem
from recommender.languages import load_language
from recommender.priorities import Priorities
from recommender.refusals import count, line, lines, where
from recommender.schema import CATALOGUE, items

ROWS = [
    "a,Reading Rooms,Runs a school and teaches children to read.",
    "b,Soup Kitchen,Cooks meals for hungry families and homeless people.",
    "c,Sea Watch,Cleans beaches of plastic and protects turtles and their eggs.",
]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runs(capsys)


def test_the_template_has_every_column_and_required_ones_first() -> None:
    raw = template()
    header = next(csv.reader(raw.decode("utf-8-sig").splitlines()))
    required = [c.name for c in CATALOGUE if c.required]
    assert header == [*required, *(c.name for c in CATALOGUE if not c.required)]
    assert raw.startswith(b"\xef\xbb\xbf")


def test_the_template_loads_as_it_is_and_shows_every_kind_of_cell() -> None:
    table = parse_catalogue(template(), "template.csv")
    assert table.index.tolist() == ["example-1", "example-2"]
    assert table["description"].str.startswith("A made-up charity: replace this row").all()
    full = table.loc["example-1"]
    shown = {c.kind for c in CATALOGUE[1:] if full[c.name] not in ("", c.default)}
    # Where the money acts is asked of charities for North Koreans alone.
    assert shown == {c.kind for c in CATALOGUE[1:]} - {"places"}
    assert len(items(full["figures"])) == 2


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_table_of_a_few_charities_is_ranked_and_explained(
    size: int, priorities: Priorities
) -> None:
    raw = "\n".join(["charity_id,name,description", *ROWS[:size]]).encode()
    model = Recommender(priorities=priorities).fit(parse_catalogue(raw, "mine.csv"))
    assert "education" in model.agenda_
    assert {*model.agenda_} <= {*priorities.ids}
    run = model.recommend({"education": 5}, text="reading")
    assert len(run) == size
    assert (run.index[0], run["rank"].iloc[0], run["band"].iloc[0]) == ("a", 1, "good")
    for charity in run.index:
        total = model.explain(run, charity)["contribution"].sum()
        assert total == pytest.approx(run.loc[charity, "score"], abs=1e-9)
    assert model.evidence(run, "a")["education"].sentence == ROWS[0].split(",")[2]
    assert len(model.similar("a")) == size - 1


def test_a_table_that_says_nothing_known_is_listed_all_the_same(priorities: Priorities) -> None:
    raw = b"charity_id,name,description\nz,Zzz,Qwxz vfgh.\n"
    model = Recommender(priorities=priorities).fit(parse_catalogue(raw, "mine.csv"))
    run = model.recommend(dict.fromkeys(priorities.ids, 5))
    assert run.index.tolist() == ["z"]
    assert run["rank"].isna().all()


def test_the_command_writes_the_template_which_is_right(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    done = run("template", "-o", path)
    assert (done.status, done.err) == (0, "")
    assert path.read_bytes() == template()
    assert f"check {path}" in done.out
    assert run("check", path).out == f"{path}: 2 charities, no problem found.\n"
    path.write_text("mine", encoding="utf-8")
    refused(run("template", "-o", path), "is there already: name another file")
    assert path.read_text(encoding="utf-8") == "mine"
    refused(run("template", "-o", tmp_path / "none" / "mine.csv"), "can't write")


def test_the_command_tells_what_is_wrong_in_english(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"PK\x03\x04 xl/workbook.xml")
    refused(run("check", path), "1 problem", "file: found a workbook", "save it as CSV UTF-8")


def test_every_column_that_refuses_a_cell_has_a_message() -> None:
    for column in CATALOGUE:
        if not (column.accepts("?") and column.accepts("|")):
            assert column.kind, column.name


@pytest.mark.parametrize(
    ("place", "english", "korean"),
    [
        (Place("file"), "The file", "파일"),
        (Place("header"), "First line, with the names of the columns", "열 이름이 있는 첫 줄"),
        (Place("line", 12_000), "Line 12000", "12000번째 줄"),
        (Place("row", 3, "name"), "Row 3, column “name”", "3번째 행, “name” 열"),
        (Place("", column="name"), "Column “name”", "“name” 열"),
    ],
)
def test_a_place_is_said_in_each_language(place: Place, english: str, korean: str) -> None:
    assert [where(place, load_language(code)) for code in ("en", "ko")] == [english, korean]


def test_a_place_in_english_is_what_errors_say() -> None:
    places = [Place("file"), Place("line", 3), Place("row", 3, "name"), Place("", column="name")]
    assert list(map(str, places)) == ["file", "line 3", "row 3, column name", "column name"]


def test_what_no_message_is_known_for_stays_english() -> None:
    problem = Problem("tiers", "'x'", "at least one")
    error = CatalogueError("p.toml", [problem, problem])
    assert line(problem, load_language("ko")) == "tiers: found 'x'; expected at least one"
    assert lines(error, load_language("ko"), 1) == [str(problem), "이 밖에 1군데가 더 있습니다."]
    assert count(error) == 2


def test_a_wrong_cell_is_said_with_what_it_holds_and_what_it_may() -> None:
    raw = b"charity_id,name,description,lobbies\na,n,d,may\n be\n".replace(
        b"may\n be", b'"may\n be"'
    )
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(raw, "mine.csv")
    said = [lines(caught.value, load_language(code)) for code in ("en", "ko")]
    assert said == [
        [
            "Line 2, column “lobbies”: “may be” can’t stand here. "
            "Write one of these: yes, no, not stated."
        ],
        [
            "2번째 줄, “lobbies” 열: “may be”: 여기에 쓸 수 없습니다. "
            "다음 가운데 하나를 그대로 적어 주세요: yes, no, not stated."
        ],
    ]


def test_a_catalogue_on_disk_is_read_as_before(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes(template())
    assert load_catalogue(tmp_path / "mine.csv").equals(parse_catalogue(template(), "mine.csv"))
