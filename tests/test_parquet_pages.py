"""How large Parquet is: by its pages, whatever it says."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hostile_tables import columns_said, lying, parquet, written

from recommender.parquet_pages import measured

MANY = 10**12


def said(raw: bytes) -> int:
    told = pq.read_metadata(io.BytesIO(raw))
    return sum(told.row_group(i).total_byte_size for i in range(told.num_row_groups))


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("dictionary", [True, False])
def test_an_honest_file_is_as_large_as_it_says(
    compression: str, version: str, dictionary: bool
) -> None:
    words = np.random.default_rng(5).integers(0, 90, 30_000).astype(str)
    table = pa.table({"text": words, "number": np.arange(30_000), "none": pa.nulls(30_000)})
    options = {"data_page_version": version, "use_dictionary": dictionary, "row_group_size": 9_000}
    raw = written(table, compression=compression, data_page_size=4_000, **options)
    size = measured(raw, 3, MANY)
    assert size.columns == 3
    # A page's header counts in one of them, and a page of almost nothing for a little more.
    assert size.unpacked == pytest.approx(said(raw), rel=0.1)


def test_a_lying_file_is_as_large_as_its_pages() -> None:
    raw = lying(3_000_000)
    assert said(raw) < 300
    assert measured(raw, 3, MANY).unpacked > 3_000_000
    assert measured(raw, 3, 1_000).unpacked > 1_000


def test_of_too_many_columns_no_more_is_read() -> None:
    raw = columns_said(5_000)
    assert (measured(raw, 4_999, MANY).columns, measured(raw, 4_999, MANY).unpacked) == (5_000, 0)
    assert measured(raw, 5_000, MANY).columns == 5_000


def test_a_file_without_rows_unpacks_to_nothing() -> None:
    raw = parquet(
        {name: pa.array([], pa.string()) for name in ("charity_id", "name")}
        | {"description": pa.array([], pa.string())}
    )
    assert measured(raw, 3, MANY).columns == 3


def test_whatever_is_cut_off_is_refused() -> None:
    raw = parquet()
    for kept in range(len(raw)):
        with pytest.raises(ValueError, match=r"\w"):
            measured(raw[:kept], 3, MANY)


@pytest.mark.parametrize(
    ("footer", "told"),
    [
        (b"\x1c" * 40, "structs within structs"),
        (b"\x1d\x00", "a value of type 13"),
        (b"\x15" + b"\xff" * 12, "a number of too many bytes"),
        (b"\x19\xfc\xff\xff\xff\x7f", "a list longer than the file"),
        (b"\x18\xff\x7f", "it ends too early"),
        (b"\x49\x1c\x00\x00", "what it says of its columns isn't whole"),
        (b"\x49\x1c\x19\x1c\x3c\x76\x7e\x26\x08\x00\x00\x00\x00", "its pages stand outside of it"),
    ],
)
def test_a_footer_that_is_none_is_refused(footer: bytes, told: str) -> None:
    raw = b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"
    with pytest.raises(ValueError, match=told):
        measured(raw, 3, MANY)
