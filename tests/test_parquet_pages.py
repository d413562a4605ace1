"""How large Parquet is: by its pages, whatever it says."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hostile_tables import about, columns_said, handmade, lying, number, page, parquet, written

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


PAGES = page(70, 9) + b"x" * 9
TWICE = page(10**8, 9, twice=5) + b"x" * 9
MUCH = b"\x19\xfc" + number(400_000) + b"\x00" * 400_000  # a list of empty structs


def test_a_file_made_by_hand_is_as_large_as_its_pages() -> None:
    raw = handmade(PAGES * 3, about(len(PAGES), 4), about(2 * len(PAGES), 4 + len(PAGES)))
    assert measured(raw, 2, MANY).unpacked == 3 * 70


DICTIONARY = b"\x26" + number(8)
"""Where a dictionary stands, as it is said: the number of field 11, of 64 bits."""


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (handmade(TWICE, about(len(TWICE), 4)), "a field that stands twice"),
        (handmade(b"\x26" + PAGES[1:], about(len(PAGES), 4)), "type 6; expected 5"),
        (handmade(PAGES, about(len(PAGES), 4, b"\x25" + DICTIONARY[1:])), "type 5; expected 6"),
        (handmade(PAGES, about(len(PAGES), 4), about(len(PAGES), 4)), "share their pages"),
        (handmade(PAGES, about(len(PAGES) - 1, 4)), "ends behind its column"),
        (handmade(PAGES, about(len(PAGES) + 40, 4)), "stand outside of it"),
        (handmade(b"\x25\x01\x15\x12\x00", about(5, 4)), "without its size"),
        (handmade(page(2**40, 9), about(len(page(2**40, 9)), 4)), "a number of more than 32 bits"),
        (
            handmade(MUCH, about(len(MUCH), 4)),
            "more fields than can be read",
        ),
        (
            handmade(PAGES, about(len(PAGES), 4), more=b"\x28\x18parquet-mr version 1.2.8"),
            "a program of before 2014 wrote it",
        ),
    ],
)
def test_what_could_be_read_in_two_ways_or_without_end_is_refused(raw: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        measured(raw, 9, 10**7)


def test_a_dictionary_before_the_pages_counts_among_them() -> None:
    raw = handmade(PAGES * 2, about(2 * len(PAGES), 4 + len(PAGES), DICTIONARY))
    assert measured(raw, 1, MANY).unpacked == 2 * 70


@pytest.mark.parametrize(
    ("footer", "told"),
    [
        (b"\x1c" * 40, "structs within structs"),
        (b"\x1d\x00", "a value of type 13"),
        (b"\x15" + b"\xff" * 12, "a number of too many bytes"),
        (b"\x19\xfc\xff\xff\xff\x7f", "a list longer than the file"),
        (b"\x18\xff\x7f", "it ends too early"),
        (b"\x29\x2c\x00\x00\x29\x1c\x19\x1c\x3c\x00\x00\x00\x00", "of its columns isn't whole"),
        (b"\x49\x1c\x19\x1c\x3c" + about(0, 4) + b"\x00\x00\x00\x00", "than in the table"),
        (b"\x19\xfc" + number(2_000_001) + b"\x00" * 2_000_001, "more fields than can be read"),
    ],
)
def test_a_footer_that_is_none_is_refused(footer: bytes, told: str) -> None:
    raw = b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"
    with pytest.raises(ValueError, match=told):
        measured(raw, 3, 10**7)
