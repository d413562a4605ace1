"""Tables that strangers may hand over, by what is wrong with them, each with its outcome.

`python3 run.py python tests/test_hostile_input.py` writes .github/HOSTILE.md from it.
"""

import io
import zipfile
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from recommender.cells import UPLOAD
from recommender.schema import CATALOGUE

HEAD = "charity_id,name,description"
TABLE = f"{HEAD}\na,n,d\nb,m,e\n"
KOREAN = f"{HEAD},description_ko\na,여명,d,북한이탈주민의 정착을 돕습니다.\n"
MARKUP = "<script>alert(1)</script> ![x](https://evil.example/x.png) [y](javascript:z) **b** $x$"

Content = str | bytes | Callable[[], bytes]
Outcome = int | list[str]
"""How many charities are read, or where something is wrong, and of which kind."""


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def written(table: pa.Table, **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def parquet(columns: dict[str, object] | None = None, **options: object) -> bytes:
    one = {"charity_id": ["a"], "name": ["n"], "description": ["d"]}
    return written(pa.table({**one, **(columns or {})}), **options)


def same(cell: str, rows: int) -> dict[str, object]:
    """A cell that stands in every row, and once in the file."""
    codes = pa.array([0] * rows, pa.int32())
    ids = [f"a{i}" for i in range(rows)]
    names = pa.DictionaryArray.from_arrays(codes, pa.array(["n"]))
    texts = pa.DictionaryArray.from_arrays(codes, pa.array([cell]))
    return {"charity_id": ids, "name": names, "description": texts}


def alike(rows: int, size: int) -> bytes:
    """Cells that are stored as their difference from the one before."""
    plain = dict.fromkeys(("charity_id", "name"), "DELTA_LENGTH_BYTE_ARRAY")
    cells = {k: [f"a{i}" for i in range(rows)] for k in plain}
    cells["description"] = ["x" * size + str(i) for i in range(rows)]
    encoded = {**plain, "description": "DELTA_BYTE_ARRAY"}
    return parquet(cells, use_dictionary=False, column_encoding=encoded, compression="zstd")


def number(value: int, length: int = 0) -> bytes:
    """A number as Parquet writes it, seven bits a byte, in so many bytes at least."""
    found = b""
    while value > 0x7F or len(found) + 1 < length:
        found, value = found + bytes([value & 0x7F | 0x80]), value >> 7
    return found + bytes([value])


def lying(size: int) -> bytes:
    """A cell of so many letters in a file that says it unpacks to almost nothing."""
    raw = parquet({"name": ["x" * size]}, compression="zstd", write_statistics=False)
    told = pq.read_metadata(io.BytesIO(raw)).row_group(0)
    sizes = (told.total_byte_size, told.column(1).total_uncompressed_size)
    return with_one_for(raw, *sizes)


def more_rows(count: int) -> bytes:
    """So many rows in a file that says it has one."""
    return with_one_for(parquet(same("d", count), store_schema=False), count, most=1)


def with_one_for(raw: bytes, *numbers: int, most: int = -1) -> bytes:
    """A file of Parquet that says 1 in its footer where it said these numbers."""
    start = len(raw) - 8 - int.from_bytes(raw[-8:-4], "little")
    footer = raw[start:-8]
    for honest in (number(2 * value) for value in numbers):
        assert honest in footer
        footer = footer.replace(honest, number(2, len(honest)), most)
    return raw[:start] + footer + raw[-8:]


def columns_said(count: int) -> bytes:
    """A file that says it has so many columns, each of a byte."""
    footer = b"\x15\x02\x19\xfc" + number(count + 1) + bytes(count + 1) + b"\0"
    return b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def page(unpacked: int, packed: int, *, twice: int = 0) -> bytes:
    """The header of a page; a reader that takes the last of two sizes is told a smaller one."""
    again = b"\x06" + number(4) + number(2 * twice) if twice else b""
    return b"\x25" + number(2 * unpacked) + b"\x15" + number(2 * packed) + again + b"\x00"


def about(packed: int, at: int, dictionary: bytes = b"") -> bytes:
    """What is said of a column: how long its pages are together, and where the first begins."""
    return b"\x76" + number(2 * packed) + b"\x26" + number(2 * at) + dictionary


def handmade(pages: bytes, *columns: bytes, more: bytes = b"") -> bytes:
    """A file of Parquet with a group of such columns, and whatever else is said of it."""
    schema = b"\x29" + bytes([16 * (len(columns) + 1) + 12]) + bytes(len(columns) + 1)
    chunks = b"".join(b"\x3c" + column + b"\x00\x00" for column in columns)
    groups = b"\x29\x1c\x19" + bytes([16 * len(columns) + 12]) + chunks + b"\x00"
    footer = schema + groups + more + b"\x00"
    return b"PAR1" + pages + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def fixed(size: int, rows: int) -> bytes:
    """A cell of so many bytes, as all are in its column, in every row and once in the file."""
    cells = pa.array([b"x" * size] * rows, pa.binary(size))
    return parquet({**same("d", rows), "name": cells}, compression="zstd")


def everywhere(text: str) -> str:
    """A table that holds a text in every column that may hold any."""
    free = [c.name for c in CATALOGUE if c.accepts(text) and c.name != "charity_id"]
    return ",".join(["charity_id", *free]) + "\na" + f',"{text}"' * len(free) + "\n"


TWICE = pa.table([["a"]] * 4, names=["charity_id", "name", "description", "name"])

TABLES: dict[str, dict[str, tuple[Content, Outcome]]] = {
    "Letters": {
        "UTF-8": (KOREAN, 1),
        "UTF-8 with a mark": (KOREAN.encode("utf-8-sig"), 1),
        "UTF-16 with a mark": (KOREAN.encode("utf-16"), 1),
        "UTF-16, big end first, with a mark": (b"\xfe\xff" + KOREAN.encode("utf-16-be"), 1),
        "UTF-16 without a mark": (KOREAN.encode("utf-16-le"), 1),
        "UTF-16, big end first, without a mark": (KOREAN.encode("utf-16-be"), 1),
        "UTF-32": (KOREAN.encode("utf-32"), 1),
        "CP949": (KOREAN.encode("cp949"), 1),
        "UTF-16 cut short": (KOREAN.encode("utf-16")[:-1], ["file: damaged"]),
        "Latin-1": (TABLE.replace("b,m", "b,café").encode("latin-1"), ["line 3: encoding"]),
        "Latin-1 that CP949 reads": (
            TABLE.replace("b,m", "b,Åland").encode("cp1252"),
            ["line 3: encoding"],
        ),
        "Chinese": (
            TABLE.replace("b,m", "b,帮助困难家庭的儿童").encode("gb2312"),
            ["line 3: encoding"],
        ),
        "Japanese": (
            TABLE.replace("b,m", "b,子どもを助ける").encode("euc-jp"),
            ["line 3: encoding"],
        ),
        "UTF-8 cut inside a letter": (KOREAN.encode()[:-6], ["line 2: encoding"]),
        "half of a pair of surrogates": (
            TABLE.replace("b,m", "b,\ud800").encode("utf-8", "surrogatepass"),
            ["line 3: encoding"],
        ),
        "NUL, control and direction characters": (
            TABLE.replace("b,m", "b,\x00m\x1b\u202e\u2066"),
            2,
        ),
        "thousands of marks on a letter": (TABLE.replace("b,m", "b,m" + "\u0316\u0301" * 9_000), 2),
        "marks that are made of marks": (TABLE.replace("b,m", "b,m" + "\u0f73\u0344" * 9_000), 2),
        "random bytes": (np.random.default_rng(1).bytes(900), ["line 1: encoding"]),
    },
    "Other files": {
        "nothing": (b"", ["line 1: empty"]),
        "white space": (" \n\t\n", ["line 1: empty"]),
        "a mark alone": (b"\xef\xbb\xbf", ["line 1: empty"]),
        "a workbook": (zipped("[Content_Types].xml", "xl/workbook.xml"), ["file: workbook"]),
        "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), ["file: workbook"]),
        "a zip": (zipped("mine.csv"), ["file: archive"]),
        "gzip": (b"\x1f\x8b\x08" + bytes(50), ["file: archive"]),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), ["file: picture"]),
        "a photograph": (b"\xff\xd8\xff\xe0" + bytes(99), ["file: picture"]),
        "a document": (b"%PDF-1.7\n" + bytes(99), ["file: document"]),
        "a web page": ("\n<!DOCTYPE html><table>", ["file: markup"]),
    },
    "Rows and columns": {
        "semicolons": (TABLE.replace(",", ";"), 2),
        "tabs below blank lines": ("\n\r\n" + TABLE.replace(",", "\t"), 2),
        "lines of an old Mac": (TABLE.replace("\n", "\r"), 2),
        "a header alone": (HEAD, ["file: without"]),
        "ragged rows": (f"{TABLE}c\nd,n,d,x\n", ["line 4: ragged", "line 5: ragged"]),
        "a first row of one cell more": (f"{HEAD}\na,n,d,x\n", ["line 2: ragged"]),
        "a column twice": (f"{HEAD},name\na,n,d,m\n", ["header: repeated"]),
        "a column that there isn't": (f"{HEAD},colour\na,n,d,blue\n", ["header: unknown"]),
        "a column without a name": (f"{HEAD},\na,n,d,lost\n", ["header: unknown"]),
        "no name": ("charity_id,description\na,d\n", ["header: missing"]),
        "names and rows that are wrong": (
            f"{HEAD},name\na,n,d,m\nb\n",
            ["header: repeated", "line 3: ragged"],
        ),
        "an unclosed quotation mark": (f'{TABLE}c,"n,d\n', ["line 4: quotes"]),
        "an unclosed one, and all the rest": (
            f'{TABLE}c,?,d\nd,"n,{"x" * 140_000}',
            ["line 4, column name: words", "line 5: unclosed"],
        ),
        "100,000 columns": (f"{HEAD}{',x' * 99_997}\n", ["header: columns"]),
        "all at once": (
            f"{HEAD},colour,lobbies\na,n,d,,perhaps\nb\na b,,?,,no\na,n,d,,\n",
            [
                "header: unknown",
                "line 2, column charity_id: twice",
                "line 2, column lobbies: choice",
                "line 3: ragged",
                "line 4, column charity_id: id",
                "line 4, column description: words",
                "line 4, column name: blank",
                "line 5, column charity_id: twice",
            ],
        ),
    },
    "Cells": {
        "“NA” as a name, 007 as an id": (f"{HEAD},short_name\n007,NA,None,1.50\n", 1),
        "Markdown and HTML in every text": (everywhere(MARKUP), 1),
        "formulas in every text": (everywhere("=HYPERLINK(A1)"), 1),
        "a description of blank lines": (HEAD + '\na,n,"d' + "\n" * 19_000 + 'e"', 1),
        "thousands of names": (f"{HEAD},aliases\na,n,İ d,{'|'.join(map(str, range(4_000)))}\n", 1),
        "an id twice": (
            f"{HEAD}\na,n,d\nb,n,d\na,n,d\n",
            ["line 2, column charity_id: twice", "line 4, column charity_id: twice"],
        ),
        "no id, and a wrong one": (
            f"{HEAD}\n,n,d\na b,n,d\n",
            ["line 2, column charity_id: blank", "line 3, column charity_id: id"],
        ),
        "no name and a blank one": (
            f"{HEAD}\na,,d\nb,  ,d\n",
            ["line 2, column name: blank", "line 3, column name: blank"],
        ),
        "a description that nobody can see": (
            f"{HEAD}\na,n,\u200b\n",
            ["line 2, column description: blank"],
        ),
        "a link that is a script": (
            f"{HEAD},website\na,n,d,javascript:alert(1)\n",
            ["line 2, column website: address"],
        ),
        "a link that is data": (
            f'{HEAD},website\na,n,d,"data:text/html,x"\n',
            ["line 2, column website: address"],
        ),
        "a web address of ten thousand dots": (
            f"{HEAD},website\na,n,d,http://{'a.' * 9_900}<\n",
            ["line 2, column website: address"],
        ),
        "a figure of thousands of signs": (
            f'{HEAD},figures\na,n,d,"amount, 2024: {" = " * 6_000}\nx"\n',
            ["line 2, column figures: figures"],
        ),
        "every other kind": (
            f"{HEAD},aliases,founded,works_in,last_evidence,website,tax_deductible,figures,country,"
            "lobbies\na,n,d,| |,c. 2004,moon,May 2025,www,US,many,USA,Yes\n",
            [
                f"line 2, column {name}"
                for name in (
                    "aliases: items",
                    "country: country",
                    "figures: figures",
                    "founded: year",
                    "last_evidence: date",
                    "lobbies: choice",
                    "tax_deductible: countries",
                    "website: address",
                    "works_in: places",
                )
            ],
        ),
        "a cell of 20,001 characters": (
            f"{TABLE}c,n,{'x' * 20_001}",
            ["line 4, column description: length"],
        ),
        "a cell of 2 MB": (f"{TABLE}c,n,{'x' * 2_000_000}\n", ["line 4: unclosed"]),
    },
    "Parquet": {
        "Parquet, whatever its name": (parquet(), 1),
        "numbers and dates": (
            parquet({"founded": [2004.0], "last_evidence": pa.array([20_000], pa.date32())}),
            1,
        ),
        "no numbers": (parquet({"founded": [float("nan")], "region": pa.nulls(1)}), 1),
        "bytes and large texts": (
            parquet({"name": [b"n"], "description": pa.array(["d"], pa.large_string())}),
            1,
        ),
        "differences": (alike(30, 40), 30),
        "cells of one length": (fixed(9, 3), 3),
        "bytes that are no text": (parquet({"name": [b"\xff"]}), ["file: parquet"]),
        "truths": (parquet({"lobbies": [True]}), ["row 1, column lobbies: choice"]),
        "lists and records": (
            parquet({"aliases": [["x"]], "figures": [{"x": 1}]}),
            ["column aliases: nested", "column figures: nested"],
        ),
        "a column twice in Parquet": (written(TWICE), ["header: repeated"]),
        "no row": (parquet({name: [] for name in HEAD.split(",")}), ["file: without"]),
        "a million columns": (lambda: columns_said(1_000_000), ["header: columns"]),
        "a page that says two sizes": (
            handmade(page(10**8, 9, twice=5) + b"x" * 9, about(20, 4)),
            ["file: parquet"],
        ),
        "columns that share their pages": (
            handmade(page(9, 9) + b"x" * 9, about(14, 4), about(14, 4)),
            ["file: parquet"],
        ),
        "Parquet cut short": (parquet()[:-9], ["file: parquet"]),
        "a beginning of Parquet": (b"PAR1", ["file: parquet"]),
    },
}

# Within what a file on disk may be, but more than a visitor's.
TOO_LARGE: dict[str, tuple[Content, Outcome]] = {
    "a large file": (
        lambda: f"{TABLE}c,n,".encode() + b"x" * UPLOAD.size,
        ["file: size"],
    ),
    "many rows": (lambda: HEAD.encode() + b"\na,n,d" * (UPLOAD.rows + 1), ["file: rows"]),
    "a column too many": (f"{HEAD}{',x' * 198}\n", ["header: columns"]),
    "many rows of Parquet": (lambda: parquet(same("d", UPLOAD.rows + 1)), ["file: rows"]),
    "many rows of Parquet, said to be one": (
        lambda: more_rows(UPLOAD.rows + 1),
        ["file: parquet"],
    ),
    "a cell in every row": (lambda: parquet(same("x" * 19_000, 20_000)), ["file: unpacked"]),
    "a huge cell in every row": (
        lambda: parquet(same("x" * 9_000_000, 20_000), compression="zstd"),
        ["file: unpacked"],
    ),
    "a cell of one length in every row": (lambda: fixed(100_000, 1_000), ["file: unpacked"]),
    "a huge cell": (lambda: parquet({"name": ["x" * 11_000_000]}), ["file: unpacked"]),
    "a huge cell, said to be small": (lambda: lying(11_000_000), ["file: unpacked"]),
    "huge differences": (lambda: alike(20_000, 3_000), ["file: unpacked"]),
}


def raw(content: Content) -> bytes:
    """The bytes of a table."""
    found = content() if callable(content) else content
    return found.encode() if isinstance(found, str) else found


def contents() -> Iterator[bytes]:
    """The bytes of every table."""
    for section in (*TABLES.values(), TOO_LARGE):
        for content, _ in section.values():
            yield raw(content)
