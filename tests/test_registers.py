import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_samples import FORBIDDEN, SAMPLES, Import, Sample, refused, register_of

from recommender import (
    RecommenderError,
    UnknownNameError,
    load_catalogue,
    registers,
)
from recommender.registers import _importing, codes, load_register
from recommender.registers._importing import import_files
from recommender.registers._register import size_band, title_case, web_address
from recommender.registers.us_irs_bmf import activity
from recommender.schema import CATALOGUE, NOT_STATED, SIZES

ROOT = Path(__file__).parents[1]
EACH = pytest.mark.parametrize("code", codes())
GB, US = SAMPLES["gb-chc"], SAMPLES["us-irs-bmf"]


def test_every_module_is_a_register_and_has_a_sample() -> None:
    modules = {path.stem for path in (ROOT / "recommender/registers").glob("[!_]*.py")}
    assert codes() == sorted(name.replace("_", "-") for name in modules)
    assert set(codes()) == set(SAMPLES)


def test_a_register_is_found_by_being_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xx_new.py").write_text("REGISTER = 'the new one'\n", encoding="utf-8")
    (tmp_path / "_shared.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(registers, "__path__", [*registers.__path__, str(tmp_path)])
    assert set(codes()) - set(SAMPLES) == {"xx-new"}
    assert load_register("xx-new") == "the new one"
    del sys.modules["recommender.registers.xx_new"]


def test_an_unknown_register_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean gb-chc"):
        load_register("gb-chr")


@EACH
def test_a_register_says_where_it_comes_from(code: str) -> None:
    register = load_register(code)
    assert all([register.title, register.publisher, register.licence, register.scheme])
    assert re.fullmatch("[a-z]{2}", register.language)
    if register.mapped is None:
        assert register.home.startswith("https://")
        assert register.scheme.startswith(f"{register.country}-")
    assert {"charity_id", "name", "description"} <= set(register.gives)
    assert set(register.gives) <= {column.name for column in CATALOGUE}


@EACH
def test_a_row_becomes_a_charity(code: str, imported: Import, out: Path) -> None:
    summary = imported(code, SAMPLES[code].content())
    assert (summary.read, summary.kept, dict(summary.dropped)) == (2, 2, {})
    first = pq.read_table(out).to_pylist()[0]
    assert first == dict(SAMPLES[code].becomes)
    assert load_catalogue(out).index[0] == first["charity_id"]


@EACH
def test_the_file_says_where_it_comes_from(code: str, imported: Import, out: Path) -> None:
    imported(code, SAMPLES[code].content())
    kept = {k.decode(): v.decode() for k, v in pq.read_schema(out).metadata.items()}
    register = load_register(code)
    assert kept["register"] == code
    assert kept["publisher"] == register.publisher
    assert kept["licence"] == register.licence
    assert kept["home_page"] == register.home


@EACH
def test_nothing_of_people_reaches_the_catalogue(code: str, imported: Import, out: Path) -> None:
    content = SAMPLES[code].content()
    assert content.count(FORBIDDEN) >= 6
    imported(code, content)
    table = pq.read_table(out)
    assert "Officer" not in str(table.to_pylist()) + str(table.schema.metadata)
    assert "jo@" not in str(table.to_pylist())


@EACH
def test_a_byte_order_mark_changes_nothing(code: str, imported: Import, out: Path) -> None:
    imported(code, SAMPLES[code].content())
    plain = pq.read_table(out)
    imported(code, SAMPLES[code].content().encode("utf-8-sig"))
    assert pq.read_table(out).equals(plain)


def with_bad_rows(sample: Sample) -> bytes:
    """Two right rows, and four bad ones from line 4 on."""
    good = sample.content(rows=sample.rows[:1])
    bad = sample.content({sample.identifier: sample.bad_identifier}, {sample.name: ""}, rows=[])
    last = sample.content({sample.identifier: "77"}, rows=[])
    broken = last.encode().replace(sample.rows[0][sample.name][1:4].encode(), b"\xff\xfe")
    lines = [line for part in (good, good, bad) for line in part.encode().splitlines()[1:]]
    header = good.encode().splitlines()[0]
    rows = [*lines, b"too" + sample.delimiter.encode() + b"few", broken.splitlines()[1]]
    return b"\r\n".join([header, *rows]) + b"\r\n"


@EACH
def test_bad_rows_are_told_with_their_line_and_left_out(
    code: str, imported: Import, out: Path
) -> None:
    sample = SAMPLES[code]
    summary = imported(code, with_bad_rows(sample))
    assert (summary.read, summary.kept, summary.merged) == (6, 1, 1)
    assert dict(summary.dropped) == {"bad row": 4}
    width = len(sample.header.split())
    told = [str(problem) for problem in summary.problems]
    assert [line.split(":")[0] for line in told] == [
        f"{sample.file}, line {n}" for n in range(4, 8)
    ]
    assert repr(sample.bad_identifier) in told[0]
    assert "found nothing as name; expected a name" in told[1]
    assert f"found 2 fields; expected {width} fields" in told[2]
    assert "found bytes that are not UTF-8" in told[3]
    assert load_catalogue(out).index.tolist() == [sample.becomes["charity_id"]]


@EACH
def test_strict_writes_nothing_and_tells_every_problem(
    code: str, imported: Import, out: Path
) -> None:
    sample = SAMPLES[code]
    out.write_text("old", encoding="utf-8")
    message = refused(lambda: imported(code, with_bad_rows(sample), strict=True), "4 problems")
    assert [f"line {n}:" in message for n in range(4, 8)] == [True] * 4
    assert out.read_text(encoding="utf-8") == "old"
    assert list(out.parent.iterdir()) == [out]
    imported(code, sample.content(), strict=True)
    assert len(load_catalogue(out)) == 2


def test_twenty_problems_are_shown_and_the_rest_counted(imported: Import) -> None:
    content = GB.content(*[{GB.identifier: "?"}] * 25)
    message = refused(lambda: imported("gb-chc", content, strict=True), "25 problems", "and 5 more")
    assert message.count("expected digits") == 20


@EACH
def test_the_last_of_two_rows_with_an_id_stands(code: str, imported: Import, out: Path) -> None:
    sample = SAMPLES[code]
    renamed = sample.content({sample.name: "Quite Another Name"}, rows=[])
    summary = imported(code, sample.content({}), renamed)
    assert (summary.read, summary.kept, summary.merged, summary.replaced) == (4, 2, 1, 1)
    charity_id = sample.becomes["charity_id"]
    expected = f"{sample.file}, line 2: {charity_id} with other content than before"
    assert summary.conflicts == [expected]
    table = load_catalogue(out)
    assert table.at[charity_id, "name"] == "Quite Another Name"
    assert len(table) == 2


@given(
    rows=st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ABC")), min_size=1, max_size=30),
    batch=st.integers(1, 7),
)
def test_each_charity_is_there_once_however_rows_fall_into_batches(
    rows: list[tuple[int, str]], batch: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("batches")
    made = [{"Number": f"n{i}", "Charity": name, "Mission": "It helps."} for i, name in rows]
    path = SAMPLES["csv"].write(folder, SAMPLES["csv"].content(rows=made))
    out = folder / "new.parquet"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_importing, "BATCH", batch)
        summary = import_files("csv", register_of("csv"), [path], out)
    table = load_catalogue(out)
    assert table["name"].to_dict() == {f"n{i}": name for i, name in rows}
    assert summary.kept == len(table) == summary.read - summary.merged - summary.replaced


@EACH
@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError, OSError])
def test_an_interrupted_import_leaves_what_was_there(
    code: str, old: bool, stop: type[BaseException], tmp_path: Path, out: Path
) -> None:
    path = SAMPLES[code].write(tmp_path, SAMPLES[code].content())
    if old:
        out.write_text("old", encoding="utf-8")

    def told(name: str, rows: int, share: float) -> None:
        if rows == 2:
            raise stop

    with pytest.raises((stop, RecommenderError)):
        import_files(code, register_of(code), [path], out, told=told)
    assert [file.read_text() for file in out.parent.iterdir()] == ["old"] * old


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_a_process_that_is_interrupted_leaves_nothing(tmp_path: Path, out: Path) -> None:
    lines = US.content().splitlines(keepends=True)
    more = "".join(lines[2].replace("990000002", f"{n:09d}") for n in range(400_000))
    path = US.write(tmp_path, lines[0] + more)
    command = [
        sys.executable,
        "-m",
        "recommender",
        "import",
        "us-irs-bmf",
        str(path),
        "-o",
        str(out),
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while not list(out.parent.glob(".new*/*")) and time.monotonic() < until:
            time.sleep(0.02)
        assert list(out.parent.glob(".new*/*")), "it never began to write"
        process.send_signal(signal.SIGINT)
        assert process.wait(60) != 0
    assert list(out.parent.iterdir()) == []


@EACH
def test_a_place_that_cannot_be_written_is_refused(code: str, tmp_path: Path) -> None:
    path, register = SAMPLES[code].write(tmp_path, SAMPLES[code].content()), register_of(code)
    places = [tmp_path / "none/new.parquet", tmp_path / "new.csv", tmp_path]
    for place in places:
        refused(lambda place=place: import_files(code, register, [path], place), "can't write")
    refused(lambda: import_files(code, register, [tmp_path / "no.csv"], places[1]), "can't write")


def test_a_file_is_not_written_over_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ours.parquet"
    path.write_text("as it was", encoding="utf-8")
    refused(lambda: import_files("csv", register_of("csv"), [path], path), "name another file")
    assert path.read_text(encoding="utf-8") == "as it was"


def test_a_file_that_is_not_there_is_told(tmp_path: Path, out: Path) -> None:
    register = register_of("csv")
    refused(lambda: import_files("csv", register, [tmp_path / "no.csv"], out), "no file")


def test_charities_without_activities_are_left_out_and_counted(imported: Import, out: Path) -> None:
    summary = imported("gb-chc", GB.content({GB.identifier: "8", GB.text: "  "}))
    assert dict(summary.dropped) == {"no description": 1}
    assert load_catalogue(out).index.tolist() == ["GB-CHC-1", "GB-CHC-1-2"]


def test_a_file_of_which_nothing_is_left_writes_nothing(imported: Import, out: Path) -> None:
    empty = GB.content({GB.text: ""}, rows=[])
    refused(lambda: imported("gb-chc", empty), "no row has a description")
    assert not out.exists()


def test_what_ended_is_marked_and_what_is_not_known_is_not_guessed(
    imported: Import, out: Path
) -> None:
    imported("gb-chc", GB.content())
    gone = load_catalogue(out).loc["GB-CHC-1-2"]
    assert gone[["status", "size", "website"]].tolist() == ["closed", NOT_STATED, ""]
    imported("us-irs-bmf", US.content())
    lodge = load_catalogue(out).loc["US-EIN-990000002"]
    columns = ["status", "size", "country", "region", "tax_deductible", "described_by"]
    expected = [NOT_STATED, NOT_STATED, "", "", "US=no", "its name"]
    assert lodge[columns].tolist() == expected
    assert lodge["description"] == "Harbor Lodge"


def test_ids_are_made_from_names_where_there_are_none(imported: Import, out: Path) -> None:
    content = "Charity;Mission;Phone\nWell Read;Lends books;1\nWide Awake;Plants trees;2\n"
    columns = {"name": "Charity", "description": "Mission"}
    path = out.parent.parent / "a.csv"
    path.write_text(content, encoding="utf-8")
    mapped = load_register("csv").mapped
    assert mapped is not None
    import_files("csv", mapped(columns), [path], out)
    ids = load_catalogue(out).index
    assert ids.is_unique
    assert all(re.fullmatch("own-[0-9a-f]{12}", charity_id) for charity_id in ids)
    path.write_text("\n".join(content.splitlines()[::2]), encoding="utf-8")
    import_files("csv", mapped(columns), [path], out)
    assert load_catalogue(out).index.tolist() == [ids[1]]


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("B20", "Elementary & Secondary Schools"),
        ("b20Z", "Elementary & Secondary Schools"),
        ("B99", "Education"),
        ("B01", "Alliances & Advocacy, Education"),
        ("B77", "Education"),
        ("Z99", ""),
        ("", ""),
        ("?1", ""),
    ],
)
def test_an_activity_code_is_told_by_its_title(code: str, title: str) -> None:
    assert activity(code) == title


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_more_income_is_never_a_smaller_band(one: float, other: float) -> None:
    low, high = sorted([one, other])
    assert SIZES.index(size_band(str(low))) <= SIZES.index(size_band(str(high))) < len(SIZES) - 1


@pytest.mark.parametrize(
    ("income", "band"),
    [
        ("9999.99", "under 10k"),
        ("10000", "10k–100k"),
        ("100000", "100k–1m"),
        ("1e6", "1m–10m"),
        ("10000000.0", "over 10m"),
        ("-3", "under 10k"),
        ("", NOT_STATED),
        ("nan", NOT_STATED),
        ("much", NOT_STATED),
    ],
)
def test_an_income_has_its_band(income: str, band: str) -> None:
    assert size_band(income) == band


@pytest.mark.parametrize(
    ("name", "cased"),
    [
        ("THE ST JOHN'S HOUSE OF HOPE", "The St John's House of Hope"),
        ("SNO-MOBILE CLUB (MAINE)", "Sno-Mobile Club (Maine)"),
        ("WWF - UK", "Wwf - Uk"),
        ("OCCA House", "OCCA House"),
        ("북한", "북한"),
    ],
)
def test_capitals_become_title_case(name: str, cased: str) -> None:
    assert title_case(name) == cased


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("www.a.org", "http://www.a.org"),
        (" HTTPS://a.org/x ", "https://a.org/x"),
        ("jo@a.org", ""),
        ("javascript://a.org", ""),
        ("none", ""),
        ("", ""),
    ],
)
def test_only_an_address_is_a_website(cell: str, address: str) -> None:
    assert web_address(cell) == address


def test_the_titles_of_codes_are_whole() -> None:
    table = pd.read_csv(ROOT / "data/ntee.csv", comment="#", dtype=str, keep_default_na=False)
    assert table.columns.tolist() == ["code", "title"]
    assert table["code"].is_unique
    assert table["code"].str.fullmatch(r"[A-Z](\d[0-9A-Z])?").all()
    assert (table["title"].str.strip() != "").all()
    assert set(table["code"].str[0]) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
