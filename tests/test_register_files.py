"""The kinds of files that registers come in, whole, wrong and broken."""

import io
import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_samples import FORBIDDEN, SAMPLES, Import, Sample, refused, register_of

from recommender import CatalogueError
from recommender.registers import _files, codes
from recommender.registers._importing import import_files

EACH = pytest.mark.parametrize("code", codes())
GB, US = SAMPLES["gb-chc"], SAMPLES["us-irs-bmf"]


def zipped(**members: str | bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def as_json(sample: Sample, *changes: dict[str, object], bom: bool = True) -> bytes:
    rows = [
        {name: row.get(name, FORBIDDEN) for name in sample.header.split()}
        for row in [*sample.rows, *({**sample.rows[0], **change} for change in changes)]
    ]
    for row in rows:
        row["latest_income"] = float(row["latest_income"]) if row["latest_income"] else None
    return json.dumps(rows).encode("utf-8-sig" if bom else "utf-8")


@EACH
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("", "", ["an empty file", "a header with"]),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "", ["the header", "PNG", "the columns"]),
        ("a,b\n1,2\n", "", ["a", "the columns"]),
        (b"PK no zip", "sent.zip", ["an unreadable zip", "a whole zip"]),
        (zipped(readme_md="x"), "sent.zip", ["readme.md", "a zip with one file"]),
        (zipped(), "sent.zip", ["an empty zip"]),
        ("x", "sent.pdf", ["a file named sent.pdf", ".zip"]),
    ],
    ids=["empty", "image", "header", "no zip", "other zip", "empty zip", "other kind"],
)
def test_a_wrong_file_is_refused(
    code: str, imported: Import, out: Path, content: str | bytes, name: str, words: list[str]
) -> None:
    refused(lambda: imported(code, content, name=name), *words)
    assert list(out.parent.iterdir()) == []


@EACH
def test_a_file_of_another_register_is_refused(code: str, imported: Import) -> None:
    others = [sample for other, sample in SAMPLES.items() if other != code]
    for other in others:
        refused(lambda other=other: imported(code, other.content()), "the columns")


@EACH
def test_a_header_without_rows_is_refused(code: str, imported: Import) -> None:
    refused(lambda: imported(code, SAMPLES[code].content(rows=[])), "no row below the header")


def test_a_wrong_second_file_is_refused_before_the_first_is_read(tmp_path: Path, out: Path) -> None:
    first = US.write(tmp_path, US.content())
    second = tmp_path / "second.csv"
    second.write_text("a,b\n", encoding="utf-8")
    told: list[object] = []
    files = [first, second]
    refused(
        lambda: import_files("us", register_of("us-irs-bmf"), files, out, told=told.append),  # type: ignore[arg-type]
        "second.csv",
    )
    assert told == []


@pytest.mark.parametrize("bom", [True, False])
def test_json_text_and_zip_give_the_same(bom: bool, imported: Import, out: Path) -> None:
    quoted = {GB.text: 'We say "read".', GB.identifier: "3"}
    text = GB.content(quoted)
    assert r"We say \"read\"." in text
    imported("gb-chc", text)
    expected = pq.read_table(out).to_pylist()
    assert expected[2]["description"] == 'We say "read".'
    for name, content in {
        "a.json": as_json(GB, quoted, bom=bom),
        "a.zip": zipped(a_json=as_json(GB, quoted, bom=bom), readme_md="x"),
        "b.zip": zipped(a_txt=text),
    }.items():
        imported("gb-chc", content, name=name)
        assert pq.read_table(out).to_pylist() == expected, name


def test_bad_items_of_json_are_told_with_their_place(imported: Import) -> None:
    content = json.loads(as_json(GB, {GB.identifier: 5}, bom=False))
    content += [{}, "text", {**content[0], GB.name: ["a list"]}]
    summary = imported("gb-chc", json.dumps(content), name="a.json")
    assert (summary.read, summary.kept) == (6, 3)
    told = [str(problem) for problem in summary.problems]
    assert [line.split(":")[0] for line in told] == [f"a.json, item {n}" for n in (4, 5, 6)]
    assert "a list as charity_name" in told[2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (as_json(GB)[:-9], ["is it cut off"]),
        (as_json(GB)[:-1], ["the file's end"]),
        (b'{"a": 1}', ["a JSON array of objects"]),
        (b'[{"a": 1}]', ["an item that lacks registered_charity_number"]),
        (b"[]", ["no row below"]),
        (b"\x89PNG", ["a JSON array"]),
        (b"[" * 200_000, ["is it cut off"]),
        (b"[1" + b"0" * 5000 + b"]", ["is it cut off"]),
        (zipped(a_json=as_json(GB), b_json=as_json(GB)), ["a JSON array"]),
    ],
)
def test_json_of_another_kind_or_cut_off_is_refused(
    imported: Import, out: Path, content: bytes, words: list[str]
) -> None:
    refused(lambda: imported("gb-chc", content, name="a.json"), *words)
    assert list(out.parent.iterdir()) == []


def test_a_damaged_zip_is_refused(imported: Import, out: Path) -> None:
    whole = bytearray(zipped(a_json=as_json(GB)))
    place = len(whole) // 3
    whole[place : place + 8] = b"\0" * 8
    with pytest.raises(CatalogueError, match=r"unreadable zip|JSON"):
        imported("gb-chc", bytes(whole), name="a.zip")
    assert list(out.parent.iterdir()) == []


@given(items=st.lists(st.dictionaries(st.text(), st.text())), chunk=st.integers(1, 40))
def test_json_is_read_in_parts_as_it_is_read_whole(items: list[dict[str, str]], chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_files, "_CHUNK", chunk)
        for text in (json.dumps(items), json.dumps(items, indent=1, ensure_ascii=False)):
            assert list(_files._items(io.StringIO(text))) == items


def test_a_large_file_is_not_read_whole_before_its_first_row() -> None:
    text = io.StringIO(json.dumps([{"a": "x" * 1000}] * 5000))
    assert next(_files.objects(text, ("a",), ()))[0] == "item 1"
    assert text.tell() < len(text.getvalue()) / 3


def test_a_quotation_mark_left_open_spoils_its_own_line_only(imported: Import) -> None:
    lines = US.content().splitlines()
    summary = imported("us-irs-bmf", "\n".join([lines[0], lines[1] + ',"', lines[2]]))
    assert (summary.read, summary.kept, dict(summary.dropped)) == (2, 1, {"bad row": 1})


def test_a_zip_with_a_password_is_refused(imported: Import) -> None:
    whole = zipped(a_json=as_json(GB))
    locked = whole.replace(b"PK\1\2\x14\x03\x14\0\0", b"PK\1\2\x14\x03\x14\0\1")
    assert locked != whole
    refused(lambda: imported("gb-chc", locked, name="a.zip"), "a zip with a password")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that opens and won't read")
def test_a_file_that_cannot_be_read_is_not_blamed_on_the_output(tmp_path: Path) -> None:
    (tmp_path / "eo1.csv").symlink_to("/proc/self/mem")
    output = tmp_path / "us.parquet"
    with pytest.raises(CatalogueError, match=r"eo1\.csv.*\n.*can't be read") as caught:
        import_files("us-irs-bmf", register_of("us-irs-bmf"), [tmp_path / "eo1.csv"], output)
    assert "can't write" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["eo1.csv"]
